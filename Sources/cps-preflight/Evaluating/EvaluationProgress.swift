import Glibc
import Preflight
import Reports
import Synchronization
import Workstation

/// Shows the progress of a stream on standard error, if it is a terminal, and the result at the end.
final class EvaluationProgress: Sendable {
  private let summary: EvaluationSummary
  private let start = ContinuousClock.now
  private let isShown: Bool
  private let isQuiet: Bool
  private let size = LineInput.size
  private let state: Mutex<State>

  private struct State {
    var tally: EvaluationTally
    var lastShown: ContinuousClock.Instant?
  }

  /// - Parameter isQuiet: whether to write nothing, unless nothing was judged.
  init(_ tally: EvaluationTally, _ summary: EvaluationSummary, isQuiet: Bool) {
    self.isQuiet = isQuiet
    isShown = !isQuiet && Surroundings.wantsProgress
    self.summary = summary
    state = Mutex(State(tally: tally))
  }

  /// Adds the results of a block of lines.
  ///
  /// - Parameter bytesRead: how many bytes of the input have been read.
  func add(_ tally: EvaluationTally, bytesRead: Int) {
    state.withLock { state in
      state.tally.add(tally)
      guard isShown else { return }
      let now = ContinuousClock.now
      if let last = state.lastShown, last.duration(to: now) < .milliseconds(100) { return }
      state.lastShown = now
      let share = size.map { Double(bytesRead) / Double(max(1, $0)) }
      say("\r\(summary.progress(of: state.tally, after: start.duration(to: now), share: share))\u{1B}[K")
    }
  }

  /// Restores the terminal.
  func interrupt() {
    state.withLock { state in
      if state.lastShown != nil { say("\r\u{1B}[K") }
      state.lastShown = nil
    }
  }

  /// Writes the summary, and returns the exit code.
  func conclude() -> ExitCode {
    interrupt()
    return state.withLock { state in
      if !isQuiet || state.tally.lines == 0 {
        say(summary.text(of: state.tally, after: start.duration(to: .now)))
      }
      return state.tally.exitCode
    }
  }

  /// A failure to write is ignored: the verdicts and the exit code are what counts.
  private func say(_ text: String) { try? FileWriting.write(text, to: STDERR_FILENO) }
}
