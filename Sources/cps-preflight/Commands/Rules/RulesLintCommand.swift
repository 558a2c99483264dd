import ArgumentParser
import Preflight
import Reports

/// Says everything that is wrong or suspicious in a rule file.
struct RulesLintCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Say everything that is wrong with a rule file.")

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
    let loaded = try LoadedRules.read(file ?? rules)
    let count = try loaded.ruleSet().rules.count
    let summary = LocalizedText(
      fr: "\(loaded.path) : \(count) règles, aucune erreur", en: "\(loaded.path): \(count) rules, no errors"
    )
    try Output().write(summary.rendered(in: shown.language) + "\n")
  }
}
