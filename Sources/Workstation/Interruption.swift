import Processes
import Glibc
import PluginHost
package import Preflight
import Synchronization

/// Signals that end the program: it puts the terminal in order, ends the programs that it runs, and exits with the code that
/// shells give to such an end, 128 and the signal's number.
package enum Interruption {
  /// What is said when a signal ends the program.
  package enum Words: Int, Sendable {
    case nothing
    /// There is no verdict.
    case notJudged
    /// Some lines of a stream have a verdict, others have none.
    case notAllJudged
  }

  /// Every signal that ends a process by default and is neither the mark of a crash nor cannot be handled (signal(7)).
  private static let ending: [Int32] = [
    SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF,
    SIGIO,
    SIGPWR,
  ]

  /// Handles signals from now on as this program wants them.
  ///
  /// A signal that was ignored when the program was started (`nohup`, a job in the background) stays so. Writing where
  /// nobody reads any more, or beyond the limit of a file's size, is an error to report (74), not a signal to die of.
  package static func takeSignals() {
    RunningPrograms.prepare()
    _ = words.load(ordering: .relaxed)
    _ = hiddenEcho.load(ordering: .relaxed)
    _ = promptLanguage.load(ordering: .relaxed)
    for signal in [SIGPIPE, SIGXFSZ] { Glibc.signal(signal, SIG_IGN) }
    for signal in ending { handle(signal, by: endProgram) }
  }

  /// What to say from now on.
  package static func endsProgram(in language: Language, saying said: Words = .notJudged) {
    words.store(said.rawValue << 1 | (language == .french ? 1 : 0), ordering: .relaxed)
  }

  // Handlers may only do what is safe at any moment (signal-safety(7)): write(2), tcsetattr(3) and _exit(2) are, and nothing
  // that allocates. A thread that hangs inside a library holds up neither. All they know is in these atomics.
  private typealias Handler = @convention(c) (Int32) -> Void

  /// ``Words`` and, in the lowest bit, whether in French.
  private static let words = Atomic<Int>(0)
  /// While the terminal does not show what is typed: ``isHidden``, and the flags of the terminal from before.
  private static let hiddenEcho = Atomic<UInt64>(0)
  private static let promptLanguage = Atomic<Int>(0)
  /// Whether Ctrl-Z stopped the program, and nobody has asked again since.
  private static let isStopped = Atomic<Bool>(false)
  private static let isHidden: UInt64 = 1 << 32
  /// The flags that matter: whether what is typed is shown, and whether the end of a line is.
  private static let echoFlags = tcflag_t(ECHO | ECHONL)

  private static func handle(_ signal: Int32, by handler: @escaping Handler) {
    guard !InheritedSignals.isIgnored(signal) else { return }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = SA_RESTART
    // The end comes first: `kill %1` of a stopped job sends SIGTERM and SIGCONT.
    if signal != SIGTSTP, signal != SIGCONT { sigfillset(&action.sa_mask) }
    sigaction(signal, &action, nil)
  }

  private static let endProgram: Handler = { signal in
    if restoreEcho() {
      say("\n")
    } else {
      switch words.load(ordering: .relaxed) {
      case Words.notJudged.rawValue << 1: say("cps-preflight: interrupted, nothing is judged\n")
      case Words.notJudged.rawValue << 1 | 1: say("cps-preflight: interrompu, rien n’est jugé\n")
      case Words.notAllJudged.rawValue << 1: say("cps-preflight: interrupted, not every line is judged\n")
      case Words.notAllJudged.rawValue << 1 | 1:
        say("cps-preflight: interrompu, toutes les lignes ne sont pas jugées\n")
      default: break
      }
    }
    RunningPrograms.end(exitingWith: 128 + signal)
  }

  private static func say(_ words: StaticString) {
    _ = Glibc.write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
  }
}

// MARK: - The terminal while it does not show what is typed

extension Interruption {
  /// Has the terminal on standard input no longer show what is typed, and writes the prompt. Returns whether that was done.
  ///
  /// Until ``showInput()``, every signal that ends the program turns the echo on again before, and so does Ctrl-Z, which
  /// stops it; when it goes on, the echo is turned off and the prompt written again.
  static func hideInput(asking language: Language) -> Bool {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return false }
    promptLanguage.store(language == .french ? 1 : 0, ordering: .relaxed)
    // Known before it is done: a signal in between restores what was never changed.
    hiddenEcho.store(isHidden | UInt64(settings.c_lflag & echoFlags), ordering: .sequentiallyConsistent)
    handle(SIGTSTP, by: stopProgram)
    handle(SIGCONT, by: goOn)
    guard turnEchoOff() else {
      showInput()
      return false
    }
    ask()
    return true
  }

  /// The terminal is as it was.
  static func showInput() {
    restoreEcho(discardingInput: true)
    hiddenEcho.store(0, ordering: .sequentiallyConsistent)
    for signal in [SIGTSTP, SIGCONT] where !InheritedSignals.isIgnored(signal) {
      Glibc.signal(signal, SIG_DFL)
    }
  }

  private static func turnEchoOff() -> Bool {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return false }
    settings.c_lflag &= ~tcflag_t(ECHO)
    settings.c_lflag |= tcflag_t(ECHONL)
    // What was typed before it was asked for is no code.
    return tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0
  }

  /// Returns whether there was something to restore.
  @discardableResult
  private static func restoreEcho(discardingInput: Bool = false) -> Bool {
    let hidden = hiddenEcho.load(ordering: .sequentiallyConsistent)
    guard hidden & isHidden != 0 else { return false }
    // In the background the terminal is another program's, and ours was restored when we were stopped.
    let foreground = tcgetpgrp(STDIN_FILENO)
    guard foreground < 0 || foreground == getpgrp() else { return true }
    var settings = termios()
    if tcgetattr(STDIN_FILENO, &settings) == 0 {
      settings.c_lflag = settings.c_lflag & ~echoFlags | tcflag_t(truncatingIfNeeded: hidden) & echoFlags
      tcsetattr(STDIN_FILENO, discardingInput ? TCSAFLUSH : TCSANOW, &settings)
    }
    return true
  }

  private static func ask() {
    if promptLanguage.load(ordering: .relaxed) == 1 {
      say("Code porteur (vide : sans) : ")
    } else {
      say("Code porteur (empty: none): ")
    }
  }

  private static let stopProgram: Handler = { signal in
    let failure = errno
    restoreEcho()
    isStopped.store(true, ordering: .sequentiallyConsistent)
    // Stops the program as if it had never handled the signal.
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
    var stopping = sigset_t()
    sigemptyset(&stopping)
    sigaddset(&stopping, signal)
    pthread_sigmask(SIG_UNBLOCK, &stopping, nil)
    // Continued: ``goOn`` has been called, or is being called by another thread. Unless the system stops no process of a
    // group that no shell looks after.
    if isStopped.load(ordering: .sequentiallyConsistent) { goOn(SIGCONT) }
    errno = failure
  }

  private static let goOn: Handler = { _ in
    let failure = errno
    let wasStopped = isStopped.exchange(false, ordering: .sequentiallyConsistent)
    if hiddenEcho.load(ordering: .sequentiallyConsistent) & isHidden != 0 {
      // Asked once each time it goes on: asking again would throw away what was typed since. SIGSTOP says nothing
      // beforehand, but whoever took the terminal meanwhile shows what is typed.
      var settings = termios()
      if wasStopped
        || (tcgetattr(STDIN_FILENO, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0)
      {
        handle(SIGTSTP, by: stopProgram)
        if turnEchoOff() { ask() }
      }
    }
    errno = failure
  }
}
