import JSON
package import Preflight
import RuleFile

/// A test file made from what is known now, so that today's verdict is still expected after every later
/// change of the rules.
///
/// It holds no personal value: where a fact is personal, only its mask is written, and the results are those of the masks.
package struct WrittenRuleTest {
  private let facts: [Fact]
  private let verdict: Verdict
  private let exitCode: ExitCode
  private let rules: String?
  private let language: Language

  /// - Parameters:
  ///   - facts: the facts that the rules may read, with the day.
  ///   - verdict: the verdict on those facts with masks in the place of what is personal.
  ///   - exitCode: the code of the verdict on the facts themselves.
  ///   - rules: the path of the rule file; nil for rules that no file of the user has.
  package init(
    _ facts: [Fact], _ verdict: Verdict, exitCode: ExitCode, rules: String?, in language: Language
  ) {
    self.facts = facts.sorted { $0.name < $1.name }
    self.verdict = verdict
    self.exitCode = exitCode
    self.rules = rules
    self.language = language
  }

  /// The test file in YAML, with one test.
  package var text: String {
    let day = facts.first { $0.name == .today }.flatMap { fact in
      if case .date(let day)? = fact.value { day.description } else { nil }
    }
    var lines = [
      "# "
        + say(
          "Écrit par « cps-preflight rules test --from-card » ; les données personnelles sont masquées.",
          "Written by “cps-preflight rules test --from-card”; personal data are masked.")
    ]
    if exitCode != verdict.exitCode {
      let code = Int(exitCode.rawValue)
      lines.append(
        "# "
          + say(
            "Avec les données elles-mêmes, le code est \(code) : ce qui est masqué ne se compare pas.",
            "With the data themselves the code is \(code): what is masked cannot be compared."))
    }
    lines.append("version: 1")
    if let rules { lines.append("rules: \(PlainValue.text(rules).json)") }
    lines.append("tests:")
    let name = say("ce qui était connu le \(day ?? "–")", "what was known on \(day ?? "–")")
    lines.append("  - name: \(PlainValue.text(name).json)")
    if let day { lines.append("    on: \(day)") }
    if let use = verdict.use { lines.append("    for: \(use.rawValue)") }
    lines += given + expected
    return lines.map { $0 + "\n" }.joined()
  }

  private var given: [String] {
    let others = facts.filter { $0.name != .today }
    var lines = others.compactMap { fact in
      fact.value.map { "      \(Self.key(fact.name)): \(Self.json($0))" }
    }
    if !lines.isEmpty { lines.insert("    facts:", at: 0) }
    let absent = others.filter(\.isAbsent).map { Self.key($0.name) }
    if !absent.isEmpty { lines.append("    absent: [\(absent.joined(separator: ", "))]") }
    let unavailable = others.compactMap { fact -> String? in
      guard case .unavailable(let why) = fact.state, why.reason != .notGiven else { return nil }
      return "      \(Self.key(fact.name)): \(why.reason.rawValue)"
    }
    if !unavailable.isEmpty { lines += ["    unavailable:"] + unavailable }
    return lines
  }

  private var expected: [String] {
    ["    expect:", "      exit: \(verdict.exitCode.rawValue)", "      rules:"]
      + verdict.results.map { "        \(Self.quoted($0.rule.id)): \($0.outcome.rawValue)" }
  }

  private static func key(_ name: FactName) -> String { quoted(name.rawValue) }

  /// The key as it is, or in quotes if YAML would read something else.
  private static func quoted(_ key: String) -> String {
    let isPlain =
      key.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && key.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
          || "._-/".utf8.contains($0)
      }
    // Some YAML readers take these for booleans, or for null.
    let isWord = ["yes", "no", "on", "off", "true", "false", "null", "y", "n"].contains(key.lowercased())
    return isPlain && !isWord ? key : PlainValue.text(key).json
  }

  private static func json(_ value: FactValue) -> String {
    var json = JSONWriter(.spaced)
    json.fact(value, .masked)
    return json.text
  }

  private func say(_ french: Text, _ english: Text) -> String {
    LocalizedText(fr: french, en: english).rendered(in: language)
  }
}
