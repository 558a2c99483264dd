import Preflight
import RuleFile

/// Versions of a map by date of which a later one is lower: newer cards would need less than older ones, as when an override
/// adds a date to those that it inherits.
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
            fr: "à partir du \(after.day), \(after.version) suffit, alors qu'avant il faut \(before.version)",
            en: "from \(after.day) on \(after.version) is enough, while \(before.version) is needed before"),
          proposal: LocalizedText(
            fr: "donner \(before.version) ou plus ; pour retirer l'autre date : « \(before.day): null »",
            en: "give \(before.version) or more; to take the other date away: “\(before.day): null”"))
      }
    }
  }
}
