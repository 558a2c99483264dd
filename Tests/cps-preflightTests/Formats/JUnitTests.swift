import Testing

@Suite("JUnit's XML")
struct JUnitTests {
  /// Returns the faults that a validating parser finds with Jenkins' schema; empty if there are none.
  private func faults(_ xml: String) async throws -> String {
    let folder = try Folder(["report.xml": xml])
    let run = try await BuiltProgram.shell(
      "\(TestTool.xmllint) --noout --schema \(TestTool.junitSchema) report.xml", in: folder.path)
    return run.code == 0 ? "" : run.errors
  }

  private func count(_ name: String, in xml: String) throws -> Int {
    let value = try #require(xml.split(separator: " \(name)=\"").dropFirst().first).prefix { $0 != "\"" }
    return try #require(Int(value))
  }

  @Test("Every verdict is valid, in both languages", arguments: VerdictCase.all, ["fr", "en"])
  func valid(one: VerdictCase, language: String) async throws {
    let run = try await one.report("--format", "junit", "--verbose", language: language)
    #expect(run.code == one.code)
    #expect(try await faults(run.output) == "", "\(run.output)")
  }

  @Test("It has a failure or an error exactly where the lot may not be sent", arguments: VerdictCase.all)
  func colours(one: VerdictCase) async throws {
    let xml = try await one.report("--format", "junit").output
    let bad = try count("failures", in: xml) + count("errors", in: xml)
    #expect((bad > 0) == (one.code != 0), "\(xml)")
  }

  @Test("Every rule is a test case, in its stage")
  func cases() async throws {
    let xml = try await VerdictCase.blocked.report("--format", "junit", language: "en").output
    for part in [
      "tests=\"6\" failures=\"1\" errors=\"0\" skipped=\"3\"",
      "<testcase classname=\"cps-preflight.carte\" name=\"presente: Card present\" time=\"0\"/>",
      "<testcase classname=\"cps-preflight.carte\" name=\"validite: Valid card\" time=\"0\">",
      "<failure type=\"code 30\" message=\"the card was last valid on 2026-03-10, 5 days ago",
      "\n→ Call 0 809 40 00 82.\nhttps://esante.gouv.fr/</failure>",
      "<skipped message=\"WARNING: the card was last valid", "<skipped message=\"not judged: ",
      "<property name=\"exitCode\" value=\"30\"/>",
    ] {
      #expect(xml.contains(part), "\(part) in \(xml)")
    }
  }

  @Test("An undecided rule is an error, a waived one says so")
  func others() async throws {
    let undecided = try await VerdictCase.undecided.report("--format", "junit").output
    #expect(undecided.contains("<error type=\"code 75\""))
    let waived = try await VerdictCase.waived.report("--format", "junit").output
    #expect(waived.contains("<skipped message=\"⚠ DÉROGATION jusqu’au 01/04/2026"), "\(waived)")
  }

  @Test("What the schema of Ant asks for besides is there")
  func ant() async throws {
    let xml = try await VerdictCase.ready.report("--format", "junit").output
    for attribute in ["package=", "id=", "hostname=", "time=", "timestamp="] {
      #expect(xml.contains(" \(attribute)\""), "\(attribute)")
    }
    let moment = try #require(xml.firstMatch(of: /timestamp="([^"]*)"/)).1
    #expect(moment.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil, "\(moment)")
  }

  @Test("The tests of rules are valid too, passed, failed and hostile")
  func ruleTests() async throws {
    let shipped = try await BuiltProgram.run(
      ["rules", "test", "Tests/Rules/default-rules.test.yaml", "--format", "junit"])
    #expect(shipped.code == 0)
    #expect(try await faults(shipped.output) == "")
    let folder = try Folder([
      "rules.yaml": VerdictCase.ready.rules,
      "a.test.yaml": """
      version: 1
      rules: rules.yaml
      tests:
        - name: "]]> <x> \\" & \\x01 \\uFFFE | \\"\\u0301"
          facts: { card.present: true }
          expect: { exit: 0 }
      """,
    ])
    let failing = try await BuiltProgram.run(
      ["rules", "test", "a.test.yaml", "--format", "junit"], in: folder.path)
    #expect(failing.code == 1, "\(failing)")
    #expect(try await faults(failing.output) == "", "\(failing.output)")
  }
}
