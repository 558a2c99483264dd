package import Preflight

/// A plugin's description of itself; ``PluginProtocol`` describes the format.
package struct PluginManifest: Sendable {
  /// The name of the plugin, such as `erp`.
  package let name: String
  /// The version, as the plugin writes it.
  package let version: String
  /// One line about the plugin. Nil if it gives none.
  package let summary: LocalizedText?
  /// The sources, in the order of the manifest.
  package let sources: [OfferedSource]
  /// The checks, in the order of the manifest.
  package let checks: [OfferedCheck]
  /// Whether one process can answer several checks.
  package let takesBatches: Bool
  /// The names of the environment variables that the plugin asks for.
  package let environment: [String]

  /// A source of a plugin.
  package struct OfferedSource: Sendable {
    /// The name without the plugin's prefix.
    package let name: String
    /// One line about where its facts come from.
    package let summary: LocalizedText
    /// The options that a rule file may give.
    package let options: [Parameter]
    /// The facts that it needs to know first.
    package let needs: [FactName]
    /// The facts that it may provide, with the plugin's prefix.
    package let facts: [FactDeclaration]
  }

  /// A check of a plugin.
  package struct OfferedCheck: Sendable {
    /// The name without the plugin's prefix.
    package let name: String
    /// One line about what it checks.
    package let summary: LocalizedText
    /// The parameters that a rule file may give.
    package let parameters: [Parameter]
    /// The facts that it judges.
    package let facts: [FactName]
  }

  /// Returns the name with the plugin's prefix, as rule files use it.
  package func fullName(of name: String) -> String { "\(self.name)/\(name)" }

  /// The other plugins whose facts this one needs.
  package var neededPlugins: Set<String> {
    let facts = checks.flatMap(\.facts) + sources.flatMap(\.needs)
    return Set(facts.compactMap(\.plugin)).subtracting([name])
  }
}

/// A mistake in a manifest, an answer or a request.
package struct ProtocolMistake: Error, Sendable, Hashable {
  /// The path of the mistake, such as `sources[0].facts[1].type`. Empty if it concerns the whole.
  package let path: String
  /// What is wrong, in one sentence.
  package let message: LocalizedText

  /// - Parameter path: the path of the mistake in the JSON, such as `sources[0].name`; empty for the whole.
  package init(_ path: String, _ message: LocalizedText) {
    self.path = path
    self.message = message
  }

  /// The message with its path.
  package var text: LocalizedText {
    path.isEmpty
      ? message : LocalizedText(fr: "\(path) : \(message.french)", en: "\(path): \(message.english)")
  }
}

/// All mistakes in a manifest.
package struct ManifestFault: Error, Sendable {
  /// The mistakes, in the order of the manifest; at least one.
  package let mistakes: [ProtocolMistake]
}
