import Preflight

/// For how many years from its issue a card of each generation is valid; docs/cards.md, “Validity”.
struct YearsOfValidity: Sendable {
  private let ofCPS3: Int
  private let ofCPS4: Int

  /// Without `years_cps4`, `years` applies to every card: it is older than `years_cps4`.
  init(_ parameters: Parameters) {
    let years = parameters.integer("years")
    ofCPS3 = years ?? 3
    ofCPS4 = parameters.integer("years_cps4") ?? years ?? 6
  }

  /// Whether any card expires by these years; 0 means no limit.
  var areLimited: Bool { max(ofCPS3, ofCPS4) > 0 }

  /// Whether the limit depends on the card's generation.
  var dependOnGeneration: Bool { ofCPS3 != ofCPS4 }

  /// The parameter that leaves some cards without a limit, if any.
  var unlimited: String? { ofCPS3 == 0 ? "years" : ofCPS4 == 0 ? "years_cps4" : nil }

  /// The term of the card that the facts describe: the shorter one if its generation is unknown.
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

  /// For how long one card is valid.
  struct Term {
    /// The number of years; 0 if there is no limit.
    let years: Int
    /// The generation of the card, if it makes a difference.
    let card: LocalizedText?
    /// The words to add if a card of the other generation would be valid for longer.
    var longest: LocalizedText?

    /// Why the card expires that many years after its issue.
    func reason(issuedOn day: CivilDate) -> LocalizedText {
      let (before, after) = around
      return LocalizedText(
        fr: "\(before.french)\(length.french) après la délivrance du \(day)\(after.french)",
        en: "\(before.english)\(length.english) after its issue on \(day)\(after.english)")
    }

    /// Why the card expires on the day written on it.
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
