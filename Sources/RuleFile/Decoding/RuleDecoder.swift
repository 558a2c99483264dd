import Preflight

extension RuleSetDecoder {
  /// Reads one rule.
  mutating func rule(_ node: YAMLNode) -> Rule? {
    let what = LocalizedText(fr: "une règle", en: "a rule")
    guard let keys = mapping(node, keys: RuleFileKey.ofRule, required: ["id", "check"], what: what) else {
      return nil
    }
    let id = keys["id"].flatMap { self.id($0, besides: rulesByID) }
    if let id { rulesByID[id] = keys["id"]?.span }
    let title = keys["title"].flatMap { localizedText($0, what: LocalizedText(everywhere: "title")) }
    let check = check(keys, of: id ?? "")
    let severity = keys["severity"].flatMap {
      word($0, of: Severity.self, what: LocalizedText(everywhere: "severity"))
    }
    let exit = keys["exit"].flatMap { exitCode($0, of: id) }
    let uses = keys["for"].flatMap { self.uses($0) }
    // Uses that could not be read are not held against what the rule needs.
    let readUses = keys["for"] == nil ? uses : uses ?? []
    let needs = keys["needs"].map { self.needs($0, by: id, for: readUses) } ?? []
    let timeout = keys["timeout"].flatMap { self.timeout($0) }
    let remedy = keys["remedy"].flatMap { localizedText($0, what: LocalizedText(everywhere: "remedy")) }
    let links = keys["links"].map { self.links($0) } ?? []
    guard let id, let check else { return nil }
    let rule = Rule(
      id: id, title: title ?? LocalizedText(everywhere: Text(id)),
      checkID: check.id, check: check.check, parameters: check.parameters,
      severity: severity ?? .blocking, exit: exit, uses: uses, needs: needs, timeout: timeout,
      remedy: remedy, links: links, waiver: waivers[id]?.waiver)
    declaredRules.append(DeclaredRule(rule: rule, keys: keys, span: keys["id"]?.span ?? node.span))
    return rule
  }

  /// Reads the id of a rule or stage: letters, digits, `-`, `_` and `.`, unlike any other.
  mutating func id(_ node: YAMLNode, besides taken: [String: Span]) -> String? {
    guard let id = text(node, what: LocalizedText(everywhere: "id")) else { return nil }
    let isWellFormed = id.count <= 64 && id.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    guard isWellFormed else {
      report(
        .badID, node.span,
        LocalizedText(
          fr: "l'identifiant « \(id) » ne tient pas en 64 lettres, chiffres, « - », « _ » ou « . »",
          en: "the id “\(id)” is not made of at most 64 letters, digits, “-”, “_” or “.”"))
      return nil
    }
    if let first = taken[id] {
      report(
        .duplicateID, node.span,
        LocalizedText(
          fr: "l'identifiant « \(id) » est déjà pris\(place(first, from: node.span).french)",
          en: "the id “\(id)” is already taken\(place(first, from: node.span).english)"),
        proposal: (2...99).lazy.map { "\(id)-\($0)" }
          .first { taken[$0] == nil && !allRuleIDs.contains($0) }.map { .write($0, at: node.span) })
      return nil
    }
    return id
  }

  private mutating func check(_ keys: KnownMapping, of rule: String) -> NamedCheck? {
    guard let node = keys["check"], let id = text(node, what: LocalizedText(everywhere: "check")) else {
      return nil
    }
    guard let declaration = registry.check(id) else {
      if let why = registry.reasonAgainst(id) {
        return silence(why, at: node.span).map {
          NamedCheck(id: id, check: SilentJudge($0), parameters: Parameters())
        }
      }
      reportUnknown(
        .unknownCheck, id, at: node.span, among: registry.checks.map { $0.description.id },
        message: LocalizedText(fr: "contrôle inconnu « \(id) »", en: "unknown check “\(id)”"))
      return nil
    }
    if let node = keys["with"]?["fact"], let why = node.text.flatMap({ registry.reasonAgainst($0) }) {
      return silence(why, at: node.span).map {
        NamedCheck(id: id, check: SilentJudge($0), parameters: Parameters())
      }
    }
    let what = LocalizedText(fr: "le contrôle \(id)", en: "the check \(id)")
    let context = CheckContext(rule: rule, registry: registry)
    return make(declaration.description.parameters, of: keys["with"], at: node.span, what: what) {
      parameters throws(ParameterError) in
      NamedCheck(id: id, check: try declaration.make(parameters, in: context), parameters: parameters)
    }
  }

  private mutating func exitCode(_ node: YAMLNode, of rule: String?) -> ExitCode? {
    guard let code = integer(node, what: LocalizedText(everywhere: "exit")) else { return nil }
    let range = ExitCode.ofRules
    guard range.contains(code) else {
      report(
        .exitOutOfRange, node.span,
        LocalizedText(
          fr: "le code \(code) est hors de \(range.lowerBound)–\(range.upperBound)",
          en: "the code \(code) is outside \(range.lowerBound)–\(range.upperBound)"))
      return nil
    }
    if let other = exitCodes[code] {
      let free = range.first { exitCodes[$0] == nil }
      report(
        .duplicateExit, node.span,
        LocalizedText(
          fr: "le code \(code) est déjà celui de la règle « \(other) »",
          en: "the code \(code) is already that of the rule “\(other)”"),
        proposal: free.map {
          Proposal(
            LocalizedText(fr: "\($0) est libre jusqu'ici", en: "\($0) is free so far"),
            edit: TextEdit(node.span, replacement: "\($0)"))
        })
      return nil
    }
    exitCodes[code] = rule ?? "?"
    return ExitCode(Int32(code))
  }

