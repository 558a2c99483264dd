/// What a rule advises when it does not pass: a text for each case, a text for any case, and links for further
/// reading.
package struct Advice: Sendable {
  /// The advice for any case. Nil if the rule has none.
  package let remedy: LocalizedTemplate?
  /// The advice by case name, such as `expired`.
  package let remedies: [String: LocalizedTemplate]
  /// Addresses of pages for further reading, in declared order.
  package let links: [Template]
  /// The values that are known before judging: the rule's parameters, by name.
  package let constants: [String: LocalizedText]
  /// The names of the values that some case measures.
  private let variables: Set<String>

  /// - Parameters:
  ///   - remedy: the advice for any case; nil if there is none.
  ///   - remedies: the advice by case name.
  ///   - links: addresses, which may contain variables.
  ///   - constants: the values that are known before judging, by name.
  ///   - variables: the names of the values that some case measures.
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

  /// Returns the advice for exactly that case, or nil if the rule gives none for it.
  package func remedy(inJust found: FoundCase?) -> LocalizedText? {
    found.flatMap { remedies[$0.name] }?.filled { value($0, found) }
  }

  /// Returns the advice for the case, or else the rule's general advice. It never returns both, because they could
  /// contradict each other.
  package func remedy(in found: FoundCase?) -> LocalizedText? {
    remedy(inJust: found) ?? remedy?.filled { value($0, found) }
  }

  /// The advice for any case, if it is the same whatever is found. Nil if there is none, or it has measured values.
  package var steadyRemedy: LocalizedText? {
    remedy.flatMap { isSteady($0) ? $0.filled { value($0, nil) } : nil }
  }

  /// The advice by case name, without that which has measured values.
  package var steadyRemedies: [String: LocalizedText] {
    remedies.filter { isSteady($0.value) }.mapValues { $0.filled { value($0, nil) } }
  }

  private func isSteady(_ template: LocalizedTemplate) -> Bool {
    Language.allCases.allSatisfy { template[$0].mentions.allSatisfy { !variables.contains($0.name) } }
  }

  /// Returns the addresses, with the values of the case filled in. An address is left out if it needs a value that
  /// the case does not have.
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

  /// Whether the addresses are the same in every case.
  package var hasSteadyLinks: Bool {
    links.allSatisfy { $0.mentions.allSatisfy { !$0.isExact || !variables.contains($0.name) } }
  }

  /// Returns the value of a variable. A measured value takes precedence over a parameter of the same name.
  private func value(_ name: String, _ found: FoundCase?) -> LocalizedText? {
    variables.contains(name) ? found?.values[name] : constants[name]
  }
}

extension CheckDescription {
  /// Returns the values that titles and all remedies may use: the parameters that are given or have a default,
  /// under their own names and under the names that the cases give them.
  package func constants(_ parameters: Parameters, of judge: any Judge) -> [String: LocalizedText] {
    var constants: [String: LocalizedText] = [:]
    constants.reserveCapacity(self.parameters.count)
    let personal = judge.personalParameters
    for parameter in self.parameters {
      if let name = parameters.fact(parameter.name) {
        // The name of a fact is never personal.
        constants[parameter.name] = LocalizedText(.fact(name))
      } else if let kind = personal[parameter.name] {
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
    for found in cases {
      for variable in found.variables {
        if let parameter = variable.parameter { constants[variable.name] = constants[parameter] }
      }
    }
    return constants
  }
}

extension LocalizedText {
  /// Creates the text that shows the value of a parameter in a sentence.
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

  /// Creates the text of a duration, in days if it is a whole number of days.
  init(_ duration: Duration) {
    let notation = duration.notation
    guard notation.hasSuffix("d"), let days = Int(notation.dropLast()) else {
      self.init(everywhere: Text(notation))
      return
    }
    self.init(counting: days, fr: "jour", en: "day")
  }

  /// Joins the texts with commas.
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
  /// Returns the advice by case name, for documentation: parameters are filled in, measured values appear by name.
  package func remedies(in language: Language) -> [String: String] {
    remedies.mapValues { template in
      template.filled { variables.contains($0) ? nil : constants[$0] }.rendered(in: language)
    }
  }

  /// Returns the advice for any case, written as in ``remedies(in:)``. Nil if there is none.
  package func remedy(in language: Language) -> String? {
    remedy?.filled { variables.contains($0) ? nil : constants[$0] }.rendered(in: language)
  }
}
