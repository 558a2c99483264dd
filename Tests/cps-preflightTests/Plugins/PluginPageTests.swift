import FoundationEssentials
import Testing

@Suite("docs/plugins.md is true")
struct PluginPageTests {
  /// The lines of the page's section of that title.
  private static func section(_ title: String) throws -> [Substring] {
    let page = try String(contentsOfFile: "\(BuiltProgram.root)/docs/plugins.md", encoding: .utf8)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0 == "## \(title)" })
    return Array(lines[(start + 1)...].prefix { !$0.hasPrefix("## ") })
  }

  /// The indented blocks of lines, without their indentation.
  private static func blocks(_ lines: [Substring]) -> [String] {
    lines.split { !$0.hasPrefix("    ") }.map { $0.map { $0.dropFirst(4) }.joined(separator: "\n") + "\n" }
  }

  @Test("The session went so")
  func session() async throws {
    let session = try #require(try Self.blocks(Self.section("A session")).first)
    var commands: [(line: String, output: String)] = []
    for line in session.split(separator: "\n") {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), ""))
      } else {
        commands[commands.count - 1].output += "\(line)\n"
      }
    }
    #expect(commands.count >= 6)
    for (line, output) in commands {
      let run = try await BuiltProgram.shell("{ \(line); } 2>&1", in: ExamplePlugin.expectedAM.folder)
      #expect(run.output == output, "\(line)")
    }
  }

  @Test("Its manifest, requests and answers are as the schemas say")
  func documents() async throws {
    let manifest = try #require(try Self.blocks(Self.section("The manifest")).first)
    #expect(try await SchemaValidator.refused(by: "plugin-manifest-1", ["page": manifest]) == [])
    for (title, kind) in [("Requests", "request"), ("Answers", "answer")] {
      let block = try #require(try Self.blocks(Self.section(title)).first)
      var documents: [String: [String: String]] = [:]
      var call = ""
      var last = ""
      for (index, line) in block.split(separator: "\n").enumerated() {
        if let word = line.split(separator: " ").first, ["gather", "check"].contains(word) {
          call = String(word)
        }
        let text = line.hasPrefix(call) ? line.dropFirst(call.count) : line
        if text.contains("{\"protocol\"") || kind == "answer" { last = "\(index)" }
        documents[call, default: [:]][last, default: ""] += text
      }
      #expect(documents.keys.sorted() == ["check", "gather"])
      for (call, documents) in documents {
        #expect(
          try await SchemaValidator.refused(by: "plugin-\(call)-\(kind)-1", documents) == [], "\(documents)")
      }
    }
  }

  @Test("The smallest plugin is one")
  func smallest() async throws {
    let program = try #require(try Self.blocks(Self.section("The smallest one")).first)
    let folder = try Folder()
    try folder.writeProgram(program, to: "cps-preflight-vpn")
    let run = try await BuiltProgram.shell(
      """
      ./cps-preflight-vpn describe >manifest.json &&
      ./cps-preflight-vpn gather state </dev/null >answer.json && ! ./cps-preflight-vpn gather x
      """, in: folder.path)
    #expect(run.code == 0, "\(run)")
    for (file, schema) in [("manifest", "plugin-manifest-1"), ("answer", "plugin-gather-answer-1")] {
      let text = try String(contentsOfFile: "\(folder.path)/\(file).json", encoding: .utf8)
      #expect(try await SchemaValidator.refused(by: schema, [file: text]) == [])
    }
  }
}
