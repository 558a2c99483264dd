package import Preflight

/// A fact as the command line gives it, `NAME=VALUE`; not interpreted yet.
package struct WrittenFact: Sendable, Hashable {
  /// The text before the first `=`, never empty.
  package let name: FactName
  /// The text after it.
  package let value: String

  /// Splits the argument. Returns nil if it has no name or no `=`.
  package init?(notation: String) {
    let parts = notation.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    name = FactName(String(parts[0]))
    value = String(parts[1])
  }
}

extension FactsFile {
  /// The name that reports show as the source of a fact from the command line.
  package static let optionName = "--with"

  /// Interprets the facts of the command line, which count as those of one facts file; docs/facts.md.
  ///
  /// Everybody on the machine can read a command line, so it takes no personal fact. A fact that is given twice is kept
  /// twice: where the values differ, neither is believed.
  ///
  /// - Throws: ``FactsFileFault`` for the first that is unknown, personal, or not of its type, without its value.
  package init(_ written: [WrittenFact], catalogue: FactCatalogue) throws(FactsFileFault) {
    name = Self.optionName
    provides = catalogue.names
    var facts: [Fact] = []
    for fact in written {
      facts.append(Fact(fact.name, given: try Self.value(of: fact, catalogue), source: Self.optionName))
    }
    self.facts = facts
    try Facts(facts).refuseContradictions(among: facts)
  }

  private static func value(
    of written: WrittenFact, _ catalogue: FactCatalogue
  ) throws(FactsFileFault) -> FactValue {
    let name = written.name.rawValue
    guard let declaration = catalogue[written.name] else {
      let known = catalogue.declarations.filter(\.type.canBeWritten).map(\.name.rawValue)
      let nearest = nearestName(to: name, among: known)
      let french: Text = nearest.map { "écrire « \($0) » ?" } ?? "connus : \(known.joined(separator: ", "))"
      let english = nearest.map { "did you mean “\($0)”?" } ?? "known: \(known.joined(separator: ", "))"
      let shown = shownKey(name)
      throw FactsFileFault(
        nil, fr: "fait inconnu « \(shown) » ; \(french)", en: "unknown fact “\(shown)”; \(english)")
    }
    guard declaration.visibility == .public else {
      throw FactsFileFault(
        nil,
        fr: """
          \(name) est une donnée personnelle, et tout utilisateur de la machine peut lire une ligne de commande : la \
          donner dans un fichier, par --facts
          """,
        en: """
          \(name) is personal, and every user of the machine can read a command line: give it in a file, with --facts
          """)
    }
    guard declaration.type.canBeWritten else {
      throw FactsFileFault(
        nil,
        fr:
          "\(name) ne tient pas en un mot (\(declaration.type.name.french)) : le donner dans un fichier, par --facts",
        en: "\(name) is more than a word (\(declaration.type.name.english)): give it in a file, with --facts")
    }
    guard let value = declaration.type.given(written.value) else {
      let type = declaration.type.writtenName
      let takes = LocalizedText(fr: "\(name) attend \(type.french)", en: "\(name) takes \(type.english)")
      throw FactsFileFault(
        nil, declaration.type == .version ? takes.tellingVersion(of: written.value) : takes)
    }
    return value
  }
}

extension FactType {
  /// Whether a value of this type is one word or text, so that an argument can hold it.
  fileprivate var canBeWritten: Bool {
    switch self {
    case .boolean, .integer, .text, .choice, .date, .version, .duration: true
    case .personal, .texts, .list, .map, .situations, .cryptolibs, .concealed, .judgement: false
    }
  }

  /// The name of the type for somebody who writes an argument, where JSON's quotes mean nothing.
  fileprivate var writtenName: LocalizedText {
    switch self {
    case .date:
      LocalizedText(fr: "une date AAAA-MM-JJ, comme 2025-09-10", en: "a date YYYY-MM-DD, such as 2025-09-10")
    case .version: LocalizedText(fr: "une version, comme 5.2.2", en: "a version, such as 5.2.2")
    default: name
    }
  }
}
