import ArgumentParser
import Preflight
import Reports
import VerdictFile

extension Use: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

extension CivilDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ByteCount: ExpressibleByArgument {
  public init?(argument: String) { self.init(notation: argument) }
}

extension Label: ExpressibleByArgument {
  package init?(argument: String) { self.init(notation: argument) }
}

/// A wait or a timeout of the command line, such as `10s`: an hour at most.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(notation: argument, atMost: .longestWait) else { return nil }
    self.duration = duration
  }

  init(_ duration: Duration) { self.duration = duration }

  var defaultValueDescription: String { duration.notation }
}

/// How old something may be, on the command line: `5m`, `30d`, without a limit.
struct AgeArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(notation: argument) else { return nil }
    self.duration = duration
  }

  init(_ duration: Duration) { self.duration = duration }

  var defaultValueDescription: String { duration.notation }
}
