import ArgumentParser
import Preflight
import Reports
import VerdictFile

/// Judges once, and ends with the verdict's code.
struct CheckCommand: CheckingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge once: may the lot be sent?",
    discussion: "The exit code tells the batch; `cps-preflight exit-codes` explains each.")

  @OptionGroup var input: InputOptions
  @OptionGroup var shown: OutputOptions
  @OptionGroup var verdict: VerdictOptions

  var mistake: LocalizedText? { options.mistake ?? options.mistakeInCheck }

  func perform() async throws { try await Checking(options).perform() }
}
