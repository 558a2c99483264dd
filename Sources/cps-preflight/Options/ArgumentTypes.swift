import ArgumentParser
import Preflight

extension Use: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

extension CivilDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ByteCount: ExpressibleByArgument {
  public init?(argument: String) { self.init(notation: argument) }
}

/// A duration of the command line, such as `10s`.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(notation: argument) else { return nil }
    self.duration = duration
  }

  init(_ duration: Duration) { self.duration = duration }

  var defaultValueDescription: String { "\(duration.milliseconds / 1000)s" }
}
