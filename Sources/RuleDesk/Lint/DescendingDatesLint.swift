import Preflight
import RuleFile

/// Dates of a map that are not in ascending order, so that the next one is easily put in the wrong place.
enum DescendingDatesLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.flatMap { declared -> [Finding] in
      guard case .mapping(let parameters)? = declared.keys["with"]?.content else { return [] }
      return parameters.compactMap { parameter in
        guard case .mapping(let entries) = parameter.value.content else { return nil }
        let dates = entries.map { entry in (date: entry.key.text.flatMap { CivilDate($0) }, entry: entry) }
        let late = zip(dates, dates.dropFirst()).first { before, after in
          guard let one = before.date, let other = after.date else { return false }
          return other < one
        }
        guard let late else { return nil }
        return .warning(
          .descendingDates, late.1.entry.key.span,
          LocalizedText(
            fr: "cette date de « \(parameter.key.text ?? "") » est avant celle qui la précède",
            en: "this date of “\(parameter.key.text ?? "")” is before the one above it"),
          proposal: LocalizedText(
            fr: "ranger les dates de la plus ancienne à la plus récente",
            en: "put the dates in order, the oldest first"))
      }
    }
  }
}
