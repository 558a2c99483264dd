import Preflight
import Workstation

/// How to report the end of a run without a result: in which language, and whether to a monitoring system as well.
struct Reply {
  let language: Language
  /// Whether `--nagios-exit` was given: the run then ends with UNKNOWN and one line, as a monitoring system would
  /// misread any other code.
  let isForNagios: Bool

  /// - Parameter language: the language given on the command line; that of the locale if `nil`.
  init(in language: Language?, isForNagios: Bool = false) {
    self.language = language ?? Surroundings.language
    self.isForNagios = isForNagios
  }

  /// Makes the reply to a command line that could not be parsed, from the parts that can be recognised.
  init(toUnread arguments: [String]) {
    self.init(
      in: CommandOption.language.firstValue(in: arguments),
      isForNagios: arguments.first == "check" && CommandFlag.nagiosExit.isWritten(in: arguments))
  }
}

extension CheckOptions {
  /// How to report a failure.
  var reply: Reply { Reply(in: language, isForNagios: nagiosExit) }
}
