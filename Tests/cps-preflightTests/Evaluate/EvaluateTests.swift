import FoundationEssentials
import Testing

/// Runs `evaluate` on a stream, in English, on the day on which the sample is valid.
func evaluate(
  _ input: String, _ arguments: String..., rules: String = "rules.yaml"
) async throws -> (run: BuiltProgram.Run, verdicts: [JSONTree]) {
  let run = try await BuiltProgram.run(
    ["evaluate", "--rules", rules, "--on", Sample.day, "--lang", "en"] + arguments, input: input)
  return (run, try run.output.split(separator: "\n").map { try JSONTree($0) })
}

@Suite("A line of `evaluate`")
struct EvaluateTests {
  private static let expired = Sample().with("card.issuedOn", "\"2022-01-01\"")
    .with("card.expiresOn", "\"2025-01-31\"")
  private static let accents = Sample().with(
    "billing.situations",
    #"[{"link": 3, "identifier": "692612344", "speciality": "M\u00e9decine \"g\u00e9n\u00e9rale\"\t\\", "signFSE": true}]"#
  )

  @Test(
    "It is the verdict of `check`, whatever that is",
    arguments: [
      expired, accents, Sample().with("cryptolib.version", nil), Sample().with("today", "\"2020-01-01\""),
      Sample().with("reader.names", #"["Left", "Right"]"#),
    ])
  func alike(sample: Sample) async throws {
    // They share one writer; only its input may differ.
    for more in [[], ["--for", "adri", "--reveal", "--am", "692612344"]] {
      let arguments = ["--rules", "rules.yaml", "--on", Sample.day, "--lang", "en"] + more
      let check = try await BuiltProgram.run(
        ["check", "--facts", "-", "--offline", "--format", "json"] + arguments, input: sample.json)
      let line = try await BuiltProgram.run(["evaluate"] + arguments, input: sample.json)
      let verdict = try JSONTree(line.output)
      #expect(
        verdict.without("line", "startedAt", "durationMs")
          == (try JSONTree(check.output)).without("startedAt", "durationMs", "card"))
      #expect(verdict["line"] == .number(1))
      #expect(line.code == (check.code == 0 ? 0 : 1))
    }
  }

  @Test("A waiver is in it")
  func waiver() async throws {
    let folder = try Folder([
      "r.yaml": """
      version: 1
      stages: [{ id: s, rules: [{ id: a, check: card.validity, exit: 30 }] }]
      waivers: [{ rule: a, reason: "En attente", until: 2026-04-01 }]
      """
    ])
    let (run, verdicts) = try await evaluate(Self.expired.json, rules: "\(folder.path)/r.yaml")
    #expect(run.code == 0, "\(run)")
    #expect("\(verdicts)".contains("waived") && "\(verdicts)".contains("En attente"))
    #expect(run.errors.contains("a: 1 waived"))
  }

  @Test("Without --on, the line's own day counts, else the clock's")
  func day() async throws {
    let dated = Self.expired.with("today", "\"2022-02-02\"").json
    let run = try await BuiltProgram.run(["evaluate"], input: dated + "\n" + Self.expired.json)
    let verdicts = try run.output.split(separator: "\n").map { try JSONTree($0) }
    #expect(verdicts[0]["exitCode"] == .number(0))
    #expect(verdicts[0]["today"] == .text("2022-02-02"))
    #expect(verdicts[1]["exitCode"] == .number(30))
  }

  @Test("--brief leaves out what passed, and the facts, and says so")
  func brief() async throws {
    let (run, verdicts) = try await evaluate(Sample().json + "\n" + Self.expired.json, "--brief")
    #expect(run.code == 1)
    #expect(verdicts.allSatisfy { $0["brief"] == .boolean(true) && $0["facts"] == nil })
    #expect(verdicts[0]["stages"] == .list([]))
    #expect("\(verdicts[1])".contains("carte-en-cours-de-validite"))
    #expect(!"\(verdicts[1])".contains("carte-presente"))
  }

