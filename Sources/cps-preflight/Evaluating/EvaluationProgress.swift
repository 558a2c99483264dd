import Glibc
import Preflight
import Reports
import Synchronization
import Workstation

/// Tells on standard error how far a stream is, where somebody looks, and in the end what came out.
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

  /// - Parameter isQuiet: whether to tell nothing, unless nothing was judged.
  init(_ tally: EvaluationTally, _ summary: EvaluationSummary, isQuiet: Bool) {
    self.isQuiet = isQuiet
    isShown = !isQuiet && Surroundings.wantsProgress
    self.summary = summary
    state = Mutex(State(tally: tally))
  }

  /// Counts what a block of lines came to.
  ///
  /// - Parameter bytesRead: how far the input was read for it.
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

  /// Leaves the terminal as it was.
  func interrupt() {
    state.withLock { state in
      if state.lastShown != nil { say("\r\u{1B}[K") }
      state.lastShown = nil
    }
  }

  /// Tells what came out; the exit code of it.
  func conclude() -> ExitCode {
    interrupt()
    return state.withLock { state in
      if !isQuiet || state.tally.lines == 0 {
        say(summary.text(of: state.tally, after: start.duration(to: .now)))
      }
      return state.tally.exitCode
    }
  }

  /// What cannot be decided changes nothing: the verdicts and the exit code tell.
  private func say(_ text: String) { try? FileWriting.write(text, to: STDERR_FILENO) }
}
