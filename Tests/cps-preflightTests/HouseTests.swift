import Foundation
import Testing

@Suite("The house is as CONTRIBUTING.md draws it")
struct HouseTests {
  private static let root = URL(filePath: BuiltProgram.root)

  /// Returns our modules that each folder imports, according to the page.
  private static func drawn() throws -> [String: Set<String>] {
    let page = try String(contentsOf: root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    let lines = page.split(separator: "\n").filter {
      $0.hasPrefix("    Sources/") || $0.hasPrefix("    Plugins/")
    }
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let words = line.split(separator: " ").map(String.init)
        return (words[0], Set(words.dropFirst().filter { $0 != "–" }))
      })
  }

  /// Returns the folders of Swift targets.
  private static func folders() throws -> [String] {
    try ["Sources", "Plugins"].flatMap { parent in
      try FileManager.default.contentsOfDirectory(atPath: root.appending(path: parent).path)
        .map { "\(parent)/\($0)" }
    }.filter { $0 != "Plugins/Examples" && !(files(in: $0).isEmpty) }
  }

  private static func files(in folder: String) -> [URL] {
    let files = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  @Test("Each folder imports what the page says, and the page names each folder")
  func imports() throws {
    let drawn = try Self.drawn()
    let folders = try Self.folders()
    #expect(Set(drawn.keys) == Set(folders))
    let modules = Set(
      try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    )
    .union(folders.compactMap { $0.split(separator: "/").last.map(String.init) })
    for folder in folders {
      var imported: Set<String> = []
      for file in Self.files(in: folder) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          guard let match = line.wholeMatch(of: /(?:package |public )?import (\w+)/) else { continue }
          if modules.contains(String(match.1)) { imported.insert(String(match.1)) }
        }
      }
      #expect(imported == drawn[folder], "\(folder)")
    }
  }

  @Test("Nothing built in knows more than the core and what it wraps")
  func plugins() throws {
    let upper: Set<String> = ["RuleFile", "RuleDesk", "Reports", "VerdictFile", "PluginHost", "Workstation"]
    for (folder, imported) in try Self.drawn() where folder.hasPrefix("Plugins/") {
      #expect(imported.isDisjoint(with: upper), "\(folder)")
    }
  }
}
