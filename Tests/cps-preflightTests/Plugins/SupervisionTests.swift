import CardStage
import FoundationEssentials
import Glibc
import Testing

@Suite("What descends from a plugin is ended with it, and nothing else is", .blocking)
struct SupervisionTests {
  /// Leaves processes of every kind behind: in the same group, another group, another session, and some that nobody
  /// waits for.
  private static let strays = """
    sleep 600 & (sleep 600 &) ; setsid sleep 600 & (setsid sh -c 'sleep 600 & sleep 600' &) ; set -m; sleep 600 &
    """

  @Test("A plugin looks neither into its supervisor's memory nor at its files", .enabled(if: geteuid() == 0))
  func inspection() async throws {
    let plugin = try PluginCase(
      gather: """
        cat > /dev/null; saw=nothing; (exec 3< /proc/$PPID/mem) 2> /dev/null && saw=memory
        ls /proc/$PPID/fd > /dev/null 2>&1 && saw=files
        echo "{\\"unavailable\\": {\\"reason\\": \\"other\\", \\"message\\": \\"it saw $saw\\"}}"
        """)
    try plugin.setMode(0o755, of: "")
    let run = try await BuiltProgram.shell(
      """
      cp "$P" program; HOME=/nonexistent setpriv --reuid 65533 --regid 65533 --clear-groups \
        ./program check --rules rules.yaml --lang en
      """, in: plugin.folder.path)
    // What a process that is not dumpable has under /proc belongs to root (proc(5)).
    #expect(run.output.contains("it saw nothing"), "\(run)")
  }

