package import Preflight
import JSON

/// Decodes a manifest from JSON and collects all mistakes in it.
package struct ManifestDecoder {
  /// The mistakes that make the manifest unusable.
  package internal(set) var mistakes: [ProtocolMistake] = []
  /// Remarks on members that are ignored and were probably meant for something.
  package internal(set) var remarks: [ProtocolMistake] = []
  var name = ""
  /// The facts that exist without the plugin.
  let catalogue: FactCatalogue

  package init(knowing catalogue: FactCatalogue) { self.catalogue = catalogue }

  /// Decodes a manifest.
  ///
  /// - Parameter catalogue: the facts that exist without the plugin.
  /// - Throws: `ManifestFault` with all its mistakes.
  package static func manifest(
    in bytes: [UInt8], knowing catalogue: FactCatalogue
  ) throws(ManifestFault) -> PluginManifest {
    var decoder = ManifestDecoder(knowing: catalogue)
    guard let manifest = decoder.manifest(in: bytes) else { throw ManifestFault(mistakes: decoder.mistakes) }
    return manifest
  }

  /// Returns the manifest, or nil if there are ``mistakes``.
  package mutating func manifest(in bytes: [UInt8]) -> PluginManifest? {
    let root: JSONValue
    do throws(JSONFault) {
      root = try JSONReader.read(bytes)
    } catch {
      let place = Place(of: error.offset, in: bytes)
      let (line, column) = (place.line, place.column)
      return fail(
        "",
        LocalizedText(
          fr: "ligne \(line), colonne \(column) : \(error.message().french)",
          en: "line \(line), column \(column): \(error.message().english)"))
    }
    guard
      let members = object(
        root, at: "",
        keys: ["protocol", "name", "version", "summary", "sources", "checks", "batch", "environment"])
    else { return nil }
    // In another version of the protocol, all other members may have another meaning.
    guard case .number("1")? = members["protocol"]?.content else {
      return fail(
        "protocol", LocalizedText(fr: "doit être 1, le seul connu", en: "must be 1, the only one known"))
    }
    name = pluginName(members["name"]) ?? ""
    let version = text(members["version"], at: "version") ?? ""
    let summary = members["summary"].flatMap { localizedText($0, at: "summary") }
    let sources = (members["sources"].flatMap { list($0, at: "sources") } ?? []).enumerated()
      .compactMap { source($1, at: "sources[\($0)]") }
    let checks = (members["checks"].flatMap { list($0, at: "checks") } ?? []).enumerated()
      .compactMap { check($1, at: "checks[\($0)]") }
    let batch = members["batch"].flatMap { boolean($0, at: "batch") } ?? false
    let environment = (members["environment"].flatMap { list($0, at: "environment") } ?? []).enumerated()
      .compactMap { variable($1, at: "environment[\($0)]") }
    refuseDuplicates(sources.map(\.name), at: "sources")
    refuseDuplicates(checks.map(\.name), at: "checks")
    refuseDuplicates(sources.flatMap(\.facts).map(\.name.rawValue), at: "sources.facts")
    refuseUnknownFacts(checks, sources)
    if sources.isEmpty, checks.isEmpty, mistakes.isEmpty {
      mistakes.append(
        ProtocolMistake("", LocalizedText(fr: "ni source ni contrôle", en: "neither a source nor a check")))
    }
    guard mistakes.isEmpty else { return nil }
    return PluginManifest(
      name: name, version: version, summary: summary, sources: sources, checks: checks, takesBatches: batch,
      environment: environment)
  }

  // MARK: - Sources and checks

  private mutating func source(_ json: JSONValue, at path: String) -> PluginManifest.OfferedSource? {
    guard
      let members = object(json, at: path, keys: ["name", "summary", "options", "needs", "facts"]),
      let name = identifier(members["name"], at: "\(path).name"),
      let summary = summary(members["summary"], at: "\(path).summary")
    else { return nil }
    let facts = (required(members["facts"], at: "\(path).facts") ?? []).enumerated()
      .compactMap { fact($1, at: "\(path).facts[\($0)]") }
    return PluginManifest.OfferedSource(
      name: name, summary: summary, options: parameters(members["options"], at: "\(path).options"),
      needs: factNames(members["needs"], at: "\(path).needs"), facts: facts)
  }

  private mutating func check(_ json: JSONValue, at path: String) -> PluginManifest.OfferedCheck? {
    guard
      let members = object(json, at: path, keys: ["name", "summary", "parameters", "facts"]),
      let name = identifier(members["name"], at: "\(path).name"),
      let summary = summary(members["summary"], at: "\(path).summary")
    else { return nil }
    return PluginManifest.OfferedCheck(
      name: name, summary: summary, parameters: parameters(members["parameters"], at: "\(path).parameters"),
      facts: factNames(members["facts"], at: "\(path).facts"))
  }

  private mutating func fact(_ json: JSONValue, at path: String) -> FactDeclaration? {
    guard let members = object(json, at: path, keys: ["name", "type", "personal", "summary"]),
      let name = identifier(members["name"], at: "\(path).name"),
      let type = typeName(members["type"], at: "\(path).type").map(FactType.init)
    else { return nil }
    let isPersonal = members["personal"].flatMap { boolean($0, at: "\(path).personal") } ?? false
    let summary = members["summary"].flatMap { localizedText($0, at: "\(path).summary") }
    return FactDeclaration(
      FactName("\(self.name)/\(name)"), isPersonal ? .concealed(type) : type,
      summary ?? LocalizedText(everywhere: Text(name)))
  }

  // MARK: - Parameters

  private mutating func parameters(_ json: JSONValue?, at path: String) -> [Parameter] {
    let parameters = (json.flatMap { list($0, at: path) } ?? []).enumerated()
      .compactMap { parameter($1, at: "\(path)[\($0)]") }
    refuseDuplicates(parameters.map(\.name), at: path)
    return parameters
  }

  private mutating func parameter(_ json: JSONValue, at path: String) -> Parameter? {
    guard let members = object(json, at: path, keys: ["name", "type", "required", "default", "summary"]),
      let name = identifier(members["name"], at: "\(path).name"),
      let typeName = typeName(members["type"], at: "\(path).type")
    else { return nil }
    let summary =
      members["summary"].flatMap { localizedText($0, at: "\(path).summary") }
      ?? LocalizedText(everywhere: Text(name))
    let type = ParameterType(typeName)
    var value: PlainValue?
    if let json = members["default"] {
      guard FactType(typeName).value(of: json) != nil else {
        return fail(
          "\(path).default",
          LocalizedText(fr: "n'est pas \(type.name.french)", en: "is not \(type.name.english)"))
      }
      value = json.plain
    }
    let isRequired = members["required"].flatMap { boolean($0, at: "\(path).required") } ?? false
    return Parameter(
      name, type, required: isRequired, default: value.map(\.words), value: value, fr: summary.french,
      en: summary.english)
  }
}
