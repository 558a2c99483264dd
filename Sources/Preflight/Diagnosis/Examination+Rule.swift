extension Examination {
  /// Makes an examination from a rule, with its message and its advice, so that nothing is judged in two
  /// places.
  ///
  /// A missing card is not a fault here, and what follows from it is reported once, by the rule that looks
  /// for a card.
  package init(_ rule: Rule) {
    let isOfCard = rule.check.facts.contains(where: \.isOfCard) && !rule.checkID.hasPrefix("cryptolib.")
    let looksForCard = rule.checkID == "card.present"
    self.init("rule.\(rule.id)", isOfCard ? .card : .cryptolib, rule.check.facts.union([.cardPresent])) {
      facts throws(Unavailability) in
      if isOfCard, !looksForCard, facts[.cardPresent].value != .boolean(true) { return [] }
      let judgement: Judgement
      do throws(Unavailability) { judgement = try rule.check.judge(facts) } catch {
        // The examinations of the Cryptolib's files report that no version is known.
        if !isOfCard, error.reason == .service { return [] }
        throw error
      }
      let message = judgement.message.sentence
      guard judgement.outcome == .fail else { return [Observation(.sound, "sound", message)] }
      let sign: Observation.Sign = rule.severity == .warning || looksForCard ? .attention : .fault
      let remedy = judgement.remedy ?? rule.advice.remedy(in: judgement.found)
      let steps = [remedy].compactMap(\.self) + rule.advice.links(in: judgement.found)
      return [
        Observation(
          sign, judgement.found?.name ?? "failed", message, mending: steps.map { .advice($0) })
      ]
    }
  }

  /// Whether a rule can be judged without a code porteur.
  package static func canExamine(_ rule: Rule) -> Bool {
    rule.check.facts.allSatisfy { !$0.rawValue.hasPrefix("billing.") }
      && ["card.", "cryptolib."].contains { rule.checkID.hasPrefix($0) }
  }
}

extension LocalizedText {
  /// The same text with a capital at its beginning and a full stop at its end.
  package var sentence: LocalizedText {
    let text = capitalized
    return LocalizedText(fr: "\(text.french).", en: "\(text.english).")
  }
}
