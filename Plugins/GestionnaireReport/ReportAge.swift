import Preflight

/// How the age of a report affects its facts.
extension Session {
  /// The reason why the session's facts about the card are not trusted; `nil` if its age is not one.
  ///
  /// - Parameters:
  ///   - today: the fact of that name.
  ///   - maxAge: the greatest age that is still trusted.
  func refusal(on today: Fact, notOlderThan maxAge: ReportAge) -> Unavailability? {
    switch creation {
    // Partly pasted text is still read, unless its age was asked for; a note says that its age is unknown.
    case .unsaid: return maxAge.isDemanded ? Self.undated : nil
    case .unreadable:
      return Unavailability(
        .notGiven,
        LocalizedText(
          fr: "la date « Fichier créé le … » du rapport est illisible : refaire le rapport",
          en: "the date “Fichier créé le …” of the report cannot be read: make the report again"))
    case .on(let day, _): return maxAge.refusal(of: day, on: today)
    }
  }

  private static var undated: Unavailability {
    Unavailability(
      .notGiven,
      LocalizedText(
        fr: """
          un âge maximal est demandé (--report-max-age, ou « report: max_age »), et le rapport ne dit pas quand il a été \
          fait : donner le rapport entier, avec la ligne « Fichier créé le … »
          """,
        en: """
          a greatest age is asked for (--report-max-age, or “report: max_age”), and the report does not say when it was \
          made: give the whole report, with the line “Fichier créé le …”
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
  /// The note on the choice; `nil` if the file holds one session, with its date.
  var note: LocalizedText? {
    switch (count, session.creation) {
    case (1, .unsaid):
      LocalizedText(
        fr: "rapport sans date : son âge n'est pas connu", en: "a report without a date: its age is not known"
      )
    case (1, _): nil
    case (_, .on(let day, let seconds)):
      Self.note(
        position, of: count, isByDate: isByDate,
        seconds.map { LocalizedText(fr: "\(day), \(Self.time($0))", en: "\(day), \(Self.time($0))") }
          ?? LocalizedText(fr: "\(day)", en: "\(day)"))
    case (_, .unreadable), (_, .unsaid):
      LocalizedText(
        fr: "session \(position) sur \(count) du fichier, la dernière (sans date lisible)",
        en: "session \(position) of \(count) in the file, the last one (without a date that can be read)")
    }
  }

  /// The reason why the session is not trusted; `nil` if it is known to be the newest, or if all that may be the newest
  /// say the same.
  var refusal: Unavailability? {
    guard count > 1 else { return nil }
    if isInDoubt { return Self.unreadableDate(among: count) }
    guard isContested else { return nil }
    return Unavailability(
      .notGiven,
      LocalizedText(
        fr: """
          les \(count) sessions du rapport ne disent pas la même chose, et leurs dates et heures ne disent pas laquelle est \
          la plus récente : refaire le rapport
          """,
        en: """
          the report's \(count) sessions do not say the same, and their dates and times do not say which is the newest: \
          make the report again
          """))
  }

  private static func unreadableDate(among count: Int) -> Unavailability {
    Unavailability(
      .notGiven,
      LocalizedText(
        fr: """
          la date « Fichier créé le … » d'une des \(count) sessions du rapport est illisible : rien ne dit laquelle est la \
          plus récente ; refaire le rapport
          """,
        en: """
          the date “Fichier créé le …” of one of the report's \(count) sessions cannot be read: nothing says which is the \
          newest; make the report again
          """))
  }

  private static func note(
    _ position: Int, of count: Int, isByDate: Bool, _ moment: LocalizedText
  ) -> LocalizedText {
    isByDate
      ? LocalizedText(
        fr: "session \(position) sur \(count) du fichier, la plus récente (\(moment.french))",
        en: "session \(position) of \(count) in the file, the newest (\(moment.english))")
      : LocalizedText(
        fr:
          "session \(position) sur \(count) du fichier, la dernière, car toutes n'ont pas de date (\(moment.french))",
        en:
          "session \(position) of \(count) in the file, the last one, as not all have a date (\(moment.english))"
      )
  }

  private static func time(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }
}
