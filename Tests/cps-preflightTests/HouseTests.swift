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
    // A catalogue of documentation has code of other programs.
    return (files?.compactMap { $0 as? URL } ?? []).filter {
      $0.pathExtension == "swift" && !$0.path.contains(".docc/")
    }
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
    // Parsed once: a literal is parsed again each time it is met.
    let importing = /(?:package |public )?import (\w+)/
    for folder in folders {
      var imported: Set<String> = []
      for file in Self.files(in: folder) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          guard let match = line.wholeMatch(of: importing) else { continue }
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

  @Test("Within a target, no two folders need each other")
  func folderCircles() throws {
    for target in try Self.folders() {
      let uses = try FolderUses(of: Self.root.appending(path: target), Self.files(in: target))
      for (one, other) in uses.circles {
        Issue.record(
          """
          \(target): \(one) needs \(other) for \(uses.names(one, of: other)), \
          and \(other) needs \(one) for \(uses.names(other, of: one))
          """)
      }
    }
  }

  @Test(
    "A use is a name of another folder in the code, and neither in words, nor one that the file declares itself"
  )
  func uses() {
    let text = [
      #"/// A Comment, /* of */ any kind. /*"#,
      #"struct Plain { enum Outcome { case one(Verdict) } }"#,
      "let words = \"Text \\\" Other\" + \"\"\"", "  Longer words", "\"\"\"",
      #"/* Hidden"#, #"*/ func f(_ value: Kind.Nested) -> Outcome { Kind() }"#,
    ].joined(separator: "\n")
    #expect(FolderUses.declared(in: FolderUses.code(text)) == ["Plain"])
    #expect(FolderUses.named(in: FolderUses.code(text)) == ["Verdict", "Kind"])
  }
}

/// Which folders of a target name types that others of its folders declare. The files of the target's own folder, which put
/// together what is in the others, are not looked at.
private struct FolderUses {
  /// What each folder names of each other.
  private var uses: [String: [String: Set<String>]] = [:]

  init(of target: URL, _ files: [URL]) throws {
    var declaring: [String: String] = [:]
    var code: [(folder: String, text: String)] = []
    let depth = target.pathComponents.count
    for file in files {
      let components = file.pathComponents.dropFirst(depth)
      guard components.count > 1, let folder = components.first else { continue }
      let text = Self.code(try String(contentsOf: file, encoding: .utf8))
      code.append((folder, text))
      for name in Self.declared(in: text) { declaring[name] = folder }
    }
    for (folder, text) in code {
      for name in Self.named(in: text) {
        guard let other = declaring[name], other != folder else { continue }
        uses[folder, default: [:]][other, default: []].insert(name)
      }
    }
  }

  /// The pairs of folders that need each other, each once.
  var circles: [(String, String)] {
    uses.keys.sorted().flatMap { one in
      (uses[one] ?? [:]).keys.sorted().filter { one < $0 && uses[$0]?[one] != nil }.map { (one, $0) }
    }
  }

  func names(_ folder: String, of other: String) -> String {
    (uses[folder]?[other] ?? []).sorted().joined(separator: ", ")
  }

  /// The text without comments and without what is between quotes.
  static func code(_ text: String) -> String {
    var code = ""
    var rest = Array(text.utf8)[...]
    func begins(_ words: String) -> Bool { rest.starts(with: words.utf8) }
    func skip(to end: String) {
      while !rest.isEmpty, !begins(end) { rest = rest.dropFirst(begins("\\") && end != "*/" ? 2 : 1) }
      rest = rest.dropFirst(end.utf8.count)
    }
    while let byte = rest.first {
      if begins("//") {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }
      } else if begins("/*") {
        skip(to: "*/")
      } else if begins("\"\"\"") {
        rest = rest.dropFirst(3)
        skip(to: "\"\"\"")
      } else if byte == UInt8(ascii: "\"") {
        rest = rest.dropFirst()
        skip(to: "\"")
      } else {
        code.unicodeScalars.append(Unicode.Scalar(byte))
        rest = rest.dropFirst()
      }
    }
    return code
  }

  /// The types that are declared at the outermost level.
  static func declared(in code: String) -> Set<String> {
    let declaration =
      /(?:(?:public|package|internal|private|fileprivate|final|indirect) )*(?:struct|enum|class|actor|protocol|typealias) (\w+)/
    return Set(
      code.split(separator: "\n").compactMap { line in
        // What is indented is matched by no pattern, and most lines are.
        line.utf8.first == UInt8(ascii: " ") ? nil : line.prefixMatch(of: declaration).map { String($0.1) }
      })
  }

  /// The names that begin with a capital and are not members of something else; none that the file declares, at any level.
  static func named(in code: String) -> Set<String> {
    let own = code.matches(of: /\b(?:struct|enum|class|actor|protocol|typealias|associatedtype) (\w+)/).map {
      String($0.1)
    }
    let all = code.matches(of: /(\.|\w)?\b([A-Z]\w*)/).filter { $0.1 != "." }.map { String($0.2) }
    return Set(all).subtracting(own)
  }
}
