import Preflight
import RuleFile

/// A text by language that lacks one language: its readers get the text in the other.
enum OneLanguageLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.flatMap { declared in
      texts(of: declared).compactMap { entry in
        guard let key = entry.key.text, case .mapping(let languages) = entry.value.content,
          let missing = Language.allCases.first(where: { language in
            !languages.contains { $0.key.text == language.rawValue }
          })
        else { return nil }
        return .warning(
          .oneLanguage, entry.key.span,
          LocalizedText(
            fr: "« \(key) » n'est pas donné en « \(missing.rawValue) »",
            en: "“\(key)” is not given in “\(missing.rawValue)”"),
          proposal: LocalizedText(
            fr: "ajouter « \(missing.rawValue): … »", en: "add “\(missing.rawValue): …”"))
      }
    }
  }

  private static func texts(of declared: DeclaredRule) -> [YAMLNode.Entry] {
    var texts = ["title", "remedy"].compactMap { declared.keys.entry($0) }
    if case .mapping(let remedies)? = declared.keys["remedies"]?.content { texts += remedies }
    return texts
  }
}
