import Processes
import Glibc
import Preflight

/// A plugin's program: a file that was examined, and how it is run.
package struct PluginProgram: Sendable {
  package let file: PluginFile
  private let environment: [String: String]
  /// Told what it wrote on standard error, whatever became of it.
  private let listener: (@Sendable (String) -> Void)?

  /// - Parameter variables: those of our environment that it may see, besides PATH, LANG and TZ.
  package init(
    _ file: PluginFile, variables: [String] = [], listener: (@Sendable (String) -> Void)? = nil
  ) {
    self.file = file
    self.listener = listener
    var environment = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"]
    for name in ["LANG", "TZ"] + variables {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    self.environment = environment
  }

  /// The same program, seeing more of our environment.
  package func seeing(_ variables: [String]) -> PluginProgram {
    PluginProgram(file, variables: variables, listener: listener)
  }

  /// Runs it, and returns what it wrote on standard output.
  ///
  /// The file is examined before and after: between the two, only root and the user themselves could have exchanged it.
  ///
  /// - Parameter confidences: what must not be seen of what it writes on standard error.
  package func answer(
    _ arguments: [String], to request: [UInt8], concealing confidences: [String] = [],
    within deadline: Duration
  ) async throws(PluginFault) -> [UInt8] {
    try file.requireUnchanged()
    let host = ProcessHost(path: file.path, environment: environment)
    let answer: ProcessHost.Answer
    do throws(ProcessHost.Failure) {
      answer = try await host.answer(arguments, to: request, within: deadline)
    } catch {
      let words = heard(error.errors, concealing: confidences)
      throw PluginFault(file.path, .failed(error.fault, lastWords: Self.lastLine(of: words)))
    }
    _ = heard(answer.errors, concealing: confidences)
    try file.requireUnchanged()
    return answer.output
  }

  /// What it wrote on standard error, as it may be shown; the listener is told.
  private func heard(_ errors: String, concealing confidences: [String]) -> String {
    guard !errors.isEmpty else { return errors }
    let words = Text(Self.whole(errors), concealing: confidences).rendered(in: .english, .masked)
    listener?(words)
    return words
  }

  /// The words without the first line, where only the end of standard error was kept: half of a value cannot be told
  /// from other words.
  private static func whole(_ errors: String) -> String {
    guard errors.utf8.count >= ProcessExchange.errorsKept else { return errors }
    let scalars = errors.unicodeScalars
    guard let end = scalars.firstIndex(of: "\n") else { return "…" }
    return "…" + String(scalars[end...])
  }

  /// The last line that says something, cut where it is long.
  static func lastLine(of text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } } ?? ""
    return line.count > 200 ? line.prefix(200) + "…" : String(line)
  }
}
