import Preflight

/// A situation of the card, with its place in the card's list, from 1.
struct PlacedSituation {
  let position: Int
  let situation: BillingSituation

  /// How messages name it: its place, and its identifier, masked by its type.
  var name: LocalizedText {
    if hasNoIdentifier {
      return LocalizedText(
        fr: "situation \(position) (sans identifiant)", en: "situation \(position) (no identifier)")
    }
    guard let value = situation.identifier?.personal else {
      return LocalizedText(
        fr: "situation \(position) (identifiant non lu)", en: "situation \(position) (identifier not read)")
    }
    return LocalizedText(fr: "situation \(position) (\(value))", en: "situation \(position) (\(value))")
  }

  /// Why it is not known whether there is an identifier.
  var unread: Unavailability {
    guard situation.identifier == nil else {
      return Unavailability(
        .notGiven,
        LocalizedText(
          fr: "\(name.french) : l'identifiant est masqué, et rien ne dit s'il est renseigné",
          en: "\(name.english): the identifier is masked, and nothing tells whether it is set"))
    }
    return Unavailability(
      .notGiven,
      LocalizedText(
        fr: "\(name.french) : l'identifiant n'a pas été lu",
        en: "\(name.english): the identifier was not read"))
  }

  /// Whether its identifier was read and nothing is in it.
  var hasNoIdentifier: Bool { situation.identifier?.isUnset ?? false }
}

/// Which situations are judged, or the reason why none is; docs/cards.md, “Several situations”.
enum SituationsToJudge {
  case these([PlacedSituation])
  /// The card has none, or not the one that was selected.
  case none(Judgement)

  /// Picks them. Throws where it is not known which they are.
  init(_ facts: Facts) throws(Unavailability) {
    let read: [BillingSituation]
    do throws(Unavailability) { read = try facts.situations() } catch { throw error.ofBillingData }
    let all = read.enumerated().map { PlacedSituation(position: $0 + 1, situation: $1) }
    guard !all.isEmpty else {
      self = .none(
        .fail(
          fr: "la carte n'a aucune situation de facturation", en: "the card has no billing situation",
          case: FoundCase("no_situation")))
      return
    }
    switch facts.selection {
    case .any: self = .these(Self.billable(all))
    case .position(let position):
      guard (1...all.count).contains(position) else {
        let asked = TypedCode.shown(String(position))
        self = .none(
          .fail(
            fr: "pas de situation n° \(asked) : la carte en a \(all.count)",
            en: "no situation \(asked): the card has \(all.count)",
            case: FoundCase("no_such_situation", ["situation": "\(asked)", "count": "\(all.count)"])))
        return
      }
      self = .these([all[position - 1]])
    case .identifier(let number): self = try Self.situations(with: number, among: all)
    }
  }

  /// A salaried situation without an identifier beside a liberal one that has its own is a healthy card.
  private static func billable(_ all: [PlacedSituation]) -> [PlacedSituation] {
    let withIdentifier = all.filter { !$0.hasNoIdentifier }
    // One that was not read may have none either: it lets no other be left aside.
    return withIdentifier.contains { $0.situation.identifier?.writing != nil } ? withIdentifier : all
  }

  private static func situations(
    with number: Personal, among all: [PlacedSituation]
  ) throws(Unavailability) -> SituationsToJudge {
    let wanted = BillingIdentifier.number(in: number.unmasked)
    let matching = all.filter { $0.situation.identifier?.number == wanted }
    if wanted != nil, !matching.isEmpty { return .these(matching) }
    let names = all.map(\.name)
    // One whose number cannot be seen may be the one.
    if all.contains(where: \.isUnreadable) {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "un identifiant masqué ou non lu ne peut pas être comparé à \(number)",
          en: "an identifier that is masked or was not read cannot be compared with \(number)"
        )
      ).ofBillingData
    }
    return .none(
      .fail(
        fr: "la carte n'a pas l'identifiant \(number) ; elle a : \(Text(listing: names.map(\.french)))",
        en: "the card has no identifier \(number); it has: \(Text(listing: names.map(\.english)))",
        case: FoundCase("identifier_not_on_card", ["wanted": "\(number)"])))
  }
}

extension Text {
  /// The texts one after the other, with commas.
  init(listing texts: [Text]) {
    self = texts.dropFirst().reduce(texts.first ?? "") { "\($0), \($1)" }
  }
}

extension PlacedSituation {
  fileprivate var isUnreadable: Bool {
    switch situation.identifier {
    case nil, .masked(_, nil): true
    // Zeros and letters are no number, and not the one that is looked for.
    case .masked(_, .some(let writing)): writing.isNumber
    case .absent, .written: false
    }
  }
}
