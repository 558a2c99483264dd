import Preflight

/// A situation of the card, with its place in the card's list, from 1.
struct PlacedSituation {
  let position: Int
  /// How many situations the card has.
  let count: Int
  let situation: BillingSituation

  /// Its place among those of the card; nil if it is the only one, which needs no telling apart.
  var place: LocalizedText? {
    guard count > 1 else { return nil }
    return LocalizedText(
      fr: "situation \(position) sur \(count)", en: "situation \(position) of \(count)")
  }

  /// The name in messages: the place, and the identifier, which its type masks.
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

  /// Why it is unknown whether there is an identifier.
  var unread: LocalizedText {
    guard situation.identifier == nil else {
      return LocalizedText(
        fr:
          "\(name.french) : l'identifiant est masqué, et rien ne dit s'il est renseigné, ou si sa clé est juste",
        en:
          "\(name.english): the identifier is masked, and nothing says whether it is set, or whether its key is right"
      )
    }
    return LocalizedText(
      fr: "situation \(position) : l'identifiant n'a pas été lu",
      en: "situation \(position): the identifier was not read")
  }

  /// Whether the identifier was read and is empty.
  var hasNoIdentifier: Bool { situation.identifier?.isUnset ?? false }
}

/// Which situations are judged, or why none is; docs/cards.md, “Several situations”.
enum SituationsToJudge {
  case these([PlacedSituation])
  /// That of a locum, who bills under the number of the professional replaced, which is not on the card.
  case locum([PlacedSituation], under: Personal)
  /// The card has no situation, or not the selected one.
  case none(Judgement)

  /// Selects the situations to judge.
  ///
  /// - Parameter acceptsLocum: whether a number missing from a locum's card is accepted as that of the professional
  ///   replaced.
  /// - Throws: ``Unavailability`` if it is unknown which they are.
  init(_ facts: Facts, acceptsLocum: Bool) throws(Unavailability) {
    let read: [BillingSituation]
    do throws(Unavailability) { read = try facts.situations() } catch { throw error.ofBillingData }
    let all = read.enumerated().map {
      PlacedSituation(position: $0 + 1, count: read.count, situation: $1)
    }
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
    case .identifier(let number):
      self = try Self.situations(with: number, among: all, facts, acceptsLocum: acceptsLocum)
    }
  }

  /// A salaried situation without an identifier beside a liberal one that has its own is a healthy card.
  private static func billable(_ all: [PlacedSituation]) -> [PlacedSituation] {
    let withIdentifier = all.filter { !$0.hasNoIdentifier }
    // A situation that was not read may have no identifier either, so the others are kept.
    return withIdentifier.contains { $0.situation.identifier?.writing != nil } ? withIdentifier : all
  }

  private static func situations(
    with number: Personal, among all: [PlacedSituation], _ facts: Facts, acceptsLocum: Bool
  ) throws(Unavailability) -> SituationsToJudge {
    let wanted = BillingIdentifier.numbers(in: number.unmasked)
    let matching = all.filter { $0.situation.means(wanted) }
    // A situation whose number cannot be read may be the one sought.
    if all.contains(where: \.isUnreadable) {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "un identifiant masqué ou non lu ne peut pas être comparé à \(number)",
          en: "an identifier that is masked or was not read cannot be compared with \(number)"
        )
      ).ofBillingData
    }
    if !matching.isEmpty {
      // If a number can be read in two ways, the reading shared by all of them is meant.
      guard matching.reduce(wanted, { $0.intersection($1.situation.identifier?.numbers ?? []) }).isEmpty
      else { return .these(matching) }
      throw ambiguous(number, matching.map(\.name))
    }
    let names = all.map(\.name)
    let locums = all.filter { $0.situation.practice == .locum }
    let mayBeMore = all.contains { $0.situation.practice == nil }
    if acceptsLocum, locums.count == 1, !mayBeMore {
      // Nothing on the card bears it out, so it has to be a number at least.
      try refuseIllFormed(number)
      return .locum(locums, under: number)
    }
    if !locums.isEmpty {
      throw acceptsLocum ? severalLocums(number, names) : locum(number, locums.map(\.name))
    }
    // One of the activities is a locum's, and nothing says that this situation is not that one's.
    if mayBeMore, case .texts(let practices)? = try facts.optional(.billingPractice),
      practices.contains(PracticeMode.locum.rawValue)
    {
      throw acceptsLocum ? severalLocums(number, names) : locum(number, names)
    }
    if let unread = all.first(where: \.situation.isPracticeUnread) {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: """
            \(number) n'est pas sur la carte, et le mode d'exercice de la \(unread.name.french) n'a pas été lu : c'est \
            peut-être celle d'un remplaçant
            """,
          en: """
            \(number) is not on the card, and how \(unread.name.english) is practised was not read: it may be a locum's
            """)
      ).ofBillingData
    }
    return .none(
      .fail(
        fr: "la carte n'a pas l'identifiant \(number) ; elle a : \(Text(listing: names.map(\.french)))",
        en: "the card has no identifier \(number); it has: \(Text(listing: names.map(\.english)))",
        case: FoundCase("identifier_not_on_card", ["wanted": "\(number)"])))
  }
}

