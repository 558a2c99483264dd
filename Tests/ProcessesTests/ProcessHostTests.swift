import Preflight
import Processes
import Testing

@Suite("A program is run under a deadline, and what it leaves is known")
struct ProcessHostTests {
  private let shell = ProcessHost(path: "/bin/sh", environment: ["PATH": "/usr/bin:/bin", "ONLY": "this"])

  /// Returns how a line of shell ended: its output, or the fault.
  private func ending(
    _ line: String, request: String = "", within deadline: Duration = .seconds(20)
  ) async -> String {
    do throws(ProcessHost.Failure) {
      let answer = try await shell.answer(["-c", line], to: Array(request.utf8), within: deadline)
      return String(decoding: answer.output, as: UTF8.self)
    } catch {
      return "\(error.fault)"
    }
  }

  @Test("It gets the request on standard input, to its end")
  func request() async { #expect(await ending("cat", request: "one\ntwo") == "one\ntwo") }

  @Test("A request that it does not read is no error of ours")
  func unread() async {
    #expect(await ending("exec <&-; echo done", request: String(repeating: "x", count: 1 << 20)) == "done\n")
  }

  @Test("Its environment is the one given, and nothing of this process's")
  func environment() async {
    #expect(await ending("/usr/bin/env | grep -c -e HOME -e USER; echo $ONLY") == "0\nthis\n")
  }

  @Test(
    "How it ends badly is told",
    arguments: [
      ("exit 3", "ended(status: 3)"), ("kill -9 $$", "killed(signal: 9)"),
      ("yes", "tooMuchOutput"),
    ])
  func faults(line: String, expected: String) async { #expect(await ending(line) == expected) }

  @Test("At its deadline it is ended")
  func late() async { #expect(await ending("sleep 600", within: .milliseconds(100)) == "timeout") }

  @Test("A program that is not there")
  func missing() async {
    let host = ProcessHost(path: "/nonexistent", environment: [:])
    do throws(ProcessHost.Failure) {
      _ = try await host.answer([], to: [], within: .seconds(20))
      Issue.record("it was found")
    } catch {
      #expect(error.fault == .missing)
    }
  }

  @Test("A status that says something is given with what was written, and the end of the errors")
  func status() async throws {
    let answer = try await shell.run(["-c", "echo out; echo words >&2; exit 7"], within: .seconds(20))
    #expect(answer.status == 7)
    #expect(String(decoding: answer.output, as: UTF8.self) == "out\n")
    #expect(answer.errors == "words\n")
  }
}
