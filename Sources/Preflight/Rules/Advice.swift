/// What a rule says to do where it does not pass: by case, in any case, and where to read on.
package struct Advice: Sendable {
  /// For any case.
  package let remedy: LocalizedTemplate?
  /// By the name of the case.
  package let remedies: [String: LocalizedTemplate]
  package let links: [Template]
  /// The values that are known before anything is judged: the rule's parameters.
  package let constants: [String: LocalizedText]
  /// The names of what is measured in some case.
  private let variables: Set<String>

  package init(
    remedy: LocalizedTemplate? = nil, remedies: [String: LocalizedTemplate] = [:], links: [Template] = [],
    constants: [String: LocalizedText] = [:], variables: Set<String> = []
  ) {
    self.remedy = remedy
    self.remedies = remedies
    self.links = links
    self.constants = constants
    self.variables = variables
  }

  /// What to do in that case: what the rule says of it, and nothing where it does not.
  package func remedy(inJust found: FoundCase?) -> LocalizedText? {
    found.flatMap { remedies[$0.name] }?.filled { value($0, found) }
  }

  /// What to do: what the rule says of the case, else what it says of all. Never both, which might contradict each other.
  package func remedy(in found: FoundCase?) -> LocalizedText? {
    remedy(inJust: found) ?? remedy?.filled { value($0, found) }
  }

  /// The addresses, with the values of the case. One that needs a value that the case does not have leads nowhere, and is
  /// left out.
  package func links(in found: FoundCase?) -> [LocalizedText] {
    links.compactMap { link in
      let isWhole = link.mentions.allSatisfy { mention in
        !mention.isExact || !variables.contains(mention.name) || value(mention.name, found) != nil
      }
      guard isWhole else { return nil }
      return LocalizedText(
        fr: link.filled { value($0, found).map { Text(address: $0.french) } },
        en: link.filled { value($0, found).map { Text(address: $0.english) } })
    }
  }

  /// Whether its addresses are the same in every case.
  package var hasSteadyLinks: Bool {
    links.allSatisfy { $0.mentions.allSatisfy { !$0.isExact || !variables.contains($0.name) } }
  }

  /// What is measured goes before a parameter of the same name, which would be mistaken for it.
  private func value(_ name: String, _ found: FoundCase?) -> LocalizedText? {
    variables.contains(name) ? found?.values[name] : constants[name]
  }
}

extension CheckDescription {
  /// The values that titles and every remedy may name: those of the parameters that are given or have a default, under
  /// their own names and under those that cases give them.
  package func constants(_ parameters: Parameters, of judge: any Judge) -> [String: LocalizedText] {
    var constants: [String: LocalizedText] = [:]
    for parameter in self.parameters {
      if let name = parameters.fact(parameter.name) {
        // Its name is no secret, whatever it says.
        constants[parameter.name] = LocalizedText(.fact(name))
      } else if let kind = judge.personalParameters[parameter.name] {
        let value = parameters[parameter.name].map { LocalizedText($0) }
        constants[parameter.name] = value.map {
          LocalizedText(everywhere: "\(Personal($0.rendered(in: .english, .revealed), as: kind))")
        }
      } else if let value = parameters[parameter.name] {
        constants[parameter.name] = LocalizedText(value)
      } else if let fallback = parameter.fallback {
        constants[parameter.name] = LocalizedText(everywhere: Text(fallback))
      }
    }
    for variable in cases.flatMap(\.variables) {
      if let parameter = variable.parameter { constants[variable.name] = constants[parameter] }
    }
    return constants
  }
}

extension LocalizedText {
  /// The value of a parameter, as a sentence says it.
  init(_ value: ParameterValue) {
    switch value {
    case .boolean(let flag): self.init(FactValue.boolean(flag))
    case .integer(let number): self.init(FactValue.integer(number))
    case .string(let text): self.init(everywhere: Text(text))
    case .date(let date): self.init(FactValue.date(date))
    case .version(let version): self.init(FactValue.version(version))
    case .duration(let duration): self.init(duration)
    case .fact(let name): self.init(everywhere: Text(name.rawValue))
    case .list(let items): self.init(listing: items.map { LocalizedText($0) })
    case .map(let entries):
      self.init(
        listing: entries.map { entry in
          let (key, value) = (LocalizedText(entry.key), LocalizedText(entry.value))
          return LocalizedText(
            fr: "\(key.french) : \(value.french)", en: "\(key.english): \(value.english)")
        })
    }
  }

  /// A duration, in days where it is some.
  private init(_ duration: Duration) {
    let notation = duration.notation
    guard notation.hasSuffix("d"), let days = Int(notation.dropLast()) else {
      self.init(everywhere: Text(notation))
      return
    }
    self.init(counting: days, fr: "jour", en: "day")
  }

  /// The texts one after the other, with commas.
  private init(listing texts: [LocalizedText]) {
    guard let first = texts.first else {
      self.init(everywhere: "–")
      return
    }
    self = texts.dropFirst().reduce(first) {
      LocalizedText(fr: "\($0.french), \($1.french)", en: "\($0.english), \($1.english)")
    }
  }
}

extension Advice {
  /// The texts by case, for people who read about the rule: with its parameters, and the names of what is measured.
  package func remedies(in language: Language) -> [String: String] {
    remedies.mapValues { template in
      template.filled { variables.contains($0) ? nil : constants[$0] }.rendered(in: language)
    }
  }

  /// The text for any case, as ``remedies(in:)`` writes them.
  package func remedy(in language: Language) -> String? {
    remedy?.filled { variables.contains($0) ? nil : constants[$0] }.rendered(in: language)
  }
}
