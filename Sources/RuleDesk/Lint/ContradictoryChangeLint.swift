import Preflight
import RuleFile

/// Something that two included files change differently, when neither includes the other: the last one takes effect,
/// although nobody decided so.
enum ContradictoryChangeLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.disagreements.map { disagreement in
      let earlier = disagreement.earlier
      let place = "\(rules.files[earlier.file].name):\(earlier.start.line)"
      let name = disagreement.path.joined(separator: ".")
      return .warning(
        .contradictoryChange, disagreement.span,
        LocalizedText(
          fr: "« \(name) » est dit autrement dans \(place) : ce qui est écrit ici compte, car inclus après",
          en: "“\(name)” is set differently in \(place): what is written here counts, as it is included later"
        ),
        proposal: LocalizedText(
          fr: "le dire dans le fichier qui inclut les deux, ou une seule fois",
          en: "set it in the file that includes both, or in only one of them"))
    }
  }
}
