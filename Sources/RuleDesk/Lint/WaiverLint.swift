import Preflight
import RuleFile

/// A waiver that has expired, has not started, or lasts very long.
enum WaiverLint: Lint {
  /// The longest reasonable waiver, in days: a longer one amounts to disabling the rule.
  private static let longest = 366

  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.waivers.compactMap { declared in
      let waiver = declared.waiver
      switch waiver.standing(on: rules.today) {
      case .expired:
        return .warning(
          .expiredWaiver, declared.until,
          LocalizedText(
            fr: "cette dérogation est expirée : elle ne compte plus",
            en: "this waiver has expired: it no longer counts"),
          proposal: LocalizedText(fr: "la supprimer", en: "remove it"))
      case .tooLong:
        return .warning(
          .unboundedWaiver, declared.until,
          LocalizedText(
            fr: "à plus de \(waiver.maxDays) jours : cette dérogation ne compte pas",
            en: "more than \(waiver.maxDays) days away: this waiver does not count"),
          proposal: LocalizedText(
            fr: "rapprocher la date, ou donner « max_days »", en: "choose an earlier date, or give “max_days”"
          )
        )
      case .counts where waiver.maxDays > longest:
        return .warning(
          .unboundedWaiver, declared.until,
          LocalizedText(
            fr: "avec max_days: \(waiver.maxDays), cette dérogation peut durer plus d'un an",
            en: "with max_days: \(waiver.maxDays), this waiver may last more than a year"),
          proposal: LocalizedText(
            fr: "désactiver la règle sous « disable », si c'est voulu",
            en: "disable the rule under “disable”, if that is what is meant"))
      case .counts, .undated: return nil
      }
    }
  }
}
