import Glibc
import Testing

/// What a bad plugin does, in shell, and the result.
struct BadPlugin: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var describe = PluginCase.described
  var gather = PluginCase.gathered
  var check = PluginCase.passed
  let code: Int32
  let words: String
  var timeout = "30s"

  init(
    _ name: String, describe: String = PluginCase.described, gather: String = PluginCase.gathered,
    check: String = PluginCase.passed, _ code: Int32, _ words: String, timeout: String = "30s"
  ) {
    testDescription = name
    (self.describe, self.gather, self.check) = (describe, gather, check)
    (self.code, self.words, self.timeout) = (code, words, timeout)
  }

  private static let pass = #"{"outcome": "pass", "message": "open"}"#
  private static let hang = "sleep 600"
  private static let deaf = "trap '' TERM; while :; do sleep 600; done"
  private static let endless = "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done"
  private static let huge = "head -c 2000000 /dev/zero | tr '\\0' ' '; echo '{}'"

  static let describing = [
    BadPlugin(
      "wrong protocol", describe: #"echo '{"protocol": 2, "name": "erp"}'"#, 69, "protocol: must be 1"),
    BadPlugin("no JSON", describe: "echo hello", 69, "its manifest cannot be used: line 1, column 1"),
    BadPlugin("two objects", describe: "\(PluginCase.described); echo '{}'", 69, "after the end"),
    BadPlugin("no output", describe: ":", 69, "its manifest cannot be used"),
    BadPlugin("huge", describe: huge, 69, "wrote more than 1 MiB"),
    BadPlugin("endless", describe: endless, 69, "wrote more than 1 MiB"),
    BadPlugin(
      "exit 1", describe: "echo starting >&2; echo 'no licence' >&2; exit 1", 69,
      "ended with status 1 (“no licence”)"),
    BadPlugin("killed", describe: "kill -9 $$", 69, "was killed by signal 9"),
    BadPlugin("hangs", describe: hang, 75, "did not answer in time", timeout: "3s"),
    BadPlugin("ignores SIGTERM", describe: deaf, 75, "did not answer in time", timeout: "3s"),
    BadPlugin(
      "replaces itself", describe: #"cp "$0" "$0.new"; mv "$0.new" "$0"; \#(PluginCase.described)"#, 69,
      "was replaced during the check"),
    BadPlugin(
      "calls itself otherwise",
      describe: #"echo '{"protocol": 1, "name": "crm", "version": "1", "sources": [], "checks": []}'"#, 69,
      "neither a source nor a check"),
  ]

  static let gathering = [
    BadPlugin("no JSON", gather: "echo '{'", 69, "its answer cannot be used, the JSON ends too early"),
    BadPlugin("two objects", gather: "\(PluginCase.gathered); echo '{}'", 69, "there is text after the end"),
    BadPlugin("no output", gather: ":", 69, "nothing was answered"),
    BadPlugin("huge", gather: huge, 69, "wrote more than 1 MiB"),
    BadPlugin("endless", gather: endless, 69, "wrote more than 1 MiB"),
    BadPlugin("exit 1", gather: "echo 'no route' >&2; \(PluginCase.gathered); exit 1", 69, "“no route”"),
    BadPlugin("killed", gather: "kill -SEGV $$", 69, "was killed by signal 11"),
    BadPlugin("hangs", gather: hang, 75, "no answer within 3000 ms", timeout: "3s"),
    BadPlugin("ignores SIGTERM", gather: deaf, 75, "no answer within 3000 ms", timeout: "3s"),
    BadPlugin(
      "answers and lingers", gather: "\(PluginCase.gathered); \(hang)", 75, "no answer within 3000 ms",
      timeout: "3s"),
    BadPlugin("writes on", gather: "\(PluginCase.gathered); echo done", 69, "there is text after the end"),
    BadPlugin(
      "wrong type", gather: #"echo '{"facts": {"identifier": "1", "lots": "3"}}'"#, 69,
      "facts.lots: is not an integer, as the manifest says"),
    BadPlugin(
      "undeclared", gather: #"echo '{"facts": {"lots": 3, "card.present": true}}'"#, 69,
      "facts.card.present: this fact is not declared"),
    BadPlugin(
      "replaces itself", gather: #"cp "$0" "$0.new"; mv "$0.new" "$0"; \#(PluginCase.gathered)"#, 69,
      "was replaced during the check"),
    BadPlugin(
      "leaves it open", gather: #"echo '{"facts": {"identifier": "1"}}'"#, 75,
      "erp/lots is not known to the plugin"),
    BadPlugin(
      "says why not", gather: #"echo '{"unavailable": {"reason": "service", "message": "VPN down"}}'"#, 69,
      "VPN down"),
  ]

  static let judging = [
    BadPlugin("no JSON", check: "echo pass", 69, "its answer cannot be used"),
    BadPlugin("two answers", check: "echo '\(pass)\(pass)'", 69, "there is text after the end"),
    BadPlugin("no output", check: "cat > /dev/null", 69, "nothing was answered"),
    BadPlugin("huge", check: huge, 69, "wrote more than 1 MiB"),
    BadPlugin("exit 1", check: "echo '\(pass)'; echo oops >&2; exit 1", 69, "“oops”"),
    BadPlugin("killed", check: "echo '\(pass)'; kill -9 $$", 69, "was killed by signal 9"),
    BadPlugin("hangs", check: hang, 75, "no answer within 3000 ms", timeout: "3s"),
    BadPlugin("ignores SIGTERM", check: deaf, 75, "no answer within 3000 ms", timeout: "3s"),
    BadPlugin(
      "an outcome of its own", check: #"echo '{"outcome": "maybe", "message": "?"}'"#, 69,
      "outcome: pass, fail or unknown is expected"),
    BadPlugin("no message", check: #"echo '{"outcome": "pass"}'"#, 69, "message: a string is expected"),
    BadPlugin("undecided", check: #"echo '{"outcome": "unknown", "message": "who?"}'"#, 75, "who?"),
    BadPlugin("fails", check: #"echo '{"outcome": "fail", "message": "closed"}'"#, 33, "closed"),
  ]
}

@Suite("A bad plugin costs what it should have said, never the verdict, and nothing of it is left")
struct BadPluginTests {
  @Test("Where it describes itself", arguments: BadPlugin.describing)
  func describing(bad: BadPlugin) async throws { try await expect(bad) }

  @Test("Where it gathers facts", arguments: BadPlugin.gathering)
  func gathering(bad: BadPlugin) async throws { try await expect(bad) }

  @Test("Where it judges", arguments: BadPlugin.judging)
  func judging(bad: BadPlugin) async throws { try await expect(bad) }

  private func expect(_ bad: BadPlugin) async throws {
    let plugin = try PluginCase(describe: bad.describe, gather: bad.gather, check: bad.check)
    let start = ContinuousClock.now
    let run = try await plugin.check(timeout: bad.timeout)
    #expect(run.code == bad.code, "\(run)")
    #expect(run.output.contains(bad.words), "\(run.output)")
    // A hanging plugin would hang for ten minutes.
    #expect(start.duration(to: .now) < .seconds(300))
    #expect(plugin.processesLeft.isEmpty)
  }

  @Test("A grandchild that keeps standard output open is not waited for, and is ended")
  func grandchild() async throws {
    let plugin = try PluginCase(
      describe: "sleep 600 & \(PluginCase.described)", gather: "(sleep 600 &); \(PluginCase.gathered)",
      check: "(trap '' TERM HUP; sleep 600; echo more) & \(PluginCase.passed)")
    let run = try await plugin.check()
    #expect(run.code == 0, "\(run)")
    #expect(plugin.processesLeft.isEmpty)
  }

  @Test("Nor is one that has left the process group, as daemons do, waited for or spared")
  func daemon() async throws {
    let plugin = try PluginCase(gather: "setsid sleep 1000 & \(PluginCase.gathered)")
    let start = ContinuousClock.now
    let run = try await plugin.check(timeout: "900s")
    #expect(run.code == 0, "\(run)")
    #expect(start.duration(to: .now) < .seconds(300))
    #expect(plugin.processesLeft.isEmpty)
  }

  @Test("Nor does one that has left the group only, as a shell's jobs do, outlive the plugin")
  func job() async throws {
    let plugin = try PluginCase(
      gather: "set -m; sleep 600 > job & \(PluginCase.gathered)",
      check: "set -m; sleep 600 > job & \(PluginCase.passed)")
    let run = try await plugin.check()
    #expect(run.code == 0, "\(run)")
    #expect(plugin.processesLeft.isEmpty)
  }

  @Test("A plugin that leaves its own group is ended at the deadline all the same")
  func leavesItsGroup() async throws {
    let plugin = try PluginCase(
      gather: "exec python3 -c 'import os, time; os.setpgid(0, os.getpgid(os.getppid())); time.sleep(600)'")
    let start = ContinuousClock.now
    let run = try await plugin.check(timeout: "2s")
    #expect(run.code == 75 && run.output.contains("no answer within 2000 ms"), "\(run)")
    #expect(start.duration(to: .now) < .seconds(300))
    #expect(plugin.processesLeft.isEmpty)
  }

  @Test("What the caller left running is not the plugin's, and goes on")
  func callersOwn() async throws {
    let plugin = try PluginCase()
    // The shell becomes the program, which then has the shell's jobs as children: one in its group, one in another
    // session.
    let run = try await BuiltProgram.shell(
      """
      HOME=$PWD/home; export HOME
      sh -c 'set -m
        sleep 600 >/dev/null 2>&1 & echo $! > jobs
        setsid sleep 600 >/dev/null 2>&1 & echo $! >> jobs
        exec "$0" check --timeout 30s' "$P" || exit
      for job in $(cat jobs); do kill "$job" || exit 99; done
      """, in: plugin.folder.path)
    #expect(run.code == 0, "\(run)")
  }

  @Test("A request that is not read does no harm, however long it is")
  func closedInput() async throws {
    for check in [
      #"exec <&-; echo '{"outcome": "pass", "message": "open"}'"#,
      #"echo '{"outcome": "pass", "message": "open"}'"#, PluginCase.passed,
    ] {
      let note = String(repeating: "é", count: 100_000)
      let rules = PluginCase.rules.replacing(
        "check: erp/open,", with: "check: erp/open, with: { note: \(note) },")
      let plugin = try PluginCase(check: check, rules: rules)
      let run = try await plugin.check()
      #expect(run.code == 0, "\(run.output.suffix(500))")
    }
  }

  @Test("No file, no right to run it, no program")
  func noProgram() async throws {
    let plugin = try PluginCase()
    try plugin.setMode(0o644, of: "plugin/erp")
    try await expectUndecided(plugin, "is not executable")
    try plugin.write("\u{7F}ELF no program\n")
    try await expectUndecided(plugin, "could not be run: it is not a program for this machine")
    try plugin.write("echo no first line\n")
    try await expectUndecided(plugin, "a script begins with a line like #!/bin/sh")
    try plugin.write("#!/no/such/interpreter\n")
    try await expectUndecided(plugin, "the interpreter that its first line (#!) names does not exist")
    try plugin.write("#!/bin/sh\r\necho\r\n")
    try await expectUndecided(plugin, "or that line ends with a carriage return (CRLF)")
    let nothing = try PluginCase(rules: PluginCase.rules.replacing("plugin/erp]", with: "plugin/none]"))
    try await expectUndecided(nothing, "plugin/none: does not exist")
    let folder = try PluginCase(rules: PluginCase.rules.replacing("plugin/erp]", with: "plugin]"))
    try await expectUndecided(folder, "is not a file")
    let unnamed = try PluginCase(rules: PluginCase.rules.replacing("plugins: [plugin/erp]", with: ""))
    try await expectUndecided(unnamed, "the plugin “erp” is not there; looked for in:")
  }

  private func expectUndecided(
    _ plugin: PluginCase, _ words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let run = try await plugin.check()
    #expect(run.code == 69, "\(run)", sourceLocation: sourceLocation)
    #expect(run.output.contains(words), "\(run.output)", sourceLocation: sourceLocation)
  }

  @Test("What a stranger owns is refused", .enabled(if: geteuid() == 0))
  func stranger() async throws {
    for name in ["plugin/erp", "plugin"] {
      let plugin = try PluginCase()
      #expect(chown("\(plugin.folder.path)/\(name)", 65534, 0) == 0)
      let run = try await plugin.check()
      #expect(run.code == 77 && run.errors.contains("owned by a user (65534)"), "\(run)")
    }
    // A group with other members.
    let plugin = try PluginCase()
    #expect(chown(plugin.path, 0, 65534) == 0)
    try plugin.setMode(0o775, of: "plugin/erp")
    let run = try await plugin.check()
    #expect(run.code == 77 && run.errors.contains("may be written by others: it is not run"), "\(run)")
  }

  @Test("A rule waits no longer than it says")
  func timeout() async throws {
    let rules = PluginCase.rules.replacing("id: open,", with: "id: open, timeout: 500ms,")
    let plugin = try PluginCase(check: "sleep 600", rules: rules)
    let run = try await plugin.check(timeout: "5m")
    #expect(run.code == 75 && run.output.contains("no answer within 500 ms"), "\(run)")
  }

  @Test("What others may write is refused before it runs")
  func unsafe() async throws {
    for (name, mode, restored) in [
      ("plugin/erp", 0o777, 0o755), ("plugin/erp", 0o757, 0o755), ("plugin", 0o777, 0o755),
      ("plugin", 0o1777, 0o755), ("", 0o777, 0o700),
    ] {
      let plugin = try PluginCase(describe: "touch \"$0.ran\"; \(PluginCase.described)")
      try plugin.setMode(mode, of: name)
      let run = try await plugin.check()
      #expect(run.code == 77, "\(name): \(run)")
      // In a folder that others may write to, not even the rules that name the plugin are followed.
      let consequence = name.isEmpty ? "the rules in rules.yaml are not followed" : "it is not run"
      #expect(run.output == "" && run.errors.contains("may be written by others: \(consequence)"), "\(run)")
      try plugin.setMode(restored, of: name)
      let sound = try await plugin.check()
      #expect(sound.code != 77, "\(sound)")
    }
  }
}
