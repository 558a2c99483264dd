package import Preflight

/// The check `billing.identifier`: the billing identifier (numéro AM) is set, well written and the expected one.
package struct BillingIdentifierCheck: Check {
  private enum Key: String {
    case warn
    case require
    case ignore
  }

  private let expectation: ExpectedIdentifier?
  private let key: Key
  /// Whether a number missing from a locum's card is accepted as that of the professional replaced.
  let acceptsLocum: Bool

  /// Makes the check without a rule's context, so that `expected` can only name facts of the program itself.
  ///
  /// - Throws: ``ParameterError`` as for a rule.
  package init(_ parameters: Parameters) throws(ParameterError) {
    try self.init(parameters, in: CheckContext())
  }

  /// Makes the check for a rule.
  ///
  /// - Throws: ``ParameterError`` if `expected` cannot be a billing identifier, or names a fact that cannot.
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    acceptsLocum = parameters.string("locum") == "accept"
    key = parameters.string("key").flatMap(Key.init) ?? .warn
    expectation = try parameters["expected"].map { value throws(ParameterError) in
      try ExpectedIdentifier(value, in: context)
    }
  }

  /// The billing situations, and the fact that gives the expected number, if any.
  ///
  /// A number that is compared may be that of the professional whom a locum replaces.
  package var facts: Set<FactName> {
    (expectation.map { $0.facts.union([.billingPractice]) } ?? []).union([.billingSituations])
  }
  /// `expected` is a billing identifier, and is masked like one.
  package var personalParameters: [String: Personal.Kind] { ["expected": .identifier] }

  /// Fails for a missing, malformed or unexpected identifier of any situation used for billing.
  ///
  /// - Throws: ``Unavailability`` if the situations or the expected number are unknown or ambiguous.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    var facts = facts
    let expected = try self.expected(facts)
    // The command line gives the number being billed now; the rule gives the usual one.
    if facts.selection == .any, let expected { facts.selection = .identifier(expected) }
    let situations: [PlacedSituation]
    var notes = withoutKey(facts.selection, expected)
    switch try SituationsToJudge(facts, acceptsLocum: acceptsLocum) {
    case .these(let these): situations = these
    case .locum(let these, let number):
      situations = these
      try refuseOther(than: number, expected)
      notes.append(
        LocalizedText(
          fr: "situation d'un remplaçant, qui facture sous le numéro du professionnel remplacé, \(number)",
          en: "the situation of a locum, who bills under the number of the professional replaced, \(number)"))
    case .none(let judgement): return notes.reduce(judgement) { $0.adding($1) }
    }
    return try notes.reduce(judge(situations, facts, expected)) { $0.adding($1) }
  }

  private func judge(
    _ situations: [PlacedSituation], _ facts: Facts, _ expected: Personal?
  ) throws(Unavailability) -> Judgement {
    let judgements = situations.map { placed in placed.situation.identifier.flatMap { judge($0, of: placed) }
    }
    let judged = zip(situations, judgements)
    let unread = judged.first { $0.1 == nil }?.0
    // An empty one counts only if no other has a number, and one that was not read may.
    let isOpen = unread != nil && facts.selection == .any
    let failed = judged.first { $0.1?.outcome == .fail && !(isOpen && $0.0.hasNoIdentifier) }
    if let failure = failed?.1 { return failure }
    if let unread { throw facts.unread(unread.unread) }
    if let expected, facts.selection != .any {
      return try compare(situations, with: expected) ?? passed(judgements)
    }
    return passed(judgements)
  }

  /// The number that the rule expects. Returns `nil` if it expects none, or only a usual one that `--am` overrides.
  ///
  /// - Throws: ``Unavailability`` with the reason why it is not known.
  func expected(_ facts: Facts) throws(Unavailability) -> Personal? {
    guard let expectation else { return nil }
    if case .number = expectation, case .identifier = facts.selection { return nil }
    return try expectation.number(facts)
  }

  /// Refuses a requested number that is neither on the card nor the one that a fact gives.
  private func refuseOther(than asked: Personal, _ expected: Personal?) throws(Unavailability) {
    guard let expected,
      BillingIdentifier.numbers(in: expected.unmasked).isDisjoint(
        with: BillingIdentifier.numbers(in: asked.unmasked))
    else { return }
    throw Unavailability(
      .disagreement,
      LocalizedText(
        fr: "deux numéros sont demandés, \(asked) et \(expected), et aucun n'est sur la carte",
        en: "two numbers are asked for, \(asked) and \(expected), and neither is on the card"))
  }

  /// The remark on a number that was requested with eight digits.
  private func withoutKey(_ selection: SituationSelection, _ expected: Personal?) -> [LocalizedText] {
    let asked: Personal? =
      switch selection {
      case .identifier(let number): number
      case .position: expected
      case .any: nil
      }
    guard let asked, BillingIdentifier.mayLackKey(asked.unmasked) else { return [] }
    return [
      LocalizedText(
        fr: "\(asked) demandé : huit chiffres, comparés avec leur clé",
        en: "\(asked) was asked for: eight digits, compared with their key")
    ]
  }

  private func passed(_ judgements: [Judgement?]) -> Judgement {
    let each = judgements.compactMap { $0 }
    guard let first = each.first else {
      return .fail(fr: "aucun identifiant", en: "no identifier", case: FoundCase("no_situation"))
    }
    let all = each.dropFirst().reduce(first) { $0.adding($1.message) }
    return each.contains(where: \.callsForAttention) ? all.callingForAttention : all
  }

  /// Returns a failure if the situation selected by its position does not have the expected number.
  private func compare(
    _ situations: [PlacedSituation], with expected: Personal
  ) throws(Unavailability) -> Judgement? {
    guard let placed = situations.first else { return nil }
    guard let numbers = placed.situation.identifier?.numbers, !numbers.isEmpty else {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "\(placed.name.french) : identifiant masqué, non comparable à \(expected)",
          en: "\(placed.name.english): a masked identifier cannot be compared with \(expected)")
      ).ofBillingData
    }
    guard numbers.isDisjoint(with: BillingIdentifier.numbers(in: expected.unmasked)) else { return nil }
    // A locum never bills under their own number.
    if acceptsLocum, placed.situation.practice == .locum {
      try SituationsToJudge.refuseIllFormed(expected)
      return nil
    }
    return .fail(
      fr: "\(placed.name.french) : ce n'est pas l'identifiant attendu, \(expected)",
      en: "\(placed.name.english): this is not the expected identifier, \(expected)",
      case: FoundCase(
        "identifier_not_expected", ["wanted": "\(expected)", "situation": "\(placed.position)"]))
  }

  /// The judgement of an identifier. Returns `nil` if only its mask is known, which decides nothing.
  private func judge(_ identifier: BillingIdentifier, of placed: PlacedSituation) -> Judgement? {
    guard let writing = identifier.writing else { return nil }
    guard let value = identifier.personal else { return unset(placed) }
    switch writing {
    case .unset: return unset(placed)
    case .letters:
      return .fail(
        fr: "\(placed.name.french) : l'identifiant contient autre chose que des chiffres",
        en: "\(placed.name.english): the identifier contains characters other than digits",
        case: illFormed(value, placed))
    case .wrongLength:
      guard !value.isMask else {
        return .fail(
          fr: "\(placed.name.french) : l'identifiant n'a pas 9 chiffres",
          en: "\(placed.name.english): the identifier does not have 9 digits", case: illFormed(value, placed))
      }
      let digits = LocalizedText(
        counting: BillingIdentifier.unfilled(value.unmasked).count, fr: "chiffre", en: "digit")
      return .fail(
        fr: "\(placed.name.french) : l'identifiant a \(digits.french) au lieu de 9",
        en: "\(placed.name.english): the identifier has \(digits.english) instead of 9",
        case: illFormed(value, placed))
    case .set where key == .require: return nil
    case .set:
      return set(value, placed, fr: "sa valeur est masquée", en: "its value is masked")
    case .sound: return identifier.mayLackKey ? withoutKey(value, placed) : set(value, placed)
    case .withoutKey:
      guard key == .require else { return withoutKey(value, placed) }
      return .fail(
        fr: "\(placed.name.french) : huit chiffres, sans clé de contrôle qui puisse être vérifiée",
        en: "\(placed.name.english): eight digits, without a check digit that could be verified",
        case: FoundCase("identifier_without_key", ["situation": "\(placed.position)"]))
    case .wrongKey:
      return judgeKey(
        value, placed, fr: "sa clé de contrôle est fausse (numéro mal recopié ?)",
        en: "its check digit is wrong (a copying error?)")
    case .keyless:
      guard key == .require else {
        return judgeKey(
          value, placed, fr: "il a dix chiffres, et sa clé de contrôle n'est pas vérifiable",
          en: "it has ten digits, and its check digit cannot be verified")
      }
      return .fail(
        fr: "\(placed.name.french) : dix chiffres, sans clé de contrôle qui puisse être vérifiée",
        en: "\(placed.name.english): ten digits, without a check digit that could be verified",
        case: FoundCase("identifier_without_key", ["situation": "\(placed.position)"]))
    }
  }

  private func judgeKey(_ value: Personal, _ placed: PlacedSituation, fr: Text, en: Text) -> Judgement {
    switch key {
    case .ignore: set(value, placed)
    case .warn: set(value, placed, fr: "mais \(fr)", en: "but \(en)").callingForAttention
    case .require:
      .fail(
        fr: "\(placed.name.french) : \(fr)", en: "\(placed.name.english): \(en)",
        case: illFormed(value, placed))
    }
  }

  /// The judgement of an identifier that is set, with which of the card's situations it belongs to, and a remark.
  private func set(
    _ value: Personal, _ placed: PlacedSituation, fr: Text? = nil, en: Text? = nil
  ) -> Judgement {
    let place = placed.place.map { LocalizedText(fr: " (\($0.french))", en: " (\($0.english))") }
    let (placeFR, placeEN) = (place?.french ?? "", place?.english ?? "")
    guard let fr, let en else {
      return .pass(fr: "\(value) renseigné\(placeFR)", en: "\(value) is set\(placeEN)")
    }
    return .pass(
      fr: "\(value) renseigné\(placeFR), \(fr)", en: "\(value) is set\(placeEN), \(en)")
  }

  /// The judgement of an identifier written with eight digits: the number without its key.
  private func withoutKey(_ value: Personal, _ placed: PlacedSituation) -> Judgement {
    set(
      value, placed, fr: "huit chiffres, sans la clé : c'est le numéro de neuf chiffres qui l'a",
      en: "eight digits, without the key: the number of nine digits that has it is meant")
  }

  private func unset(_ placed: PlacedSituation) -> Judgement {
    .fail(
      fr: "situation \(placed.position) : identifiant de facturation non renseigné",
      en: "situation \(placed.position): the billing identifier is not set",
      case: FoundCase("identifier_missing", ["situation": "\(placed.position)"]))
  }

  private func illFormed(_ value: Personal, _ placed: PlacedSituation) -> FoundCase {
    FoundCase("identifier_ill_formed", ["identifier": "\(value)", "situation": "\(placed.position)"])
  }
}

