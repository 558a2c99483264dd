import ArgumentParser
import Preflight
import Reports

/// What is done with rule files themselves.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Examine a rule file.", subcommands: [Lint.self, List.self])

  /// Says everything that is wrong with a rule file.
  struct Lint: RunnableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say everything that is wrong with a rule file.")

    @Argument(
      help: ArgumentHelp("The rule file; default: ./rules.yaml, else the shipped file.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The rule file, as other commands name it.", valueName: "file"))
    var rules: String?

    @OptionGroup var shown: OutputOptions

    func validate() throws {
      if file != nil, rules != nil { throw ValidationError("Name the rule file once.") }
    }

    func perform() throws {
      let loaded = try LoadedRules.load(file ?? rules)
      let count = loaded.ruleSet.rules.count
      let summary = LocalizedText(
        fr: "\(loaded.path) : \(count) règles, aucune erreur", en: "\(loaded.path): \(count) rules, no errors"
      )
      try Output().write(summary.rendered(in: shown.language) + "\n")
    }
  }

  /// Lists the rules of a file.
  struct List: RunnableCommand {
    static let configuration = CommandConfiguration(abstract: "List the rules, in order.")

    /// How the list is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text
      case json
    }

    @Option(
      help: ArgumentHelp("The rule file; default: ./rules.yaml, else the shipped file.", valueName: "file"))
    var rules: String?

    @OptionGroup var shown: OutputOptions

    @Option(help: "How the list is written.")
    var format = Format.text

    func perform() throws {
      let loaded = try LoadedRules.load(rules)
      let listing = RuleListing(loaded.ruleSet, shown.reportOptions)
      switch format {
      case .text: try Output().write(listing.text)
      case .json: try Output().write(listing.json())
      }
    }
  }
}
