import Preflight

/// A rule file and all that it builds on, read and put together; nothing in it is understood yet.
///
/// What has to be known beforehand, which plugins it needs, can be seen in it.
package struct RuleComposition {
  let composer: RuleComposer
  let bytes: [UInt8]
  /// The file as the user named it.
  package let name: String
  private let access: RememberedFiles

  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - access: where the files come from that it extends or includes.
  package init(_ bytes: [UInt8], name: String, access: any RuleFileAccess) {
    self.init(bytes, name: name, access: RememberedFiles(access))
  }

  private init(_ bytes: [UInt8], name: String, access: RememberedFiles) {
    var composer = RuleComposer(access: access)
    composer.add(ReadFile(name: name, bytes: bytes))
    self.composer = composer
    self.bytes = bytes
    self.name = name
    self.access = access
  }

  /// The same files, with other bytes in the place of those of the files so named; none is read from disk again.
  func with(_ changed: [String: [UInt8]]) -> RuleComposition {
    access.changed = changed
    defer { access.changed = [:] }
    return RuleComposition(changed[name] ?? bytes, name: name, access: access)
  }

  /// The plugins that it lists, in the order of the files.
  package var plugins: [NamedPlugin] { composer.composed.plugins.map(\.plugin) }

  /// The names of the plugins of which its rules and sources use something: `erp` for the check `erp/open`.
  package var neededPlugins: Set<String> {
    let composed = composer.composed
    let rules = composed.stages.flatMap { $0["rules"]?.items ?? [] }
    let names =
      rules.flatMap { [$0["check"]?.text, $0["with"]?["fact"]?.text] }
      + (composed.sources?.items ?? []).map(\.nameOfSource)
    return Set(names.compactMap { $0.flatMap(OutsideName.plugin) })
  }
}

/// A plugin as a rule file lists it.
package struct NamedPlugin: Sendable, Hashable {
  /// Its path, as it is meant from where the program runs.
  package let path: String
  /// The variables of the environment that it may see.
  package let environment: [String]
}

extension YAMLNode {
  /// The name in an item of `sources`, with options or without.
  fileprivate var nameOfSource: String? {
    if case .mapping(let entries) = content { entries.first?.key.text } else { text }
  }
}
