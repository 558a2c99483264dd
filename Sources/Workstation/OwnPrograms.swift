import Preflight
import Processes
import Synchronization

/// The programs of this product that run: those that were started and not asked yet, and those that were asked and may not have
/// ended.
final class OwnPrograms: Sendable {
  /// What a program is started with; only a caller who would have started it likewise may ask it.
  struct Launch: Hashable {
    let program: String
    let arguments: [String]
    let reach: ProgramReach
  }

  private struct State {
    var unasked: [Launch: StartedProgram] = [:]
    var asked: [StartedProgram] = []
  }

  private let state = Mutex(State())

  /// Starts a program, unless it waits already.
  func start(_ launch: Launch, _ start: (Launch) -> StartedProgram) {
    state.withLock { state in
      if state.unasked[launch] == nil { state.unasked[launch] = start(launch) }
    }
  }

  /// Returns the program that waits to be asked, or a new one.
  func take(_ launch: Launch, _ start: (Launch) -> StartedProgram) -> StartedProgram {
    state.withLock { state in
      let program = state.unasked.removeValue(forKey: launch) ?? start(launch)
      state.asked.append(program)
      return program
    }
  }

  /// Ends all. When it returns, none is running.
  func end() async {
    let running = state.withLock { state in
      defer { state = State() }
      return state.asked + state.unasked.values
    }
    for program in running { await program.end() }
  }
}