  @Test("A plugin that ends leaves the package query of the same wave alone", .enabled(if: hasDebianPackages))
  func packageQuery() async throws {
    // It ends only once dpkg-query reads, and what it leaves holds a pipe.
    let plugin = try PluginCase(
      gather: """
        exec 4>root/var/lib/dpkg/updates/0001; echo >reads; read on <ends; exec 4>&- 3>held
        \(Self.strays)
        \(PluginCase.gathered)
        """,
      rules: """
        version: 1
        plugins: [plugin/erp]
        sources:
          - erp/account
          - cryptolib: { root: ROOT }
        stages:
          - id: s
            rules:
              - { id: lots, check: fact, with: { fact: erp/lots, at_least: "2" }, exit: 34 }
              - { id: cryptolib, check: cryptolib.version, with: { minimum: "5.0.0" }, exit: 40 }
        """)
    let root = "\(plugin.folder.path)/root"
    let rules = try String(contentsOf: URL(filePath: "\(plugin.folder.path)/rules.yaml"), encoding: .utf8)
    try plugin.folder.write(rules.replacing("ROOT", with: root), to: "rules.yaml")
    let database = "root/var/lib/dpkg"
    try plugin.folder.write(
      """
      Package: cryptolibcps
      Status: install ok installed
      Maintainer: nobody <nobody@example.org>
      Architecture: amd64
      Version: 5.2.4-1
      Description: a package

      """, to: "\(database)/status")
    try plugin.folder.write("", to: "\(database)/info/cryptolibcps.list")
    try plugin.folder.write("", to: "\(database)/updates/.keep")
    // dpkg-query reads the first until its last writer closes it.
    let pipes = ["\(database)/updates/0001", "reads", "ends", "held"].map { "\(plugin.folder.path)/\($0)" }
    for pipe in pipes { try #require(mkfifo(pipe, 0o600) == 0) }
    let reading = O_RDONLY | O_NONBLOCK | O_CLOEXEC
    let (reads, held) = (open(pipes[1], reading), open(pipes[3], reading))
    let ends = open(pipes[2], O_RDWR | O_CLOEXEC)
    defer { for pipe in [reads, held, ends] { close(pipe) } }
    let program = try ChildProcess(
      [
        "/bin/sh", "-c",
        "cd \(plugin.folder.path) && exec \(BuiltProgram.path) check --timeout 1m --lang en",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": "\(plugin.folder.path)/home"])
    var event = pollfd(fd: reads, events: Int16(POLLIN), revents: 0)
    try #require(poll(&event, 1, 60_000) == 1, "dpkg-query and the plugin do not run at once")
    let writer = open(pipes[0], O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    try #require(writer >= 0)
    write(ends, "\n", 1)
    // At its end the pipe is held by nothing that the plugin left, and dpkg-query still reads.
    event = pollfd(fd: held, events: Int16(POLLIN), revents: 0)
    try #require(poll(&event, 1, 60_000) == 1 && event.revents & Int16(POLLHUP) != 0)
    close(writer)
    let report = program.readToEnd()
    #expect(program.finish() == 0, "\(report)")
    #expect(plugin.processesLeft.isEmpty)
  }

  private static var hasDebianPackages: Bool { access("/usr/bin/dpkg-query", X_OK) == 0 }

  @Test("Children that the program was started with go on, whatever a plugin leaves")
  func inherited() async throws {
    let plugin = try PluginCase(
      describe: "\(Self.strays)\n\(PluginCase.described)", gather: "\(Self.strays)\n\(PluginCase.gathered)",
      check: "\(Self.strays)\n\(PluginCase.passed)")
    // The shell becomes the program, which then has these as children: in its group, another group, another session,
    // and a daemon whose own children outlive it.
    let run = try await BuiltProgram.shell(
      """
      HOME=$PWD/home; export HOME
      sh -c 'exec 3>&1 >/dev/null 2>&1
        sleep 600 3>&- & echo $! > jobs
        setsid sleep 600 3>&- & echo $! >> jobs
        setsid sh -c "sleep 600 & echo \\$! >> jobs; wait" 3>&- & echo $! >> jobs
        set -m; sleep 600 3>&- & echo $! >> jobs; set +m
        while [ $(wc -l < jobs) -lt 5 ]; do :; done
        exec "$0" check --timeout 30s >&3' "$P" || exit
      for job in $(cat jobs); do kill -9 "$job" || exit 99; done
      """, in: plugin.folder.path)
    #expect(run.code == 0, "\(run)")
  }

  @Test("A daemon that hides as well as it can is ended")
  func daemon() async throws {
    let hiding = """
      exec 3> pipe
      python3 - <<'E' &
      import os, time
      for level in range(40):
          if os.fork(): os._exit(0) if level % 2 else time.sleep(600)
          os.setsid()
          os.chdir("/")
      for signal in range(1, 32):
          try: __import__("signal").signal(signal, __import__("signal").SIG_IGN)
          except OSError: pass
      time.sleep(600)
      E
      """
    let plugin = try PluginCase(gather: "\(hiding)\n\(PluginCase.gathered)")
    let path = "\(plugin.folder.path)/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(pipe) }
    let run = try await plugin.check()
    #expect(run.code == 0, "\(run)")
    // The pipe is at its end at once: nobody holds it any more.
    var byte: UInt8 = 0
    #expect(read(pipe, &byte, 1) == 0)
  }

  @Test(
    "A plugin that stops or ends the supervisor above it leaves nothing, and does not keep the program waiting",
    arguments: ["STOP", "KILL", "TERM", "HUP"])
  func supervisorStopped(signal: String) async throws {
    let stop = "kill -\(signal) $PPID"
    let late = try PluginCase(gather: "\(Self.strays) sleep 600")
    #expect(try await late.check(timeout: "2s").code == 75)
    for more in ["", "; sleep 600", "; (while kill -STOP $PPID; do :; done) 2>/dev/null"] {
      let plugin = try PluginCase(gather: "\(Self.strays) \(stop); \(PluginCase.gathered)\(more)")
      let start = ContinuousClock.now
      let run = try await plugin.check(timeout: "2s")
      let time = start.duration(to: .now)
      let mayAnswer = more.isEmpty && ["TERM", "HUP"].contains(signal)
      #expect(mayAnswer ? run.code == 0 : [69, 75].contains(run.code), "\(signal)\(more): \(run)")
      #expect(plugin.processesLeft.isEmpty, "\(signal)\(more)")
      // Far from the 600 s of the plugin, on the busiest machine; `make faults` is strict about the second.
      #expect(time < .seconds(300), "\(signal)\(more): \(time)")
    }
  }

  @Test(
    "The command of run is the subreaper of what descends from it only if it was before", arguments: [0, 1])
  func subreaper(before: Int) async throws {
    let plugin = try PluginCase()
    let ask = """
      import ctypes, sys; n = ctypes.c_int(-1); ctypes.CDLL(None).prctl(37, ctypes.byref(n), 0, 0, 0); print(n.value)
      """
    try plugin.folder.write(ask, to: "ask.py")
    try plugin.folder.write(
      """
      import ctypes, os, sys
      ctypes.CDLL(None).prctl(36, \(before), 0, 0, 0); os.execv(sys.argv[1], sys.argv[1:])
      """, to: "start.py")
    let run = try await BuiltProgram.shell(
      "HOME=$PWD/home python3 start.py $P run --timeout 30s -- python3 ask.py", in: plugin.folder.path)
    #expect(run.code == 0 && run.output == "\(before)\n", "\(run)")
  }

  @Test("A plugin that ends the supervisor above it gains nothing by it")
  func supervisorKilled() async throws {
    let plugin = try PluginCase(gather: "sleep 600 & kill -9 $PPID; sleep 600")
    let run = try await plugin.check()
    #expect(run.code == 69, "\(run)")
    #expect(plugin.processesLeft.isEmpty)
  }
}
