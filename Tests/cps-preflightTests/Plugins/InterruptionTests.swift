import CardStage
import Glibc
import Testing

@Suite("Ctrl-C and SIGTERM end the plugins that are running as well")
struct InterruptionTests {
  @Test(
    "Where a plugin describes itself, gathers or judges",
    arguments: ["describe", "gather", "check"], [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func interrupted(moment: String, signal: (number: Int32, code: Int32)) throws {
    // It holds the pipe open as long as anything of it lives.
    let hang = "trap '' TERM INT HUP; exec 3> pipe; echo here >&3; sleep 600 & wait; sleep 600"
    let plugin = try PluginCase(
      describe: moment == "describe" ? hang : PluginCase.described,
      gather: moment == "gather" ? hang : PluginCase.gathered,
      check: moment == "check" ? hang : PluginCase.passed)
    let path = "\(plugin.folder.path)/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    try #require(pipe >= 0)
    defer { close(pipe) }
    let program = try ChildProcess(
      [
        "/bin/sh", "-c",
        "cd \(plugin.folder.path) && exec \(BuiltProgram.path) check --timeout 10m --lang en",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": "\(plugin.folder.path)/home"])
    #expect(Self.read(pipe) == "here\n")
    program.signal(signal.number)
    #expect(program.finish() == signal.code)
    #expect(program.readToEnd().contains("interrupted, nothing is judged"))
    // The end: nobody holds the pipe any more.
    #expect(Self.read(pipe) == "")
  }

  /// What comes next on the pipe; nothing at its end. A long time for a loaded machine.
  private static func read(_ pipe: Int32) -> String? {
    var event = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    guard poll(&event, 1, 60_000) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(pipe, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
