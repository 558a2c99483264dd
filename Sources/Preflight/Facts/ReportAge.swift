/// How old what the Gestionnaire reported of a card may be; docs/cards.md, “The Gestionnaire's report”.
package struct ReportAge: Sendable, Hashable {
  /// Ages are whole days, since today's date has no time.
  private let limit: Duration

  /// Thirty days: what counts unless `--report-max-age` or `report: { max_age: … }` says something else.
  package static let usual = ReportAge(.seconds(30 * 86_400))

  package init(_ limit: Duration) { self.limit = limit }

  /// Why nothing that a report of that day says of the card is believed; nil where its age is no reason.
  ///
  /// - Parameter today: the fact of that name.
  package func refusal(of day: CivilDate, on today: Fact) -> Unavailability? {
    guard case .date(let today)? = today.value else {
      return Unavailability(
        .notGiven,
        LocalizedText(
          fr: "la date du jour n'est pas connue : l'âge du rapport non plus",
          en: "today's date is not known, nor is the report's age"))
    }
    let age = day.days(until: today)
    if age < 0 {
      return Unavailability(
        .notGiven,
        LocalizedText(
          fr: """
            le rapport est daté du \(day), après la date du jour (\(today)) : vérifier l'horloge du poste, ou refaire \
            le rapport
            """,
          en: """
            the report is dated \(day), after today (\(today)): check the workstation's clock, or make the report \
            again
            """))
    }
    guard Duration.seconds(age * 86_400) > limit else { return nil }
    return Unavailability(
      .notGiven,
      LocalizedText(
        fr: """
          le rapport date du \(day) : il a \(age) jours, plus que les \(limit.notation) permis ; refaire \
          le rapport
          """,
        en: """
          the report was made on \(day): it is \(age) days old, more than the \(limit.notation) allowed; \
          make the report again
          """))
  }
}

extension Facts {
  /// The facts, without what a source says of the card that says too that it has it of a report which is too old: a facts
  /// file that was written of a report is no younger than the report.
  package func distrustingReports(olderThan age: ReportAge) -> Facts {
    let created = self[.reportCreatedOn]
    let refusal: Unavailability? =
      switch created.state {
      case .known(.date(let day)): age.refusal(of: day, on: self[.today])
      // There is a date, and nobody knows which.
      case .unavailable(let why) where why.reason == .disagreement || why.reason == .malformed: why
      case .known, .absent, .unavailable: nil
      }
    guard let why = refusal else { return self }
    var facts = self
    // Where two sources disagree, both are named.
    for fact in all
    where fact.value != nil && fact.name.isOfCardOrReader && created.source.contains(fact.source) {
      facts.settle(Fact(fact.name, unavailable: why, source: fact.source))
    }
    return facts
  }
}
