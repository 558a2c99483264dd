/// What a check or a source lets a rule file say about it.
package struct Parameter: Sendable {
  package let name: String
  package let type: ParameterType
  package let isRequired: Bool
  /// The value that counts where none is given, as a rule file would write it.
  package let fallback: String?
  /// The same as programs in other languages take it, where a plugin declared it.
  package let fallbackValue: PlainValue?
  package let summary: LocalizedText
  /// Whether it is offered: in schemas, listings and proposals. One that is not is for the program's own use; a rule file
  /// that has it is understood, and `rules lint` warns of it.
  package let isPublic: Bool
  /// Whether what a rule gives is personal, whatever else it says.
  package let isPersonal: Bool

  package init(
    _ name: String, _ type: ParameterType, required: Bool = false, default fallback: String? = nil,
    value: PlainValue? = nil, isPublic: Bool = true, personal: Bool = false, fr: Text, en: Text
  ) {
    self.isPublic = isPublic
    self.isPersonal = personal
    self.name = name
    self.type = type
    self.isRequired = required
    self.fallback = fallback
    self.fallbackValue = value
    self.summary = LocalizedText(fr: fr, en: en)
  }
}

/// The types of parameters; docs/rule-file.md says how each is written.
package indirect enum ParameterType: Sendable, Hashable {
  case boolean
  /// A whole number in that range.
  case integer(ClosedRange<Int>)
  case string
  /// One of these words.
  case choice([String])
  case date
  case version
  case duration
  /// A duration that somebody waits: an hour at most.
  case wait
  case list(of: ParameterType)
  case map(keys: ParameterType, values: ParameterType)
  /// A plain value whose type is that of the fact it is compared with.
  case scalar
  /// A value of that type, or `{ fact: NAME }`: what that fact says when the rule is judged.
  case orFact(ParameterType)

  /// Any whole number that every reader of JSON understands (RFC 8259, section 6).
  package static let anyInteger = ParameterType.integer(-9_007_199_254_740_991...9_007_199_254_740_991)

  /// The name of any map in messages.
  package static let mapName = FactType.map.name

  /// The name of the type in messages.
  package var name: LocalizedText {
    switch self {
    case .boolean: LocalizedText(fr: "un booléen (true ou false)", en: "a boolean (true or false)")
    case .anyInteger: LocalizedText(fr: "un entier", en: "an integer")
    case .integer(let range):
      LocalizedText(
        fr: "un entier de \(range.lowerBound) à \(range.upperBound)",
        en: "an integer from \(range.lowerBound) to \(range.upperBound)")
    case .string: LocalizedText(fr: "un texte", en: "a string")
    case .choice(let words):
      LocalizedText(
        fr: "l'un de \(words.joined(separator: ", "))", en: "one of \(words.joined(separator: ", "))")
    case .date: LocalizedText(fr: "une date AAAA-MM-JJ", en: "a date YYYY-MM-DD")
    case .version: LocalizedText(fr: "une version entre guillemets", en: "a version in quotes")
    case .duration:
      LocalizedText(fr: "une durée comme 3s, 12h ou 30d", en: "a duration such as 3s, 12h or 30d")
    case .wait:
      LocalizedText(
        fr: "une durée comme 3s, d'une heure au plus", en: "a duration such as 3s, of one hour at most")
    case .list: LocalizedText(fr: "une liste", en: "a list")
    case .map: Self.mapName
    case .scalar: LocalizedText(fr: "une valeur simple", en: "a plain value")
    case .orFact(let type):
      LocalizedText(
        fr: "\(type.name.french), ou { fact: NOM }", en: "\(type.name.english), or { fact: NAME }")
    }
  }
}

/// The value of a parameter.
package indirect enum ParameterValue: Sendable, Hashable {
  case boolean(Bool)
  case integer(Int)
  case string(String)
  case date(CivilDate)
  case version(Version)
  case duration(Duration)
  case list([ParameterValue])
  /// Pairs, in the order of the file.
  case map([Entry])
  /// What that fact says, as `{ fact: NAME }`.
  case fact(FactName)

  /// A key of a map and its value.
  package struct Entry: Sendable, Hashable {
    package let key: ParameterValue
    package let value: ParameterValue

    package init(_ key: ParameterValue, _ value: ParameterValue) {
      self.key = key
      self.value = value
    }
  }
}

/// The parameters that a rule gave to its check, already of the declared types.
package struct Parameters: Sendable, Hashable {
  private let values: [String: ParameterValue]

  package init(_ values: [String: ParameterValue] = [:]) { self.values = values }

  package subscript(name: String) -> ParameterValue? { values[name] }

  /// These, with the others on top.
  package func overridden(by others: Parameters) -> Parameters {
    Parameters(values.merging(others.values) { $1 })
  }

  /// Only those of these names.
  package func only(_ names: Set<String>) -> Parameters {
    Parameters(values.filter { names.contains($0.key) })
  }

  /// The names that were given.
  package var names: Set<String> { Set(values.keys) }

  /// What was given, and the defaults of what was not, as programs in other languages take it.
  package func plain(_ declared: [Parameter]) -> PlainValue {
    .map(
      declared.compactMap { parameter in
        (values[parameter.name]?.plain ?? parameter.fallbackValue).map {
          PlainValue.Entry(parameter.name, $0)
        }
      })
  }

  package func boolean(_ name: String) -> Bool? {
    if case .boolean(let value) = values[name] { value } else { nil }
  }
  package func integer(_ name: String) -> Int? {
    if case .integer(let value) = values[name] { value } else { nil }
  }
  package func string(_ name: String) -> String? {
    if case .string(let value) = values[name] { value } else { nil }
  }
  package func duration(_ name: String) -> Duration? {
    if case .duration(let value) = values[name] { value } else { nil }
  }
  package func version(_ name: String) -> Version? {
    if case .version(let value) = values[name] { value } else { nil }
  }
  /// The fact that is named in the place of a value.
  package func fact(_ name: String) -> FactName? {
    if case .fact(let value) = values[name] { value } else { nil }
  }
}

/// Parameters that are each of their type and make no sense together, or for this check.
package struct ParameterError: Error, Sendable, Hashable {
  /// What may help to find the value that was meant.
  package enum Hint: Sendable, Hashable {
    /// It was probably this name; where it is not the only one, others are as near.
    case name(String, isOnly: Bool = true)
    /// It has to be a value of this type.
    case type(FactType)
    /// It is the name of a fact, and probably what that fact says was meant.
    case fact(FactName)
    /// It has to be declared first, as a fact of one's own.
    case undeclared(FactName)
  }

  /// The parameter to look at; `nil` where it is their combination.
  package let name: String?
  package let message: LocalizedText
  package let hint: Hint?

  package init(_ name: String?, fr: Text, en: Text, hint: Hint? = nil) {
    self.name = name
    self.message = LocalizedText(fr: fr, en: en)
    self.hint = hint
  }
}

extension ParameterValue {
  /// The value as a program in another language takes it.
  package var plain: PlainValue {
    switch self {
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .number("\(number)")
    case .string(let text): .text(text)
    case .date(let date): .text(date.description)
    case .version(let version): .text(version.description)
    case .duration(let duration): .text(duration.measure)
    case .list(let items): .list(items.map(\.plain))
    case .map(let entries): .map(entries.map { PlainValue.Entry($0.key.plain.words, $0.value.plain) })
    case .fact(let name): .map([PlainValue.Entry("fact", .text(name.rawValue))])
    }
  }
}