  private mutating func uses(_ node: YAMLNode) -> Set<Use>? {
    let what = LocalizedText(everywhere: "for")
    if ["all", "tous", "toutes", "*"].contains(node.text?.lowercased()) {
      let all = Use.allCases.map(\.rawValue).joined(separator: ", ")
      reportType(
        node, expected: LocalizedText(fr: "une liste", en: "a list"), for: what,
        proposal: .write("[\(all)]", at: node.span))
      return nil
    }
    guard let nodes = list(node, what: what) else { return nil }
    if nodes.isEmpty {
      report(
        .missingValue, node.span,
        LocalizedText(
          fr: "« for » est vide : la règle ne serait jamais jugée",
          en: "“for” is empty: the rule would never be judged"))
      return nil
    }
    return Set(nodes.compactMap { word($0, of: Use.self, what: what) })
  }

  private mutating func needs(_ node: YAMLNode, by rule: String?, for uses: Set<Use>?) -> [String] {
    guard let nodes = list(node, what: LocalizedText(everywhere: "needs")) else { return [] }
    var needs: [String] = []
    for node in nodes {
      guard let need = text(node, what: LocalizedText(everywhere: "needs")) else { continue }
      if let needed = declaredRules.first(where: { $0.rule.id == need })?.rule {
        checkUses(of: needed, cover: uses, at: node.span)
        needs.append(need)
      } else if need == rule || (allRuleIDs.contains(need) && rulesByID[need] == nil) {
        report(
          .laterNeed, node.span,
          LocalizedText(
            fr: "« \(need) » n'est pas déclarée avant cette règle",
            en: "“\(need)” is not declared before this rule"),
          proposal: Proposal(
            LocalizedText(
              fr: "déplacer la règle « \(need) » plus haut", en: "move the rule “\(need)” up")))
      } else if let place = disabled[need] {
        report(
          .disabledNeed, place,
          LocalizedText(
            fr: "« \(need) » est désactivée alors que « \(rule ?? "?") » en a besoin",
            en: "“\(need)” is disabled while “\(rule ?? "?")” needs it"),
          proposal: Proposal(
            LocalizedText(
              fr: "désactiver aussi « \(rule ?? "?") », ou lui donner d'autres « needs » sous « override »",
              en: "disable “\(rule ?? "?")” as well, or give it other “needs” under “override”")))
      } else if rulesByID[need] == nil {
        reportUnknown(
          .unknownNeed, need, at: node.span, among: rulesByID.keys.filter { $0 != rule }.sorted(),
          message: LocalizedText(
            fr: "aucune règle ne s'appelle « \(need) »", en: "there is no rule “\(need)”"))
      }
    }
    return needs
  }

  /// A rule would be skipped without a word for a use that the rule it needs is not for.
  private mutating func checkUses(of needed: Rule, cover uses: Set<Use>?, at span: Span) {
    guard let covered = needed.uses else { return }
    let missing = (uses ?? Set(Use.allCases)).subtracting(covered).map(\.rawValue).sorted()
    guard !missing.isEmpty else { return }
    let names = missing.joined(separator: ", ")
    report(
      .needOfOtherUse, span,
      LocalizedText(
        fr: "« \(needed.id) » n'est pas jugée pour \(names) : cette règle n'y serait jamais jugée",
        en: "“\(needed.id)” is not judged for \(names): this rule would never be judged there"))
  }

  private mutating func timeout(_ node: YAMLNode) -> Duration? {
    if case .duration(let duration)? = parameterValue(
      node, of: .wait, what: LocalizedText(everywhere: "timeout"))
    {
      return duration
    }
    return nil
  }

  private mutating func links(_ node: YAMLNode) -> [String] {
    guard let nodes = list(node, what: LocalizedText(everywhere: "links")) else { return [] }
    return nodes.compactMap { node in
      guard let link = text(node, what: LocalizedText(everywhere: "links")) else { return nil }
      let isLink = ["https://", "http://"].contains { link.hasPrefix($0) && link.count > $0.count }
      guard isLink, !link.contains(where: \.isWhitespace) else {
        report(
          .badLink, node.span,
          LocalizedText(
            fr: "« \(link) » n'est pas une adresse https://…", en: "“\(link)” is not an address https://…"))
        return nil
      }
      return link
    }
  }

  /// Reads a text for people: a string for every language, or a map by language.
  mutating func localizedText(_ node: YAMLNode, what: LocalizedText) -> LocalizedText? {
    guard case .mapping(let entries) = node.content else {
      return text(node, what: what).map { LocalizedText(everywhere: Text($0)) }
    }
    guard let keys = mapping(node, keys: Language.allCases.map(\.rawValue), what: what) else { return nil }
    let french = keys["fr"].flatMap { text($0, what: what) }
    let english = keys["en"].flatMap { text($0, what: what) }
    guard let some = french ?? english else {
      if entries.isEmpty {
        report(
          .missingValue, node.span,
          LocalizedText(fr: "\(what.french) est vide", en: "\(what.english) is empty"))
      }
      return nil
    }
    return LocalizedText(fr: Text(french ?? some), en: Text(english ?? some))
  }
}
