import Preflight
import RuleFile

/// A `{name}` in a title, a remedy or a link that is not a variable, and is shown as written.
enum UnknownVariableLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.flatMap { declared -> [Finding] in
      guard let scope = declared.scope else { return [] }
      let constants = Set(scope.constants.keys)
      let everywhere = constants.union(scope.cases.filter { !$0.isUndecided }.flatMap(\.measured))
      let named = Set(declared.keys["remedies"]?.names ?? [])
      return (declared.keys["title"]?.mentions ?? []).compactMap {
        unknown($0.mention, $0.span, "title", among: constants)
      }
        + ["remedy", "links"].flatMap { key in
          (declared.keys[key]?.mentions ?? []).compactMap { mention, span in
            unknown(mention, span, key, among: everywhere)
              ?? (key == "remedy" ? sometimesMissing(mention, span, scope, besides: named) : nil)
          }
        }
    }
  }

  private static func unknown(
    _ mention: Template.Mention, _ span: Span, _ key: String, among names: Set<String>
  ) -> Finding? {
    guard !(mention.isExact && names.contains(mention.name)) else { return nil }
    return Finding(
      id: .unknownVariable, severity: .warning, span: span,
      message: LocalizedText(
        fr: "« \(mention.written) » n'est pas une variable ici, et reste tel quel dans « \(key) »",
        en: "“\(mention.written)” is not a variable here, and stays as it is in “\(key)”"),
      proposal: .variable(mention, at: span, among: names))
  }

  private static func sometimesMissing(
    _ mention: Template.Mention, _ span: Span, _ scope: AdviceScope, besides named: Set<String>
  ) -> Finding? {
    let cases = scope.missing(mention.name, besides: named)
    guard !cases.isEmpty else { return nil }
    let list = cases.joined(separator: ", ")
    return .warning(
      .unknownVariable, span,
      LocalizedText(
        fr: "« \(mention.written) » n'a pas de valeur dans ces cas : \(list)",
        en: "“\(mention.written)” has no value in these cases: \(list)"),
      proposal: LocalizedText(
        fr: "donner à ces cas un texte sous « remedies »", en: "give these cases a text under “remedies”"))
  }
}

extension YAMLNode {
  /// The keys of a mapping.
  var names: [String] {
    if case .mapping(let entries) = content { entries.compactMap(\.key.text) } else { [] }
  }
}
