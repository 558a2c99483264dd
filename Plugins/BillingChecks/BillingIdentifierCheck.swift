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

  package init(_ parameters: Parameters) throws(ParameterError) {
    try self.init(parameters, in: CheckContext())
  }

  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    key = parameters.string("key").flatMap(Key.init) ?? .warn
    expectation = try parameters["expected"].map { value throws(ParameterError) in
      try ExpectedIdentifier(value, in: context)
    }
  }

  package var facts: Set<FactName> { (expectation?.facts ?? []).union([.billingSituations]) }
  package var personalParameters: [String: Personal.Kind] { ["expected": .identifier] }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    var facts = facts
    // What --am says goes before it, so that it need not even be known.
    let expected: Personal? =
      if case .identifier = facts.selection { nil } else { try expectation?.number(facts) }
    // The command line says what is being billed now; the rule, what is usual.
    if facts.selection == .any, let expected { facts.selection = .identifier(expected) }
    let situations: [PlacedSituation]
    switch try SituationsToJudge(facts) {
    case .these(let these): situations = these
    case .none(let judgement): return judgement
    }
    let judgements = situations.map { placed in placed.situation.identifier.flatMap { judge($0, of: placed) }
    }
    if let failed = judgements.compactMap({ $0 }).first(where: { $0.outcome == .fail }) { return failed }
    if let unread = zip(situations, judgements).first(where: { $0.1 == nil })?.0 {
      throw unread.unread.ofBillingData
    }
    if let expected, case .position = facts.selection {
      return try compare(situations, with: expected) ?? passed(judgements)
    }
    return passed(judgements)
  }

  private func passed(_ judgements: [Judgement?]) -> Judgement {
    let each = judgements.compactMap { $0 }
    guard let first = each.first else {
      return .fail(fr: "aucun identifiant", en: "no identifier", case: FoundCase("no_situation"))
    }
    return each.dropFirst().reduce(first) { $0.adding($1.message) }
  }

  /// Fails where the situation that was selected by its place has not the expected number.
  private func compare(
    _ situations: [PlacedSituation], with expected: Personal
  ) throws(Unavailability) -> Judgement? {
    guard let placed = situations.first else { return nil }
    guard let number = placed.situation.identifier?.number else {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "\(placed.name.french) : identifiant masqué, non comparable à \(expected)",
          en: "\(placed.name.english): a masked identifier cannot be compared with \(expected)")
      ).ofBillingData
    }
    guard number != BillingIdentifier.number(in: expected.unmasked) else { return nil }
    return .fail(
      fr: "\(placed.name.french) : ce n'est pas l'identifiant attendu, \(expected)",
      en: "\(placed.name.english): this is not the expected identifier, \(expected)",
      case: FoundCase(
        "identifier_not_expected", ["wanted": "\(expected)", "situation": "\(placed.position)"]))
  }

  /// What it is worth; `nil` where only a mask is there, which does not say.
  private func judge(_ identifier: BillingIdentifier, of placed: PlacedSituation) -> Judgement? {
    guard let writing = identifier.writing else { return nil }
    guard let value = identifier.personal else { return unset(placed) }
    switch writing {
    case .unset: return unset(placed)
    case .letters:
      return .fail(
        fr: "\(placed.name.french) : l'identifiant contient autre chose que des chiffres",
        en: "\(placed.name.english): the identifier contains something else than digits",
        case: illFormed(value, placed))
    case .wrongLength:
      guard !value.isMask else {
        return .fail(
          fr: "\(placed.name.french) : l'identifiant n'a pas 9 chiffres",
          en: "\(placed.name.english): the identifier has not 9 digits", case: illFormed(value, placed))
      }
      let count = BillingIdentifier.unfilled(value.unmasked).count
      return .fail(
        fr: "\(placed.name.french) : l'identifiant a \(count) chiffres au lieu de 9",
        en: "\(placed.name.english): the identifier has \(count) digits instead of 9",
        case: illFormed(value, placed))
    case .set:
      return .pass(
        fr: "\(value) : renseigné, sa valeur est masquée", en: "\(value): set, its value is masked")
    case .sound: return set(value)
    case .wrongKey:
      return judgeKey(
        value, placed, fr: "sa clé de contrôle est fausse (numéro mal recopié ?)",
        en: "its check digit is wrong (a number copied badly?)")
    case .keyless:
      return judgeKey(
        value, placed, fr: "dix chiffres, clé de contrôle non vérifiable",
        en: "ten digits, its check digit cannot be verified")
    }
  }

  private func judgeKey(_ value: Personal, _ placed: PlacedSituation, fr: Text, en: Text) -> Judgement {
    switch key {
    case .ignore: set(value)
    case .warn: set(value).adding(LocalizedText(fr: "ATTENTION : \(fr)", en: "WARNING: \(en)"))
    case .require:
      .fail(
        fr: "\(placed.name.french) : \(fr)", en: "\(placed.name.english): \(en)",
        case: illFormed(value, placed))
    }
  }

  private func set(_ value: Personal) -> Judgement {
    .pass(fr: "\(value) renseigné", en: "\(value) is set")
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
        "expected", .orFact(.string), fr: "le numéro attendu ; --am passe avant",
        en: "the number expected; --am goes before it"),
      Parameter(
        "key", .choice(["warn", "require", "ignore"]), default: "warn",
        fr: "que faire d'une clé de contrôle fausse", en: "what to do about a wrong check digit"),
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
        "identifier_not_expected", fr: "la situation choisie a un autre identifiant que l'attendu",
        en: "the selected situation has another identifier than expected",
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

  private static func card(_ identifier: String) -> [FactName: FactValue] {
    let situation = BillingSituation(
      identifier: BillingIdentifier(identifier), signFSE: true, signLots: true)
    return [.billingSituations: .situations([situation])]
  }
}
