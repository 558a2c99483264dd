import ArgumentParser
import PluginHost
import RuleDesk
import Preflight
import Workstation

extension PluginTemplate.Kind: ExpressibleByArgument {}

/// Writes a working plugin, with its test, to start from.
struct PluginsNewCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a working plugin with a test, to start from.",
    discussion: "It is a folder of that name. What is already there is left as it is.")

  @Argument(help: ArgumentHelp("Lower-case letters, digits and “-”, a letter first.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("What it is written in.", valueName: "language"))
  var language: PluginTemplate.Kind

  @Option(
    help: ArgumentHelp("Of its comments and README: fr or en; default: the locale's.", valueName: "language"))
  var lang: Language?

  var reply: Reply { Reply(in: lang) }

  func perform() throws {
    guard PluginName.isWellFormed(name) else {
      throw Failure(
        .usage, at: name,
        LocalizedText(
          fr: "un nom de plugin a des minuscules, des chiffres et « - », une lettre d'abord, 32 au plus",
          en: "a plugin's name has lower-case letters, digits and “-”, a letter first, 32 at most"))
    }
    guard BuiltIn.registry.source(name) == nil, name != PluginName.ownHelper else {
      throw Failure(
        .usage, at: name,
        LocalizedText(
          fr: "une source intégrée porte ce nom ; en choisir un autre",
          en: "a source that is built in has this name; choose another"))
    }
    let language = lang ?? Surroundings.language
    let template = PluginTemplate(name, in: self.language, language: language)
    do throws(WriteFault) {
      try FileWriting.createFolder(
        name,
        with: template.files.map { FileWriting.NewFile($0.path, $0.text, isExecutable: $0.isExecutable) })
    } catch {
      throw Failure(error, writing: name)
    }
    let words = LocalizedText(
      fr: "\(name)/ écrit ; l'essayer : \(name)/test, puis lire \(name)/README.md",
      en: "\(name)/ written; try it: \(name)/test, then read \(name)/README.md")
    try Output().write(printable(words.rendered(in: language)) + "\n")
  }
}
