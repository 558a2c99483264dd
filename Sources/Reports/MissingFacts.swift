import Preflight

/// What an operator is told about facts that were not given, if files take the card's place: which they are,
/// where to read them, and the options that give them.
struct MissingFacts {
  private let options: ReportOptions
  private let facts: [FactDeclaration]

  init(_ facts: [FactDeclaration], _ options: ReportOptions) {
    self.facts = facts
    self.options = options
  }

  /// The lines, without indentation; none if nothing is missing.
  var lines: [String] {
    guard !facts.isEmpty else { return [] }
    var lines = [options.say(fr: "Il manque, pour décider :", en: "Missing, for a decision:")]
    lines += facts.map { fact in
      "  \(printable(fact.name.rawValue))\(options.colon) \(printable(options.words(fact.summary)))"
    }
    if facts.contains(where: { $0.name == .cardIssuedOn }) {
      lines.append("  → " + sentence(GestionnaireSteps.dates))
    }
    if facts.contains(where: { $0.name == .cardExpiresOn }) {
      lines.append("  → " + sentence(GestionnaireSteps.expiry))
    }
    if facts.contains(where: { $0.name.rawValue.hasPrefix("billing.") }) {
      let steps = GestionnaireSteps.situations
      lines.append(
        "  → "
          + sentence(
            LocalizedText(
              fr: "\(steps.french), à donner par --report", en: "\(steps.english), to be given with --report")
          ))
    }
    if let written {
      lines.append("  → " + options.say(fr: "À ajouter à la commande :", en: "To be added to the command:"))
      lines.append("    " + written)
    }
    return lines
  }

  /// The options for those of the facts that may be given on a command line, in one line. Their values are
  /// not valid, so that a line that was copied but not filled in is refused.
  private var written: String? {
    let given = facts.compactMap { fact in
      placeholder(fact).map { "--with \(printable(fact.name.rawValue))=\($0)" }
    }
    return given.isEmpty ? nil : given.joined(separator: " ")
  }

  private func placeholder(_ fact: FactDeclaration) -> String? {
    guard fact.visibility == .public else { return nil }
    switch fact.type {
    case .boolean: return "true/false"
    case .integer: return "N"
    case .text: return options.language == .french ? "TEXTE" : "TEXT"
    case .choice(let words): return words.joined(separator: "/")
    case .date: return options.language == .french ? "AAAA-MM-JJ" : "YYYY-MM-DD"
    case .version: return "X.Y.Z"
    case .duration: return "Ns"
    case .personal, .texts, .list, .map, .situations, .cryptolibs, .concealed, .judgement: return nil
    }
  }

  /// The steps as a sentence of their own.
  private func sentence(_ steps: LocalizedText) -> String {
    let words = printable(options.words(steps))
    return words.prefix(1).uppercased() + words.dropFirst() + "."
  }
}
