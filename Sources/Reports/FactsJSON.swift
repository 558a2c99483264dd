import JSON
package import Preflight

/// The facts in the JSON format of facts files, so that what one workstation knows can be judged on another.
package struct FactsJSON: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// Returns the complete document.
  package func text(of facts: [Fact]) -> String { FactsDocument(facts: facts, options: options).jsonDocument }
}

private struct FactsDocument: JSONWritable {
  let facts: [Fact]
  let options: ReportOptions

  func write(to json: inout JSONWriter) {
    // A facts file with the date of its creation would keep an expired card valid for ever.
    let facts = facts.filter { !($0.name == .today && $0.source == FactSourceName.clock && $0.value != nil) }
    let absent = facts.filter { if case .absent = $0.state { true } else { false } }
    var unavailable: [String: Unavailability] = [:]
    for fact in facts { if case .unavailable(let why) = fact.state { unavailable[fact.name.rawValue] = why } }
    // The outcome of an undecided rule depends on the reason. A fact that no source provides has none.
    let reasons = unavailable.filter { $0.value.reason != .notGiven }
    json.object { json in
      json.member("schema", "cps-preflight/facts/1")
      json.member("facts") { json in
        json.object { json in
          for fact in facts {
            if let value = fact.value {
              json.member(fact.name.rawValue) { $0.fact(value, options.disclosure) }
            }
          }
        }
      }
      if !absent.isEmpty { json.member("absent", absent.map(\.name.rawValue)) }
      // The reasons why facts are not known, as sentences.
      json.member("unavailable", unavailable.mapValues { options.words($0.message) })
      if !reasons.isEmpty { json.member("reasons", reasons.mapValues(\.reason.rawValue)) }
      json.member("sources") { json in
        json.object { json in
          for fact in facts where unavailable[fact.name.rawValue] == nil {
            json.member(fact.name.rawValue, fact.source)
          }
        }
      }
    }
  }
}
