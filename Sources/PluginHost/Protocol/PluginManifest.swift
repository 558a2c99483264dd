package import Preflight

/// What a plugin says of itself; ``PluginProtocol`` describes how.
package struct PluginManifest: Sendable {
  package let name: String
  package let version: String
  package let summary: LocalizedText?
  package let sources: [OfferedSource]
  package let checks: [OfferedCheck]
  /// Whether several checks may be asked in one process.
  package let takesBatches: Bool
  /// The variables of the environment that it wants.
  package let environment: [String]

  /// A source that a plugin brings.
  package struct OfferedSource: Sendable {
    /// Without the plugin's name in front.
    package let name: String
    package let summary: LocalizedText
    package let options: [Parameter]
    /// The facts that it has to know.
    package let needs: [FactName]
    /// With the plugin's name in front.
    package let facts: [FactDeclaration]
  }

  /// A check that a plugin brings.
  package struct OfferedCheck: Sendable {
    /// Without the plugin's name in front.
    package let name: String
    package let summary: LocalizedText
    package let parameters: [Parameter]
    /// The facts that it judges.
    package let facts: [FactName]
  }

  /// The name by which rule files know something that it brings.
  package func fullName(of name: String) -> String { "\(self.name)/\(name)" }

  /// The plugins whose facts it needs, itself left out.
  package var neededPlugins: Set<String> {
    let facts = checks.flatMap(\.facts) + sources.flatMap(\.needs)
    return Set(facts.compactMap(\.plugin)).subtracting([name])
  }
}

/// Something wrong in a manifest, an answer or a request.
package struct ProtocolMistake: Error, Sendable, Hashable {
  /// Where it is, as `sources[0].facts[1].type`; empty where it is the whole.
  package let path: String
  package let message: LocalizedText

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

/// All that is wrong in a manifest.
package struct ManifestFault: Error, Sendable {
  package let mistakes: [ProtocolMistake]
}
