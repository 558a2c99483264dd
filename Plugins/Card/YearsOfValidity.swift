import Preflight

/// For how many years from its issue a card of each generation is valid; docs/cards.md, “Validity”.
struct YearsOfValidity: Sendable {
  private let ofCPS3: Int
  private let ofCPS4: Int
  private let generation = FactName.cardGeneration

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

  /// Whether a card issued on that day is valid today even if it is not a CPS4.
  func covers(_ today: CivilDate, sinceIssueOn issued: CivilDate) -> Bool {
    ofCPS3 == 0 || issued.adding(years: ofCPS3) >= today
  }

  /// The term of the card that the facts describe: the shorter one if its generation is unknown.
  func term(of facts: Facts) -> Term {
    guard dependOnGeneration else { return Term(years: ofCPS3, card: nil) }
    switch facts.known(generation) {
    case .text("cps3"): return Term(years: ofCPS3, card: .cps3)
    case .text("cps4"): return Term(years: ofCPS4, card: .cps4)
    default:
      // The shorter of those that there are.
      let years = ofCPS3 == 0 ? ofCPS4 : ofCPS4 == 0 ? ofCPS3 : min(ofCPS3, ofCPS4)
      return Term(
        years: years, card: .unknown, ofCPS4: ofCPS4 > ofCPS3 && ofCPS3 > 0 ? ofCPS4 : nil,
        ofOther: years == ofCPS3 ? ofCPS4 : ofCPS3, doubt: doubt(in: facts))
    }
  }

  /// Why the generation is not believed that was given. Nil if none was.
  private func doubt(in facts: Facts) -> Unavailability? {
    guard facts.mayHave(Self.ofGeneration), case .unavailable(let why) = facts[generation].state,
      why.reason != .notGiven, why.reason != .service
    else { return nil }
    return why
  }

  private static let ofGeneration = Facts.Names([.cardGeneration])

  /// What is known of a card's generation.
  enum Card {
    case cps3
    case cps4
    case unknown

    fileprivate func name(in language: Language) -> Text {
      switch (self, language) {
      case (.cps3, _): "CPS3"
      case (.cps4, _): "CPS4"
      case (.unknown, .french): "génération inconnue"
      case (.unknown, .english): "generation not known"
      }
    }
  }

  /// For how long one card is valid.
  struct Term {
    /// The number of years; 0 if there is no limit.
    let years: Int
    /// The generation of the card, if it makes a difference.
    let card: Card?
    /// The years of a CPS4, if the card may be one and would be valid for longer. Nil otherwise.
    var ofCPS4: Int?
    /// The years of the other generation, if it is not known which one the card is of; 0 if there is no limit.
    var ofOther: Int?
    /// Why the generation that was given is not believed, if that is so.
    var doubt: Unavailability?

    /// Why the card expires that many years after its issue.
    func reason(issuedOn day: CivilDate, in language: Language) -> Text {
      let card = card?.name(in: language)
      switch language {
      case .french:
        let before: Text = card.map { "\($0) : " } ?? ""
        return "\(before)\(length(in: .french)) après la délivrance du \(day)\(longest(in: .french))"
      case .english:
        let before: Text = card.map { "\($0): " } ?? ""
        return "\(before)\(length(in: .english)) after its issue on \(day)\(longest(in: .english))"
      }
    }

    /// Why the card expires on the day written on it.
    func reasonOfExpiry(in language: Language) -> Text {
      let date: Text = language == .french ? "date inscrite sur la carte" : "the date written on the card"
      guard let card = card?.name(in: language), years > 0 else { return date }
      let (length, longest) = (length(in: language), longest(in: language))
      return language == .french
        ? "\(date) ; \(card) : \(length) au plus\(longest)" : "\(date); \(card): \(length) at most\(longest)"
    }

    /// The words to add if a card of the other generation would be valid for longer.
    private func longest(in language: Language) -> Text {
      guard let ofCPS4 else { return "" }
      return language == .french ? " ; une CPS4 en a \(ofCPS4)" : "; a CPS4 has \(ofCPS4)"
    }

    private func length(in language: Language) -> Text {
      Text(counting: years, language == .french ? "an" : "year", in: language)
    }
  }
}
