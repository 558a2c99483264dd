import ArgumentParser
import Preflight
import Reports
import VerdictFile

/// Judges once, and exits with the verdict's code.
struct CheckCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge once: may the lot be sent?",
    discussion: "The exit code tells the batch; `cps-preflight exit-codes` explains each.")

  @OptionGroup var arguments: CheckArguments

  func validate() throws {
    if let mistake = Checking.mistake(options) { throw ValidationError(mistake) }
  }

  var options: CheckOptions { arguments.options }
  var reply: Reply { options.reply }

  func perform() async throws { try await Checking(options).perform() }
}
