import ArgumentParser
import Preflight
import RuleFile
import RuleDesk
import Workstation

/// Explains a rule, a code, or an error message of other software.
struct ExplainCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule, an exit code, a check, a fact, or an error message of other software.",
    discussion: "Ends with 64 where nothing is known of it.")

  @Argument(
    help: ArgumentHelp("An id, a code, or the text of a message; - is standard input.", valueName: "subject"))
  var subject: [String]

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  func perform() async throws {
    let loaded = try await rules.read(in: shown.language)
    let file = loaded.file
    let explanation = Explanation(try loaded.ruleSet(), loaded.registry, in: shown.language) {
      file.place(ofRule: $0)
    }
    let subject = try self.subject == ["-"] ? standardInput() : self.subject.joined(separator: " ")
    if let text = explanation.text(of: subject) { return try Output().write(text) }
    let name = printable(subject, limit: 80)
    let nearest = explanation.nearest(to: subject)
    let hint: LocalizedText? = nearest.map { LocalizedText(fr: " ; \($0) ?", en: "; did you mean \($0)?") }
    throw Failure(
      .usage,
      LocalizedText(
        fr: """
          rien n'est connu de « \(name) »\(hint?.french ?? "") ; un message s'apprend aux règles sous \
          « messages »
          """,
        en: """
          nothing is known of “\(name)”\(hint?.english ?? ""); rules learn a message under \
          “messages”
          """))
  }

  private func standardInput() throws(Failure) -> String {
    do throws(FileFault) {
      let bytes = try FileReading.standardInput(limit: 1 << 20, within: .seconds(10))
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw Failure(error, of: "-", mayWaitLonger: false)
    }
  }
}
