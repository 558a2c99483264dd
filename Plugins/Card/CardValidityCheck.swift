package import Preflight

/// The check `card.validity`: today is not past the card's last valid day; docs/cards.md, “Validity”.
package struct CardValidityCheck: Check {
  private let years: YearsOfValidity
  private let usesExpiry: Bool
  private let daysLeft: Int
  private let names = Names()

  /// The names of the dates that it reads. They are at hand here: streams have millions of lines.
  private struct Names: Sendable {
    let today = FactName.today
    let issuedOn = FactName.cardIssuedOn
    let expiresOn = FactName.cardExpiresOn
  }

  /// Reads the years of validity, whether the written date counts, and the days that must be left.
  ///
  /// - Throws: ``ParameterError`` if the parameters leave no date to judge.
  package init(_ parameters: Parameters) throws(ParameterError) {
    years = YearsOfValidity(parameters)
    usesExpiry = parameters.boolean("expiry") ?? true
    daysLeft = parameters.integer("days_left") ?? 0
    if !usesExpiry, let name = years.unlimited {
      throw ParameterError(
        name, fr: "« \(Text(name)): 0 » et « expiry: false » ne laissent rien à juger",
        en: "“\(Text(name)): 0” and “expiry: false” leave nothing to judge")
    }
  }

  /// Today, and those of the dates and the generation that the parameters make relevant.
  package var facts: Set<FactName> {
    var facts: Set<FactName> = [.today]
    if years.areLimited { facts.insert(.cardIssuedOn) }
    if years.dependOnGeneration { facts.insert(.cardGeneration) }
    if usesExpiry { facts.insert(.cardExpiresOn) }
    return facts
  }

  /// Fails after the last valid day, or when at most `days_left` days remain; measures the days left.
  ///
  /// - Throws: ``Unavailability`` if a date that could decide is unknown, or if the dates are impossible.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    let today = try facts.date(names.today)
    let term = years.term(of: facts)
    var issued: CivilDate?
    var expires: CivilDate?
    if term.years > 0, case .date(let day)? = facts.known(names.issuedOn) { issued = day }
    if usesExpiry, case .date(let day)? = facts.known(names.expiresOn) { expires = day }
    if let issued { try Self.refuseNonsense(issued: issued, expires: expires, today: today) }
    let ends = Ends(
      byIssue: issued.map { End(day: $0.adding(years: term.years), issue: $0) },
      byExpiry: expires.map { End(day: $0, issue: nil) })
    // A card known to have expired has expired, even if other facts are unknown.
    let first = ends.first
    let left = first.map { today.days(until: $0.day) } ?? 0
    if let first, let judgement = failure(at: first, left, of: ends, term, today) {
      if let doubt = term.doubt, !fails(ends.within(term.ofOther), today) { throw doubt }
      return judgement
    }
    if case .cps4? = term.card, let issued, issued < Self.firstCPS4,
      !years.covers(today, sinceIssueOn: issued)
    {
      throw Self.tooEarly(issued)
    }
    if term.years > 0, issued == nil { _ = try facts.date(names.issuedOn) }
    if usesExpiry, expires == nil { _ = try facts.date(names.expiresOn) }
    guard let first else { throw Self.noDates }
    return .pass(validity: validity(until: first.day, left)) { language in
      let (days, reason) = (Text(days: left, in: language), first.reason(within: term, in: language))
      return language.text(
        fr: "valable jusqu'au \(first.day) inclus, encore \(days) (\(reason))",
        en: "valid up to and including \(first.day), \(days) left (\(reason))")
    }
  }

  /// Returns the failure of a card that has expired or expires too soon. Nil if it has not.
  ///
  /// - Parameter left: the days that are left until its first end.
  private func failure(
    at first: End, _ left: Int, of ends: Ends, _ term: YearsOfValidity.Term, _ today: CivilDate
  ) -> Judgement? {
    if left < 0 {
      // The generation is asked for only where a CPS4 would be valid.
      let mayBeCPS4 = term.ofCPS4 != nil && ends.mayBeOfCPS4 && isValid(ends.within(term.ofCPS4), today)
      let found = FoundCase(
        mayBeCPS4 ? "expired_unless_cps4" : "expired",
        ["last_day": "\(first.day)", "days_left": "0", "days_past": "\(-left)"])
      return .fail(case: found, validity: validity(until: first.day, left)) { language in
        let (days, reason) = (Text(days: -left, in: language), first.reason(within: term, in: language))
        return language.text(
          fr: "carte périmée : son dernier jour était le \(first.day), il y a \(days) (\(reason))",
          en: "the card was last valid on \(first.day), \(days) ago (\(reason))")
      }
    }
    guard daysLeft > 0, left <= daysLeft else { return nil }
    let found = FoundCase("expires_soon", ["last_day": "\(first.day)", "days_left": "\(left)"])
    return .fail(case: found, validity: validity(until: first.day, left)) { language in
      let (days, reason) = (Text(days: left, in: language), first.reason(within: term, in: language))
      return language.text(
        fr: "la carte n'est valable que jusqu'au \(first.day) : il reste \(days) (\(reason))",
        en: "the card is valid only until \(first.day): \(days) left (\(reason))")
    }
  }

  /// Whether a card with these ends has expired, or expires too soon.
  private func fails(_ ends: Ends, _ today: CivilDate) -> Bool {
    guard let first = ends.first else { return false }
    let left = today.days(until: first.day)
    return left < 0 || (daysLeft > 0 && left <= daysLeft)
  }

  /// Whether a card with these ends has not expired.
  private func isValid(_ ends: Ends, _ today: CivilDate) -> Bool {
    ends.first.map { $0.day >= today } ?? true
  }

  private func validity(until day: CivilDate, _ left: Int) -> RemainingValidity {
    RemainingValidity(lastDay: day, days: left, enough: daysLeft > 0 ? daysLeft + 1 : 0)
  }

  // MARK: - Ends

  /// A day after which the card is not valid, and why.
  private struct End: Sendable {
    let day: CivilDate
    /// The day of its issue, from which the years count. Nil for the day that is written on the card.
    let issue: CivilDate?

    func reason(within term: YearsOfValidity.Term, in language: Language) -> Text {
      issue.map { term.reason(issuedOn: $0, in: language) } ?? term.reasonOfExpiry(in: language)
    }
  }

  /// The ends of a card's validity that count. Each is nil if it does not, or is not known.
  private struct Ends {
    let byIssue: End?
    let byExpiry: End?

    /// The earlier one.
    var first: End? {
      guard let byIssue, let byExpiry else { return byIssue ?? byExpiry }
      return byExpiry.day < byIssue.day ? byExpiry : byIssue
    }

    /// The ends of the same card if it is valid for that many years; 0 or nil if there is no limit.
    func within(_ years: Int?) -> Ends {
      guard let issue = byIssue?.issue, let years, years > 0 else {
        return Ends(byIssue: nil, byExpiry: byExpiry)
      }
      return Ends(byIssue: End(day: issue.adding(years: years), issue: issue), byExpiry: byExpiry)
    }

    /// Whether the card may be a CPS4 by the day of its issue.
    var mayBeOfCPS4: Bool { byIssue?.issue.map { $0 >= CardValidityCheck.firstCPS4 } ?? true }
  }

  /// The day from which on CPS4 cards are delivered; docs/cards.md, “Validity”.
  private static let firstCPS4 = CivilDate(daysSince1970: 20_270)  // 2025-07-01

  /// Why a CPS4 is not believed that was issued before there were any, where only its six years would do: its generation or its
  /// date is wrong.
  private static func tooEarly(_ issued: CivilDate) -> Unavailability {
    Unavailability(
      .malformed,
      LocalizedText(
        fr: """
          carte CPS4 délivrée le \(issued), avant qu'il y en ait (\(firstCPS4)) : sa génération ou sa date de \
          délivrance est fausse
          """,
        en: """
          a CPS4 issued on \(issued), before there were any (\(firstCPS4)): its generation or its date of issue is wrong
          """),
      case: FoundCase("too_early_for_cps4", ["issued_on": "\(issued)"]))
  }

  /// Refuses impossible dates: a card from the future, or one that expires before its issue.
  private static func refuseNonsense(
    issued: CivilDate, expires: CivilDate?, today: CivilDate
  ) throws(Unavailability) {
    if issued > today {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "carte délivrée le \(issued), après aujourd'hui (\(today)) : vérifier l'horloge du poste",
          en: "the card was issued on \(issued), after today (\(today)): check the workstation's clock"),
        case: FoundCase("from_the_future", ["issued_on": "\(issued)", "today": "\(today)"]))
    }
    if let expires, expires < issued {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "la carte expire le \(expires), avant sa délivrance (\(issued))",
          en: "the card expires on \(expires), before its issue (\(issued))"),
        case: FoundCase("dates_contradict", ["issued_on": "\(issued)", "expires_on": "\(expires)"]))
    }
  }

  private static let noDates = Unavailability(
    .notGiven, LocalizedText(fr: "aucune date de la carte n'est connue", en: "no date of the card is known"))
}

