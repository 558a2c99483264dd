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
    let line = JournalLine(
      command: command, pid: getpid(), startedAt: startedAt, use: options.use, code: code,
      result: assessment.map { ($0.verdict, $0.details, $0.facts) })
    let text = try line.text()
    do throws(JournalFault) {
      try await journal.append(text)
    } catch {
      throw Failure(.notWritten, at: path, error.message)
    }
  }

  /// Writes the line of a run that ends with that error, which is what it ends with even where no line can be written.
  func record(_ assessment: Assessment?, ending error: any Error) async {
    do {
      try await record(assessment, ending: (error as? Failure)?.code ?? .internalError)
    } catch {
      (error as? Failure)?.tell(in: options.language ?? Surroundings.language)
    }
  }
}
