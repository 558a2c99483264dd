import Preflight
import RuleFile

/// An option of a source for the program's own use: any release may remove it or change its meaning.
enum PrivateOptionLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.sources.flatMap { declared -> [Finding] in
      guard case .mapping(let entries)? = declared.options?.content else { return [] }
      let declaration = declared.source.declaration
      let hidden = Set(declaration.options.filter { !$0.isPublic }.map(\.name))
      return entries.filter { hidden.contains($0.key.text ?? "") }.map { entry in
        let name = entry.key.text ?? ""
        return .warning(
          .privateOption, entry.key.span,
          LocalizedText(
            fr: """
              « \(name) » est une option interne de la source \(declaration.name), qui peut disparaître d'une version à \
              l'autre : l'enlever
              """,
            en: """
              “\(name)” is an option of the source \(declaration.name) for the program's own use, which may go in any \
              release: take it out
              """))
      }
    }
  }
}
