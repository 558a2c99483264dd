import CardStage
import Glibc
import Testing

@Suite("A signal ends the programs that are running as well", .blocking)
struct InterruptionTests {
  /// The signals that end a process by default and do not indicate a crash.
  static let signals = [
    SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF,
    SIGIO,
    SIGPWR,
  ]

  /// Processes that do not end by themselves, inside and outside the group. Each holds the pipe open while it lives.
  private static let hang = """
    trap '' TERM INT HUP; exec 3> pipe
    setsid sleep 600 & sleep 600 & sh -c 'setsid sh -c "sleep 600 & sleep 600" &'
    echo here >&3; wait; sleep 600
    """

  /// A check of a plugin that never answers, at the moment when it has started.
  private struct Hanging {
    let plugin: PluginCase
    let program: ChildProcess
    let pipe: Int32

    init(_ moment: String, before: String = "", errors: ChildProcess.ErrorOutput = .withOutput) throws {
      plugin = try PluginCase(
        describe: moment == "describe" ? hang : PluginCase.described,
        gather: moment == "gather" ? hang : PluginCase.gathered,
        check: moment == "check" ? hang : PluginCase.passed)
      let path = "\(plugin.folder.path)/pipe"
      try #require(mkfifo(path, 0o600) == 0)
      pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      try #require(pipe >= 0)
      program = try ChildProcess(
        [
          "/bin/sh", "-c",
          "\(before) cd \(plugin.folder.path) && exec \(BuiltProgram.path) check --timeout 10m --lang en",
        ],
        environment: ["PATH": "/usr/bin:/bin", "HOME": "\(plugin.folder.path)/home"], errors: errors)
      #expect(InterruptionTests.read(pipe) == "here\n")
    }

    /// Waits until nobody holds the pipe any more, and returns whether that happened.
    var isOver: Bool {
      defer { close(pipe) }
      return InterruptionTests.read(pipe) == ""
    }
  }

  @Test(
    "Where a plugin describes itself, gathers or judges", arguments: ["describe", "gather", "check"],
    [SIGINT, SIGTERM])
  func interrupted(moment: String, signal: Int32) throws { try expectEnd(moment, signal) }

  @Test("Whichever signal it is", arguments: signals)
  func interrupted(signal: Int32) throws { try expectEnd("gather", signal) }

  private func expectEnd(_ moment: String, _ signal: Int32) throws {
    let hanging = try Hanging(moment)
    hanging.program.signal(signal)
    #expect(hanging.program.finish() == 128 + signal)
    // Nothing is left at the moment the program has ended.
    #expect(hanging.plugin.processesLeft.isEmpty)
    #expect(hanging.program.readToEnd().contains("interrupted, nothing is judged"))
    #expect(hanging.isOver)
  }

  @Test("However many plugins there are, none is left at the moment the program has ended")
  func many() throws {
    let count = 60
    let plugin = try PluginCase(
      rules: """
        version: 1
        plugins: [\((0..<count).map { "plugin/p\($0)" }.joined(separator: ", "))]
        stages: [{ id: s, rules: [{ id: r, check: p0/open }] }]
        """)
    for number in 0..<count {
      try plugin.write("#!/bin/sh\n\(Self.hang)\n", to: "plugin/p\(number)")
    }
    let path = "\(plugin.folder.path)/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    try #require(pipe >= 0)
    let program = try ChildProcess(
      [
        "/bin/sh", "-c",
        "cd \(plugin.folder.path) && exec \(BuiltProgram.path) check --timeout 10m --lang en",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": "\(plugin.folder.path)/home"])
    var told = ""
    while told.count < count * "here\n".count { told += try #require(Self.read(pipe)) }
    program.signal(SIGTERM)
    #expect(program.finish() == 128 + SIGTERM)
    #expect(plugin.processesLeft.isEmpty)
    close(pipe)
  }

  @Test("Nothing outlives the program when it is killed")
  func killed() throws {
    let hanging = try Hanging("gather")
    hanging.program.signal(SIGKILL)
    #expect(hanging.program.finish() == 1000 + SIGKILL)
    #expect(hanging.isOver)
  }

  @Test("Nor when the whole process group is")
  func killedGroup() throws {
    let hanging = try Hanging("gather", errors: .terminal)
    try #require(getpgid(hanging.program.pid) == hanging.program.pid)
    kill(-hanging.program.pid, SIGKILL)
    #expect(hanging.program.finish() == 1000 + SIGKILL)
    #expect(hanging.isOver)
  }

  @Test(
    "A signal that was ignored when the program was started stays so", arguments: [SIGHUP, SIGQUIT, SIGXCPU])
  func ignored(signal: Int32) throws {
    let hanging = try Hanging("gather", before: "trap '' \(signal);")
    hanging.program.signal(signal)
    hanging.program.signal(SIGUSR1)
    #expect(hanging.program.finish() == 128 + SIGUSR1)
    #expect(hanging.isOver)
  }

  @Test("A stream is ended too, which is said", arguments: [SIGHUP, SIGQUIT, SIGTERM, SIGALRM, SIGXCPU])
  func evaluate(signal: Int32) throws {
    let program = try ChildProcess(
      [BuiltProgram.path, "evaluate", "--lang", "en"],
      environment: ["PATH": "/usr/bin:/bin"])
    program.send("{}\n")
    _ = try program.read(until: "\n")
    program.signal(signal)
    #expect(program.finish() == 128 + signal)
    #expect(program.readToEnd().contains("interrupted, not every line is judged"))
  }

  /// Returns the next text on the pipe, or `nil` at its end. It waits long enough for a busy machine.
  private static func read(_ pipe: Int32) -> String? {
    var event = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    guard poll(&event, 1, 60_000) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(pipe, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
