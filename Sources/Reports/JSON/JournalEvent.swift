package import Preflight

/// What the journal says of a run after the line of its verdict, `cps-preflight/journal/1`; docs/batch.md describes every field.
package struct JournalEvent: Sendable {
  package enum Kind: String, Sendable {
    /// The report could not be written, so that nothing else happened either.
    case notWritten = "not-written"
    /// The command of `run` could not be executed.
    case notExecuted = "not-executed"
  }

  private let document: Document

  /// - Parameters:
  ///   - time: when it happened.
  ///   - first: the time that the run's first line says.
  ///   - code: what the run ends with.
  package init(
    _ kind: Kind, command: String, pid: Int32, time: String, of first: String, code: ExitCode
  ) {
    document = Document(
      time: time, command: command, pid: pid, of: first, event: kind.rawValue, exitCode: code.rawValue)
  }

  /// The line, without its end. Throws what Foundation's encoder throws.
  package func text() throws -> String { try JSONDocument.line(of: document) }

  private struct Document: Encodable {
    let schema = "cps-preflight/journal/1"
    let time: String
    let command: String
    let pid: Int32
    let of: String
    let event: String
    let exitCode: Int32
  }
}
