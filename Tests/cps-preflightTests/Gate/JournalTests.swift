import FoundationEssentials
import Testing

/// The part of a journal line that the tests need.
private struct Line: Decodable {
  struct Rules: Decodable { let sha256: String }
  let schema: String
  let time: String
  let command: String
  let pid: Int
  let exitCode: Int
  let rules: Rules?
  let use: String?
  let verdict: String?
  let of: String?
  let event: String?
  let rule: String?
  let card: String?
  let identifier: String?

  static func all(_ text: String) throws -> [Line] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }
}

@Suite("The journal: a line for every run, none lost, none torn")
struct JournalTests {
  @Test("Every run adds its line, whatever it ends with")
  func lines() async throws {
    let gate = try GateCase()
    _ = try await gate.shell(
      """
      $P check $READY --for adri --reveal --journal j; $P check $BLOCKED --am 692612344 --journal=j
      $P check $BROKEN --journal j; $P check --facts missing --offline --journal j
      $P check $READY --journal j > /dev/full; $P run $READY --journal j -- sh -c 'exit 9'
      $P run $UNDECIDED --journal j -- true; $P run $READY --journal j -- nowhere; $P check --on x --journal j
      """)
    let text = try gate.text(of: "j")
    let lines = try Line.all(text)
    #expect(lines.map(\.exitCode) == [0, 31, 78, 66, 0, 74, 0, 75, 127])
    #expect(lines.map(\.verdict) == ["ready", "blocked", nil, nil, "ready", nil, "ready", "undecided", nil])
    #expect(
      lines.map(\.command) == ["check", "check", "check", "check", "check", "check", "run", "run", "run"])
    #expect(
      lines.map(\.rule) == [
        nil, "code-porteur-utilisable", nil, nil, nil, nil, nil, "code-porteur-utilisable", nil,
      ])
    #expect(
      lines[0].use == "adri" && lines[0].schema == "cps-preflight/journal/1" && lines[0].time.hasSuffix("Z"))
    #expect(lines[0].rules?.sha256.count == 64)
    #expect(
      lines[6].card == "•••••••017" && lines[6].identifier == "•••61••••"
        && lines[1].identifier == "•••61••••")
    #expect(!text.contains("2800001017") && !text.contains("692612344") && !text.contains("TESTARD"))
    let mode = try await gate.shell("stat -c %a j")
    #expect(mode.output == "600\n")
  }

  @Test(
    "What does not happen after the line is a second one, which names it",
    arguments: [
      ("check $READY --journal j > /dev/full", 74, "not-written", 74),
      ("check $READY --journal j --format nagios --nagios-exit > /dev/full", 3, "not-written", 74),
      ("check $READY --journal j --output missing/v", 74, "not-written", 74),
      ("run $READY --journal j --output missing/v -- touch started", 74, "not-written", 74),
      ("run $READY --journal j --verbose -- touch started 2> /dev/full", 74, "not-written", 74),
      ("run $READY --journal j --format json --output v -- ./script", 126, "not-executed", 126),
    ] as [(String, Int32, String, Int)])
  func afterwards(arguments: String, code: Int32, event: String, told: Int) async throws {
    let gate = try GateCase()
    let run = try await gate.shell("echo 'touch started' > script; chmod +x script; $P \(arguments)")
    #expect(run.code == code, "\(run)")
    #expect(!gate.has("started"))
    let lines = try Line.all(try gate.text(of: "j"))
    try #require(lines.count == 2)
    #expect(lines[0].verdict == "ready" && lines[0].exitCode == 0 && lines[0].event == nil)
    #expect(lines[1].event == event && lines[1].exitCode == told && lines[1].verdict == nil)
    #expect(lines[1].of == lines[0].time && lines[1].pid == lines[0].pid)
    #expect(lines[1].command == lines[0].command && lines[1].schema == "cps-preflight/journal/1")
  }

  @Test(
    "Where the journal cannot be written there is no report in any format",
    arguments: ["text", "json", "junit", "nagios", "prometheus", "html"])
  func noReport(format: String) async throws {
    let gate = try GateCase()
    for line in ["$P check $BLOCKED OPTIONS", "$P run $READY OPTIONS --output v -- touch started"] {
      let options = "--lang en --verbose --format \(format) --journal missing/j"
      let run = try await gate.shell(line.replacing("OPTIONS", with: options))
      #expect(run.code == 74 && run.output == "", "\(run)")
      #expect(run.errors.split(separator: "\n").count == 1, "\(run)")
      #expect(!gate.has("v") && !gate.has("started"))
    }
  }

  @Test("Two hundred runs at once, with rotation among them: every line is there, and whole")
  func crowd() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      """
      n=0
      while [ $n -lt 100 ]; do
        n=$((n + 1))
        { $P check $READY --journal j --journal-size 24KiB > /dev/null || echo $? >> failed; } &
        { $P run $READY --journal j --journal-size 24KiB -- sh -c 'exit 0' || echo $? >> failed; } &
      done
      wait; ls
      """)
    #expect(!gate.has("failed"), "\(run)")
    var lines: [Line] = []
    for name in ["j"] + (1...5).map({ "j.\($0)" }) where gate.has(name) {
      let text = try gate.text(of: name)
      #expect(text.utf8.count <= 24 << 10 && text.hasSuffix("}\n"))
      lines += try Line.all(text)
    }
    #expect(lines.count == 200 && Set(lines.map(\.pid)).count == 200, "\(run.output)")
    #expect(gate.has("j.1") && lines.allSatisfy { $0.exitCode == 0 && $0.verdict == "ready" })
  }

  @Test("A journal that is put aside while it is waited for is let go")
  func putAside() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      """
      exec 9>>j; flock 9; $P check $READY --journal j > /dev/null 9>&- & pid=$!
      until ls -l /proc/$pid/fd | grep -q '/j$'; do :; done
      mv j old; flock -u 9; wait $pid; echo $?; wc -l < old; wc -l < j
      """)
    #expect(run.output == "0\n0\n1\n", "\(run)")
  }

  @Test(
    "One that cannot be written: 74, and nothing is run",
    arguments: [
      ("ln -s elsewhere j", "symbolic link"),
      ("head -c 900 /dev/zero | tr '\\0' x > j; trap '' XFSZ; ulimit -f 2", "could not be written"),
    ])
  func unwritable(spoil: String, words: String) async throws {
    for command in ["$P check $READY --lang en", "$P run $READY --lang en"] {
      let gate = try GateCase()
      let end = command.contains("run") ? "-- touch started" : ""
      let run = try await gate.shell("J=j; \(spoil); \(command) --journal $J \(end)")
      #expect(run.code == 74, "\(run)")
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(!gate.has("started"))
      if spoil.contains("900") { #expect(try gate.text(of: "j").utf8.count == 900) }
    }
  }

  @Test(
    "A line that may not be on disk: 74, nothing happens, and it is said what is in the file",
    arguments: ["check $READY", "run $READY -- touch started"])
  func unconfirmed(command: String) async throws {
    let gate = try GateCase()
    let words = command.split(separator: " ", maxSplits: 1)
    for (language, said) in [
      ("en", "the line was added to the journal, but the system does not confirm that it is on disk"),
      ("fr", "la ligne a été ajoutée au journal, mais le système ne confirme pas qu’elle est sur le disque"),
    ] {
      let run = try await gate.shell(
        """
        rm -f j; export LD_PRELOAD=\(BuiltProgram.beside("libfaulty-system.so")) FAULTY_FSYNC=$PWD/j
        $P \(words[0]) --lang \(language) --journal j \(words[1])
        """)
      #expect(run.code == 74 && run.output.isEmpty, "\(run)")
      #expect(run.errors.contains(said) && run.errors.split(separator: "\n").count == 1, "\(run)")
      #expect(!gate.has("started"))
      // The second line says that the event of the first did not happen.
      let lines = try Line.all(try gate.text(of: "j"))
      #expect(lines.map(\.exitCode) == [0, 74] && lines.map(\.event) == [nil, "not-written"])
      #expect(lines.last?.of == lines.first?.time && lines.last?.pid == lines.first?.pid)
    }
  }

  @Test("A line of which only the beginning could be written is taken back; where it cannot be, that is said")
  func partly() async throws {
    let gate = try GateCase()
    let faults = "LD_PRELOAD=\(BuiltProgram.beside("libfaulty-system.so")) FAULTY_WRITE=$PWD/j"
    let taken = try await gate.shell("\(faults) $P check $READY --lang en --journal j")
    #expect(taken.code == 74 && taken.errors.contains("the journal could not be written: No space left"))
    #expect(try gate.text(of: "j").isEmpty)
    let left = try await gate.shell("\(faults) FAULTY_FTRUNCATE=$PWD/j $P check $READY --lang en --journal j")
    #expect(left.code == 74 && left.errors.contains("the beginning of the line is in it"), "\(left)")
    #expect(try gate.text(of: "j") == "{")
    #expect(
      try await gate.shell("$P check $READY --journal j > /dev/null; tail -n 1 j").output.hasSuffix("}\n"))
  }

  @Test("A wrong size: 64", arguments: ["10", "10MB", "0KiB", "2GiB", "-1KiB"])
  func size(notation: String) async throws {
    let gate = try GateCase()
    #expect(try await gate.shell("$P check $READY --journal j --journal-size=\(notation)").code == 64)
    #expect(try await gate.shell("$P check $READY --journal-size 1MiB").code == 64)
  }
}
