package import Preflight

/// The report `CPS-INFO.TXT` of the « Gestionnaire de la carte CPS », whole or a fragment, as a source of facts.
///
/// It stands in for the card. If it has billing situations, or a section for them without any billing block, it proves
/// that a card was present and read through its contacts, as situations cannot be read otherwise. It also proves that
/// the code porteur is not blocked: the Gestionnaire shows situations only after a correct code, which also restores
/// all tries. See docs/facts.md.
package struct GestionnaireReport: Source {
  /// The origin of the report, such as the path of a file.
  package let name: String
  private let states: [FactName: Fact.State]
  /// The first line at which something of the situations could not be read. Nil if all was read.
  private let unreadLine: Int?
  /// Which session of the file was read.
  private let choice: Session.Choice
  /// The greatest age of a report that is still trusted.
  private let maxAge: ReportAge

  /// Reads a report: the newest session if the file holds several.
  ///
  /// - Parameters:
  ///   - contents: the bytes, in UTF-8, Windows-1252 or Latin-1.
  ///   - origin: where the bytes came from, such as the path of the file.
  ///   - maxAge: the greatest age that is still trusted, in whole days before today's date.
  /// - Throws: ``ReportFault`` if the text is not a report, or contradicts itself.
  package init(
    contents: [UInt8], origin: String, maxAge: ReportAge = .usual
  ) throws(ReportFault) {
    var all = Line.lines(of: try Decoding.scalars(of: contents))
    all.assignRoles()
    var choice = Session.newest(in: all)
    let lines = choice.opening + choice.session.lines
    states = try Self.states(of: lines, createdOn: choice.session.creation)
    unreadLine = try BillingBlocks(of: lines).unreadLine
    choice.isContested = Self.isContested(choice)
    self.choice = choice
    self.maxAge = maxAge
    name = origin
  }

  /// Whether a session that may be newer than the chosen one says something else, or cannot be read.
  private static func isContested(_ choice: Session.Choice) -> Bool {
    guard !choice.rivals.isEmpty else { return false }
    // Without the text above them all, and whenever they were made.
    let said = try? states(of: choice.session.lines, createdOn: .unsaid)
    return choice.rivals.contains { rival in
      said == nil || (try? states(of: rival.lines, createdOn: .unsaid)) != said
    }
  }

  /// The facts of one session, from its lines.
  ///
  /// - Throws: ``ReportFault`` if the text is not a report, or contradicts itself.
  private static func states(
    of lines: [Line], createdOn creation: Session.Creation
  ) throws(ReportFault) -> [FactName: Fact.State] {
    let card = try CardIdentification.find(in: lines)
    guard card != nil || lines.contains(where: \.role.marksReport) else {
      throw ReportFault(
        fr: """
          ce n'est pas un rapport du Gestionnaire de la carte CPS : aucune de ses lignes n'y est reconnue ; pour en faire \
          un, \(GestionnaireSteps.situations.french)
          """,
        en: """
          this is not a report of the Gestionnaire de la carte CPS: none of its lines is recognised; to make one, \
          \(GestionnaireSteps.situations.english)
          """)
    }
    let dates = try CardDates(in: lines, card: card)
    let billing = Billing(blocks: try BillingBlocks(of: lines), lines: lines, card: card)
    return [
      .reportCreatedOn: creation.state,
      .cardPresent: billing.proving(.boolean(true)),
      .cardContactless: billing.proving(.boolean(false)),
      .cardPIN: billing.proving(.text("ok")),
      .cardKind: card.map { .known(.text($0.kind)) } ?? .unavailable(Missing.card),
      .cardNumber: number(of: card),
      .cardIssuedOn: dates.expiresOn.isKnown && dates.issuedOn == .none
        ? .unavailable(Missing.issue) : state(of: dates.issuedOn),
      .cardExpiresOn: dates.issuedOn.isKnown && dates.expiresOn == .none
        ? .unavailable(Missing.expiry) : state(of: dates.expiresOn),
      .holderName: try Holder.name(in: lines).map { .known(.personal(Personal(written: $0, as: .name))) }
        ?? .unavailable(Missing.holder),
      .billingDAM: billing.hasDAM.map { .known(.boolean($0)) } ?? .unavailable(Missing.situations),
      .billingSituations: billing.situations.map { .known(.situations($0)) }
        ?? .unavailable(Missing.situations),
    ]
  }

  /// The facts that the report gives, or could give if it were complete.
  package var provides: Set<FactName> { Set(states.keys) }

  /// The facts of the report, whatever its age.
  package var facts: [Fact] {
    states.compactMap { name, state in
      if case .known(let value) = state { Fact(name, value, source: self.name) } else { nil }
    }.sorted { $0.name < $1.name }
  }

  /// Always `true`: the report was read when the source was made.
  package var answersAtOnce: Bool { true }

  /// The fact that the report's age depends on: the day.
  package var follows: Set<FactName> { [.today] }

  /// Returns the wanted facts of the report, or the reason why they are not trusted.
  ///
  /// Its age counts by the fact `today` among the `known` ones. It never waits, so the deadline is ignored.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let refusal = choice.refusal ?? choice.session.refusal(on: known[.today], notOlderThan: maxAge)
    return wanted.sorted().compactMap { fact in
      switch states[fact] {
      case .known(let value):
        if fact != .reportCreatedOn, let refusal {
          Fact(fact, unavailable: refusal, source: name)
        } else {
          Fact(fact, value, source: name, note: notes[fact])
        }
      case .absent: Fact(absent: fact, source: name)
      case .unavailable(let why): Fact(fact, unavailable: why, source: name)
      case nil: nil
      }
    }
  }

  /// The notes on which session was read and on its unknown age, attached to the day and to the presence of a card, and on
  /// what could not be read of the situations.
  private var notes: [FactName: LocalizedText] {
    var notes: [FactName: LocalizedText] = [:]
    if let note = choice.note {
      notes[.reportCreatedOn] = note
      notes[.cardPresent] = note
    }
    if let line = unreadLine {
      notes[.billingSituations] = LocalizedText(
        fr: """
          ligne \(line) du rapport : ce qui n'y est pas écrit comme le Gestionnaire l'écrit n'est pas cru ; refaire le rapport \
          plutôt que le corriger
          """,
        en: """
          line \(line) of the report: what is not written there as the Gestionnaire writes it is not believed; make the report \
          again rather than correct it
          """)
    }
    return notes
  }

  private static func number(of card: CardIdentification?) -> Fact.State {
    switch card?.number {
    case .known(let number): .known(.personal(Personal(number, as: .cardNumber)))
    case .masked: .unavailable(Missing.maskedNumber)
    case .some(.none): .unavailable(Missing.number)
    case nil: .unavailable(Missing.card)
    }
  }

  private static func state(of date: CardDates.Reading) -> Fact.State {
    switch date {
    case .known(let date): .known(.date(date))
    case .impossible: .unavailable(Missing.impossibleDate)
    case .none: .unavailable(Missing.dates)
    }
  }
}

