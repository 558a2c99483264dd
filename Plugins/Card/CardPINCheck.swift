package import Preflight

/// The check `card.pin`: the code porteur can be used and is not at its last try.
package struct CardPINCheck: Check {
  /// The check has no parameters; its cases distinguish a wrong code, a last try and a blocked code.
  package static let description = CheckDescription(
    id: "card.pin",
    summary: LocalizedText(
      fr: "le code porteur n'est pas bloqué, ni à son dernier essai",
      en: "the code porteur is neither blocked nor at its last try"),
    rationale: LocalizedText(
      fr: "un essai de trop bloque la carte, que seul le code de déblocage de l'ANS rouvre",
      en: "one try too many blocks the card, which only ANS's unlock code opens again"),
    cases: [
      CheckCase("code_blocked", fr: "le code porteur est bloqué", en: "the code porteur is blocked"),
      CheckCase(
        "code_last_try", fr: "il ne reste qu'un essai du code porteur",
        en: "one try of the code porteur is left"),
      CheckCase(
        "code_wrong",
        fr: "le code porteur fourni est erroné, et la carte n'est ni bloquée ni à son dernier essai",
        en: "the code porteur given is wrong, and the card is neither blocked nor at its last try"),
      .undecided(
        "code_state_unknown", fr: "l'état du code porteur n'est pas connu",
        en: "the state of the code porteur is not known"),
    ],
    examples: [
      CheckExample("No wrong try", facts: [.cardPIN: .text("ok")], is: .pass),
      CheckExample("A wrong try has happened", facts: [.cardPIN: .text("low")], is: .pass),
      CheckExample("One try left", facts: [.cardPIN: .text("final")], is: .fail, "code_last_try"),
      CheckExample("Blocked", facts: [.cardPIN: .text("blocked")], is: .fail, "code_blocked"),
      CheckExample(
        "A wrong code was given", facts: [.cardPIN: .text("ok"), .cardCode: .text("wrong")], is: .fail,
        "code_wrong"),
      CheckExample(
        "The last code blocked it", facts: [.cardCode: .text("wrong-blocked")], is: .fail, "code_blocked"),
      CheckExample(
        "The last code but one was wrong", facts: [.cardCode: .text("wrong-last-try")], is: .fail,
        "code_last_try"),
      CheckExample(
        "A wrong code was given, and the card taken out", facts: [.cardCode: .text("wrong")], is: .fail,
        "code_wrong"),
      CheckExample(
        "The right code was given", facts: [.cardPIN: .text("low"), .cardCode: .text("accepted")], is: .pass),
      CheckExample("Nobody has looked", facts: [:], is: .unknown, "code_state_unknown"),
    ])

  /// Makes the check. It never throws, as there are no parameters.
  package init(_ parameters: Parameters) throws(ParameterError) {}

  /// The state of the code as the card reports it, and the outcome of a try in this run.
  package var facts: Set<FactName> { [.cardPIN, .cardCode] }

  private static let unknownState = Unavailability(
    .malformed,
    LocalizedText(
      fr: "état du code porteur incompréhensible", en: "the state of the code porteur makes no sense"))

  /// Fails for a code that was refused in this run, that is blocked, or that is at its last try.
  ///
  /// - Throws: ``Unavailability`` if the state of the code is unknown and no try was refused.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    // A try that was made is reported, whatever has happened to the card since.
    if case .text(let outcome)? = facts.known(.cardCode), let refusal = Self.refusal(outcome) {
      return refusal
    }
    let state = try state(facts)
    // One of the sources may say that the code was refused.
    if state == "ok" || state == "low" { _ = try facts.optional(.cardCode) }
    switch state {
    case "ok": return .pass(fr: "tous ses essais restent", en: "all its tries are left")
    case "low":
      return .pass(
        fr: "un code erroné a déjà été saisi ; le code porteur est encore utilisable",
        en: "a wrong code has been entered; the code porteur can still be used")
    case "final":
      return .fail(
        fr: "il ne reste qu'un essai du code porteur, et cet essai n'est pas tenté ici",
        en: "one try of the code porteur is left, and that try is not made here",
        case: FoundCase("code_last_try"))
    case "blocked":
      return .fail(
        fr: "le code porteur est bloqué", en: "the code porteur is blocked", case: FoundCase("code_blocked"))
    default: throw Self.unknownState
    }
  }

  private func state(_ facts: Facts) throws(Unavailability) -> String {
    do throws(Unavailability) { return try facts.text(.cardPIN) } catch {
      // Only if no source looked should the user ask for one; otherwise the reason says what to do.
      throw error.reason == .notGiven ? error.in(FoundCase("code_state_unknown")) : error
    }
  }

  /// The judgement of a code that the card refused, with the tries left. Returns `nil` if the card accepted the code.
  private static func refusal(_ outcome: String) -> Judgement? {
    switch outcome {
    case "wrong-blocked":
      .fail(
        fr: "le code porteur fourni est erroné, et la carte est maintenant bloquée",
        en: "the code porteur given is wrong, and the card is now blocked", case: FoundCase("code_blocked"))
    case "wrong-last-try":
      .fail(
        fr: "le code porteur fourni est erroné : il ne reste qu'un essai, et cet essai n'est pas tenté ici",
        en: "the code porteur given is wrong: one try is left, and that try is not made here",
        case: FoundCase("code_last_try"))
    case "wrong-tries-left":
      .fail(
        fr: "le code porteur fourni est erroné : il reste plus d'un essai",
        en: "the code porteur given is wrong: more than one try is left", case: FoundCase("code_wrong"))
    case "wrong":
      .fail(
        fr: "le code porteur fourni est erroné ; ce qu'il reste d'essais n'est pas connu",
        en: "the code porteur given is wrong; how many tries are left is not known",
        case: FoundCase("code_wrong"))
    default: nil
    }
  }
}
