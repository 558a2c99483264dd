import Preflight

/// For how many years from its issue a card of each generation is valid; docs/cards.md, “Validity”.
struct YearsOfValidity: Sendable {
  private let ofCPS3: Int
  private let ofCPS4: Int

  /// Whoever wrote `years` before there was `years_cps4` meant every card.
  init(_ parameters: Parameters) {
    let years = parameters.integer("years")
    ofCPS3 = years ?? 3
    ofCPS4 = parameters.integer("years_cps4") ?? years ?? 6
  }

  /// Whether any card has an end by them; 0 leaves it out.
  var areLimited: Bool { max(ofCPS3, ofCPS4) > 0 }

  /// Whether the card's generation has to be known.
  var dependOnGeneration: Bool { ofCPS3 != ofCPS4 }

  /// The parameter by which some card has no end.
  var unlimited: String? { ofCPS3 == 0 ? "years" : ofCPS4 == 0 ? "years_cps4" : nil }

  /// The years of the card that the facts speak of: the shorter time, where its generation is not known.
  func term(of facts: Facts) -> Term {
    guard dependOnGeneration else { return Term(years: ofCPS3, card: nil) }
    switch facts[.cardGeneration].value {
    case .text("cps3"): return Term(years: ofCPS3, card: LocalizedText(everywhere: "CPS3"))
    case .text("cps4"): return Term(years: ofCPS4, card: LocalizedText(everywhere: "CPS4"))
    default:
      return Term(
        years: [ofCPS3, ofCPS4].filter { $0 > 0 }.min() ?? 0,
        card: LocalizedText(fr: "génération inconnue", en: "generation not known"),
        longest: ofCPS4 > ofCPS3 && ofCPS3 > 0
          ? LocalizedText(
            fr: " ; une CPS4 en a \(ofCPS4)", en: "; a CPS4 has \(ofCPS4)") : nil)
    }
  }

  /// How long one card is valid.
  struct Term {
    /// 0 where they do not count.
    let years: Int
    /// What card it is, where that makes a difference.
    let card: LocalizedText?
    /// What it would be, were more known of the card.
    var longest: LocalizedText?

    /// Why the card ends so many years after its issue.
    func reason(issuedOn day: CivilDate) -> LocalizedText {
      let (before, after) = around
      return LocalizedText(
        fr: "\(before.french)\(length.french) après la délivrance du \(day)\(after.french)",
        en: "\(before.english)\(length.english) after its issue on \(day)\(after.english)")
    }

    /// Why it ends on the day that is written on it.
    var reasonOfExpiry: LocalizedText {
      let date = LocalizedText(fr: "date inscrite sur la carte", en: "the date written on the card")
      guard let card, years > 0 else { return date }
      return LocalizedText(
        fr: "\(date.french) ; \(card.french) : \(length.french) au plus\(longest?.french ?? "")",
        en: "\(date.english); \(card.english): \(length.english) at most\(longest?.english ?? "")")
    }

    private var around: (before: LocalizedText, after: LocalizedText) {
      let before = card.map { LocalizedText(fr: "\($0.french) : ", en: "\($0.english): ") }
      let none = LocalizedText(everywhere: "")
      return (before ?? none, longest ?? none)
    }

    private var length: LocalizedText { LocalizedText(counting: years, fr: "an", en: "year") }
  }
}
