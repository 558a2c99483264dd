import CardStage
import FoundationEssentials
import Glibc
import Testing

@Suite("The code porteur comes in safely and goes nowhere", .serialized, .blocking)
struct CodePorteurTests {
  @Test("A signal while the module works ends both", arguments: [SIGHUP, SIGQUIT, SIGTERM, SIGXCPU, SIGKILL])
  func interruptedReading(signal: Int32) async throws {
    let module = try ModuleCase("hang@C_Login")
    let watch = try module.watch()
    let check = try ChildProcess(
      [BuiltProgram.path] + module.arguments(timeout: "10m") + ["--pin-file", module.codeFile],
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"])
    try watch.wait(for: "C_Login") { !module.logins.isEmpty }
    check.signal(signal)
    #expect(check.finish() == (signal == SIGKILL ? 1000 + signal : 128 + signal))
    // The supervisor needs a moment to notice that the program was killed.
    if signal == SIGKILL { try watch.wait(for: "the end of the reader") { !module.leavesProcesses } }
    #expect(!module.leavesProcesses)
  }

  private func start(_ module: ModuleCase, _ arguments: [String]) throws -> ChildProcess {
    try ChildProcess(
      [BuiltProgram.path] + module.arguments + arguments,
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
      errors: .terminal)
  }

  @Test("It is typed on the terminal, which does not show it")
  func typed() async throws {
    let module = try ModuleCase("healthy")
    let check = try start(module, ["--lang", "en"])
    _ = try check.readTerminal(until: "Code porteur (empty: none): ")
    #expect(!check.terminalEchoes)
    check.type("1234\n")
    let shown = try check.readTerminal(until: "\r\n")
    let report = check.readToEnd()
    #expect(check.finish() == 0, "\(report)")
    #expect(check.terminalEchoes)
    #expect(!(report + shown).contains("1234"))
    #expect(module.logins == ["code"])
  }

  @Test(
    "Nobody is asked for a code that would not be presented",
    arguments: ["flags=20000", "flags=40000", "e0@C_GetTokenInfo", "5@C_Initialize"])
  func notAsked(name: String) async throws {
    let module = try ModuleCase(name)
    let check = try start(module, ["--lang", "en"])
    let report = check.readToEnd()
    #expect(check.finish() != 0)
    #expect(!check.readTerminalToEnd().contains("Code porteur"), "\(report)")
    #expect(module.logins.isEmpty)
  }

  @Test(
    "Where the reader has a keypad, the terminal says that the code is entered there, and does not ask for it"
  )
  func keypad() async throws {
    let module = try ModuleCase("flags=100")
    let check = try start(module, ["--lang", "en"])
    let report = check.readToEnd()
    #expect(check.finish() == 0, "\(report)")
    let shown = check.readTerminalToEnd()
    #expect(shown == "Waiting for the code porteur (20 s left): enter the code on the reader's keypad\r\n")
    #expect(module.logins == ["keypad"])
  }

  @Test("A facts file from standard input that says nothing yet is waited for, and the terminal says so")
  func standardInput() async throws {
    let module = try ModuleCase("healthy")
    let check = try ChildProcess(
      [
        "/bin/sh", "-c",
        "mkfifo $0.pipe; exec \(BuiltProgram.path) check --facts - --offline --lang en 0<>$0.pipe",
        module.codeFile,
      ],
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"], errors: .terminal)
    _ = try check.readTerminal(until: "Waiting for standard input (10 s left)")
    check.signal(SIGTERM)
    #expect(check.finish() != 0)
  }

  @Test("A descriptor that has no code yet is waited for, and the terminal says so")
  func waitedFor() async throws {
    let module = try ModuleCase("healthy")
    let arguments = module.arguments.joined(separator: " ")
    let pipe = module.codeFile + ".pipe"
    let line = "mkfifo \(pipe); exec \(BuiltProgram.path) \(arguments) --lang en --pin-fd 7 7<>\(pipe)"
    let check = try ChildProcess(
      ["/bin/sh", "-c", line],
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"], errors: .terminal)
    _ = try check.readTerminal(until: "Waiting for the code porteur (20 s left): on descriptor 7")
    let writing = try #require(fopen(pipe, "w"))
    fputs("1234\n", writing)
    fclose(writing)
    let report = check.readToEnd()
    #expect(check.finish() == 0, "\(report)")
    #expect(module.logins == ["code"])
  }

  @Test("Where memory cannot be locked, the code is not read, and the card not touched")
  func unlockedMemory() async throws {
    let module = try ModuleCase("healthy")
    // Root may lock memory beyond any limit, unless that capability is removed.
    let asUsers = geteuid() == 0 ? "setpriv --bounding-set -ipc_lock" : ""
    let arguments = (module.arguments + ["--lang", "en", "--pin-file", module.codeFile])
      .map { "'\($0)'" }.joined(separator: " ")
    let run = try await BuiltProgram.shell("ulimit -l 0; \(asUsers) $P \(arguments)")
    #expect(run.code == 77, "\(run)")
    #expect(run.errors.contains("the memory in which it would be kept cannot be locked"), "\(run.errors)")
    #expect(!(run.output + run.errors).contains("1234"))
    #expect(module.logins.isEmpty)
  }

  @Test("Nothing typed is no code; something else is refused before the card is touched")
  func nothing() async throws {
    for (typed, code) in [("\n", 75), ("12x4\n", 64)] as [(String, Int32)] {
      let module = try ModuleCase("healthy")
      let check = try start(module, [])
      _ = try check.readTerminal(until: "Code porteur (vide : sans) : ")
      check.type(typed)
      _ = check.readToEnd()
      #expect(check.finish() == code)
      #expect(module.logins.isEmpty)
    }
  }

  @Test(
    "A signal at the prompt ends the program with the terminal as it was",
    arguments: [SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGALRM, SIGTERM, SIGXCPU])
  func interrupted(signal: Int32) async throws {
    let module = try ModuleCase("healthy")
    let check = try start(module, [])
    _ = try check.readTerminal(until: "Code porteur")
    #expect(!check.terminalEchoes)
    check.signal(signal)
    #expect(check.finish() == 128 + signal)
    #expect(check.terminalEchoes)
    #expect(module.logins.isEmpty)
  }

  @Test("Ctrl-Z at the prompt shows again what is typed, until the program goes on and asks again")
  func stopped() async throws {
    let module = try ModuleCase("healthy")
    let check = try start(module, ["--lang", "en"])
    let prompt = "Code porteur (empty: none): "
    _ = try check.readTerminal(until: prompt)
    for _ in 1...3 {
      #expect(!check.terminalEchoes)
      check.signal(SIGTSTP)
      try check.waitUntilStopped()
      #expect(check.terminalEchoes)
      check.signal(SIGCONT)
      _ = try check.readTerminal(until: prompt)
    }
    #expect(!check.terminalEchoes)
    check.type("1234\n")
    let report = check.readToEnd()
    #expect(check.finish() == 0, "\(report)")
    #expect(check.terminalEchoes)
    #expect(module.logins == ["code"])
  }

  @Test("A stopped prompt can be ended")
  func endedWhileStopped() async throws {
    let module = try ModuleCase("healthy")
    let check = try start(module, [])
    _ = try check.readTerminal(until: "Code porteur")
    check.signal(SIGTSTP)
    try check.waitUntilStopped()
    // What `kill %1` sends.
    check.signal(SIGTERM)
    check.signal(SIGCONT)
    #expect(check.finish() == 143)
    #expect(check.terminalEchoes)
    #expect(module.logins.isEmpty)
  }

  @Test("A descriptor gives it")
  func descriptor() async throws {
    let module = try ModuleCase("healthy")
    for line in [
      "printf 1234 | $P ARGS --pin-fd 0", "printf '1234\\r\\n' | $P ARGS --pin-fd 0",
      "$P ARGS --pin-fd 7 7<<E\n1234\nE",
    ] {
      let run = try await BuiltProgram.shell(
        line.replacing("ARGS", with: module.arguments.joined(separator: " ")))
      #expect(run.code == 0, "\(line): \(run)")
    }
  }

  @Test("A pipe that nobody writes to nor closes ends at the deadline, undecided, the card untouched")
  func silentDescriptor() async throws {
    let module = try ModuleCase("healthy")
    let folder = try Folder()
    for (typed, descriptor) in [("", 7), ("12", 7), ("", 0)] {
      // Open for writing too, so that the reader never sees the end.
      let run = try await BuiltProgram.shell(
        "mkfifo p && exec \(descriptor)<>p && rm p && printf '\(typed)' >&\(descriptor) && "
          + "exec $P \(module.arguments(timeout: "300ms").joined(separator: " ")) --lang en --pin-fd \(descriptor)",
        in: folder.path)
      #expect(run.code == 75, "\(run)")
      #expect(run.errors.contains("the code porteur did not come within 300ms"), "\(run)")
      #expect(run.output.isEmpty)
    }
    #expect(module.logins.isEmpty)
  }

  @Test("Neither argument, environment nor anything else under /proc shows it, in the program or its child")
  func proc() async throws {
    // It hangs while it has the code, so that there is time to look.
    let code = "73916482"
    let module = try ModuleCase("hang@C_Login", code: code)
    let watch = try module.watch()
    let check = try ChildProcess(
      [BuiltProgram.path] + module.arguments(timeout: "8s") + ["--verbose", "--pin-file", module.codeFile],
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"])
    var childWasSeen = false
    try watch.wait(for: "C_Login") { !module.logins.isEmpty }
    for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      guard Int(process) != nil else { continue }
      for file in ["cmdline", "environ", "comm", "status", "maps", "mounts", "auxv", "syscall", "stack"] {
        guard let text = ProcFile.contents(process, file) else { continue }
        #expect(!text.contains(code), "/proc/\(process)/\(file)")
        if file == "cmdline", text.contains("cps-preflight-cryptoki") { childWasSeen = true }
      }
    }
    #expect(childWasSeen)
    let report = check.readToEnd()
    #expect(check.finish() == 75)
    #expect(!report.contains(code))
    #expect(!module.leavesProcesses)
  }
}
