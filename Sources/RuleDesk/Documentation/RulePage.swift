package import Preflight

/// A page about the rule set for the help desk, to write as Markdown or HTML.
package struct RulePage: Sendable {
  let language: Language
  private let ruleSet: RuleSet
  private let registry: Registry

  /// Makes the page of a rule set; the registry describes its checks and facts.
  package init(_ ruleSet: RuleSet, _ registry: Registry, in language: Language) {
    self.ruleSet = ruleSet
    self.registry = registry
    self.language = language
  }

  var title: String {
    say("Ce que vérifie cps-preflight avant l'envoi", "What cps-preflight checks before sending")
  }

  var introduction: String {
    say(
      """
      Les règles sont jugées étape par étape, dans cet ordre. La première règle bloquante qui ne passe pas décide du \
      code de sortie ; quand une étape ne passe pas, les suivantes ne sont pas jugées.
      """,
      """
      The rules are judged stage by stage, in this order. The first blocking rule that does not pass decides the exit \
      code; when a stage does not pass, those after it are not judged.
      """)
  }

  /// The stages, with an account of each rule.
  var stages: [(title: String, rules: [RuleAccount])] {
    ruleSet.stages.map { stage in
      (
        stage.title.rendered(in: language),
        stage.rules.map { RuleAccount($0, in: ruleSet, registry, language) }
      )
    }
  }

  /// The rows of the table about a rule: a heading and a value each.
  func rows(of rule: RuleAccount) -> [(name: String, value: String)] {
    var rows = [
      (say("Code de sortie", "Exit code"), rule.exit),
      (say("Gravité", "Severity"), rule.severity),
      (say("Usages", "Uses"), rule.uses),
      (say("Contrôle", "Check"), ([rule.check] + rule.parameters).joined(separator: "; ")),
      (
        say("D'après", "From"),
        rule.facts.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")
      ),
    ]
    if !rule.needs.isEmpty { rows.append((say("Après", "After"), rule.needs.joined(separator: ", "))) }
    if let waiver = rule.waiver { rows.append((say("Dérogation", "Waiver"), waiver)) }
    return rows
  }

  /// The remedies: by case, then for any other case.
  func remedies(of rule: RuleAccount) -> [(heading: String, text: String, isGeneral: Bool)] {
    let general =
      rule.remedies.isEmpty
      ? remedyWord : say("Que faire dans les autres cas", "What to do in the other cases")
    return rule.remedies.map {
      (say("\(Self.si($0.summary)) (\($0.name))", "If \($0.summary) (\($0.name))"), $0.text, false)
    } + (rule.remedy.map { [(general, $0, true)] } ?? [])
  }

  /// « Si » before these words, which loses its vowel before « il ».
  private static func si(_ summary: String) -> Text {
    summary.hasPrefix("il ") ? "S'\(summary)" : "Si \(summary)"
  }

  var remedyWord: String { say("Que faire", "What to do") }
  var messagesWord: String { say("Message d'un autre logiciel", "Message of other software") }
  /// The colon, before which French puts a space at which no line breaks.
  var colon: String { say(" :", ":") }

  /// The exit codes that do not belong to rules.
  var codes: [(code: String, meaning: String, advice: String)] {
    ExitCode.table.compactMap { entry in
      entry.code.map {
        (
          String($0.rawValue), entry.meaning.rendered(in: language), entry.advice.rendered(in: language)
        )
      }
    }
  }

  func say(_ french: Text, _ english: Text) -> String {
    LocalizedText(fr: french, en: english).rendered(in: language)
  }
}
