/// The maximum age of the Gestionnaire's report on a card; see docs/cards.md, “The Gestionnaire's report”.
package struct ReportAge: Sendable, Hashable {
  /// Counted in whole days, since today's date has no time.
  private let limit: Duration
  /// Whether somebody asked for it, so that a report of which the day is not known is not believed.
  package let isDemanded: Bool

  /// Thirty days, unless `--report-max-age` or `report: { max_age: … }` sets another limit.
  package static let usual = ReportAge(.seconds(30 * 86_400), isDemanded: false)

  /// - Parameters:
  ///   - limit: the maximum age; fractions of a day are ignored.
  ///   - isDemanded: whether an option or a rule file asks for it.
  package init(_ limit: Duration, isDemanded: Bool = true) {
    self.limit = limit
    self.isDemanded = isDemanded
  }

  /// Returns why a report of that day is not believed: it is too old, or dated after today. Nil if it is believed.
  ///
  /// - Parameter today: the fact `today`, which may be unavailable.
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
    let allowed = LocalizedText(limit)
    return Unavailability(
      .notGiven,
      LocalizedText(
        fr: """
          le rapport date du \(day) : il a \(Text(counting: age, "jour", in: .french)), et \(allowed.french) au plus sont \
          permis ; refaire le rapport
          """,
        en: """
          the report was made on \(day): it is \(Text(counting: age, "day", in: .english)) old, and \(allowed.english) at \
          most are allowed; make the report again
          """))
  }
}

extension Facts {
  /// Returns the facts without those that a source took from a report that is too old. This includes facts
  /// files that were written from a report: they are not newer than the report.
  package func distrustingReports(olderThan age: ReportAge) -> Facts {
    var facts = self
    facts.distrustReports(olderThan: age)
    return facts
  }

  /// Makes those unavailable that ``distrustingReports(olderThan:)`` leaves out.
  mutating func distrustReports(olderThan age: ReportAge) {
    // Most lines of a stream are from no report.
    guard mayHave(Self.ofReport), let created = reported(.reportCreatedOn) else { return }
    let refusal: Unavailability? =
      switch created.state {
      case .known(.date(let day)): age.refusal(of: day, on: self[.today])
      // There is a date, but it is not known which.
      case .unavailable(let why) where why.reason == .disagreement || why.reason == .malformed: why
      case .known, .absent, .unavailable: nil
      }
    guard let why = refusal else { return }
    // If two sources disagree, the fact names both.
    for fact in all
    where (fact.value != nil || fact.isAbsent) && fact.name.isOfCardOrReader && created.isFrom(fact.source) {
      settle(Fact(fact.name, unavailable: why, source: fact.source))
    }
  }

  private static let ofReport = Names([.reportCreatedOn])
}

extension Fact {
  /// Whether that source gave the fact, alone or with others: those that disagree are all named.
  fileprivate func isFrom(_ other: String) -> Bool {
    let (names, name) = (Array(source.utf8), Array(other.utf8))
    guard names.count >= name.count else { return false }
    return (0...(names.count - name.count)).contains { names[$0...].starts(with: name) }
  }
}
