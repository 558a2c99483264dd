import Glibc
import Preflight
import Reports
import Workstation

/// A run that ends without a verdict, and was asked for `--nagios-exit`: one line, and UNKNOWN.
///
/// Any other code would be misread: 64 and above are out of bounds to a monitoring system.
struct NagiosFault {
  /// Nothing where that was not asked; from the bare arguments, which may be what is wrong.
  init?(_ arguments: [String]) {
    guard arguments.first == "check", arguments.contains(where: { $0.hasPrefix("--nagios-exit") }) else {
      return nil
    }
  }

  /// Says the first line of the words on standard output; where even that fails, the exit code still tells.
  func tell(_ words: String?) -> Preflight.ExitCode {
    let status = NagiosReport.Status.unknown
    if let line = words?.split(separator: "\n").first {
      try? FileWriting.write(status.line(String(line)), to: STDOUT_FILENO)
    }
    return status.exitCode
  }
}
