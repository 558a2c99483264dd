import Preflight

/// How many days a date may be past: the comparison `not_older_than` of the check `fact`; docs/rule-file.md, “fact”.
struct FactAge: Sendable {
  /// The name of the parameter.
  static let name = "not_older_than"

  private let days: Int

  /// Reads the number of days.
  ///
  /// - Throws: ``ParameterError`` if the operand makes no sense for facts of that type.
  init(_ operand: ParameterValue, of type: FactType) throws(ParameterError) {
    guard type.bare == .date else { throw FactComparison.doesNotApply(Self.name, to: type) }
    let day = 86_400_000
    guard case .duration(let duration) = operand, duration.milliseconds % day == 0 else {
      throw ParameterError(
        Self.name, fr: "une date n'a pas d'heure : son âge se donne en jours entiers, comme 8d",
        en: "a date has no time of day: give its age in whole days, such as 8d")
    }
    days = duration.milliseconds / day
  }

  /// Judges a fact.
  ///
  /// - Parameter today: the day on which it is judged.
  /// - Throws: ``Unavailability`` if the age of the fact cannot be determined.
  func judge(
    _ value: FactValue, of fact: FactDeclaration, on today: CivilDate
  ) throws(Unavailability) -> Judgement {
    guard case .date(let date) = value.bare else { throw FactComparison.incomparable }
    let mask = fact.type.mask
    let age = date.days(until: today)
    let found: @Sendable () -> LocalizedText = { LocalizedText(value, maskedAs: mask) }
    let summary = fact.summary
    guard age >= 0 else {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "\(summary.french) : \(found().french), après la date du jour (\(today))",
          en: "\(summary.english): \(found().english), after today (\(today))"),
        case: FoundCase(
          "fact_from_the_future", ["found": found(), "today": LocalizedText(everywhere: "\(today)")]))
    }
    // The age would reveal the date.
    let shownAge: @Sendable () -> LocalizedText = { LocalizedText(.integer(age), maskedAs: mask) }
    let days = days
    let wanted: @Sendable () -> LocalizedText = {
      let most = LocalizedText(counting: days, fr: "jour", en: "day")
      return LocalizedText(fr: "\(most.french) au plus", en: "at most \(most.english)")
    }
    let french: @Sendable () -> Text = {
      let ago: Text = "il y a \(shownAge().french) jour\(age > 1 || mask != nil ? "s" : "")"
      return "\(summary.french) : \(found().french), \(ago) (demandé : \(wanted().french))"
    }
    let english: @Sendable () -> Text = {
      let ago: Text = "\(shownAge().english) day\(age == 1 && mask == nil ? "" : "s") ago"
      return "\(summary.english): \(found().english), \(ago) (asked for: \(wanted().english))"
    }
    return age <= days
      ? .pass(fr: french(), en: english())
      : .fail(
        fr: french(), en: english(),
        case: FoundCase("fact_too_old", ["found": found(), "wanted": wanted(), "age": shownAge()]))
  }
}