extension Text {
  fileprivate init(days count: Int, in language: Language) {
    self.init(counting: count, language == .french ? "jour" : "day", in: language)
  }
}

// MARK: - Documentation

extension CardValidityCheck {
  /// `years` and `years_cps4` count from the issue; `expiry: false` ignores the written date; `days_left` is in days.
  package static let description = CheckDescription(
    id: "card.validity",
    summary: LocalizedText(fr: "la carte est en cours de validité", en: "the card is within its validity"),
    rationale: LocalizedText(
      fr: "une carte périmée n'est plus acceptée : ni signature, ni télétransmission",
      en: "a card past its validity is no longer accepted: neither for signing nor for télétransmission"),
    parameters: [
      Parameter(
        "years", .integer(0...10), default: "3",
        fr: "durée depuis la délivrance ; 0 : ne pas en tenir compte",
        en: "years from the issue; 0: ignore it"),
      Parameter(
        "years_cps4", .integer(0...10), default: "6",
        fr: "la même pour une CPS4 ; « years », si elle seule est donnée",
        en: "the same for a CPS4; “years”, where that alone is given"),
      Parameter(
        "expiry", .boolean, default: "true", fr: "tenir compte de la date inscrite sur la carte",
        en: "take the date written on the card into account"),
      Parameter(
        "days_left", .integer(0...366), default: "0",
        fr: "échouer aussi quand il reste ce nombre de jours ou moins",
        en: "fail as well when this many days or fewer are left"),
    ],
    cases: [
      CheckCase(
        "expired", fr: "la carte est périmée", en: "the card is past its validity",
        variables: [
          lastDay, daysLeft, daysNeeded,
          CaseVariable("days_past", fr: "les jours écoulés depuis", en: "the days since then"),
        ]),
      CheckCase(
        "expired_unless_cps4",
        fr:
          "la carte serait périmée ; sa génération n'est pas connue, et une CPS4 délivrée ce jour-là ne le serait pas",
        en:
          "the card would be past its validity; its generation is not known, and a CPS4 issued that day would not be",
        variables: [
          lastDay, daysLeft, daysNeeded,
          CaseVariable("days_past", fr: "les jours écoulés depuis", en: "the days since then"),
        ]),
      CheckCase(
        "expires_soon", fr: "il reste « days_left » jours ou moins", en: "“days_left” days or fewer are left",
        variables: [lastDay, daysLeft, daysNeeded]),
      .undecided(
        "from_the_future", fr: "la carte a été délivrée après aujourd'hui",
        en: "the card was issued after today",
        variables: [issuedOn, CaseVariable("today", fr: "la date du poste", en: "the workstation's date")]),
      .undecided(
        "too_early_for_cps4",
        fr: "la carte est dite CPS4, et délivrée avant qu'il y en ait",
        en: "the card is said to be a CPS4, and issued before there were any", variables: [issuedOn]),
      .undecided(
        "dates_contradict", fr: "la carte expire avant sa délivrance",
        en: "the card expires before its issue",
        variables: [
          issuedOn,
          CaseVariable("expires_on", fr: "la date inscrite sur la carte", en: "the date written on it"),
        ]),
    ],
    examples: [
      CheckExample("In its first year", facts: dates("2026-03-15", "2025-09-10", "2028-09-30"), is: .pass),
      CheckExample(
        "The third anniversary is the last day", facts: dates("2028-09-10", "2025-09-10", "2028-09-30"),
        is: .pass),
      CheckExample(
        "The day after it", facts: dates("2028-09-11", "2025-09-10", "2028-09-30"), is: .fail,
        "expired"),
      CheckExample(
        "29 February ends on 28 February", facts: dates("2027-03-01", "2024-02-29", "2027-12-31"), is: .fail),
      CheckExample(
        "A CPS4 in its sixth year",
        facts: dates("2031-09-10", "2025-09-10", "2031-09-30", generation: "cps4"), is: .pass),
      CheckExample(
        "A CPS4 after its sixth anniversary",
        facts: dates("2031-09-11", "2025-09-10", "2031-09-30", generation: "cps4"), is: .fail, "expired"),
      CheckExample(
        "A card of unknown generation has the shorter time",
        facts: dates("2028-09-11", "2025-09-10", "2031-09-30", generation: nil), is: .fail,
        "expired_unless_cps4"),
      CheckExample(
        "“years” alone is for every card", parameters: ["years": .integer(3)],
        facts: dates("2028-09-11", "2025-09-10", "2031-09-30", generation: "cps4"), is: .fail, "expired"),
      CheckExample(
        "A CPS4 issued before there were any",
        facts: dates("2028-07-01", "2025-06-30", "2031-06-30", generation: "cps4"), is: .unknown,
        "too_early_for_cps4"),
      CheckExample(
        "Past its own expiry, whatever its generation",
        facts: dates("2028-10-01", "2025-09-10", "2028-09-30", generation: nil), is: .fail, "expired"),
      CheckExample("Past its own expiry", facts: dates("2026-03-15", "2025-09-10", "2026-03-14"), is: .fail),
      CheckExample(
        "Within 60 days of its end", parameters: ["days_left": .integer(60)],
        facts: dates("2028-07-12", "2025-09-10", "2028-09-30"), is: .fail, "expires_soon"),
      CheckExample(
        "Issued after today", facts: dates("2025-09-09", "2025-09-10", "2028-09-30"), is: .unknown,
        "from_the_future"),
      CheckExample(
        "Ended before it began", facts: dates("2026-03-15", "2025-09-10", "2024-09-30"), is: .unknown,
        "dates_contradict"),
      CheckExample("Without its dates", facts: dates("2026-03-15", nil, nil), is: .unknown),
    ])

  private static let lastDay = CaseVariable(
    "last_day", fr: "le dernier jour de validité", en: "the last day on which it is valid")
  private static let daysLeft = CaseVariable(
    "days_left", fr: "les jours qui restent", en: "the days that are left")
  private static let daysNeeded = CaseVariable(
    "days_needed", of: "days_left", fr: "le paramètre « days_left »", en: "the parameter “days_left”")
  private static let issuedOn = CaseVariable(
    "issued_on", fr: "la date de délivrance", en: "the date of issue")

  private static func dates(
    _ today: String, _ issued: String?, _ expires: String?, generation: String? = "cps3"
  ) -> [FactName: FactValue] {
    var facts: [FactName: FactValue] = [:]
    facts[.cardGeneration] = generation.map(FactValue.text)
    facts[.today] = CivilDate(today).map(FactValue.date)
    facts[.cardIssuedOn] = issued.flatMap { CivilDate($0) }.map(FactValue.date)
    facts[.cardExpiresOn] = expires.flatMap { CivilDate($0) }.map(FactValue.date)
    return facts
  }
}
