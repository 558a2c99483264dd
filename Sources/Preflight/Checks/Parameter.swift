/// A parameter of a check or an option of a source, as a rule file may give it.
package struct Parameter: Sendable {
  /// The key in the rule file.
  package let name: String
  /// The type that its values must have.
  package let type: ParameterType
  /// Whether a rule file must give it.
  package let isRequired: Bool
  /// The default value, as a rule file would write it. Nil if there is none.
  package let fallback: String?
  /// The default value as programs in other languages receive it, if an outside plugin declared it.
  package let fallbackValue: PlainValue?
  /// One line about the parameter, for documentation.
  package let summary: LocalizedText
  /// Whether schemas, listings and proposals show it. One that is not public is for the program's own use: a rule
  /// file may contain it, but `rules lint` warns about it.
  package let isPublic: Bool
  /// Whether its values are always treated as personal.
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

/// The types of parameters; docs/rule-file.md describes how each is written.
package indirect enum ParameterType: Sendable, Hashable {
  case boolean
  /// A whole number in that range, inclusive.
  case integer(ClosedRange<Int>)
  case string
  /// One of these words.
  case choice([String])
  case date
  case version
  case duration
  /// How long to wait: at most one hour.
  case wait
  case list(of: ParameterType)
  case map(keys: ParameterType, values: ParameterType)
  /// A plain value of the same type as the fact that it is compared with.
  case scalar
  /// A value of that type, or `{ fact: NAME }`, which stands for the value of that fact when the rule is judged.
  case orFact(ParameterType)

  /// Any whole number that all JSON readers can represent exactly (RFC 8259, section 6).
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
  /// Entries, in the order of the file.
  case map([Entry])
  /// The value of that fact, written `{ fact: NAME }`.
  case fact(FactName)

  /// A key of a map and its value.
  package struct Entry: Sendable, Hashable {
    /// The key; any value that is not a list or a map.
    package let key: ParameterValue
    /// The value of that key.
    package let value: ParameterValue

    package init(_ key: ParameterValue, _ value: ParameterValue) {
      self.key = key
      self.value = value
    }
  }
}

/// The parameters of a rule or the options of a source, converted to the declared types.
package struct Parameters: Sendable, Hashable {
  private let values: [String: ParameterValue]

  /// - Parameter values: the values by name, already of the declared types.
  package init(_ values: [String: ParameterValue] = [:]) { self.values = values }

  /// The value of that name. Nil if it was not given.
  package subscript(name: String) -> ParameterValue? { values[name] }

  /// Returns these parameters, with those of `others` in place of the ones of the same name.
  package func overridden(by others: Parameters) -> Parameters {
    Parameters(values.merging(others.values) { $1 })
  }

  /// Returns only the parameters with these names.
  package func only(_ names: Set<String>) -> Parameters {
    Parameters(values.filter { names.contains($0.key) })
  }

  /// The names of the parameters that were given.
  package var names: Set<String> { Set(values.keys) }

  /// Returns the given values, and the defaults of all others, for programs in other languages.
  package func plain(_ declared: [Parameter]) -> PlainValue {
    .map(
      declared.compactMap { parameter in
        (values[parameter.name]?.plain ?? parameter.fallbackValue).map {
          PlainValue.Entry(parameter.name, $0)
        }
      })
  }

  /// Returns the boolean of that name. Nil if it was not given or is of another type.
  package func boolean(_ name: String) -> Bool? {
    if case .boolean(let value) = values[name] { value } else { nil }
  }
  /// Returns the whole number of that name. Nil if it was not given or is of another type.
  package func integer(_ name: String) -> Int? {
    if case .integer(let value) = values[name] { value } else { nil }
  }
  /// Returns the text or word of that name. Nil if it was not given or is of another type.
  package func string(_ name: String) -> String? {
    if case .string(let value) = values[name] { value } else { nil }
  }
  /// Returns the duration of that name. Nil if it was not given or is of another type.
  package func duration(_ name: String) -> Duration? {
    if case .duration(let value) = values[name] { value } else { nil }
  }
  /// Returns the version of that name. Nil if it was not given or is of another type.
  package func version(_ name: String) -> Version? {
    if case .version(let value) = values[name] { value } else { nil }
  }
  /// Returns the fact that is named in place of a value. Nil if there is none.
  package func fact(_ name: String) -> FactName? {
    if case .fact(let value) = values[name] { value } else { nil }
  }
}

/// Parameters that have the right types but are invalid together, or for this check.
package struct ParameterError: Error, Sendable, Hashable {
  /// A hint that may help to find the intended value.
  package enum Hint: Sendable, Hashable {
    /// This name was probably meant. `isOnly` is false if others are just as similar.
    case name(String, isOnly: Bool = true)
    /// The value must be of this type.
    case type(FactType)
    /// The value is the name of a fact, and `{ fact: … }` was probably meant.
    case fact(FactName)
    /// The fact must first be declared in the rule file.
    case undeclared(FactName)
  }

  /// The parameter that is wrong. Nil if the combination is.
  package let name: String?
  /// What is wrong, in one sentence.
  package let message: LocalizedText
  /// A hint for the message. Nil if there is none.
  package let hint: Hint?

  package init(_ name: String?, fr: Text, en: Text, hint: Hint? = nil) {
    self.name = name
    self.message = LocalizedText(fr: fr, en: en)
    self.hint = hint
  }
}

extension ParameterValue {
  /// The value for programs in other languages.
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
