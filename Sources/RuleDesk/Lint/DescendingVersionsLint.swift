import Preflight
import RuleFile

/// Versions of a map by date of which a later one is lower, as when an override adds a date to those that it inherits. It has no
/// effect: newer cards need no less than older ones.
enum DescendingVersionsLint: Lint {
  /// An entry of the map.
  private struct Step {
    let day: CivilDate
    let version: Version
    let span: Span
  }

  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.flatMap { declared -> [Finding] in
      guard case .mapping(let parameters)? = declared.keys["with"]?.content else { return [] }
      return parameters.compactMap { parameter in
        guard case .mapping(let entries) = parameter.value.content else { return nil }
        let steps = entries.compactMap { entry -> Step? in
          guard let day = entry.key.text.flatMap({ CivilDate($0) }),
            let version = entry.value.text.flatMap({ Version($0) })
          else { return nil }
          return Step(day: day, version: version, span: entry.value.span)
        }.sorted { $0.day < $1.day }
        guard let (before, after) = zip(steps, steps.dropFirst()).first(where: { $1.version < $0.version })
        else { return nil }
        return .warning(
          .descendingVersions, after.span,
          LocalizedText(
            fr: "\(after.version) à partir du \(after.day) ne change rien : il faut déjà \(before.version)",
            en: "\(after.version) from \(after.day) on changes nothing: \(before.version) is needed already"),
          proposal: LocalizedText(
            fr: "donner \(before.version) ou plus ; pour retirer l'autre date : « \(before.day): null »",
            en: "give \(before.version) or more; to take the other date away: “\(before.day): null”"))
      }
    }
  }
}