// MARK: - Documentation

extension BillingIdentifierCheck {
  /// `expected` is a number or a fact; docs/cards.md explains the forms of an identifier and locums.
  package static let description = CheckDescription(
    id: "billing.identifier",
    summary: LocalizedText(
      fr: "l'identifiant de facturation (numéro AM) est renseigné",
      en: "the billing identifier (numéro AM) is set"),
    rationale: LocalizedText(
      fr: "les factures partent sous ce numéro : sans lui, ou sous un autre, elles ne sont pas payées",
      en: "invoices are sent under this number: without it, or under another, they are not paid"),
    parameters: [
      Parameter(
        "expected", .orFact(.string), personal: true, fr: "le numéro attendu ; --am passe avant",
        en: "the number expected; --am takes precedence"),
      Parameter(
        "key", .choice(["warn", "require", "ignore"]), default: "warn",
        fr: "que faire d'une clé de contrôle fausse", en: "what to do about a wrong check digit"),
      Parameter(
        "locum", .choice(["undecided", "accept"]), default: "undecided",
        fr: "que faire d'un numéro absent de la carte d'un remplaçant, qui facture sous celui du remplacé",
        en:
          "what to do about a number that is not on a locum's card, who bills under the number of the professional replaced"
      ),
    ],
    cases: [
      CheckCase(
        "identifier_missing", fr: "la situation n'a pas d'identifiant", en: "the situation has no identifier",
        variables: [situation]),
      CheckCase(
        "identifier_ill_formed", fr: "l'identifiant de la carte est mal formé",
        en: "the card's identifier is not well formed",
        variables: [
          situation, CaseVariable("identifier", fr: "cet identifiant, masqué", en: "that identifier, masked"),
        ]),
      CheckCase(
        "identifier_without_key",
        fr: "l'identifiant a huit ou dix chiffres, et la règle demande une clé qui se vérifie (key: require)",
        en:
          "the identifier has eight or ten digits, and the rule wants a key that can be verified (key: require)",
        variables: [situation]),
      CheckCase(
        "identifier_not_expected", fr: "la situation choisie a un autre identifiant que celui attendu",
        en: "the selected situation does not have the identifier expected",
        variables: [
          situation,
          CaseVariable("wanted", fr: "l'identifiant attendu, masqué", en: "the one expected, masked"),
        ]),
    ] + BillingCase.noneToJudge + BillingCase.unread + [
      .undecided(
        "expected_not_given", fr: "« expected » nomme un fait qu'aucune source ne donne",
        en: "“expected” names a fact that no source gives")
    ],
    examples: [
      CheckExample("Set", facts: card("991086265"), is: .pass),
      CheckExample("Not set", facts: card(""), is: .fail, "identifier_missing"),
      CheckExample("All filler", facts: card("FFFFFFFFFF"), is: .fail),
      CheckExample("All zeros", facts: card("0000000000"), is: .fail),
      CheckExample("With letters", facts: card("99108Z265"), is: .fail, "identifier_ill_formed"),
      CheckExample("Too short", facts: card("9910862"), is: .fail),
      CheckExample("Eight digits mean the number with its key", facts: card("99108626"), is: .pass),
      CheckExample(
        "Eight digits of which the key is wanted", parameters: ["key": .string("require")],
        facts: card("99108626"), is: .fail, "identifier_without_key"),
      CheckExample(
        "Eight digits that are expected", parameters: ["expected": .string("99108626")],
        facts: card("991086265"), is: .pass),
      CheckExample(
        "A locum's card", parameters: ["expected": .string("692612344")],
        facts: card("991086265", .locum), is: .unknown, "locum"),
      CheckExample(
        "A locum's card that is accepted",
        parameters: ["expected": .string("692612344"), "locum": .string("accept")],
        facts: card("991086265", .locum), is: .pass),
      CheckExample("A wrong key is told", facts: card("991086264"), is: .pass),
      CheckExample(
        "A wrong key is refused", parameters: ["key": .string("require")], facts: card("991086264"), is: .fail
      ),
      CheckExample("Masked by its source", facts: card("xxx26xxxxx"), is: .pass),
      CheckExample("A mask that does not say what is under it", facts: card("•••00••••"), is: .unknown),
      CheckExample(
        "Another than expected", parameters: ["expected": .string("692612344")], facts: card("991086265"),
        is: .fail, "identifier_not_on_card"),
      CheckExample(
        "The expected number is not given", parameters: ["expected": .fact(.cardNumber)],
        facts: card("991086265"), is: .unknown, "expected_not_given"),
      CheckExample("Nobody has looked", facts: [:], is: .unknown, "billing_not_read"),
    ])

  private static let situation = CaseVariable(
    "situation", fr: "la place de la situation, à partir de 1", en: "the situation's place, from 1")

  private static func card(_ identifier: String, _ practice: PracticeMode? = nil) -> [FactName: FactValue] {
    let situation = BillingSituation(
      identifier: BillingIdentifier(identifier), practice: practice, signFSE: true, signLots: true)
    return [.billingSituations: .situations([situation])]
  }
}
