import Glibc
import Preflight
import VerdictFile
import Workstation

/// The journal line of a run, if a journal was requested.
struct Journaling {
  private let path: String
  private let journal: Journal
  private let run: JournalLine.Run
  private let options: CheckOptions

  /// Returns `nil` if no journal was requested.
  init?(_ options: CheckOptions, command: String) {
    guard let path = options.journal else { return nil }
    self.path = path
    self.options = options
    journal = Journal(path, sizeLimit: options.journalSize?.bytes ?? Self.usualSize)
    run = JournalLine.Run(command: command, pid: getpid(), startedAt: Surroundings.now)
  }

  private static let usualSize = 10 << 20

  /// Writes the line of a run that exits with that code.
  ///
  /// - Throws: ``Failure`` (74) if it cannot be written.
  func record(_ assessment: Assessment?, ending code: ExitCode) async throws {
    try await recordRun([line(assessment, ending: code)])
  }

  /// Writes a line for each of these verdicts, all of them or none.
  ///
  /// - Throws: ``Failure`` (74) if it cannot be written.
  func record(_ assessments: [Assessment]) async throws {
    try await recordRun(assessments.map { line($0, ending: $0.verdict.exitCode) })
  }

  /// Writes the lines of a run. If they are in the file but perhaps not on disk, the run stops, and a second line says
  /// so if it can be written.
  private func recordRun(_ lines: [String]) async throws {
    do throws(JournalFault) {
      try await journal.append(lines.joined(separator: "\n"))
    } catch {
      if error.remains == .all {
        // The failure of the first line is the one to report.
        try? await journal.append(
          JournalLine.text(of: .notWritten, in: run, at: Surroundings.now, ending: .notWritten))
      }
      throw Failure(error, at: path)
    }
  }

  private func line(_ assessment: Assessment?, ending code: ExitCode) -> String {
    JournalLine.text(
      of: run, use: options.use, ending: code, in: options.language ?? Surroundings.language,
      result: assessment.map { ($0.verdict, $0.details, $0.facts) })
  }

  private func append(_ lines: [String]) async throws(Failure) {
    do throws(JournalFault) {
      try await journal.append(lines.joined(separator: "\n"))
    } catch {
      throw Failure(error, at: path)
    }
  }

  /// Writes the line for an event after the run's own line. The run ends with `error` even if the line cannot be
  /// written.
  func record(_ event: JournalLine.Event, ending error: any Error) async {
    await tellingFailure {
      let code = (error as? Failure)?.code ?? .internalError
      try await append([JournalLine.text(of: event, in: run, at: Surroundings.now, ending: code)])
    }
  }

  /// Writes the line of a run that ends with that error. The run ends with it even if no line can be written.
  func record(_ assessment: Assessment?, ending error: any Error) async {
    let failure = error as? Failure
    // The journal is also an input file.
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

extension Failure {
  /// Makes the failure for a line that could not be written to the journal at that path.
  fileprivate init(_ fault: JournalFault, at path: String) {
    if let refusal = fault.refusal {
      self.init(refusal, writing: path)
    } else {
      self.init(.notWritten, at: path, fault.message)
    }
  }
}
