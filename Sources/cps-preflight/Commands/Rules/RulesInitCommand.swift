import ArgumentParser
import Glibc
import Preflight
import RuleFile
import Workstation

/// Writes a commented rule file that extends the shipped one.
struct RulesInitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented rule file that extends the shipped rules.",
    discussion: "A file that is already there is left as it is.")

  @Argument(help: ArgumentHelp("The file to write.", valueName: "file"))
  var file = "rules.yaml"

  @OptionGroup var shown: OutputOptions

  func perform() throws {
    do throws(WriteFault) {
      try FileWriting.create(file, with: RuleFileTemplate.text(in: shown.language))
    } catch {
      throw Failure(error, writing: file)
    }
    let words = LocalizedText(
      fr: "\(file) écrit ; le modifier, puis : cps-preflight rules lint \(file)",
      en: "\(file) written; change it, then: cps-preflight rules lint \(file)")
    try Output().write(printable(words.rendered(in: shown.language)) + "\n")
  }
}
