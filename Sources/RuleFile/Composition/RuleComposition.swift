import Preflight

/// A rule file and all files that it builds on, read and composed but not yet decoded.
///
/// It already shows which plugins the rules need.
package struct RuleComposition {
  package let composer: RuleComposer
  private let file: ReadFile
  private let access: RememberedFiles

  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - access: provides the files that it extends or includes.
  package init(_ bytes: [UInt8], name: String, access: any RuleFileAccess) {
    self.init(ReadFile(name: name, bytes: bytes), access: access)
  }

  /// - Parameters:
  ///   - file: the file that was read.
  ///   - access: provides the files that it extends or includes.
  package init(_ file: ReadFile, access: any RuleFileAccess) {
    self.init(file, access: RememberedFiles(access))
  }

  private init(_ file: ReadFile, access: RememberedFiles) {
    var composer = RuleComposer(access: access)
    composer.compose(file)
    self.composer = composer
    self.file = file
    self.access = access
  }

  /// The same files, with other bytes in the place of those of the files so named; none is read from disk again.
  package func with(_ changed: [String: [UInt8]]) -> RuleComposition {
    access.changed = changed
    defer { access.changed = [:] }
    let bytes = changed[name] ?? file.bytes
    return RuleComposition(ReadFile(name: name, bytes: bytes, isBuiltIn: file.isBuiltIn), access: access)
  }

  /// The bytes of the file itself, without the files that it builds on.
  package var bytes: [UInt8] { file.bytes }

  /// The name of the file, as given by the user.
  package var name: String { file.name }

  /// The plugins that the files list, in the order of the files.
  package var plugins: [NamedPlugin] { composer.composed.plugins.map(\.plugin) }

  /// The names of the plugins that the rules and sources use: `erp` for the check `erp/open`.
  package var neededPlugins: Set<String> {
    let composed = composer.composed
    let rules = composed.stages.flatMap { $0["rules"]?.items ?? [] }
    let facts = rules.flatMap { $0["with"]?.namedFacts ?? [] }.compactMap(\.text)
      .filter(OutsideName.isWellFormed).compactMap(OutsideName.plugin)
    return composed.calledPlugins.union(Set(facts).subtracting(declaredPrefixes))
  }

  /// The prefixes of the declared facts: `lot` for `lot/identifier`. No plugin may have such a name.
  package var declaredPrefixes: Set<String> {
    Set(composer.composed.facts.compactMap(\.key.text).compactMap(OutsideName.plugin))
  }
}

/// A plugin that a rule file lists.
package struct NamedPlugin: Sendable, Hashable {
  /// The path of the plugin, relative to the program's working folder.
  package let path: String
  /// The names of the environment variables that the plugin may see.
  package let environment: [String]
  /// The folders in which the plugin may write, relative to the program's working folder; nil if the entry does not say, and
  /// then it may write wherever the user may.
  package let writes: [String]?
}

extension ComposedRules {
  /// The names of the plugins of which checks and sources are used. A name that no plugin can have is not among them: it is
  /// a mistake of the rule file, and not a plugin that is missing.
  package var calledPlugins: Set<String> {
    let rules = stages.flatMap { $0["rules"]?.items ?? [] }
    let names = rules.map { $0["check"]?.text } + (sources?.items ?? []).map(\.nameOfSource)
    return Set(names.compactMap(\.self).filter(OutsideName.isWellFormed).compactMap(OutsideName.plugin))
  }
}

extension YAMLNode {
  /// The names of facts among the parameters of a rule: under `fact`, and in `{ fact: NAME }`.
  package var namedFacts: [YAMLNode] {
    entries.compactMap { $0.key.text == "fact" ? $0.value : $0.value.referredFact }
  }

  /// The name in `{ fact: NAME }`.
  package var referredFact: YAMLNode? {
    guard entries.count == 1, let entry = entries.first, entry.key.text == "fact" else { return nil }
    return entry.value
  }

  /// The name in an item of `sources`, with or without options.
  fileprivate var nameOfSource: String? {
    if case .mapping(let entries) = content { entries.first?.key.text } else { text }
  }
}
