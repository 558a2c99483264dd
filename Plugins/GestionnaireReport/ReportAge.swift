import Preflight

/// What the age of a report means for what it says.
extension Session {
  /// Why nothing that the session says of the card is believed; nil where its age is no reason.
  ///
  /// - Parameters:
  ///   - today: the fact of that name.
  ///   - maxAge: how old the report may be. Ages are whole days, since today's date has no time.
  func refusal(on today: Fact, notOlderThan maxAge: Duration) -> Unavailability? {
    switch creation {
    // Text that was pasted in part is read as before; a note says that its age is not known.
    case .unsaid: return nil
    case .unreadable:
      return Unavailability(
        .notGiven,
        LocalizedText(
          fr: "la date « Fichier créé le … » du rapport est illisible : refaire le rapport",
          en: "the date “Fichier créé le …” of the report cannot be read: make the report again"))
    case .on(let day, _):
      guard case .date(let today)? = today.value else {
        return Unavailability(
          .notGiven,
          LocalizedText(
            fr: "la date du jour n'est pas connue : l'âge du rapport non plus",
            en: "today's date is not known, nor is the report's age"))
      }
      return Self.refusal(of: day, on: today, notOlderThan: maxAge)
    }
  }

  private static func refusal(
    of day: CivilDate, on today: CivilDate, notOlderThan maxAge: Duration
  ) -> Unavailability? {
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
    guard Duration.seconds(age * 86_400) > maxAge else { return nil }
    return Unavailability(
      .notGiven,
      LocalizedText(
        fr: """
          le rapport date du \(day) : il a \(age) jours, plus que les \(maxAge.notation) permis (--report-max-age) ; refaire \
          le rapport
          """,
        en: """
          the report was made on \(day): it is \(age) days old, more than the \(maxAge.notation) allowed \
          (--report-max-age); make the report again
          """))
  }
}

extension Session.Creation {
  /// The fact `report.createdOn`.
  var state: Fact.State {
    switch self {
    case .on(let day, _): .known(.date(day))
    case .unreadable:
      .unavailable(
        Unavailability(
          .malformed,
          LocalizedText(
            fr: "la date « Fichier créé le … » du rapport est illisible",
            en: "the date “Fichier créé le …” of the report cannot be read")))
    case .unsaid:
      .unavailable(
        Unavailability(
          .notGiven,
          LocalizedText(
            fr: "le rapport ne dit pas quand il a été fait : la ligne « Fichier créé le … » manque",
            en: "the report does not say when it was made: the line “Fichier créé le …” is missing")))
    }
  }
}

extension Session.Choice {
  /// What has to be said of the choice; nil where the file holds one session, with its date.
  var note: LocalizedText? {
    switch (count, session.creation) {
    case (1, .unsaid):
      LocalizedText(
        fr: "rapport sans date : son âge n'est pas connu", en: "a report without a date: its age is not known"
      )
    case (1, _): nil
    case (_, .on(let day, let seconds)):
      LocalizedText(
        fr: "session \(position) sur \(count) du fichier, la plus récente (\(day), \(Self.time(seconds)))",
        en: "session \(position) of \(count) in the file, the newest (\(day), \(Self.time(seconds)))")
    case (_, .unreadable), (_, .unsaid):
      LocalizedText(
        fr: "session \(position) sur \(count) du fichier, la dernière (sans date lisible)",
        en: "session \(position) of \(count) in the file, the last one (without a date that can be read)")
    }
  }

  private static func time(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }
}
