import CardStage
import Glibc
import Testing

@Suite("The gate: judges, then becomes the command if and only if it may be sent")
struct RunCommandTests {
  @Test("It becomes the command: same process, and the command's own end is the end")
  func becomes() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      #"exec sh -c 'echo $$; exec $P run '"$READY"' -- sh -c "echo \$\$; exit 7"'"#)
    let pids = run.output.split(separator: "\n")
    #expect(run.code == 7 && pids.count == 2 && pids.first == pids.last, "\(run)")
    #expect(run.errors == "")
    let killed = try await gate.shell("$P run $READY -- sh -c 'kill -TERM $$'; echo $?")
    #expect(killed.output == "143\n")
  }

  @Test(
    "Otherwise: our code, nothing run, nothing on standard output, the report on standard error",
    arguments: [
      ("$BLOCKED", 31, "BLOCKED, do not send"), ("$UNDECIDED", 75, "UNDECIDED"),
      ("$BROKEN", 78, "broken.yaml:"),
      ("--facts missing.json", 66, "does not exist"), ("--on tomorrow", 64, "Error:"),
      ("$BLOCKED --format json", 31, "\"exitCode\" : 31"),
      ("$BLOCKED --format json --output v.json", 31, "BLOCKED, do not send"),
      ("$READY --output missing/v.json", 74, "could not be written"),
      ("$READY --verbose 2>/dev/full", 74, ""),
    ])
  func refuses(options: String, code: Int32, words: String) async throws {
    let gate = try GateCase()
    let run = try await gate.shell("$P run --lang en \(options) -- touch started")
    #expect(run.code == code, "\(run)")
    #expect(run.output == "")
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(!gate.has("started"))
  }

  @Test("Standard output and input are the command's alone")
  func streams() async throws {
    let gate = try GateCase()
    for options in ["", "--format json", "--verbose", "--format json --output v.json --verbose"] {
      let run = try await gate.shell("printf 'a\\nb' | $P run $READY --lang en \(options) -- cat")
      #expect(run.code == 0)
      #expect(run.output == "a\nb", "\(options)")
      let isVerbose = options.contains("--verbose")
      #expect(run.errors.contains("READY: it may be sent") == isVerbose, "\(options): \(run.errors)")
      #expect(run.errors.isEmpty != isVerbose)
    }
    // Unless the facts come from there.
    let facts = try await gate.shell("$P run --facts - --offline -- cat < ready.json")
    #expect(facts.code == 0 && facts.output == "", "\(facts)")
    for name in ["/dev/stdout", "/proc/self/fd/1", "out"] {
      let run = try await gate.shell("$P run $READY --format json --output \(name) -- true > out")
      #expect(run.code == 64, "\(name): \(run)")
    }
  }

  @Test(
    "A command that cannot be started is told before anything is read",
    arguments: [
      ("nowhere", 127, "command not found"), ("''", 127, "command not found"),
      ("./nowhere", 127, "No such file"), ("./rules.yaml/x", 127, "Not a directory"),
      ("./rules.yaml", 126, "is not executable"), ("./folder", 126, "is not a file"),
      ("plain", 126, "not executable"), ("./no-interpreter", 127, "“/nowhere/sh” is missing"),
      ("./bad-interpreter", 126, "“/etc/passwd” is missing or"),
    ])
  func unstartable(command: String, code: Int32, words: String) async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      """
      mkdir folder; echo 'echo no' > plain; PATH=$PATH:.; printf '#!/nowhere/sh\\n' > no-interpreter
      printf '#! /etc/passwd -x\\n' > bad-interpreter; chmod +x *-interpreter
      $P run --lang en --facts missing.json -- \(command)
      """)
    #expect(run.code == code, "\(run)")
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(run.output == "")
  }

  @Test("What the system refuses to execute ends as it does for shells")
  func refusedBySystem() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      "echo 'echo no' > script; chmod +x script; $P run --lang en $READY -- ./script; echo $?")
    #expect(run.output == "126\n")
    #expect(run.errors.contains("./script: error: cannot be executed: Exec format error"), "\(run.errors)")
  }

  @Test("The command is found as execvp(3) finds it")
  func found() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      """
      mkdir first second third; touch first/send; mkdir second/send
      printf '#!/bin/sh\\necho "$0 $*"\\n' > third/send; chmod +x third/send
      PATH=$PWD/nowhere:$PWD/first:$PWD/second:$PWD/third:/usr/bin:/bin $P run $READY -- send 'a  b' -- --lang
      cp third/send mine; PATH=/usr/bin::/bin $P run $READY -- mine
      env -u PATH $P run $READY -- echo without
      """)
    #expect(
      run.output == "\(gate.folder.path)/third/send a  b -- --lang\nmine \nwithout\n", "\(run)")
  }

  @Test("Arguments need not be text")
  func bytes() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      #"name=$(printf 'r\351sum\351'); cp /bin/echo "$name"; $P run $READY -- "./$name" "$name" | od -An -tx1"#
    )
    #expect(run.output == " 72 e9 73 75 6d e9 0a\n", "\(run)")
  }

  @Test("Signals are as they were", arguments: ["", "PIPE", "INT TERM", "CHLD HUP"])
  func signals(ignored: String) async throws {
    let gate = try GateCase()
    let state = "grep -E '^Sig(Blk|Ign):' /proc/self/status"
    let ignoring = ignored.isEmpty ? "" : "trap '' \(ignored); "
    let run = try await gate.shell(
      "\(ignoring)\(state) > before; $P run $READY -- \(state) > after; cat after")
    #expect(run.output.contains("SigIgn:"))
    #expect(try gate.text(of: "before") == gate.text(of: "after"), "\(ignored)")
  }

  @Test("Other descriptors stay, ours do not, and that of the code porteur is closed")
  func descriptors() async throws {
    let gate = try GateCase()
    try gate.folder.write("1234\n", to: "code")
    let list =
      #"sh -c 'for n in /proc/$$/fd/*; do readlink $n; done' | grep -oE 'code|kept|memfd|socket' | sort"#
    let run = try await gate.shell(
      "touch kept; exec 5<kept 6<code; $P run $READY --pin-fd 6 -- \(list); exec 6<&-; \(list)")
    #expect(run.output == "kept\nmemfd\nkept\n", "\(run)")
    let input = try await gate.shell("$P run $READY --pin-fd 0 -- readlink /proc/self/fd/0 < code")
    #expect(input.output == "/dev/null\n")
    let file = try await gate.shell("$P run $READY --format json --output v.json -- \(list)")
    #expect(file.output == "")
    // Descriptors that were closed are closed again.
    for number in 0...2 {
      let line = "$P run $READY -- sh -c 'test -e /proc/$$/fd/\(number); echo $? > is' \(number)>&-; cat is"
      #expect(try await gate.shell(line).output == "1\n", "\(number)")
    }
    for number in 1...2 {
      #expect(try await gate.shell("$P run $READY --pin-fd \(number) -- true").code == 64)
    }
  }

  @Test("The command finds the verdict, whole and unchangeable, and so do the processes it starts")
  func verdict() async throws {
    let gate = try GateCase()
    let named = try await gate.shell(
      #"mkdir in; $P run $READY --format json --output in/v.json -- sh -c 'cd /; cat "$CPS_PREFLIGHT_VERDICT"'"#
    )
    #expect(named.output == (try gate.text(of: "in/v.json")), "\(named)")
    #expect(named.output.contains(#""verdict" : "ready""#))
    let own = try await gate.shell(
      #"""
      CPS_PREFLIGHT_VERDICT=old $P run $READY --output report.txt -- sh -c '
        cp "$CPS_PREFLIGHT_VERDICT" first
        perl -MPOSIX -e "POSIX::close(\$_) for 3..99; exec qw(cp), \$ENV{CPS_PREFLIGHT_VERDICT}, qw(second)"
        cmp first second || exit 1
        (: > "$CPS_PREFLIGHT_VERDICT"; echo x >> "$CPS_PREFLIGHT_VERDICT"; true) 2>/dev/null
        cmp "$CPS_PREFLIGHT_VERDICT" first && tail -c 22 first'
      """#)
    #expect(own.code == 0, "\(own)")
    #expect(own.output == "\"verdict\" : \"ready\"\n}\n", "\(own)")
    #expect(try gate.text(of: "report.txt").contains("code 0"))
  }

  @Test("None of an older verdict is left in the environment, however often it stands there")
  func environment() async throws {
    let gate = try GateCase()
    let old = "CPS_PREFLIGHT_VERDICT=old"
    let arguments = [
      BuiltProgram.path, "run", "--rules", "\(gate.folder.path)/rules.yaml", "--facts",
      "\(gate.folder.path)/ready.json", "--offline", "--", "/bin/sh", "-c",
      "tr '\\0' '\\n' < /proc/$$/environ > \(gate.folder.path)/seen",
    ]
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    let variables = [old, "PATH=/usr/bin:/bin", old, "LANG=C.UTF-8", old]
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for pointer in argv + environment { free(pointer) } }
    var child: pid_t = 0
    let fault = posix_spawn(&child, BuiltProgram.path, nil, nil, &argv, &environment)
    try #require(fault == 0)
    var status: Int32 = 0
    #expect(waitpid(child, &status, 0) == child && status == 0)
    let seen = try gate.text(of: "seen").split(separator: "\n").filter { $0.hasPrefix("CPS_PREFLIGHT_") }
    #expect(seen.count == 1 && seen.first?.hasPrefix("CPS_PREFLIGHT_VERDICT=/proc/") == true, "\(seen)")
  }

  @Test("It opens for a card in a reader, and nothing of the reader's service is left open")
  func card() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let run = try await place.program([
      "run", "--rules", place.rules, "--", "sh", "-c", "for n in /proc/$$/fd/*; do readlink $n || true; done",
    ])
    #expect(run.code == 0, "\(run)")
    #expect(!run.output.contains("socket:"), "\(run.output)")
    card.remove()
    try place.settle("Twin 00 00", is: "empty")
    let none = try await place.program(["run", "--rules", place.rules, "--", "echo", "sent"])
    #expect(none.code == 10 && none.output == "", "\(none)")
  }
  @Test("A service that hangs on, where no blocking rule needs it, is no burden to the command")
  func hangingService() async throws {
    let place = try Workplace()
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      sources: [pcsc]
      stages:
        - id: s
          rules:
            - { id: jour, check: fact, with: { fact: today, after: 2020-01-01 } }
            - { id: presente, check: card.present, severity: warning }
      """
    ])
    place.daemon.freeze()
    let run = try await place.program([
      "run", "--rules", "\(folder.path)/rules.yaml", "--timeout", "300ms", "--", "sh", "-c",
      "for n in /proc/$$/fd/*; do readlink $n || true; done; ls /proc/$$/task | wc -l",
    ])
    #expect(run.code == 0 && !run.output.contains("socket:"), "\(run)")
    #expect(run.output.hasSuffix("\n1\n"), "one thread is left, the command's: \(run.output)")
    place.daemon.thaw()
  }
}
