import ArgumentParser
import Preflight

/// The rule file of a command that needs nothing else, and where its plugins are.
struct RuleFileOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The rule file; default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.",
      valueName: "file"))
  var rules: String?

  @OptionGroup var plugins: PluginOptions

  /// Reads it. Throws a failure: 66 where there is none, 77 where it is refused.
  func read(
    _ scope: PluginInputs.Scope = .used, in language: Language? = nil,
    _ distrust: LoadedRules.Distrust = .refuses
  ) async throws(Failure) -> LoadedRules {
    try await LoadedRules.read(rules, plugins: plugins.inputs(scope, in: language), distrust)
  }
}

/// Where plugins are looked for.
struct PluginOptions: ParsableArguments {
  @Option(
    name: .customLong("plugin-dir"),
    help: ArgumentHelp(
      "A folder of plugins, before the usual ones; may be given several times.", valueName: "folder"))
  var folders: [String] = []

  /// What they say.
  func inputs(_ scope: PluginInputs.Scope = .used, in language: Language? = nil) -> PluginInputs {
    PluginInputs(folders: folders, scope: scope, language: language)
  }
}
