import Preflight
import RuleFile

/// A plugin or a module that may write in a folder where the rules are, or the plugin itself: it could change what judges the
/// next run, so that nothing is gained by naming folders.
enum WideWritesLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    let files = rules.files.filter { !$0.isBuiltIn }.map(\.name)
    let ofPlugins = rules.plugins.flatMap { plugin, node in
      (node["writes"]?.items ?? []).compactMap { finding($0, above: files + [plugin.path]) }
    }
    let ofSources = rules.sources.flatMap { source in
      (source.options?["writes"]?.items ?? []).compactMap { finding($0, above: files) }
    }
    return ofPlugins + ofSources
  }

  private static func finding(_ node: YAMLNode, above files: [String]) -> Finding? {
    guard let folder = node.text, let file = files.first(where: { isFolder(folder, above: $0) }) else {
      return nil
    }
    return .warning(
      .wideWrites, node.span,
      LocalizedText(
        fr: """
          « \(folder) » contient \(file) : ce qui peut y écrire peut changer ce qui sera jugé ou lancé ; nommer un dossier \
          plus étroit
          """,
        en: """
          “\(folder)” holds \(file): whatever may write in it may change what is judged or run; name a narrower folder
          """))
  }

  /// Whether the file is in the folder or further below, as far as their names tell.
  private static func isFolder(_ folder: String, above file: String) -> Bool {
    if folder.hasPrefix("/"), !file.hasPrefix("/") { return parts(of: folder).isEmpty }
    guard folder.hasPrefix("/") == file.hasPrefix("/") else { return false }
    return parts(of: file).dropLast().starts(with: parts(of: folder))
  }

  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }
}
