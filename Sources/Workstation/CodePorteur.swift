package import Preflight
package import Processes
import Synchronization

/// The code porteur of a run: given beforehand, or asked for at the terminal, once, when a card needs it.
package final class CodePorteur: Sendable {
  private enum State {
    case given(SecretBytes)
    /// Nobody was asked yet.
    case toBeAsked(Language)
    case none
    case refused(CodePorteurInput.Fault)
  }

  private let state: Mutex<State>

  /// - Parameter code: the code that the caller gave; nil if there is none, and nobody is asked.
  package init(_ code: SecretBytes? = nil) { state = Mutex(code.map { .given($0) } ?? .none) }

  /// Creates a code that the person at the terminal is asked for when it is needed.
  package init(askingIn language: Language) { state = Mutex(.toBeAsked(language)) }

  /// The code; nil if there is none yet.
  package var bytes: SecretBytes? {
    state.withLock { if case .given(let code) = $0 { code } else { nil } }
  }

  /// Why what was typed is not used; nil if it is, or if nothing was typed.
  package var refusal: CodePorteurInput.Fault? {
    state.withLock { if case .refused(let fault) = $0 { fault } else { nil } }
  }

  /// Asks for the code if that is still to be done. Returns false if what was typed is not a code.
  func ask() async -> Bool {
    guard case .toBeAsked(let language) = state.withLock({ $0 }) else { return refusal == nil }
    let typed = await BlockingCall.running {
      Result { () throws(CodePorteurInput.Fault) in try CodePorteurInput.ask(in: language) }
    }
    state.withLock { state in
      switch typed {
      case .success(let code): state = code.map { .given($0) } ?? .none
      case .failure(let fault): state = .refused(fault)
      }
    }
    return refusal == nil
  }
}
