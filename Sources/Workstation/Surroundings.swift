import Glibc
package import Preflight

/// What the environment says about the user.
package enum Surroundings {
  /// The language of the locale. French if the program does not support that language.
  package static var language: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = variable(name), !value.isEmpty else { continue }
      return Language(rawValue: String(value.prefix { $0 != "_" && $0 != "." && $0 != "@" })) ?? .french
    }
    return .french
  }

  /// Returns whether the descriptor is a terminal and colours are wanted (<https://no-color.org>).
  package static func wantsColour(on descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }

  /// Returns how many columns the terminal has that the descriptor writes to. Nil if it is not a terminal, or
  /// does not say; the variable `COLUMNS` then counts.
  package static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return variable("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The present time by the workstation's clock.
  package static var now: Moment { Moment(secondsSince1970: time(nil)) }

  /// Whether to show progress on standard error, on a line that is overwritten: it is a terminal, and the results
  /// go elsewhere.
  package static var wantsProgress: Bool {
    isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0 && variable("TERM") != "dumb"
  }

  /// The number of available processor cores, at least 1.
  package static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
