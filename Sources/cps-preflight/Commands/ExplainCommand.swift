import ArgumentParser
import Preflight
import RuleFile
import RuleDesk
import Workstation

/// Explains a rule, a code, or an error message of other software.
struct ExplainCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: """
      Explain a rule, an exit code, a check, a fact, a diagnostic, a term, or a code or message of other software.
      """,
    discussion: """
      What it most likely is, and how sure that is, in words. Ends with 66, and the three nearest, if nothing is known of it.
      """)

  @Argument(
    help: ArgumentHelp("An id, a code, or the text of a message; - is standard input.", valueName: "subject"),
    completion: .custom { words, _, _ in Self.subjects(words) })
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
    // Pasted text may hold somebody's number or name, so it is not repeated.
    let nearest = explanation.nearest(to: subject)
    let (french, english) = (nearest.joined(separator: "\u{A0}; "), nearest.joined(separator: "; "))
    throw Failure(
      .missingInput,
      LocalizedText(
        fr: """
          rien n’est connu de cela\u{A0}; le plus proche\u{A0}: \(french). Copier le message entier, avec son code, ou \
          l’apprendre aux règles sous « messages »
          """,
        en: """
          nothing is known of this; nearest: \(english). Copy the whole message, with its code, or teach it to the rules \
          under “messages”
          """))
  }

  /// The ids that a shell offers: of the rules in use, of checks and of facts.
  ///
  /// - Parameter words: the command line so far.
  private static func subjects(_ words: [String]) -> [String] {
    let named = CommandOption.rules.firstValue(in: words)
    // A rule file that cannot be read has none, and while a shell completes a word, nothing is reported.
    let rules = try? LoadedRules.composition(named, in: .english)
    return (rules?.composer.composed.ruleIDs ?? []) + BuiltIn.registry.checks.map(\.description.id)
      + BuiltIn.registry.facts.declarations.map(\.name.rawValue)
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