/// The report's information about billing as a whole.
private struct Billing {
  /// Whether the card has a DAM; `nil` if the report does not go that far.
  let hasDAM: Bool?
  /// The billing situations; empty if the card has no DAM, `nil` if unknown.
  let situations: [BillingSituation]?

  init(blocks: BillingBlocks, lines: [Line], card: CardIdentification?) {
    if blocks.haveContent {
      hasDAM = true
      situations = blocks.situations.map { Self.without(numberOf: card, $0) }
    } else if blocks.situations.isEmpty, Self.showsPracticeOnly(lines) {
      hasDAM = false
      situations = []
    } else {
      hasDAM = nil
      situations = nil
    }
  }

  /// The situation without its identifier if that is the number of the card: a line came into the other's place.
  private static func without(
    numberOf card: CardIdentification?, _ situation: BillingSituation
  ) -> BillingSituation {
    guard case .known(let number)? = card?.number, case .written(let identifier)? = situation.identifier,
      identifier.unmasked == number
    else { return situation }
    return BillingSituation(
      identifier: nil, speciality: situation.speciality, practice: situation.practice,
      isPracticeUnread: situation.isPracticeUnread, signFSE: situation.signFSE, signLots: situation.signLots)
  }

  /// The value, if it is proven by the situations that were read, or by their section being empty.
  func proving(_ value: FactValue) -> Fact.State {
    hasDAM == nil ? .unavailable(Missing.situations) : .known(value)
  }

  /// Whether there is a section of situations with a place of practice, whole to its end, but no billing block.
  private static func showsPracticeOnly(_ lines: [Line]) -> Bool {
    guard let title = lines.firstIndex(where: { $0.role == .situationsTitle }) else { return false }
    let section = lines[(title + 1)...]
    guard let place = section.lastIndex(where: { $0.role == .exercise }),
      let sector = section[place...].firstIndex(where: { $0.tokens.first?.text == "secteur" }),
      // « Secteur d'activité RPPS : Cabinet individuel », which stands last of a place.
      let colon = lines[sector].tokens.firstIndex(where: { $0.text == ":" }),
      lines[sector].tokens[(colon + 1)...].contains(where: \.isWord)
    else { return false }
    // The value may be wrapped; what else stands below may be the beginning of a block, or say that the reading failed.
    let below = section[(sector + 1)...]
      .drop { !$0.isItem && !$0.followsBlank && $0.role == .other && !isOfBilling($0) }
    return below.allSatisfy(Revocation.isPlainlyNot) && Surroundings(of: lines).objection == nil
      && !section.contains { $0.role.isLabelOfBlock || isOfBilling($0) }
  }

  private static func isOfBilling(_ line: Line) -> Bool {
    line.tokens.contains { token in
      wordsOfBilling.contains(token.text) || token.text.utf8.count > 4 && "facturation".hasPrefix(token.text)
    }
  }

  private static let wordsOfBilling: Set<String> = [
    "facturation", "autorisations", "autorise", "autorisee", "nonautorise", "nonautorisee",
  ]
}
