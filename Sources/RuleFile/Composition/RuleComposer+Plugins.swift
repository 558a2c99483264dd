import Preflight

extension RuleComposer {
  /// Reads the list `plugins` of a file: paths relative to that file, each with the environment variables that the
  /// plugin may see, and the folders in which it may write.
  mutating func addPlugins(_ node: YAMLNode, from file: String) {
    for item in list(node, what: LocalizedText(everywhere: "plugins")) ?? [] {
      let what = LocalizedText(fr: "un plugin", en: "a plugin")
      var pathNode = item
      var environment: [String] = []
      var writes: [String]?
      if case .mapping = item.content {
        guard let keys = mapping(item, keys: RuleFileKey.ofPlugin, required: ["path"], what: what),
          let node = keys["path"]
        else { continue }
        pathNode = node
        environment = keys["environment"].map { variables($0) } ?? []
        writes = keys["writes"].map { folders($0, from: file) }
      }
      guard let path = text(pathNode, what: what) else { continue }
      let resolved = Self.resolved(path, from: file)
      // A path without a slash would mean a name elsewhere.
      let plugin = NamedPlugin(
        path: resolved.contains("/") ? resolved : "./\(resolved)", environment: environment, writes: writes)
      requireAgreement(of: plugin, at: pathNode.span)
      let seen = YAMLNode(.scalar(plugin.path, isPlain: false), pathNode.span)
      guard case .mapping = item.content else {
        composed.plugins.append((plugin, seen))
        continue
      }
      var shown = item.setting("path", to: seen.content)
      if let writes, let span = item["writes"]?.span {
        let folders = zip(writes, item["writes"]?.items ?? []).map { folder, node in
          YAMLNode(.scalar(folder, isPlain: false), node.span)
        }
        shown = shown.setting("writes", to: YAMLNode(.sequence(folders), span).content)
      }
      composed.plugins.append((plugin, shown))
    }
  }

  /// Reports an entry that gives the file of an earlier entry, by whatever path, other rights than that one. Neither may win: the
  /// one that is wider would undo the other.
  private mutating func requireAgreement(of plugin: NamedPlugin, at span: Span) {
    let identity = access.identity(of: plugin.path)
    guard
      let (earlier, _) = composed.plugins.first(where: { access.identity(of: $0.plugin.path) == identity }),
      Set(earlier.environment) != Set(plugin.environment)
        || places(earlier.writes) != places(plugin.writes)
    else { return }
    report(
      .contradictoryPlugin, span,
      LocalizedText(
        fr: """
          « \(plugin.path) » est le fichier de « \(earlier.path) », énuméré plus haut avec un autre « writes » ou un autre \
          « environment » : n'en garder qu'un
          """,
        en: """
          “\(plugin.path)” is the file of “\(earlier.path)”, which is listed further up with another “writes” or another \
          “environment”: keep one of them
          """))
  }

  /// The folders, however they are written; nil if the entry does not say.
  private func places(_ writes: [String]?) -> Set<String>? {
    writes.map { Set($0.map { access.identity(of: $0) }) }
  }

  private static func resolved(_ path: String, from file: String) -> String {
    path.hasPrefix("/") ? path : RelativePath.path(path, besides: file)
  }

  private mutating func folders(_ node: YAMLNode, from file: String) -> [String] {
    let what = LocalizedText(everywhere: "writes")
    return (list(node, what: what) ?? []).compactMap { text($0, what: what) }.map {
      Self.resolved($0, from: file)
    }
  }

  private mutating func variables(_ node: YAMLNode) -> [String] {
    let what = LocalizedText(everywhere: "environment")
    return (list(node, what: what) ?? []).compactMap { node in
      guard let name = text(node, what: what) else { return nil }
      let isName = name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x5F
      }
      guard isName, !("0"..."9").contains(name.first ?? "0") else {
        report(
          .badVariable, node.span,
          LocalizedText(
            fr: "« \(name) » n'est pas le nom d'une variable", en: "“\(name)” is not the name of a variable"))
        return nil
      }
      return name
    }
  }
}
