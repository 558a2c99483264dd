import Processes
import Glibc
package import Preflight

/// The program of a plugin: an examined file and the environment that it runs in.
package struct PluginProgram: Sendable {
  /// The file, as it was examined.
  package let file: PluginFile
  private let environment: [String: String]
  private let writes: [String]?
  private let othersWrite: [String]
  /// Called with what the program wrote on standard error, whatever the result.
  private let listener: (@Sendable (String) -> Void)?

  /// - Parameters:
  ///   - variables: the names of the environment variables that it may see, in addition to PATH, LANG, TZ and TMPDIR.
  ///   - writes: the folders in which it may write, besides that of TMPDIR; nil if it may do so wherever the user may.
  ///   - othersWrite: the folders in which other plugins may write.
  package init(
    _ file: PluginFile, variables: [String] = [], writes: [String]? = nil, othersWrite: [String] = [],
    listener: (@Sendable (String) -> Void)? = nil
  ) {
    self.file = file
    self.writes = writes
    self.othersWrite = othersWrite
    self.listener = listener
    var environment = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"]
    for name in ["LANG", "TZ"] + variables {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    self.environment = environment
  }

  /// Returns the same program with these environment variables visible to it.
  package func seeing(_ variables: [String]) -> PluginProgram {
    PluginProgram(file, variables: variables, writes: writes, othersWrite: othersWrite, listener: listener)
  }

  /// Runs the program and returns its standard output.
  ///
  /// The file is examined before and after: in between, only root and the user could have replaced it.
  ///
  /// - Throws: `PluginFault` if the file has changed or the program gives no answer in time.
  package func answer(
    _ arguments: [String], to request: [UInt8], concealing confidences: Concealment = [],
    within deadline: Duration
  ) async throws(PluginFault) -> [UInt8] {
    try file.requireUnchanged()
    let host = ProcessHost(
      path: file.path, environment: environment, confinement: .plugin(writing: writes, besides: othersWrite))
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

  /// Returns the standard error in a form that is safe to show, and calls the listener with it.
  private func heard(_ errors: String, concealing confidences: Concealment) -> String {
    guard !errors.isEmpty else { return errors }
    let words = Text(Self.whole(errors), concealing: confidences).rendered(in: .english, .masked)
    listener?(words)
    return words
  }

  /// Returns the text without its first line if only the end of standard error was kept: a part of a confidential
  /// value could not be recognised.
  private static func whole(_ errors: String) -> String {
    guard errors.utf8.count >= ProcessExchange.errorsKept else { return errors }
    let scalars = errors.unicodeScalars
    guard let end = scalars.firstIndex(of: "\n") else { return "…" }
    return "…" + String(scalars[end...])
  }

  /// Returns the last line that is not blank, shortened if it is long.
  static func lastLine(of text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } } ?? ""
    return line.count > 200 ? line.prefix(200) + "…" : String(line)
  }
}
