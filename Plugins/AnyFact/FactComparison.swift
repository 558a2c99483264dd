import Preflight

/// How the check `fact` compares a fact with what the rule gives; docs/rule-file.md, “fact”.
indirect enum FactComparison: Sendable {
  case equals(FactValue)
  case oneOf([FactValue])
  /// The regular expression, and how messages show it.
  case matches(Pattern, shown: Text)
  case atLeast(FactValue)
  case atMost(FactValue)
  case before(CivilDate)
  case after(CivilDate)
  case present(Bool)
  /// A comparison with a personal value: neither operand is shown.
  case concealed(FactComparison)

  /// Makes the comparison called `name`.
  ///
  /// - Throws: ``ParameterError`` if the comparison makes no sense for facts of that type.
  init(_ name: String, _ operand: ParameterValue, of type: FactType) throws(ParameterError) {
    switch (name, type, operand) {
    case ("present", _, .boolean(let flag)): self = .present(flag)
    case (_, .concealed(let type), _): self = .concealed(try FactComparison(name, operand, of: type))
    case ("matches", .text, .string(let pattern)), ("matches", .texts, .string(let pattern)),
      ("matches", .choice, .string(let pattern)), ("matches", .personal, .string(let pattern)):
      let compiled: Pattern
      do throws(Pattern.Fault) {
        compiled = try Pattern(pattern)
      } catch {
        throw ParameterError(name, error, in: pattern)
      }
      // A pattern for personal data may be the very number or name.
      let isPersonal = if case .personal = type { true } else { false }
      self = .matches(compiled, shown: isPersonal ? "\(Personal(pattern, as: .name))" : Text(pattern))
    case ("equals", _, _): self = .equals(try Self.value(operand, of: type, for: name))
    case ("in", _, .list(let operands)):
      var values: [FactValue] = []
      for operand in operands { values.append(try Self.value(operand, of: type, for: name)) }
      guard !values.isEmpty else {
        throw ParameterError(name, fr: "la liste est vide", en: "the list is empty")
      }
      self = .oneOf(values)
    case ("at_least", .date, _), ("at_least", .version, _), ("at_least", .integer, _),
      ("at_least", .duration, _):
      self = .atLeast(try Self.value(operand, of: type, for: name))
    case ("at_most", .date, _), ("at_most", .version, _), ("at_most", .integer, _), ("at_most", .duration, _):
      self = .atMost(try Self.value(operand, of: type, for: name))
    case ("before", .date, .string(let text)), ("after", .date, .string(let text)):
      guard let date = CivilDate(text) else {
        throw ParameterError(
          name, fr: "« \(text) » n'est pas une date AAAA-MM-JJ", en: "“\(text)” is not a date YYYY-MM-DD",
          hint: .type(.date))
      }
      self = name == "before" ? .before(date) : .after(date)
    default: throw Self.doesNotApply(name, to: type)
    }
  }

  /// The error for a comparison that makes no sense for facts of that type.
  static func doesNotApply(_ name: String, to type: FactType) -> ParameterError {
    ParameterError(
      name, fr: "« \(name) » ne s'applique pas à ce fait, qui est \(type.name.french)",
      en: "“\(name)” does not apply to this fact, which is \(type.name.english)")
  }

  private static func value(
    _ operand: ParameterValue, of type: FactType, for name: String
  ) throws(ParameterError) -> FactValue {
    if case .string(let text) = operand, let value = type.value(of: text) { return value }
    throw ParameterError(
      name, fr: "la valeur n'est pas comparable à ce fait, qui est \(type.name.french)",
      en: "the value cannot be compared with this fact, which is \(type.name.english)", hint: .type(type))
  }

  /// Returns whether the fact's value is the expected one.
  ///
  /// - Throws: ``Unavailability`` if that cannot be decided.
  func holds(for value: FactValue) throws(Unavailability) -> Bool {
    switch (self, value) {
    case (.concealed(let comparison), .concealed(let value)): return try comparison.holds(for: value)
    case (.equals(let asked), _): return value == asked
    case (.oneOf(let asked), _): return asked.contains(value)
    case (.matches(let pattern, _), .text(let text)): return try Self.matches([text], pattern)
    case (.matches(let pattern, _), .personal(let value)): return try Self.matches([value.unmasked], pattern)
    case (.matches(let pattern, _), .texts(let texts)): return try Self.matches(texts, pattern)
    case (.atLeast(.date(let asked)), .date(let date)): return date >= asked
    case (.atLeast(.version(let asked)), .version(let version)): return version >= asked
    case (.atMost(.date(let asked)), .date(let date)): return date <= asked
    case (.atMost(.version(let asked)), .version(let version)): return version <= asked
    case (.atLeast(.integer(let asked)), .integer(let number)): return number >= asked
    case (.atMost(.integer(let asked)), .integer(let number)): return number <= asked
    case (.atLeast(.duration(let asked)), .duration(let duration)): return duration >= asked
    case (.atMost(.duration(let asked)), .duration(let duration)): return duration <= asked
    case (.before(let asked), .date(let date)): return date < asked
    case (.after(let asked), .date(let date)): return date > asked
    default: throw Self.incomparable
    }
  }

  private static func matches(_ texts: [String], _ pattern: Pattern) throws(Unavailability) -> Bool {
    switch pattern.answer(for: texts) {
    case .matches: return true
    case .differs: return false
    case .limitReached: throw tooMuchWork
    case .failed: throw incomparable
    }
  }

  private static let tooMuchWork = Unavailability(
    .limit,
    LocalizedText(
      fr: """
        la comparaison avec l'expression régulière a atteint sa limite (trop d'essais, ou un texte de plus de \
        \(Pattern.Limits().text) octets) : ni conforme ni non conforme
        """,
      en: """
        comparing with the regular expression reached its limit (too many attempts, or a text of more than \
        \(Pattern.Limits().text) bytes): it neither matches nor differs
        """))

  /// The reason given for a value whose type is not that of its fact.
  static let incomparable = Unavailability(
    .malformed, LocalizedText(fr: "le fait n'est pas comparable", en: "the fact cannot be compared"))

  /// The expected value, in words.
  var words: LocalizedText {
    switch self {
    case .equals(let value): LocalizedText(value)
    case .oneOf(let values):
      LocalizedText(fr: Self.list(values, \.french), en: Self.list(values, \.english))
    case .matches(_, let pattern): LocalizedText(fr: "conforme à \(pattern)", en: "matching \(pattern)")
    case .atLeast(let value): Self.words(value, fr: "au moins", en: "at least")
    case .atMost(let value): Self.words(value, fr: "au plus", en: "at most")
    case .before(let date): Self.words(.date(date), fr: "avant le", en: "before")
    case .after(let date): Self.words(.date(date), fr: "après le", en: "after")
    case .present(let flag): LocalizedText(.boolean(flag))
    case .concealed(let comparison):
      LocalizedText(everywhere: "\(Personal(comparison.words.rendered(in: .english, .revealed), as: .other))")
    }
  }

  private static func words(_ value: FactValue, fr: Text, en: Text) -> LocalizedText {
    let words = LocalizedText(value)
    return LocalizedText(fr: "\(fr) \(words.french)", en: "\(en) \(words.english)")
  }

  private static func list(_ values: [FactValue], _ language: KeyPath<LocalizedText, Text>) -> Text {
    let texts = values.map { LocalizedText($0)[keyPath: language] }
    return texts.dropFirst().reduce(texts.first ?? "") { "\($0), \($1)" }
  }
}
