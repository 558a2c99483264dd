package import Preflight
package import RuleFile

/// Explains a rule, a check, a fact, an exit code, or a message of other software.
package struct Explanation: Sendable {
  private let ruleSet: RuleSet
  private let registry: Registry
  private let language: Language
  /// The messages of the rules, and those that come with the program.
  private let matching: MessageMatching
  private let messages: [KnownMessage]
  /// The place of a rule, as `file:line`.
  private let place: @Sendable (String) -> String?

  /// Makes explanations from a rule set and everything that its rules may name.
  package init(
    _ ruleSet: RuleSet, _ registry: Registry, in language: Language,
    messages: [KnownMessage] = ShippedMessages.read().messages,
    place: @escaping @Sendable (String) -> String?
  ) {
    self.ruleSet = ruleSet
    self.registry = registry
    self.language = language
    self.messages = messages + ruleSet.messages
    matching = MessageMatching(self.messages)
    self.place = place
  }

  /// One of the things that may be meant.
  private struct Answer {
    let certainty: Certainty
    /// What was recognised; nil if the subject names it.
    let heading: String?
    let lines: [String]
  }

  /// How many uncertain answers are shown.
  private static let answerLimit = 3

  /// Returns the explanation of what `subject` names or quotes, or `nil` if nothing is known about it.
  package func text(of subject: String) -> String? {
    let pasted = PastedText(subject)
    let name = Self.bare(pasted.plain)
    let named =
      ruleSet.rules.first { $0.id == name }.map { self.lines(of: $0) } ?? check(name) ?? fact(name)
      ?? diagnostic(name) ?? term(pasted)
    if let named { return Self.text(named) }
    var answers = exitCodes(pasted) + quotedMessages(pasted) + quotedDiagnostics(pasted)
    answers = answers.enumerated().sorted { left, right in
      left.element.certainty == right.element.certainty
        ? left.offset < right.offset : left.element.certainty > right.element.certainty
    }.map(\.element)
    guard let best = answers.first else { return nil }
    // If something is certain, nothing else was meant.
    answers =
      best.certainty == .certain
      ? answers.filter { $0.certainty == .certain } : Array(answers.prefix(Self.answerLimit))
    var lines: [String] = []
    for answer in answers.prefix(2 * Self.answerLimit) {
      if !lines.isEmpty { lines.append("") }
      if let heading = answer.heading {
        lines.append("\(heading) (\(words(answer.certainty.summary)))")
      }
      lines += answer.lines
    }
    return Self.text(lines)
  }

  private static func text(_ lines: [String]) -> String {
    lines.map { printable($0) + "\n" }.joined()
  }

  /// The three known things that are nearest to a subject about which nothing is known.
  package func nearest(to subject: String) -> [String] {
    let pasted = PastedText(subject)
    let limit = 3
    var nearest: [String] = []
    func add(_ names: some Sequence<String>) {
      for name in names where nearest.count < limit && !nearest.contains(name) { nearest.append(name) }
    }
    let name = Self.bare(pasted.plain)
    let names = self.names
    if !name.contains(where: \.isWhitespace) {
      add(nearestNames(to: name, among: names))
      let symbols = messages.flatMap(\.texts).filter(KnownMessage.isSymbol)
      if name.contains("_") { add(nearestNames(to: name, among: symbols)) }
    }
    add(
      matching.nearestTexts(to: pasted, limit: limit).filter { $0.share >= 0.3 }.map { quote($0.text) })
    let codes = QuotedCode.codes(in: pasted.folded)
    if let number = codes.lazy.compactMap(\.exitCode).first { add(exitCodes(nearestTo: number)) }
    if let code = codes.lazy.compactMap(\.readings.first).first {
      add(matching.nearestCodes(to: code, limit: limit).compactMap { $0.codes.first?.lowerBound.description })
    }
    add(namesByLikeness(to: name, among: names))
    return nearest
  }

  /// The exit codes that stand nearest to a number.
  private func exitCodes(nearestTo number: Int32) -> [String] {
    guard number <= 255 else { return [] }
    let rules = ruleSet.rules.filter { $0.severity == .blocking }.compactMap { $0.exit?.rawValue }
    let known = Set(rules + ExitCode.table.compactMap { $0.code?.rawValue })
    return known.sorted { (abs($0 - number), $0) < (abs($1 - number), $1) }.prefix(3).map { String($0) }
  }

  /// Every name that may be asked for.
  private var names: [String] {
    ruleSet.rules.map(\.id) + registry.checks.map(\.description.id)
      + registry.facts.declarations.map(\.name.rawValue) + DiagnosticID.allCases.map(\.rawValue)
      + Glossary.terms.flatMap(\.names)
  }

  /// The names in which most pairs of letters are those of a name.
  private func namesByLikeness(to name: String, among names: [String]) -> [String] {
    func pairs(_ text: String) -> Set<[UInt8]> {
      let bytes = Array(Folding.folded(text.unicodeScalars.prefix(64)).utf8)
      return Set(zip(bytes, bytes.dropFirst()).map { [$0, $1] })
    }
    let wanted = pairs(name)
    let shares = names.map { other in
      let found = pairs(other)
      return Double(found.intersection(wanted).count) / Double(max(1, found.union(wanted).count))
    }
    // Where nothing is like it, the first rules are as good a beginning as any.
    return names.indices.sorted { (shares[$0], $1) > (shares[$1], $0) }.map { names[$0] }
  }

  /// The subject without the blanks, quotes and brackets around it.
  private static func bare(_ subject: String) -> String {
    func isAround(_ sign: Character) -> Bool { sign.isWhitespace || "\"'`«»“”‘’[]".contains(sign) }
    return String(subject.drop(while: isAround).reversed().drop(while: isAround).reversed())
  }

  // MARK: - Subjects

  private func lines(of rule: Rule) -> [String] {
    let account = RuleAccount(rule, in: ruleSet, registry, language)
    let page = RulePage(ruleSet, registry, in: language)
    var lines = ["\(account.title)  [\(account.id)]", "  \(account.statement)"]
    lines += page.remedies(of: account).map { remedy in
      let heading = remedy.isGeneral ? "" : remedy.heading.prefix(1).lowercased() + remedy.heading.dropFirst()
      return "  \(page.remedyWord)\(page.colon) "
        + (remedy.isGeneral ? remedy.text : "\(heading)\(page.colon) \(remedy.text)")
    }
    lines += account.variables.map { "    {\($0.name)}\(page.colon) \($0.summary)" }
    lines += account.links.map { "    " + $0 }
    lines += page.rows(of: account).map { "  \($0.name)\(page.colon) \($0.value)" }
    if let place = place(rule.id) { lines.append("  " + say("Déclarée\u{A0}: ", "Declared: ") + place) }
    return lines
  }

  private func check(_ name: String) -> [String]? {
    guard let check = registry.check(name)?.description else { return nil }
    var lines = ["\(check.id)\(colon) \(words(check.summary))", "  " + words(check.rationale)]
    lines += check.parameters.map { parameter in
      var line =
        "  \(parameter.name)\(colon) \(words(parameter.summary)), \(words(parameter.type.name))"
      if parameter.isRequired { line += say(", obligatoire", ", required") }
      if let fallback = parameter.fallback { line += say(", sinon ", ", else ") + fallback }
      return line
    }
    lines += check.cases.map { found in
      let names = found.variables.map { "{\($0.name)}" }.joined(separator: ", ")
      let summary = words(found.summary) + (found.isUndecided ? say(" (indécis)", " (undecided)") : "")
      return say("  cas ", "  case ") + "\(found.name)\(colon) \(summary)"
        + (names.isEmpty ? "" : " – \(names)")
    }
    var told: Set<String> = []
    lines += check.cases.flatMap(\.variables).filter { told.insert($0.name).inserted }.map {
      "  {\($0.name)}\(colon) \(words($0.summary))"
    }
    for rule in ruleSet.rules where rule.checkID == name { lines += [""] + self.lines(of: rule) }
    return lines
  }

  private func fact(_ name: String) -> [String]? {
    guard let fact = registry.facts[FactName(name)] else { return nil }
    let rules = ruleSet.rules.filter { $0.check.evidence.contains(fact.name) }.map(\.id)
    let mask = fact.visibility == .personal ? say(", personnel : masqué", ", personal: masked") : ""
    return [
      "\(fact.name.rawValue)\(colon) \(words(fact.summary)), \(words(fact.type.name))\(mask)",
      "  "
        + (rules.isEmpty
          ? say("Aucune règle ne s’en sert", "No rule uses it")
          : say("Règles qui s’en servent\u{A0}: ", "Rules that use it: ") + rules.joined(separator: ", ")),
    ]
  }

  private func diagnostic(_ name: String) -> [String]? {
    guard let id = DiagnosticID(rawValue: name.lowercased()) else { return nil }
    return [
      "\(id.rawValue)\(colon) \(words(id.summary))",
      "  "
        + say(
          "Un diagnostic des fichiers de règles\u{A0}; « cps-preflight rules lint FICHIER » en montre la place et ce qu’il faut écrire.",
          "A diagnostic of rule files; `cps-preflight rules lint FILE` shows its place and what to write."),
    ]
  }

  // MARK: - Words of the trade

  /// What stands around a term in a question.
  private static let questionWords: Set<String> = Set(
    """
    qu que quoi quel quelle quels quelles est ce c cest c'est un une le la les l d de du des signifie signifient veut veulent \
    dire definition definir sens mot terme sert servent a sont what whats is are the an of mean means does do meaning define \
    definition term word s
    """.split(separator: " ").map(String.init))

  /// The term that is asked for, alone or in a question.
  private func term(_ pasted: PastedText) -> [String]? {
    let words = pasted.words.prefix(16).map { String(decoding: $0, as: UTF8.self) }
    guard words.count < 16 else { return nil }
    let asked = words.filter { !Self.questionWords.contains($0) }
    guard !asked.isEmpty else { return nil }
    for term in Glossary.terms {
      for name in term.names {
        let own = PastedText.words(name).map { String(decoding: $0, as: UTF8.self) }
          .filter { !Self.questionWords.contains($0) }
        // One term or several of one kind: « CPS », « les FSE », “lots”.
        guard own == asked || own.map({ $0 + "s" }) == asked else { continue }
        return ["\(self.words(term.name))\(colon) \(self.words(term.meaning))"]
      }
    }
    return nil
  }

  // MARK: - Codes and messages

  private func exitCodes(_ pasted: PastedText) -> [Answer] {
    var told: Set<Int32> = []
    return QuotedCode.codes(in: pasted.folded).compactMap { code in
      guard let number = code.exitCode, told.insert(number).inserted, let lines = exitCode(number) else {
        return nil
      }
      let heading = say("Code de sortie de cps-preflight", "Exit code of cps-preflight")
      return Answer(certainty: code.isExit ? .certain : .likely, heading: heading, lines: lines)
    }
  }

  private func exitCode(_ number: Int32) -> [String]? {
    let rules = ruleSet.rules.filter { $0.severity == .blocking && ($0.exit ?? .blocked).rawValue == number }
    let entry = ExitCode.table.first { $0.code?.rawValue == number }
    let status = ShellStatus.meaning(of: number)
    guard entry != nil || status != nil || !rules.isEmpty else { return nil }
    var lines: [String] = []
    if let entry, status == nil {
      lines = [
        "\(number)\(colon) \(words(entry.meaning))",
        "  " + say("Le lot doit\u{A0}: ", "The batch should: ") + words(entry.advice),
      ]
    }
    if let status {
      lines += [
        "\(number)\(colon) \(words(status.meaning))",
        "  " + say("Que faire\u{A0}: ", "What to do: ") + words(status.advice),
      ]
    }
    for rule in rules { lines += (lines.isEmpty ? [] : [""]) + self.lines(of: rule) }
    return lines
  }

  /// The diagnostics that are quoted as `rules lint` writes them: `[unknown-check]`.
  private func quotedDiagnostics(_ pasted: PastedText) -> [Answer] {
    let text = String(decoding: pasted.folded, as: UTF8.self)
    return DiagnosticID.allCases.filter { text.contains("[\($0.rawValue)]") }.compactMap { id in
      diagnostic(id.rawValue).map {
        Answer(
          certainty: .certain, heading: say("Diagnostic reconnu", "Diagnostic recognised"), lines: $0)
      }
    }
  }

  private func quotedMessages(_ pasted: PastedText) -> [Answer] {
    matching.search(pasted).matches.compactMap { match in
      guard let lines = lines(of: match.message) else { return nil }
      let message = match.message
      let isText = message.texts.contains(match.quoted) && !KnownMessage.isSymbol(match.quoted)
      let heading: String
      if isText {
        let code = message.codes.count == 1 ? message.codes.first?.lowerBound.description : nil
        heading =
          say("Message reconnu\u{A0}: ", "Message recognised: ") + quote(match.quoted)
          + ((message.symbol ?? code).map { ", " + $0 } ?? "")
      } else {
        let symbol = message.symbol.flatMap { $0 == match.quoted ? nil : $0 + ", " } ?? ""
        heading = say("Code reconnu\u{A0}: ", "Code recognised: ") + symbol + match.quoted
      }
      return Answer(certainty: match.certainty, heading: heading, lines: lines)
    }
  }

  private func lines(of message: KnownMessage) -> [String]? {
    var lines: [String]
    switch message.meaning {
    case .rule(let id):
      guard let rule = ruleSet.rules.first(where: { $0.id == id }) else { return nil }
      lines = self.lines(of: rule)
    case .told(let cause, let remedy):
      lines = [
        "  " + say("Cause\u{A0}: ", "Cause: ") + words(cause),
        "  " + say("Que faire\u{A0}: ", "What to do: ") + words(remedy),
      ]
    }
    lines += message.links.map { "    " + $0 }
    if let origin = message.origin {
      lines.append("  " + say("Origine\u{A0}: ", "Origin: ") + words(origin.summary))
    }
    if let source = message.source {
      lines.append("  " + say("Source\u{A0}: ", "Source: ") + words(source))
    }
    return lines
  }

  private func words(_ text: LocalizedText) -> String { text.rendered(in: language) }

  private func say(_ french: String, _ english: String) -> String { language == .french ? french : english }

  private func quote(_ text: String) -> String { say("«\u{A0}\(text)\u{A0}»", "“\(text)”") }

  private var colon: String { say("\u{A0}:", ":") }
}

/// The messages that come with the program: `Resources/messages.yaml`, which are read only to explain them.
package enum ShippedMessages {
  /// Reads them; there are diagnostics only if the file is faulty, and a test makes sure that it is not.
  package static func read() -> MessageFile {
    MessageFile(PackageResources.messages_yaml, name: "messages.yaml")
  }
}
