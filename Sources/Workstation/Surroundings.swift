import Glibc
package import Preflight

/// What the environment says of the person the program speaks to.
package enum Surroundings {
  /// The language of the locale, French where it says none that the program speaks.
  package static var language: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = variable(name), !value.isEmpty else { continue }
      return Language(rawValue: String(value.prefix { $0 != "_" && $0 != "." && $0 != "@" })) ?? .french
    }
    return .french
  }

  /// Whether that descriptor is a terminal on which colours are welcome (<https://no-color.org>).
  package static func wantsColour(on descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }

  /// The moment now, by the workstation's clock.
  package static var now: Moment { Moment(secondsSince1970: time(nil)) }

  /// Whether a line on standard error may be written over again and again: it is a terminal, and the results go
  /// elsewhere.
  package static var wantsProgress: Bool {
    isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0 && variable("TERM") != "dumb"
  }

  /// How many processor cores there are.
  package static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
