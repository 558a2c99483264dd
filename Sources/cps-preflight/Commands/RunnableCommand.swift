import ArgumentParser
import Preflight

/// A command that does something, unlike ``RootCommand`` and other groups, which only show their help.
///
/// It is not ArgumentParser's asynchronous command, which runs on a thread of its own and slows down every start.
protocol RunnableCommand: ParsableCommand {
  /// How to report a failure of the command.
  var reply: Reply { get }

  /// What is wrong with the combination of options, as far as can be known without reading any file; `nil` if nothing is.
  var mistake: LocalizedText? { get }

  /// Runs the command.
  ///
  /// - Throws: ``Ending`` or a ``Failure``.
  @MainActor func perform() async throws
}

extension RunnableCommand {
  var mistake: LocalizedText? { nil }
}

/// A command that writes results according to ``OutputOptions``.
protocol ReportingCommand: RunnableCommand {
  var shown: OutputOptions { get }
}

extension ReportingCommand {
  var reply: Reply { Reply(in: shown.lang) }
}

/// A command that takes the options of `check`.
///
/// The groups stand side by side in each such command, and not in a group of their own: built for debugging, ArgumentParser
/// validates a group some four times for each group around it.
protocol CheckingCommand: RunnableCommand {
  var input: InputOptions { get }
  var shown: OutputOptions { get }
  var verdict: VerdictOptions { get }
}

extension CheckingCommand {
  /// The options, converted.
  var options: CheckOptions {
    CheckOptions(
      inputs: input.inputs, language: shown.lang, reveal: shown.reveal, use: verdict.use, am: verdict.am,
      situation: verdict.situation, format: verdict.format, output: verdict.output, verbose: verdict.verbose,
      allReaders: verdict.allReaders, labels: verdict.labels, key: verdict.key, journal: verdict.journal,
      journalSize: verdict.journalSize, nagiosExit: verdict.nagiosExit)
  }

  var reply: Reply { options.reply }
}
