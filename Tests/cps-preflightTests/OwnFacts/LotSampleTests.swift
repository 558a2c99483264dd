import Testing

@Suite("The sample of rules for lots")
struct LotSampleTests {
  private static let rules = "docs/samples/lot-rules.yaml"

  @Test("Its tests pass, and reach every outcome of its own rules")
  func tests() async throws {
    let run = try await BuiltProgram.run([
      "rules", "test", "docs/samples/lot-rules.test.yaml", "--lang", "en",
    ])
    #expect(run.code == 0, "\(run)")
    for rule in ["lot-", "fse-dans", "lots-acquittes"] {
      #expect(!run.output.contains("not tested: \(rule)"), "\(run.output)")
    }
  }

  @Test("Nothing in it is suspicious, and the schema takes it")
  func sound() async throws {
    let lint = try await BuiltProgram.run(["rules", "lint", "--strict", Self.rules])
    #expect(lint.code == 0, "\(lint)")
    let folder = try Folder(["schema.json": try await BuiltProgram.run(["rules", "schema"]).output])
    let taken = try await JSONSchemaChecker.run(
      ["--schemafile", "schema.json", "\(BuiltProgram.root)/\(Self.rules)"], in: folder.path)
    #expect(taken.code == 0, "\(taken.output)")
  }

  @Test(
    "The sample lot may be sent with the sample card", arguments: [("2026-03-15", 0), ("2026-03-22", 52)])
  func lot(day: String, code: Int32) async throws {
    let run = try await BuiltProgram.run([
      "check", "--rules", Self.rules, "--facts", "docs/samples/card.json", "--facts", "docs/samples/lot.json",
      "--for", "teletransmission", "--offline", "--on", day, "--lang", "en",
    ])
    #expect(run.code == code, "\(run)")
    #expect(run.output.contains("FSE within 8 days"), "\(run)")
  }
}
