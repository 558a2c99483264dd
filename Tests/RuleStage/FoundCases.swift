package import Preflight

/// An examination's facts and what it finds of them, as signs and cases: `fault driver_missing`.
package func found(_ examination: Examination, _ facts: [FactName: FactValue]) -> [String] {
  found(examination, facts.map { Fact($0, $1, source: "test") })
}

/// The same, of facts that may be absent or not known.
package func found(_ examination: Examination, _ facts: [Fact]) -> [String] {
  examination.observations(Facts(facts)).map { observation in
    observation.name == observation.sign.rawValue
      ? observation.name : "\(observation.sign.rawValue) \(observation.name)"
  }
}