  @Test(
    "The id is given back as it was",
    arguments: [
      (#""a""#, #""a""#), (#""caf\u00e9 \"1\"\u0001""#, #""café \"1\"\u0001""#), ("17", "17"),
      ("1e400", "1e400"),
      ("-0.50", "-0.50"), ("12345678901234567890123", "12345678901234567890123"),
    ])
  func id(written: String, given: String) async throws {
    let run = try await BuiltProgram.run(["evaluate"], input: "{\"facts\": {}, \"id\": \(written)}")
    #expect(run.output.contains("\"id\":\(given),\"line\":1,"), "\(run.output)")
  }

  @Test("Identifiers and names are masked unless revealed")
  func masks() async throws {
    let masked = try await evaluate(Sample().json).run.output
    #expect(!masked.contains("692612344") && masked.contains("•••61••••"))
    #expect(try await evaluate(Sample().json, "--reveal").run.output.contains("692612344"))
  }
}

@Suite("A line that cannot be judged")
struct MalformedLineTests {
  /// Faulty lines, each with the expected id, column, and words of the message.
  private static let lines: [(line: String, id: String?, column: Int?, words: String)] = [
    ("nonsense", nil, 1, "not JSON"),
    (#"{"id": 1, "facts": {"card.present": tru}}"#, "1", 37, "not JSON"),
    (#"{"id": "x", "facts": {}"#, "\"x\"", 24, "ends too early"),
    (#"{"facts": {"card.presnt": true}, "id": 3}"#, "3", 12, "did you mean “card.present”"),
    (#"{"id": 4, "facts": {"card.present": "yes"}}"#, "4", 37, "card.present takes a boolean"),
    (#"{"id": 5, "schema": "cps-preflight/facts/2", "facts": {}}"#, "5", 21, "must be"),
    (#"{"id": 6}"#, "6", 1, "“facts” is missing"),
    (#"{"id": 7, "facts": {}, "fact": {}}"#, "7", 24, "did you mean “facts”"),
    (#"{"id": 8, "facts": {}, "id": 8}"#, "8", 24, "given twice"),
    (#"{"id": 9, "facts": {}} {}"#, "9", 24, "after the end"),
    (#"{"id": null, "facts": {}}"#, nil, 8, "id takes a string or a number"),
    (#"{"id": 11, "facts": {"card.present": false, "card.pin": "ok"}}"#, "11", 22, "card.pin is given"),
    (#"[1, 2]"#, nil, 1, "an object"),
    ("{\"id\": \"nul\u{0}\", \"facts\": {}}", nil, 12, "control character"),
  ]

  @Test("It gets a verdict that says what is wrong and where, and the stream goes on")
  func told() async throws {
    let stream = Self.lines.flatMap { [$0.line, Sample().json] }.joined(separator: "\n")
    let (run, verdicts) = try await evaluate(stream)
    #expect(run.code == 65)
    #expect(verdicts.count == 2 * Self.lines.count)
    for (index, expected) in Self.lines.enumerated() {
      let verdict = verdicts[2 * index]
      #expect(verdict["schema"] == .text("cps-preflight/verdict/1"))
      #expect(verdict["verdict"] == .text("undecided"))
      #expect(verdict["exitCode"] == .number(65))
      #expect(verdict["line"] == .number(Double(2 * index + 1)))
      #expect(verdict["id"] == (try expected.id.map { try JSONTree($0) }), "\(expected)")
      #expect(verdict["error"]?["column"] == expected.column.map { .number(Double($0)) }, "\(verdict)")
      guard case .text(let message)? = verdict["error"]?["message"] else {
        Issue.record("\(verdict)")
        continue
      }
      #expect(message.contains(expected.words), "\(message)")
      #expect(verdicts[2 * index + 1]["exitCode"] == .number(0))
    }
    #expect(run.errors.contains("ready 14, blocked 0, undecided 0, malformed 14"), "\(run.errors)")
  }

  @Test("Bytes that are no UTF-8, a line that is too long, nesting without end")
  func bytes() async throws {
    let folder = try Folder()
    var stream = Array("{\"id\": 1, \"facts\": {\"holder.name\": \"".utf8) + [0xC3, 0x28]
    stream += Array("\"}}\n{\"id\": 2, \"facts\": {\"holder.name\": \"".utf8)
    stream += [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20) + Array("\"}}\n".utf8)
    stream += Array("{\"id\": 3, \"facts\": ".utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 900_000)
    stream += Array("\n\(Sample().json)\n".utf8)
    // A line of the greatest length, and one that is a byte longer, with either line end.
    let longest = "{\"id\": 5, \"facts\": {}"
    for excess in [0, 1] {
      let blanks = String(repeating: " ", count: (1 << 20) - longest.utf8.count - 1 + excess)
      for end in ["\n", "\r\n"] { stream += Array("\(longest)\(blanks)}\(end)".utf8) }
    }
    try folder.write(stream, to: "stream")
    let run = try await BuiltProgram.shell(
      "$P evaluate --on \(Sample.day) --rules \(BuiltProgram.root)/rules.yaml --lang en <stream",
      in: folder.path)
    let verdicts = try run.output.split(separator: "\n").map { try JSONTree($0) }
    #expect(verdicts.map { $0["exitCode"] } == [65, 65, 65, 0, 75, 75, 65, 65].map { JSONTree.number($0) })
    #expect(
      verdicts.map { $0["id"] } == [.number(1), .number(2), .number(3), nil]
        + Array(repeating: .number(5), count: 4))
    #expect(verdicts.map { $0["line"] } == (1...8).map { JSONTree.number(Double($0)) })
    for (verdict, words) in zip(verdicts, ["not UTF-8", "more than 1048576 bytes", "nested levels"]) {
      #expect("\(verdict)".contains(words), "\(verdict)")
    }
    #expect(run.code == 65)
  }

  @Test(
    "Ends of lines, blank lines and byte order marks are no lines and no faults",
    arguments: [
      ("S", 1), ("S\n", 1), ("S\r\n", 1), ("S\r\nS\r\n", 2), ("\u{FEFF}S\nS", 2), ("\n \t\r\n\nS\n\n", 1),
      ("S\n\n\nS", 2),
    ])
  func ends(pattern: String, count: Int) async throws {
    let (run, verdicts) = try await evaluate(pattern.replacing("S", with: Sample().json))
    #expect(run.code == 0, "\(run)")
    #expect(verdicts.count == count)
    let before = pattern.utf8.prefix(
      upTo: pattern.utf8.lastIndex(of: UInt8(ascii: "S")) ?? pattern.utf8.startIndex)
    #expect(verdicts.last?["line"] == .number(Double(before.count { $0 == UInt8(ascii: "\n") } + 1)))
  }
}

@Suite("How `evaluate` ends")
struct EvaluateExitTests {
  @Test("0 all passed, 1 some did not, 65 some were malformed or there was none")
  func codes() async throws {
    let (good, bad) = (Sample().json, Sample().with("card.kind", "\"cpf\"").json)
    for (stream, code) in [
      (good, 0), (good + "\n" + good, 0), (good + "\n" + bad, 1), ("{\"facts\": {}}", 1), (bad + "\nx", 65),
      ("x", 65), ("", 65), ("\n\r\n  ", 65),
    ] {
      let (run, verdicts) = try await evaluate(stream)
      #expect(run.code == Int32(code), "\(stream): \(run)")
      if verdicts.isEmpty { #expect(run.errors.contains("nothing is judged")) }
    }
  }

  @Test("78 where the rules are invalid, or none could keep anything from being sent; nothing is read")
  func rules() async throws {
    let folder = try Folder([
      "bad.yaml": "version: 2\n",
      "warnings.yaml":
        "version: 1\nstages: [{ id: s, rules: [{ id: a, check: card.present, severity: warning }] }]\n",
      "other-use.yaml":
        "version: 1\nstages: [{ id: s, rules: [{ id: a, check: card.present, for: [signature] }] }]\n",
    ])
    for name in ["bad", "warnings", "other-use"] {
      let (run, _) = try await evaluate(Sample().json, "--for", "adri", rules: "\(folder.path)/\(name).yaml")
      #expect(run.code == 78, "\(name): \(run)")
      #expect(run.output.isEmpty)
    }
  }

  @Test(
    "64 where the command line is wrong, 66 where there is no input",
    arguments: [
      ("--am x </dev/null", 64), ("--jobs 0 </dev/null", 64), ("extra </dev/null", 64),
      ("--reader x </dev/null", 64), ("<&-", 66), ("</", 66), ("--rules missing.yaml </dev/null", 66),
    ])
  func usage(line: String, code: Int32) async throws {
    let run = try await BuiltProgram.shell("$P evaluate \(line)")
    #expect(run.code == code, "\(run)")
  }

  @Test("74 where the verdicts cannot be written", arguments: [">/dev/full", ">&-"])
  func notWritten(redirection: String) async throws {
    let run = try await BuiltProgram.shell(
      "yes '{\"facts\": {}}' | $P evaluate --lang en \(redirection)")
    #expect(run.code == 74, "\(run)")
    #expect(run.errors.contains("could not be written"))
  }

  @Test("The summary counts by code and by rule; nothing moves where standard error is no terminal")
  func summary() async throws {
    let (good, bad) = (Sample().json, Sample().with("card.kind", "\"cpf\"").json)
    let (run, _) = try await evaluate([good, bad, bad, "x", "{\"facts\": {}}"].joined(separator: "\n"))
    let lines = run.errors.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("5 lines in "))
    #expect(
      Array(lines.dropFirst()) == [
        "ready 1, blocked 2, undecided 1, malformed 1", "  code  0  1", "  code 11  2", "  code 65  1",
        "  code 75  1", "  cryptolib-a-jour: 1 undecided – Cryptolib adequate for the card",
        "  carte-cps-ou-cpe: 2 failed – A CPS or CPE card",
      ], "\(run.errors)")
    #expect(!run.errors.contains("\r") && !run.errors.contains("\u{1B}"))
  }

  @Test("--quiet tells errors only")
  func quiet() async throws {
    #expect(try await evaluate(Sample().json + "\nx", "--quiet").run.errors.isEmpty)
    #expect(try await evaluate("", "--quiet").run.errors.contains("nothing is judged"))
  }

  @Test("The sample fleet: which cards end within 60 days?")
  func fleet() async throws {
    let fleet = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/samples/fleet.ndjson"), encoding: .utf8)
    let (run, verdicts) = try await evaluate(fleet, "--brief", rules: "docs/samples/fleet-rules.yaml")
    #expect(verdicts.map { $0["exitCode"] } == [0, 32, 30, 75, 65, 32].map { JSONTree.number($0) })
    #expect(run.code == 65)
    // The page shows the real output.
    let page = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/evaluate.md"), encoding: .utf8)
    for line in run.errors.split(separator: "\n").dropFirst() { #expect(page.contains(line), "\(line)") }
  }
}
