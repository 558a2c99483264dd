import Glibc
import Preflight
import Reports
import Workstation

/// The line of a run in the journal, where one was asked for.
struct Journaling {
  private let path: String
  private let journal: Journal
  private let command: String
  private let options: CheckOptions
  private let startedAt: String

  /// Nothing where no journal was asked for.
  init?(_ options: CheckOptions, command: String) {
    guard let path = options.journal else { return nil }
    self.path = path
    self.command = command
    self.options = options
    journal = Journal(path, sizeLimit: options.journalSize?.bytes ?? Self.usualSize)
    startedAt = Surroundings.timestamp
  }

  private static let usualSize = 10 << 20

  /// Writes the line of a run that ends with that code. Throws a failure (74) where that cannot be done.
  func record(_ assessment: Assessment?, ending code: ExitCode) async throws {
    try await append([try line(assessment, ending: code).text()])
  }

  /// Writes a line for each of these verdicts, all of them or none. Throws a failure (74) where that cannot be done.
  func record(_ assessments: [Assessment]) async throws {
    try await append(assessments.map { try line($0, ending: $0.verdict.exitCode).text() })
  }

  private func line(_ assessment: Assessment?, ending code: ExitCode) -> JournalLine {
    JournalLine(
      command: command, pid: getpid(), startedAt: startedAt, use: options.use, code: code,
      result: assessment.map { ($0.verdict, $0.details, $0.facts) })
  }

  private func append(_ lines: [String]) async throws(Failure) {
    do throws(JournalFault) {
      try await journal.append(lines.joined(separator: "\n"))
    } catch {
      if let refusal = error.refusal { throw Failure(refusal, writing: path) }
      throw Failure(.notWritten, at: path, error.message)
    }
  }

  /// Writes the line of what happened after the run's own line, and ends the run with that error even where that cannot be done.
  func record(_ event: JournalEvent.Kind, ending error: any Error) async {
    await tellingFailure {
      let code = (error as? Failure)?.code ?? .internalError
      let line = JournalEvent(
        event, command: command, pid: getpid(), time: Surroundings.timestamp, of: startedAt, code: code)
      try await append([try line.text()])
    }
  }

  /// Writes the line of a run that ends with that error, which is what it ends with even where no line can be written.
  func record(_ assessment: Assessment?, ending error: any Error) async {
    let failure = error as? Failure
    // Its file is one that is read.
    if failure?.leavesLine == false { return }
    await tellingFailure { try await record(assessment, ending: failure?.code ?? .internalError) }
  }

  private func tellingFailure(_ write: () async throws -> Void) async {
    do {
      try await write()
    } catch {
      (error as? Failure)?.tell(in: options.language ?? Surroundings.language)
    }
  }
}
