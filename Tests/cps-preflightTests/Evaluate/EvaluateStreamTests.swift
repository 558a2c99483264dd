import CardStage
import Glibc
import Testing

@Suite("The stream of `evaluate`", .serialized, .blocking)
struct EvaluateStreamTests {
  private func start(_ arguments: String..., in folder: Folder) throws -> PipedProcess {
    try PipedProcess(
      [
        BuiltProgram.path, "evaluate", "--rules", "\(BuiltProgram.root)/docs/samples/fleet-rules.yaml",
        "--on",
        Sample.day, "--lang", "en",
      ] + arguments,
      environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"], errors: "\(folder.path)/errors")
  }

  /// Returns lines for one card, each with its number as its id. Every tenth is longer, so that threads take different
  /// times.
  private func lines(_ range: Range<Int>) -> [UInt8] {
    let long = String(repeating: " ", count: 2000)
    let facts = #""facts": {"card.issuedOn": "2025-09-10", "card.expiresOn": "2028-09-30"}}"# + "\n"
    return range.flatMap { Array("{\"id\": \($0), \($0 % 10 == 0 ? long : "")\(facts)".utf8) }
  }

  @Test("A hundred thousand verdicts come in the order of their lines")
  func order() async throws {
    let folder = try Folder()
    let process = try start("--brief", "--jobs", "8", in: folder)
    var next = 0
    for begin in stride(from: 0, to: 100_000, by: 20_000) {
      let answer = try process.exchange(lines(begin..<begin + 20_000), forLines: 20_000)
      for line in PipedProcess.lines(of: answer) {
        guard line.hasPrefix("{\"schema\":\"cps-preflight/verdict/1\",\"id\":\(next),\"line\":\(next + 1),")
        else {
          Issue.record("\(next): \(line)")
          return
        }
        next += 1
      }
    }
    #expect(next == 100_000)
    process.closeInput()
    #expect(process.finish() == 0)
  }

  @Test("A line is answered as soon as it is there: a program may ask and wait")
  func conversation() async throws {
    let folder = try Folder()
    let process = try start(in: folder)
    for turn in 0..<50 {
      let answer = try process.exchange(lines(turn..<turn + 1), forLines: 1)
      #expect(String(decoding: answer, as: UTF8.self).contains("\"id\":\(turn),"))
    }
    process.closeInput()
    #expect(process.finish() == 0)
  }

  @Test("Ten times the lines take no more memory")
  func memory() async throws {
    let folder = try Folder()
    let process = try start("--jobs", "4", in: folder)
    let batch = lines(0..<2000)
    for _ in 0..<2 { _ = try process.exchange(batch, forLines: 2000) }
    let before = try process.peakMemory()
    for _ in 0..<20 { _ = try process.exchange(batch, forLines: 2000) }
    let after = try process.peakMemory()
    process.closeInput()
    #expect(process.finish() == 0)
    #expect(after < before + 16 * 1024, "\(before) KiB, then \(after) KiB")
  }

  @Test("Where nobody reads the verdicts, nobody reads the facts; then all comes")
  func backPressure() async throws {
    let folder = try Folder()
    let process = try start("--jobs", "2", in: folder)
    let batch = lines(0..<1000)
    var taken = 0
    // Until it waits to write and reads no more.
    while taken < 64 << 20 {
      let more = max(0, process.offer(batch[(taken % batch.count)...]))
      taken += more
      if more == 0, !process.takesMore(within: 200), process.isWaitingToWrite { break }
    }
    #expect(taken < 4 << 20, "\(taken) bytes were taken and nobody read a verdict")
    process.closeInput()
    var verdicts = 0
    while case let piece = try process.read(), !piece.isEmpty {
      verdicts += piece.count { $0 == UInt8(ascii: "\n") }
    }
    let rest = batch[..<(taken % batch.count)]
    let cutOff = rest.isEmpty || rest.last == UInt8(ascii: "\n") ? 0 : 1
    #expect(verdicts == taken / batch.count * 1000 + rest.count { $0 == UInt8(ascii: "\n") } + cutOff)
    #expect(process.finish() == (cutOff == 1 ? 65 : 0))
  }

  @Test("74 at once when the reader of the verdicts goes away, with the input still open and silent")
  func readerGone() async throws {
    let folder = try Folder()
    let process = try start(in: folder)
    _ = try process.exchange(lines(0..<3), forLines: 3)
    process.closeOutput()
    #expect(process.finish() == 74)
  }

  @Test("And in the middle of endless input")
  func endless() async throws {
    let run = try await BuiltProgram.shell(
      "yes '{\"facts\": {}}' | { $P evaluate --lang en; echo $? >&2; } | head -n 5 >/dev/null")
    #expect(run.errors.hasSuffix("Broken pipe\n74\n"), "\(run)")
  }

  @Test("A terminal is shown how far it is, and left clean")
  func progress() async throws {
    let process = try ChildProcess(
      [BuiltProgram.path, "evaluate", "--lang", "en", "--brief"],
      environment: ["LANG": "C.UTF-8", "TERM": "xterm"], errors: .terminal)
    process.type("{\"facts\": {}}\n")
    _ = try process.read(until: "\n")
    let shown = try process.readTerminal(until: "not ready, 0 malformed")
    #expect(shown.contains("\r1 lines, "), "\(shown)")
    process.type("\u{4}")
    let end = try process.readTerminal(until: "undecided – ")
    #expect(end.contains("\r\u{1B}[K1 line in "), "\(end)")
    #expect(process.finish() == 1)
  }
}
