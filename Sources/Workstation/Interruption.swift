import Glibc
import PluginHost
package import Preflight

/// Ctrl-C and SIGTERM while the program waits for something: they end it, and the programs that it runs.
package enum Interruption {
  /// From now on either ends the program at once, with a line that says so and the code that shells give to it:
  /// 130 and 143.
  ///
  /// A signal that whoever started the program wants ignored (`nohup`, a job in the background) stays so.
  ///
  /// - Parameter isTold: whether to say so, where an end without a verdict needs a word.
  package static func endsProgram(in language: Language, saying isTold: Bool = true) {
    RunningGroups.prepare()
    var action = sigaction()
    action.__sigaction_handler.sa_handler =
      !isTold ? endSilently : language == .french ? endInFrench : endInEnglish
    for signal in [SIGINT, SIGTERM] where !InheritedSignals.isIgnored(signal) {
      sigaction(signal, &action, nil)
    }
  }

  /// While the terminal does not show what is typed, either turns that on again before it ends the program.
  package static func endsProgramShowingInput() {
    RunningGroups.prepare()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = endShowingInput
    for signal in [SIGINT, SIGTERM] where !InheritedSignals.isIgnored(signal) {
      sigaction(signal, &action, nil)
    }
  }

  // Handlers may only do what is safe at any moment (signal-safety(7)): write(2), tcsetattr(3) and _exit(2) are, and nothing
  // that allocates. A thread that hangs inside a library holds up neither.
  private typealias Handler = @convention(c) (Int32) -> Void

  private static let endInFrench: Handler = { signal in
    end(signal, "cps-preflight: interrompu, rien n'est jugé\n")
  }

  private static let endInEnglish: Handler = { signal in
    end(signal, "cps-preflight: interrupted, nothing is judged\n")
  }

  private static let endSilently: Handler = { signal in end(signal, "") }

  private static let endShowingInput: Handler = { signal in
    var settings = termios()
    if tcgetattr(STDIN_FILENO, &settings) == 0 {
      settings.c_lflag |= tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
    end(signal, "\n")
  }

  private static func end(_ signal: Int32, _ words: StaticString) {
    _ = Glibc.write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
    RunningGroups.end(exitingWith: 128 + signal)
  }
}
