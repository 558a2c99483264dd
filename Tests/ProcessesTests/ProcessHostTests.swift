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

  @Test(
    "One that answers in a line need not end to have answered; without the line its end counts",
    arguments: [
      ("read word; echo $word; exec sleep 600", "asked\n"), ("echo begun; exec sleep 600", "begun\n"),
      ("printf cut", "cut"), ("printf cut; exit 3", "ended(status: 3)"), ("kill -9 $$", "killed(signal: 9)"),
      ("printf cut; exec sleep 600", "timeout"),
    ])
  func lines(line: String, expected: String) async {
    let program = StartedProgram(["-c", line], answersInALine: true) { [shell] in .success(shell) }
    let time = Duration.milliseconds(expected == "timeout" ? 100 : 20_000)
    do throws(ProcessHost.Failure) {
      let answer = try await program.answer(to: Array("asked\n".utf8), within: time)
      #expect(String(decoding: answer.output, as: UTF8.self) == expected)
    } catch {
      #expect("\(error.fault)" == expected)
    }
    await program.end()
  }

  @Test("One that was started and is not asked can be ended, also where it could not be started")
  func unasked() async {
    let sleeping = StartedProgram(["-c", "exec sleep 600"]) { [shell] in .success(shell) }
    await sleeping.end()
    await StartedProgram([]) { .failure(.missing) }.end()
  }

  @Test("A status that says something is given with what was written, and the end of the errors")
  func status() async throws {
    let answer = try await shell.run(["-c", "echo out; echo words >&2; exit 7"], within: .seconds(20))
    #expect(answer.status == 7)
    #expect(String(decoding: answer.output, as: UTF8.self) == "out\n")
    #expect(answer.errors == "words\n")
  }
}
