import Testing

@Suite("One line for monitoring systems")
struct NagiosTests {
  /// `CPS STATUS - words | label=value[;warn[;crit]] …`, on one line.
  private static var line: Regex<(Substring, Substring, Substring)> {
    /CPS (OK|WARNING|CRITICAL|UNKNOWN) - [^|<>\n]+ \| ((?:(?:days_left=-?\d+;(?:\d+:)?;(?:\d+:)?|time=\d+\.\d{3}s) ?)+)\n/
  }

  private static let codes: [String: Int32] = ["OK": 0, "WARNING": 1, "CRITICAL": 2, "UNKNOWN": 3]

  @Test(
    "Every verdict has its status; the exit code follows it only where asked to", arguments: VerdictCase.all)
  func status(one: VerdictCase) async throws {
    for language in ["fr", "en"] {
      let run = try await one.report("--format", "nagios", language: language)
      #expect(run.code == one.code)
      let match = try #require(run.output.wholeMatch(of: Self.line), "\(run.output)")
      #expect(match.1 == one.nagios)
    }
    let told = try await one.report("--format", "nagios", "--nagios-exit")
    #expect(told.code == Self.codes[one.nagios])
  }

  @Test("The days left come with the thresholds of the rules, where they are known")
  func perfdata() async throws {
    for (one, data) in [
      (VerdictCase.warning, " | days_left=26;61:;0: "), (.blocked, " | days_left=-5;61:;0: "),
      (.hostile, " | time="),
    ] {
      let run = try await one.report("--format", "nagios")
      #expect(run.output.contains(data), "\(run.output)")
    }
  }

  @Test("It says what was found and what to do")
  func words() async throws {
    let run = try await VerdictCase.blocked.report("--format", "nagios", language: "en")
    #expect(
      run.output.hasPrefix(
        "CPS CRITICAL - BLOCKED, do not send: Valid card (code 30); the card was last valid on 2026-03-10, "
          + "5 days ago (the date written on the card; CPS3: 3 years at most) → Call 0 809 40 00 82. | "),
      "\(run.output)")
  }

  @Test("The caller's labels follow, a line each, and are properties for CI servers")
  func labels() async throws {
    let labels = ["--label", "site=Nord | Sud", "--label", "poste=<2>"]
    let run = try await VerdictCase.ready.report(
      "--format", "nagios", labels[0], labels[1], labels[2], labels[3])
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect((lines[0] + "\n").wholeMatch(of: Self.line) != nil)
    #expect(lines.dropFirst() == ["site=Nord ¦ Sud", "poste=‹2›", ""])
    let junit = try await VerdictCase.ready.report(
      "--format", "junit", labels[0], labels[1], labels[2], labels[3])
    #expect(junit.output.contains("<property name=\"site\" value=\"Nord | Sud\"/>"))
    #expect(junit.output.contains("<property name=\"poste\" value=\"&lt;2&gt;\"/>"))
  }

  @Test(
    "What goes wrong before a verdict is UNKNOWN, in one line",
    arguments: [
      ["--rules", "missing.yaml"], ["--rules", "broken.yaml"], ["--facts", "missing.json"],
      ["--facts", "rules.yaml"], ["--nonsense"], ["--am", "x"], ["--on"], ["--nagios-exit"],
      ["--output", "/dev/full"], ["--output", "missing/folder"], ["--journal", "/dev/full"],
      ["--journal", "missing/folder/journal"],
    ])
  func faults(arguments: [String]) async throws {
    let folder = try Folder([
      "rules.yaml": VerdictCase.ready.rules, "facts.json": Sample().json,
      "broken.yaml": "version: 1\nstages: [{ id: \"a | b\", wrong: 1 }]",
    ])
    var whole = ["check", "--offline", "--on", Sample.day, "--format", "nagios"]
    if arguments != ["--nagios-exit"] { whole.append("--nagios-exit") }
    if !arguments.contains("--facts") { whole += ["--facts", "facts.json"] }
    if arguments == ["--nagios-exit"] { whole += ["--format", "json"] }
    let run = try await BuiltProgram.run(whole + arguments, in: folder.path)
    #expect(run.code == 3, "\(run)")
    #expect(run.output.wholeMatch(of: /CPS UNKNOWN - [^|\n]+\n/) != nil, "\(run)")
    #expect(!run.errors.isEmpty)
  }

  @Test("Without the format it is refused, as unknown; help is no verdict either")
  func alone() async throws {
    let other = try await VerdictCase.ready.check("--format", "json", "--nagios-exit")
    #expect(other.code == 3)
    #expect(other.output == "CPS UNKNOWN - cps-preflight: error: --nagios-exit va avec --format nagios\n")
    #expect(try await BuiltProgram.run(["check", "--nagios-exit", "--help"]).code == 3)
  }

  @Test("A standard output that is full is UNKNOWN as well")
  func full() async throws {
    let run = try await BuiltProgram.shell(
      "$P check --facts docs/samples/card.json --offline --format nagios --nagios-exit >/dev/full")
    #expect(run.code == 3)
  }
}
