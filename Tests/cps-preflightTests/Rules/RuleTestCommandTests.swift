import Testing

private let file = "Tests/Rules/default-rules.test.yaml"

/// Runs `rules test` on a file with those tests for the shipped rules.
private func test(_ tests: String, _ arguments: String...) async throws -> BuiltProgram.Run {
  let folder = try Folder(["a.test.yaml": "version: 1\non: 2026-03-15\ntests:\n" + tests])
  return try await BuiltProgram.run(
    ["rules", "test", "a.test.yaml", "--lang", "en"] + arguments, in: folder.path)
}

private let good = """
    - name: no card
      facts: { card.present: false, cryptolib.version: "5.2.4" }
      expect: { exit: 10, rules: { carte-presente: { outcome: fail, message: no card, remedy: another reader } } }

  """

private let wrong = """
    - name: 'a card <"&> # too old'
      facts: { card.present: false, cryptolib.version: "4.0" }
      expect: { exit: 10, rules: { carte-presente: fail, cryptolib-a-jour: { outcome: fail, message: 9.9.9 } } }

  """

@Suite("Rules are tested as code is")
struct RuleTestCommandTests {
  @Test("The shipped rules are reached in every outcome, each as its test says")
  func shipped() async throws {
    let run = try await BuiltProgram.run(["rules", "test", file, "--full-coverage", "--lang", "en"])
    #expect(run.code == 0, "\(run.output)")
    #expect(!run.output.contains("not tested"))
  }

