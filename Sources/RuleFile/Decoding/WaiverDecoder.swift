import Preflight

extension RuleSetDecoder {
  /// Reads a waiver: a rule, a reason, and the last day.
  mutating func waiver(_ node: YAMLNode) {
    let what = LocalizedText(fr: "une dérogation (waiver)", en: "a waiver")
    guard
      let keys = mapping(
        node, keys: RuleFileKey.ofWaiver, required: ["rule", "reason", "until"], what: what),
      let rule = keys["rule"], let id = ruleID(rule)
    else { return }
    let reason = keys["reason"].flatMap { localizedText($0, what: LocalizedText(everywhere: "reason")) }
    let until = keys["until"].flatMap {
      parameterValue($0, of: .date, what: LocalizedText(everywhere: "until"))
    }
    var maxDays = Waiver.usualMaxDays
    if let node = keys["max_days"] {
      guard
        case .integer(let days)? = parameterValue(
          node, of: .integer(1...3650), what: LocalizedText(everywhere: "max_days"))
      else { return }
      maxDays = days
    }
    if let first = waivers[id] {
      let place = place(first.rule.span, from: rule.span)
      report(
        .duplicateID, rule.span,
        LocalizedText(
          fr: "la règle « \(id) » a déjà une dérogation\(place.french)",
          en: "the rule “\(id)” already has a waiver\(place.english)"))
      return
    }
    guard let reason, case .date(let date)? = until, let untilNode = keys["until"] else { return }
    waivers[id] = DeclaredWaiver(
      waiver: Waiver(reason: reason, until: date, maxDays: maxDays), rule: rule, until: untilNode.span)
  }

  /// Reads the id of a rule that has to be declared somewhere.
  mutating func ruleID(_ node: YAMLNode) -> String? {
    guard let id = text(node, what: LocalizedText(everywhere: "rule")) else { return nil }
    guard !allRuleIDs.contains(id) else { return id }
    let isDisabled = disabled[id] != nil
    reportUnknown(
      .unknownRule, id, at: node.span, among: isDisabled ? [] : sortedRuleIDs,
      message: isDisabled
        ? LocalizedText(fr: "la règle « \(id) » est désactivée", en: "the rule “\(id)” is disabled")
        : LocalizedText(fr: "aucune règle ne s'appelle « \(id) »", en: "there is no rule “\(id)”"))
    return nil
  }
}
