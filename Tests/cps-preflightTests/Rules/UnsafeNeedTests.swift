import Testing

/// A card without a code, which the shipped rules do not allow to send.
private let facts = """
  {"schema": "cps-preflight/facts/1", "facts": {"card.present": true, "card.reader": "R", "card.kind": "cps",
   "card.contactless": false, "card.generation": "cps3", "card.issuedOn": "2026-01-10", "card.number": "2800001017",
   "card.test": false, "card.pin": "ok", "cryptolib.version": "5.2.4"}}
  """

@Suite("No change to the rules lets a lot go that they hold back")
struct UnsafeNeedTests {
  @Test(
    "A blocking rule that comes to need a warning is an error of the file: 78, with place and proposal",
    arguments: [
      "extends: default\noverride: { dam-present: { severity: warning } }\n",
      "include: [sub.yaml]\n",
      "extends: default\nstages: [{ id: carte, rules: [{ id: mine, check: card.present, exit: 59, needs: [fin-de-validite-proche] }] }]\n",
    ])
  func warningNeeds(lines: String) async throws {
    let folder = try Folder([
      "rules.yaml": "version: 1\n" + lines, "facts.json": facts,
      "sub.yaml": "version: 1\nextends: default\noverride: { dam-present: { severity: warning } }\n",
    ])
    for command in [["check"], ["rules", "lint"]] {
      let options = command == ["check"] ? ["--facts", "facts.json", "--offline", "--on", "2026-03-15"] : []
      let run = try await BuiltProgram.run(
        command + ["--rules", "rules.yaml", "--lang", "en"] + options, in: folder.path)
      #expect(run.code == 78, "\(run)")
      let words = run.output + run.errors
      #expect(words.contains("is blocking and needs “") && words.contains("[warning-need]"), "\(run)")
      #expect(words.contains("yaml:") && words.contains("= proposal: make “"), "\(run)")
    }
  }

  @Test("A pattern that takes for ever costs its rule, in a stream its line: 75, and says so")
  func endlessPattern() async throws {
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      stages: [{ id: s, rules: [{ id: r, check: fact, with: { fact: card.reader, matches: '(a+)+[bc]' } }] }]
      """,
      "lines": """
      {"facts": {"card.reader": "\(String(repeating: "a", count: 40))"}}
      {"facts": {"card.reader": "aab"}}
      {"facts": {"card.reader": "aad"}}

      """,
      "facts.json": """
      {"schema": "cps-preflight/facts/1", "facts": {"card.reader": "\(String(repeating: "a", count: 900))"}}
      """,
    ])
    let one = try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--facts", "facts.json", "--offline", "--lang", "en"],
      in: folder.path)
    #expect(one.code == 75, "\(one)")
    #expect(one.output.contains("comparing with the regular expression reached its limit"), "\(one)")
    let stream = try await BuiltProgram.shell(
      "$P evaluate --rules rules.yaml --lang en < lines", in: folder.path)
    let codes = stream.output.split(separator: "\n").map { line in
      ["\"exitCode\":75,", "\"exitCode\":0,", "\"exitCode\":1,"].firstIndex { line.contains($0) }
    }
    #expect(codes == [0, 1, 2], "\(stream)")
  }
}
