import Preflight

/// The billing identifier that a rule expects: the number itself, or the fact that gives it.
enum ExpectedIdentifier: Sendable {
  case number(Personal)
  case fact(FactDeclaration)

  /// Reads the value of the parameter `expected`.
  ///
  /// - Throws: ``ParameterError`` if that cannot be a billing identifier.
  init(_ value: ParameterValue, in context: CheckContext) throws(ParameterError) {
    switch value {
    case .fact(let name):
      let declaration = try context.declaration(of: name, for: "expected")
      guard declaration.type.bare == .text else {
        throw ParameterError(
          "expected",
          fr: "« \(name.rawValue) » est \(declaration.type.name.french), et un numéro AM un texte",
          en: "“\(name.rawValue)” is \(declaration.type.name.english), and a numéro AM is a string")
      }
      self = .fact(declaration)
    case .string(let text) where Self.isWellFormed(text): self = .number(Personal(text, as: .identifier))
    default:
      throw context.meaningFact(
        value,
        instead: ParameterError(
          "expected", fr: "un numéro AM a neuf chiffres (dix avec un zéro devant, huit sans sa clé)",
          en: "a numéro AM has nine digits (ten with a zero before them, eight without its key)"))
    }
  }

  /// The fact that the number is read from, if any.
  var facts: Set<FactName> {
    switch self {
    case .number: []
    case .fact(let declaration): [declaration.name]
    }
  }

  /// The number.
  ///
  /// - Throws: ``Unavailability`` with the reason why it is not known.
  func number(_ facts: Facts) throws(Unavailability) -> Personal {
    switch self {
    case .number(let number): return number
    case .fact(let declaration):
      let value: FactValue
      do throws(Unavailability) { value = try facts.value(declaration.name) } catch {
        throw error.reason == .notGiven
          ? error.in(FoundCase("expected_not_given")) : error.inNoCase
      }
      guard !value.isMask else {
        throw Unavailability(
          .notGiven,
          LocalizedText(
            fr: "\(declaration.summary.french) : la valeur est masquée, elle ne peut être comparée à rien",
            en: "\(declaration.summary.english): the value is masked, it cannot be compared with anything"))
      }
      guard case .text(let text) = value.bare, Self.isWellFormed(text) else {
        let (name, source) = (declaration.name.rawValue, facts[declaration.name].source)
        throw Unavailability(
          .malformed,
          LocalizedText(
            fr:
              "\(declaration.summary.french) : ce n'est pas un numéro AM, qui a neuf chiffres (\(name), d'après \(source))",
            en:
              "\(declaration.summary.english): this is not a numéro AM, which has nine digits (\(name), as \(source) says)"
          ), by: .giver)
      }
      return Personal(text, as: .identifier)
    }
  }

  private static func isWellFormed(_ text: String) -> Bool {
    text.allSatisfy { ("0"..."9").contains($0) } && (8...10).contains(text.count)
      && BillingIdentifier.number(in: text) != nil
  }
}
