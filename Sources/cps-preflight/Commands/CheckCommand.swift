import ArgumentParser
import Preflight
import Reports
import Workstation

/// Judges once, and ends with the verdict's code.
struct CheckCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge once: may the lot be sent?",
    discussion: "The exit code tells the batch; `cps-preflight exit-codes` explains each.")

  /// How a verdict is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var input: InputOptions
  @OptionGroup var shown: OutputOptions

  @Option(name: .customLong("for"), help: ArgumentHelp("What the card is to be used for.", valueName: "use"))
  var use: Use?

  @Option(help: ArgumentHelp("The billing identifier (numéro AM) being billed with.", valueName: "number"))
  var am: String?

  @Option(help: ArgumentHelp("The billing situation being billed with, from 1.", valueName: "n"))
  var situation: Int?

  @Option(help: "How the verdict is written.")
  var format = Format.text

  @Option(help: ArgumentHelp("Write the verdict to a file, whole or not at all.", valueName: "file"))
  var output: String?

  @Flag(help: "Show the facts as well.")
  var verbose = false

  func validate() throws {
    if am != nil, situation != nil { throw ValidationError("--am and --situation exclude each other.") }
    if let situation, situation < 1 { throw ValidationError("--situation counts from 1.") }
    if let am {
      let isNumber = am.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard isNumber, (1...10).contains(am.utf8.count), BillingIdentifier.number(in: am) != nil else {
        throw ValidationError("--am takes a billing identifier of at most ten digits, not all zeros.")
      }
    }
  }

  func perform() async throws {
    let start = ContinuousClock.now
    let startedAt = Surroundings.timestamp
    let run = try Run(input)
    let plan = Plan(run.rules.ruleSet, for: use)
    let gathered = await run.gather(plan.facts, selection: selection) { source in
      plan.deadline(for: source, otherwise: input.timeout.duration)
    }
    let verdict = plan.judge(gathered)

    let output = Output(path: output)
    let details = RunDetails(
      rulesPath: run.rules.path, rulesDigest: run.rules.digest, startedAt: startedAt,
      durationMs: start.duration(to: .now).milliseconds)
    let options = shown.reportOptions(verbose: verbose, to: output)
    switch format {
    case .text: try output.write(TextReport(options).text(of: verdict, details))
    case .json: try output.write(JSONReport(options).text(of: verdict, details))
    }
    throw Ending(code: verdict.exitCode)
  }

  private var selection: SituationSelection {
    if let am { return .identifier(Personal(am, as: .identifier)) }
    if let situation { return .position(situation) }
    return .any
  }
}
