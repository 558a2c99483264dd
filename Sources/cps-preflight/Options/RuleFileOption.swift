import ArgumentParser

/// The rule file of a command that needs nothing else.
struct RuleFileOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("The rule file; default: ./rules.yaml, else the shipped file.", valueName: "file"))
  var rules: String?

  /// Reads it. Throws a failure, 66, where there is none.
  func read() throws(Failure) -> LoadedRules { try LoadedRules.read(rules) }
}