extension SituationsToJudge {
  /// Eight digits that match one situation with their key, and another one as they are.
  private static func ambiguous(_ number: Personal, _ names: [LocalizedText]) -> Unavailability {
    Unavailability(
      .ambiguous,
      LocalizedText(
        fr: """
          les huit chiffres \(number) désignent plusieurs situations, selon que la clé ou le zéro y manque : \
          \(Text(listing: names.map(\.french)))
          """,
        en: """
          the eight digits \(number) match several situations, since their key or their leading zero may be missing: \
          \(Text(listing: names.map(\.english)))
          """),
      case: FoundCase("identifier_ambiguous", ["wanted": "\(number)"]))
  }

  /// A number that is not on the card may be that of the professional whom its holder replaces.
  private static func locum(_ number: Personal, _ names: [LocalizedText]) -> Unavailability {
    Unavailability(
      .ambiguous,
      LocalizedText(
        fr: """
          \(number) n'est pas sur la carte, qui est celle d'un remplaçant (\(Text(listing: names.map(\.french)))) : un \
          remplaçant facture sous le numéro du professionnel remplacé, que sa carte ne porte pas
          """,
        en: """
          \(number) is not on the card, which is a locum's (\(Text(listing: names.map(\.english)))): a locum bills under \
          the number of the professional replaced, which is not on the locum's card
          """),
      case: FoundCase("locum", ["wanted": "\(number)"]))
  }

  /// Refuses a number of a professional replaced that does not have nine digits with their key, or eight that mean it; docs/cards.md,
  /// “The billing identifier”.
  static func refuseIllFormed(_ number: Personal) throws(Unavailability) {
    switch IdentifierWriting(number.unmasked) {
    case .sound, .withoutKey: return
    case .unset, .letters, .wrongLength, .wrongKey, .keyless, .set: throw illFormed(number)
    }
  }

  private static func illFormed(_ number: Personal) -> Unavailability {
    Unavailability(
      .malformed,
      LocalizedText(
        fr: """
          \(number) n'est pas un numéro AM, qui a neuf chiffres dont la clé : la carte d'un remplaçant ne le porte pas, et \
          rien d'autre n'en répond
          """,
        en: """
          \(number) is no numéro AM, which has nine digits with their key: it is not on the locum's card, and nothing else \
          bears it out
          """),
      case: FoundCase("wanted_ill_formed", ["wanted": "\(number)"]))
  }

  /// Several situations of the card belong, or may belong, to a locum.
  private static func severalLocums(_ number: Personal, _ names: [LocalizedText]) -> Unavailability {
    Unavailability(
      .ambiguous,
      LocalizedText(
        fr: """
          \(number) n'est pas sur la carte d'un remplaçant, et rien ne dit laquelle de ses situations est celle du \
          remplacement : \(Text(listing: names.map(\.french)))
          """,
        en: """
          \(number) is not on the locum's card, and nothing says which of its situations is the one for the replacement: \
          \(Text(listing: names.map(\.english)))
          """),
      case: FoundCase("locum_several", ["wanted": "\(number)"]))
  }
}

extension BillingSituation {
  /// Whether the identifier may be one of those numbers.
  fileprivate func means(_ numbers: Set<String>) -> Bool {
    guard let identifier else { return false }
    return !identifier.numbers.isDisjoint(with: numbers)
  }
}

extension Text {
  /// Joins the texts with commas.
  init(listing texts: [Text]) {
    self = texts.dropFirst().reduce(texts.first ?? "") { "\($0), \($1)" }
  }
}

extension PlacedSituation {
  fileprivate var isUnreadable: Bool {
    switch situation.identifier {
    case nil, .masked(_, nil): true
    // Zeros and letters are not a number, so they cannot be the number sought.
    case .masked(_, .some(let writing)): writing.isNumber
    case .absent, .written: false
    }
  }
}