  @Test("A test that fails is told with what was expected, what was found, and where it stands; exit 1")
  func failing() async throws {
    let run = try await test(good + wrong)
    #expect(run.code == 1)
    #expect(run.output.contains("✓ no card\n"))
    #expect(
      run.output.contains("✗ a card <\"&> # too old\n    a.test.yaml:7\n    code 10 expected, 40 found\n"))
    #expect(run.output.contains("carte-presente: fail expected, skipped found"))
    #expect(run.output.contains("cryptolib-a-jour, message: “9.9.9” expected in"))
    #expect(run.output.hasSuffix("2 tests, 1 failed\n"))
  }

  @Test("Where the code differs, the rule that decides is named with its message")
  func deciding() async throws {
    let run = try await test(wrong)
    #expect(
      run.output.contains(
        "    the rule that decides: cryptolib-a-jour (Cryptolib 4.0 installed, 5.0.0 needed (minimum for any card)"
      ), "\(run.output)")
    let ready = try await test(
      """
        - name: ready
          facts: { card.present: true, card.kind: vitale, cryptolib.version: "5.2.4" }
          expect: { exit: 0 }

      """, "--format", "junit")
    #expect(ready.output.contains("the rule that decides: carte-cps-ou-cpe ("), "\(ready.output)")
  }

  @Test("What no test reaches is told, and fails where it has to be everything")
  func coverage() async throws {
    let run = try await test(good)
    #expect(run.code == 0)
    #expect(run.output.contains("not tested: dam-present (pass, fail, unknown)\n"))
    #expect(try await test(good, "--full-coverage").code == 1)
  }

  @Test(
    "A test that tests nothing is malformed: 65, with its place",
    arguments: [
      "{ rules: {} }", "{}", "~", "[]", "{ exit: ~ }", "{ rules: ~ }", "{ rules: [] }",
      "{ rules: { carte-presente: ~ } }", "{ rules: { carte-presente: {} } }",
      "{ rules: { carte-presente: { outcome: fail, message: '' } } }",
      "{ rules: { carte-presente: { message: no card } } }",
    ])
  func nothingExpected(expect: String) async throws {
    let run = try await test(good + "  - { name: b, facts: { card.present: false }, expect: \(expect) }\n")
    #expect(run.code == 65, "\(run)")
    #expect(run.output == "")
    #expect(run.errors.contains("a.test.yaml:7:"), "\(run)")
  }

  @Test(
    "A file without tests proves nothing: 65",
    arguments: ["tests: []", "tests: ~", "tests: {}", "on: 2026-03-15"])
  func noTests(line: String) async throws {
    let folder = try Folder(["a.test.yaml": "version: 1\n\(line)\n"])
    let run = try await BuiltProgram.run(["rules", "test", "a.test.yaml"], in: folder.path)
    #expect(run.code == 65, "\(run)")
  }

  @Test("TAP")
  func tap() async throws {
    let run = try await test(good + wrong, "--format", "tap")
    #expect(run.code == 1)
    #expect(
      run.output.hasPrefix(
        "TAP version 13\n1..2\nok 1 - no card\nnot ok 2 - a card <\"&> \\# too old\n# a.test.yaml:7: "))
  }

  @Test("JUnit")
  func junit() async throws {
    let run = try await test(good + wrong, "--format", "junit")
    #expect(run.code == 1)
    #expect(run.output.contains("tests=\"2\" failures=\"1\""))
    #expect(run.output.contains("name=\"no card\" time=\"0\"/>"))
    #expect(
      run.output.contains("name=\"a card &lt;&quot;&amp;")
        && run.output.contains("<failure type=\"rule-test\" message=\"code 10 expected, 40 found\""))
  }

  @Test("Facts may stand in a file beside the test")
  func factsFile() async throws {
    let folder = try Folder([
      "card.json": Sample().with("billing.dam", "false").with("billing.situations", nil).json,
      "a.test.yaml": """
      version: 1
      on: 2026-03-15
      tests:
        - { name: no DAM, facts_file: card.json, expect: { exit: 20 } }

      """,
    ])
    let run = try await BuiltProgram.run(["rules", "test", "a.test.yaml"], in: folder.path)
    #expect(run.code == 0, "\(run.output)")
  }

  @Test(
    "Facts of a file and of the test itself count together; what both give differently is an error",
    arguments: [
      ("facts: { card.kind: cps }, expect: { exit: 0 }", 0, "0 failed"),
      (
        "facts: { card.kind: vitale }, expect: { exit: 11 }", 1,
        "“card.kind” is given by the test and by card.json"
      ),
      (
        "facts: { card.category: \"80\", card.test: ~ }, expect: { rules: { carte-de-test: fail } }", 0,
        "0 failed"
      ),
      ("facts: { card.issuedOn: ~, card.expiresOn: ~ }, expect: { exit: 75 }", 0, "0 failed"),
      (
        "facts: { card.expiresOn: ~, report.createdOn: 2020-01-01 }, expect: { exit: 75 }", 1,
        "before the card"
      ),
      ("facts: {}, expect: { exit: 0 }", 0, "0 failed"),
      // What a test says is unavailable is, whatever the file says.
      ("unavailable: { card.pin: timeout }, expect: { exit: 75 }", 0, "0 failed"),
    ] as [(String, Int32, String)])
  func factsOfBoth(rest: String, code: Int32, words: String) async throws {
    let folder = try Folder([
      "card.json": Sample().json,
      "a.test.yaml": """
      version: 1
      on: 2026-03-15
      facts: { card.present: false }
      tests:
        - { name: both, facts_file: card.json, \(rest) }

      """,
    ])
    let run = try await BuiltProgram.run(["rules", "test", "a.test.yaml", "--lang", "en"], in: folder.path)
    #expect(run.code == code && run.output.contains(words), "\(run.output)")
  }

  @Test(
    "A test of what the card says is written without what is personal, and passes",
    arguments: [[], ["--for", "teletransmission"], ["--with", "card.generation=cps3"]])
  func fromCard(arguments: [String]) async throws {
    let card = Sample().with("card.generation", nil).with("card.test", "false")
    let folder = try Folder([
      "card.json": card.json, "rules.yaml": "version: 1\nextends: default\n",
    ])
    let run = try await BuiltProgram.run(
      [
        "rules", "test", "--from-card", "--rules", "rules.yaml", "--facts", "card.json", "--offline", "--on",
        Sample.day,
      ]
        + ["--lang", "en"] + arguments, in: folder.path)
    #expect(run.code == 0, "\(run)")
    for personal in ["692612344", "2800001017", "TESTARD"] { #expect(!run.output.contains(personal)) }
    #expect(
      run.output.contains("      exit: 0\n") && run.output.contains("    on: 2026-03-15\n"), "\(run.output)")
    try folder.write(run.output, to: "made.test.yaml")
    let again = try await BuiltProgram.run(
      ["rules", "test", "made.test.yaml", "--lang", "en"], in: folder.path)
    #expect(again.code == 0 && again.output.contains("1 test, 0 failed"), "\(again)")
  }

  @Test("What a rule compares with a personal value is undecided in the test, which says so")
  func fromCardCompared() async throws {
    let folder = try Folder([
      "card.json": Sample().json,
      "rules.yaml":
        "version: 1\nextends: default\noverride:\n  identifiant-de-facturation: { with: { expected: '692612344' } }\n",
    ])
    let run = try await BuiltProgram.run(
      [
        "rules", "test", "--from-card", "--rules", "rules.yaml", "--facts", "card.json", "--offline", "--on",
        Sample.day,
      ]
        + ["--lang", "en"], in: folder.path)
    #expect(run.code == 0 && !run.output.contains("692612344"), "\(run)")
    #expect(
      run.output.contains("# With the data themselves the code is 0") && run.output.contains("exit: 75\n"))
    try folder.write(run.output, to: "made.test.yaml")
    #expect(try await BuiltProgram.run(["rules", "test", "made.test.yaml"], in: folder.path).code == 0)
  }

  @Test("A service that does not run is in the test as well")
  func fromNoCard() async throws {
    let folder = try Folder(["rules.yaml": "version: 1\nextends: default\nsources: [pcsc]\n"])
    let run = try await BuiltProgram.run(
      ["rules", "test", "--from-card", "--with", "cryptolib.version=5.2.4", "--on", Sample.day],
      in: folder.path)
    #expect(run.code == 0 && run.output.contains("card.present: service\n"), "\(run)")
    try folder.write(run.output, to: "made.test.yaml")
    #expect(try await BuiltProgram.run(["rules", "test", "made.test.yaml"], in: folder.path).code == 0)
  }

  @Test(
    "Options that do nothing are refused",
    arguments: [
      [], ["--from-card", "t.yaml"], ["--from-card", "--reveal"], ["--from-card", "--format", "tap"],
      ["--from-card", "--full-coverage"], ["t.yaml", "--offline"], ["t.yaml", "--facts", "f"],
      ["t.yaml", "--for", "adri"],
    ])
  func refused(arguments: [String]) async throws {
    let run = try await BuiltProgram.run(["rules", "test"] + arguments)
    #expect(run.code == 64 && run.output == "", "\(run)")
  }

  @Test(
    "A test file that is malformed is told where; exit 65",
    arguments: [
      ("  - { nam: x, expect: { exit: 0 } }\n", "[unknown-key]"), ("  - { name: x }\n", "[missing-key]"),
      ("  - { name: x, expect: { exit: zero } }\n", "[wrong-type]"),
      ("  - { name: x, facts: { card.presnt: true }, expect: { exit: 0 } }\n", "“card.present”"),
      ("  - { name: x, expect: { rules: { carte-presente: failed } } }\n", "“fail”"),
      ("  - { name: x, expect: { rules: { zz: pass } } }\n", "[unknown-rule]"),
      ("  - { name: x, expect: { exit: 0, rules: { zz: { outcome: pass } } } }\n", "proposal: one of: "),
      ("  - { name: x, expect: { rules: { carte-present: fail } } }\n", "write “carte-presente”"),
      ("  - { name: x, expect: { exit: 999 } }\n", "[exit-out-of-range]"),
      (
        "  - { name: x, expect: { exit: -1 } }\n", "proposal: the code of a rule (10–59), or one of: 0, 1, 69"
      ),
      ("  - { name: x, expect: { exit: 60 } }\n", "no verdict ends with the code 60"),
      ("  - { name: x, expect: { exit: 9999999999 } }\n", "[exit-out-of-range]"),
      ("  []\n", "[missing-value]"),
      ("  - { name: x, for: adrii, expect: { exit: 0 } }\n", "“adri”"),
    ])
  func malformed(tests: String, words: String) async throws {
    let run = try await test(tests)
    #expect(run.code == 65)
    #expect(run.errors.hasPrefix("a.test.yaml:4:") || run.errors.hasPrefix("a.test.yaml:3:"), "\(run.errors)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("A code that a verdict may have is no mistake, whether or not it comes out")
  func codes() async throws {
    for code in [0, 1, 59, 69, 75, 77, 78] {
      let facts = "{ card.present: false, cryptolib.version: 5.2.4 }"
      let run = try await test("  - { name: x, facts: \(facts), expect: { exit: \(code) } }\n")
      #expect(run.code == 1, "\(run)")
    }
  }

  @Test("A test with facts of the wrong type fails")
  func unusable() async throws {
    #expect(try await test("  - { name: x, facts: { card.present: 3 }, expect: { exit: 10 } }\n").code == 1)
    #expect(try await BuiltProgram.run(["rules", "test", "nothing.yaml"]).code == 66)
  }
}
