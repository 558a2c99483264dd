import Processes
import Glibc
import PluginHost
package import Preflight
import Synchronization

/// Handles the signals that end the program: it restores the terminal, ends the programs that it runs, and exits
/// with the code that shells report for a signal, 128 plus the signal's number.
package enum Interruption {
  /// What to report when a signal ends the program.
  package enum Words: Int, Sendable {
    case nothing
    /// There is no verdict.
    case notJudged
    /// Some lines of a stream have a verdict, but not all.
    case notAllJudged
  }

  /// All signals that end a process by default, except those of a crash (``ThreadSupply/crashes``) and those that cannot be handled (signal(7)).
  private static let ending: [Int32] = [
    SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF,
    SIGIO,
    SIGPWR,
  ]

  /// Installs the signal handlers of this program.
  ///
  /// A signal that was ignored when the program was started (`nohup`, a background job) stays ignored. Writing to a
  /// closed pipe or beyond the file size limit is reported as an error (74) instead of ending the program with a
  /// signal.
  package static func takeSignals() {
    RunningPrograms.prepare()
    _ = words.load(ordering: .relaxed)
    _ = hiddenEcho.load(ordering: .relaxed)
    _ = promptLanguage.load(ordering: .relaxed)
    for signal in [SIGPIPE, SIGXFSZ] { Glibc.signal(signal, SIG_IGN) }
    for signal in ending { handle(signal, by: endProgram) }
    // SA_RESETHAND | SA_ONSTACK: a crash while it is being reported ends the process by the signal itself.
    for signal in ThreadSupply.crashes {
      handle(signal, by: reportCrash, flags: Int32(bitPattern: 0x8800_0000))
    }
  }

  /// Sets the language and the message for a signal that ends the program.
  package static func endsProgram(in language: Language, saying said: Words = .notJudged) {
    words.store(said.rawValue << 1 | (language == .french ? 1 : 0), ordering: .relaxed)
  }

  // Handlers may only call async-signal-safe functions (signal-safety(7)), such as write(2), tcsetattr(3) and
  // _exit(2), and must not allocate. A thread that hangs inside a library does not delay them. Everything they need
  // is in these atomics.
  private typealias Handler = @convention(c) (Int32) -> Void

  /// ``Words``, and in the lowest bit whether to use French.
  private static let words = Atomic<Int>(0)
  /// While input is hidden: ``isHidden`` and the original flags of the terminal.
  private static let hiddenEcho = Atomic<UInt64>(0)
  private static let promptLanguage = Atomic<Int>(0)
  /// Whether Ctrl-Z stopped the program and the prompt has not been shown again since.
  private static let isStopped = Atomic<Bool>(false)
  private static let isHidden: UInt64 = 1 << 32
  /// The flags that are changed: whether input is shown, and whether line ends are.
  private static let echoFlags = tcflag_t(ECHO | ECHONL)

  private static func handle(_ signal: Int32, by handler: @escaping Handler, flags: Int32 = SA_RESTART) {
    guard !InheritedSignals.isIgnored(signal) else { return }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = flags
    // Ending takes precedence: `kill %1` on a stopped job sends SIGTERM and SIGCONT.
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

  /// Ends the program with the code of an internal error: the terminal shows again what is typed, neither a core dump nor a
  /// report of Swift's runtime holds what was in memory, and a caller that reads exit codes finds it in the table.
  private static let reportCrash: Handler = { _ in
    restoreEcho()
    say(
      words.load(ordering: .relaxed) & 1 == 1
        ? "cps-preflight: erreur interne (plantage), rien n’est jugé ; signaler l’anomalie\n"
        : "cps-preflight: internal error (crash), nothing is judged; report a bug\n")
    RunningPrograms.end(exitingWith: 70)
  }

  private static func say(_ words: StaticString) {
    _ = Glibc.write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
  }
}

// MARK: - The terminal while it does not show what is typed

extension Interruption {
  /// Hides what is typed at the terminal on standard input, and writes the prompt. Returns whether that was
  /// possible.
  ///
  /// Until ``showInput()``, signals that end or stop the program restore the echo first. When a stopped program
  /// continues, the echo is turned off and the prompt is written again.
  static func hideInput(asking language: Language) -> Bool {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return false }
    promptLanguage.store(language == .french ? 1 : 0, ordering: .relaxed)
    // Stored before the change: a signal in between then restores what was not changed yet, which is harmless.
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

  /// Restores the terminal.
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
    // Anything typed before the prompt is discarded.
    return tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0
  }

  /// Returns whether the terminal had to be restored.
  @discardableResult
  private static func restoreEcho(discardingInput: Bool = false) -> Bool {
    let hidden = hiddenEcho.load(ordering: .sequentiallyConsistent)
    guard hidden & isHidden != 0 else { return false }
    // In the background the terminal belongs to another program, and it was restored when this program was stopped.
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
    // Stops the program as if it had no handler.
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
    var stopping = sigset_t()
    sigemptyset(&stopping)
    sigaddset(&stopping, signal)
    pthread_sigmask(SIG_UNBLOCK, &stopping, nil)
    // Continued: ``goOn`` has been called, or is being called by another thread. The exception is a process group
    // that no shell controls, whose processes the system does not stop.
    if isStopped.load(ordering: .sequentiallyConsistent) { goOn(SIGCONT) }
    errno = failure
  }

  private static let goOn: Handler = { _ in
    let failure = errno
    let wasStopped = isStopped.exchange(false, ordering: .sequentiallyConsistent)
    if hiddenEcho.load(ordering: .sequentiallyConsistent) & isHidden != 0 {
      // The prompt is written once each time the program continues: writing it again would discard what was typed
      // since. SIGSTOP gives no warning, but the program that took over the terminal shows what is typed.
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
