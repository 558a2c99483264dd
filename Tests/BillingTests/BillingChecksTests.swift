import Billing
import Preflight
import Testing

/// A situation in one line: its identifier (`nil`: not read), then `+`, `-` or `?` for FSE and for lots.
private func situation(
  _ identifier: String?, _ flags: String = "++", _ practice: PracticeMode? = nil
) -> BillingSituation {
  let read = flags.map { $0 == "+" ? true : $0 == "-" ? false : nil }
  return BillingSituation(
    identifier: identifier.map { BillingIdentifier($0) }, practice: practice, signFSE: read[0],
    signLots: read[1])
}

/// Returns the outcome, with the message.
private func judge(
  _ type: any Check.Type, _ situations: [BillingSituation]?, _ selection: SituationSelection = .any,
  parameters: [String: ParameterValue] = [:]
) throws -> (outcome: String, message: String) {
  let check = try type.init(Parameters(parameters))
  let facts = situations.map { [Fact(.billingSituations, .situations($0), source: "test")] } ?? []
  do {
    let judgement = try check.judge(Facts(facts, selection: selection))
    return (judgement.outcome.rawValue, judgement.message.rendered(in: .french))
  } catch {
    return ("unknown", error.message.rendered(in: .french))
  }
}

private func am(_ number: String) -> SituationSelection { .identifier(Personal(number, as: .identifier)) }

@Suite("billing.identifier")
struct BillingIdentifierTests {
  @Test(
    "What is written, the key parameter, the outcome",
    arguments: [
      ("991086265", "require", "pass"), ("0991086265", "require", "pass"), ("991086265F", "require", "pass"),
      ("99 10 86 26 5", "require", "pass"), ("012345674", "require", "pass"), ("12345674", "require", "pass"),
      ("991086264", "warn", "pass"), ("991086264", "ignore", "pass"), ("991086264", "require", "fail"),
      ("99108626", "warn", "pass"), ("99108626", "require", "fail"), ("99108626FF", "ignore", "pass"),
      ("9910862A", "warn", "fail"),
      ("1234567890", "warn", "pass"), ("1234567890", "require", "fail"),
      ("", "warn", "fail"), ("   ", "warn", "fail"), ("FFFFFFFFFF", "warn", "fail"),
      ("000000000", "warn", "fail"),
      ("00FF", "warn", "fail"), ("99108Z265", "warn", "fail"), ("9910A8626", "warn", "fail"),
      ("9910862", "warn", "fail"), ("99108626512", "warn", "fail"),
      ("xxx26xxxxx", "require", "unknown"), ("XXX26XXX", "warn", "pass"), (" xxx26xxxxx ", "warn", "pass"),
      ("xxx2 6xxxx", "warn", "fail"),
      ("xxx00xxxxx", "warn", "fail"),
      ("0x9910862", "warn", "fail"), ("0000xxxx", "warn", "fail"), ("000000000*", "warn", "fail"),
      ("?????????", "warn", "fail"), ("***26****", "warn", "fail"), ("x991086265", "warn", "fail"),
      ("99xxxxxxx", "warn", "fail"), ("xxx26xx", "warn", "fail"), ("xxx26xxxxxx", "warn", "fail"),
      ("•••00••••", "warn", "unknown"), ("•••26••••", "ignore", "unknown"), ("••••••••", "warn", "unknown"),
      ("••••26•••", "warn", "fail"),
      ("991-086265", "warn", "fail"), ("٩٩١٠٨٦٢٦٥", "warn", "fail"),
      ("991086265\u{301}", "warn", "fail"), ("991086265\u{FE0F}\u{20E3}", "warn", "fail"),
    ])
  func written(text: String, key: String, expected: String) throws {
    let found = try judge(BillingIdentifierCheck.self, [situation(text)], parameters: ["key": .string(key)])
    #expect(found.outcome == expected, "\(found.message)")
  }

  @Test("An empty one fails on its own, and is undecided beside one that was not read")
  func emptyBesideUnread() throws {
    #expect(try judge(BillingIdentifierCheck.self, [situation("")]).outcome == "fail")
    #expect(try judge(BillingIdentifierCheck.self, [situation(nil), situation("")]).outcome == "unknown")
    #expect(try judge(BillingIdentifierCheck.self, [situation(nil), situation("99")]).outcome == "fail")
  }

  @Test("A wrong key calls for attention, and not where it is ignored")
  func wrongKey() throws {
    for (key, isTold) in [("warn", true), ("ignore", false)] {
      let facts = Facts([
        Fact(.billingSituations, .situations([situation("991086264")]), source: "test")
      ])
      let check = try BillingIdentifierCheck(Parameters(["key": .string(key)]))
      let judgement = try check.judge(facts)
      #expect(judgement.outcome == .pass && judgement.callsForAttention == isTold)
      #expect(judgement.message.rendered(in: .french).contains("sa clé de contrôle est fausse") == isTold)
      // Beside another situation as well, whichever is first.
      let both = Facts([
        Fact(
          .billingSituations, .situations([situation("991086265"), situation("991086264")]), source: "test")
      ])
      #expect(try check.judge(both).callsForAttention == isTold)
    }
  }

  @Test("Of several situations, the message says which one counted")
  func whichCounted() throws {
    let healthy = [situation("991086265"), situation("")]
    for check in [BillingIdentifierCheck.self, SignFSECheck.self, SignLotsCheck.self] as [any Check.Type] {
      #expect(try judge(check, healthy).message.contains("(situation 1 sur 2)"))
      #expect(try !judge(check, [situation("991086265")]).message.contains("situation"))
    }
    #expect(
      try judge(SignFSECheck.self, [situation("991086265"), situation("692612344")]).message
        .contains("(situation 1 sur 2, situation 2 sur 2)"))
  }

  @Test("No identifier ever stands unmasked in a message")
  func masked() throws {
    for text in ["991086265", "991086264", "99108Z265", "1234567890"] {
      #expect(try !judge(BillingIdentifierCheck.self, [situation(text)]).message.contains(text))
      #expect(
        try !judge(BillingIdentifierCheck.self, [situation(text)], am("692612344")).message.contains(text))
    }
  }

  @Test("The expected number, of the rule or of the command line")
  func expected() throws {
    let card = [situation("991086265"), situation("692612344")]
    func outcome(_ selection: SituationSelection, expected: String?) throws -> String {
      try judge(
        BillingIdentifierCheck.self, card, selection,
        parameters: expected.map { ["expected": .string($0)] } ?? [:]
      ).outcome
    }
    #expect(try outcome(.any, expected: "692612344") == "pass")
    #expect(try outcome(.any, expected: "0692612344") == "pass")
    #expect(try outcome(.any, expected: "012345674") == "fail")
    #expect(try outcome(am("991086265"), expected: "012345674") == "pass")
    #expect(try outcome(.position(1), expected: "692612344") == "fail")
    #expect(try outcome(.position(2), expected: "692612344") == "pass")
    #expect(throws: ParameterError.self) { try outcome(.any, expected: "69 26") }
  }
}

@Suite("Numbers that are written without their key")
struct KeylessNumberTests {
  /// 99108626 lacks the key 5. 12345674 lacks its key, 1, or the zero before it: 4 is the key of 1234567.
  @Test(
    "Eight digits are compared as the number with its key, or with its zero",
    arguments: [
      ("991086265", "99108626", "pass"), ("99108626", "991086265", "pass"),
      ("99108626", "99108626", "pass"), ("991086264", "99108626", "fail"),
      ("991086265", "99108627", "fail"),
      ("012345674", "12345674", "pass"), ("123456741", "12345674", "pass"),
      ("12345674", "012345674", "pass"), ("12345674", "123456741", "pass"),
      ("123456740", "12345674", "fail"), ("012345674", "123456741", "fail"),
    ])
  func compared(onCard: String, asked: String, expected: String) throws {
    let card = [situation(onCard, "++"), situation("692612344", "++")]
    for check in [BillingIdentifierCheck.self, SignFSECheck.self, SignLotsCheck.self] as [any Check.Type] {
      #expect(try judge(check, card, am(asked)).outcome == expected)
    }
    let rule = try judge(
      BillingIdentifierCheck.self, card, .position(1), parameters: ["expected": .string(asked)])
    #expect(rule.outcome == expected)
  }

  @Test("Two readings that mean different situations decide nothing")
  func ambiguous() throws {
    let both = [situation("012345674"), situation("123456741")]
    #expect(try judge(SignFSECheck.self, both, am("12345674")).outcome == "unknown")
    #expect(try judge(SignFSECheck.self, both, am("123456741")).outcome == "pass")
    #expect(try judge(SignFSECheck.self, [both[0], situation("12345674")], am("12345674")).outcome == "pass")
  }

  @Test("The message says so, whichever of the two has eight digits, and shows neither")
  func told() throws {
    for (onCard, asked) in [("991086265", "99108626"), ("99108626", "991086265")] {
      let message = try judge(BillingIdentifierCheck.self, [situation(onCard)], am(asked)).message
      #expect(message.contains("huit chiffres"))
      #expect(!message.contains("99108626"))
    }
    #expect(try judge(BillingIdentifierCheck.self, [situation("99108626")]).message.contains("huit chiffres"))
  }
}

@Suite("A locum bills under the number of the professional replaced")
struct LocumTests {
  private static let checks: [any Check.Type] = [
    BillingIdentifierCheck.self, SignFSECheck.self, SignLotsCheck.self,
  ]

  @Test("A number that is not on a locum's card decides nothing; one that is, is judged")
  func undecided() throws {
    let card = [situation("991086265", "++", .locum)]
    for check in Self.checks {
      let absent = try judge(check, card, am("692612344"))
      #expect(absent.outcome == "unknown")
      #expect(absent.message.contains("remplaçant"))
      #expect(try judge(check, card, am("991086265")).outcome == "pass")
      #expect(try judge(check, card).outcome == "pass")
    }
  }

  @Test("Nor does one of which it was not read whose it is")
  func unread() throws {
    let unread = BillingSituation(
      identifier: BillingIdentifier("991086265"), isPracticeUnread: true, signFSE: true, signLots: true)
    for check in Self.checks { #expect(try judge(check, [unread], am("692612344")).outcome == "unknown") }
  }

  @Test("Where several are a locum's, the one that is selected by its place is judged")
  func selected() throws {
    let card = [situation("012345674", "--", .locum), situation("991086265", "++", .locum)]
    let parameters: [String: ParameterValue] = [
      "locum": .string("accept"), "expected": .string("692612344"),
    ]
    func outcome(_ selection: SituationSelection) throws -> String {
      try judge(BillingIdentifierCheck.self, card, selection, parameters: parameters).outcome
    }
    #expect(try outcome(.any) == "unknown")
    #expect(try outcome(.position(2)) == "pass")
  }

  @Test("The card of somebody who replaces nobody fails, as ever", arguments: [PracticeMode.liberal, nil])
  func failed(practice: PracticeMode?) throws {
    for check in Self.checks {
      #expect(try judge(check, [situation("991086265", "++", practice)], am("692612344")).outcome == "fail")
    }
  }

  @Test(
    "A number is accepted for that of the professional replaced only if it is one",
    arguments: [
      ("692612344", "pass"), ("69261234", "pass"), ("0692612344", "pass"), ("1", "unknown"),
      ("123456789", "unknown"), ("0", "unknown"), ("1234567890", "unknown"), ("6926123", "unknown"),
    ])
  func wellFormed(number: String, expected: String) throws {
    let card = [situation("991086265", "++", .locum)]
    for check in Self.checks { #expect(try accepted(check, card, asking: number) == expected) }
  }

  @Test(
    "A card with a locum's activity is a locum's, as long as nothing says whose the situation is",
    arguments: [
      (nil, ["locum"], "unknown"), (nil, ["liberal", "locum"], "unknown"), (nil, ["liberal"], "fail"),
      (nil, [], "fail"), (.liberal, ["liberal", "locum"], "fail"), (.locum, ["locum"], "unknown"),
    ] as [(PracticeMode?, [String], String)])
  func practice(practice: PracticeMode?, practices: [String], expected: String) throws {
    let facts = Facts(
      [
        Fact(.billingSituations, .situations([situation("991086265", "++", practice)]), source: "test"),
        Fact(.billingPractice, .texts(practices), source: "test"),
      ], selection: am("692612344"))
    for check in Self.checks {
      let check = try check.init(Parameters(), in: CheckContext())
      #expect(((try? check.judge(facts))?.outcome.rawValue ?? "unknown") == expected)
    }
  }

  /// Returns the judgement of a check that follows a rule on the identifier that accepts locums.
  ///
  /// - Parameter isAsked: whether the number comes from the command line, not from the rule.
  private func accepted(
    _ type: any Check.Type, _ card: [BillingSituation], isAsked: Bool = true,
    asking number: String = "692612344"
  ) throws -> String {
    let expected: [String: ParameterValue] = isAsked ? [:] : ["expected": .string("692612344")]
    let identifier = try BillingIdentifierCheck(
      Parameters(expected.merging(["locum": .string("accept")]) { $1 }))
    let facts = Facts(
      [Fact(.billingSituations, .situations(card), source: "test")],
      selection: isAsked ? am(number) : .any)
    do {
      guard type != BillingIdentifierCheck.self else { return try identifier.judge(facts).outcome.rawValue }
      let earlier = EarlierCheck(BillingIdentifierCheck.description.id, identifier)
      return try type.init(Parameters(), in: CheckContext(after: [earlier])).judge(facts).outcome.rawValue
    } catch is Unavailability {
      return "unknown"
    }
  }

  @Test(
    "Accepted, the situation of the locum's activity is judged, and exactly one",
    arguments: [
      ([situation("991086265", "++", .locum)], ["pass", "pass", "pass"]),
      ([situation("991086265", "+-", .locum)], ["pass", "pass", "fail"]),
      (
        [situation("012345674", "++", .liberal), situation("991086265", "--", .locum)],
        ["pass", "fail", "fail"]
      ),
      (
        [situation("012345674", "--", .liberal), situation("991086265", "++", .locum)],
        ["pass", "pass", "pass"]
      ),
      ([situation("", "++", .locum)], ["fail", "pass", "pass"]),
      (
        [situation("012345674", "++", .locum), situation("991086265", "++", .locum)],
        ["unknown", "unknown", "unknown"]
      ),
      (
        [situation("012345674", "--", nil), situation("991086265", "++", .locum)],
        ["unknown", "unknown", "unknown"]
      ),
      ([situation("991086265", "++", .liberal)], ["fail", "fail", "fail"]),
    ])
  func accepted(card: [BillingSituation], outcomes: [String]) throws {
    for (check, outcome) in zip(Self.checks, outcomes) {
      #expect(try accepted(check, card, isAsked: true) == outcome)
      // Without a locum and a requested number, only the card counts.
      if card.contains(where: { $0.practice == .locum }) {
        #expect(try accepted(check, card, isAsked: false) == outcome)
      }
    }
  }
}

@Suite("Which situations are judged")
struct SelectionTests {
  /// The situations, the selection, and the outcome of `billing.sign_fse`.
  struct Case: Sendable {
    let situations: [BillingSituation]
    let selection: SituationSelection
    let expected: String

    init(_ situations: [BillingSituation], _ selection: SituationSelection, _ expected: String) {
      (self.situations, self.selection, self.expected) = (situations, selection, expected)
    }

    init(_ situations: [BillingSituation], _ expected: String) { self.init(situations, .any, expected) }
  }

  @Test(
    "billing.sign_fse",
    arguments: [
      Case([situation("991086265")], "pass"),
      Case([situation("991086265", "-+")], "fail"),
      Case([situation("991086265", "?+")], "unknown"),
      Case([], "fail"),
      // A salaried situation without an identifier is ignored…
      Case([situation("991086265"), situation("", "--")], "pass"),
      // …unless it is the only one, or was requested.
      Case([situation("", "--")], "fail"),
      Case([situation("991086265"), situation("", "--")], .position(2), "fail"),
      // All remaining situations must pass; a refusal weighs more than an unread situation.
      Case([situation("991086265"), situation("692612344", "-+")], "fail"),
      Case([situation("991086265", "?+"), situation("692612344", "-+")], "fail"),
      Case([situation("991086265"), situation(nil, "?+")], "unknown"),
      // Selected by number, regardless of leading zeros and filler.
      Case([situation("991086265"), situation("692612344", "-+")], am("991086265"), "pass"),
      Case([situation("0991086265F"), situation("692612344", "-+")], am("991086265"), "pass"),
      Case([situation("991086265"), situation("692612344", "-+")], am("0692612344"), "fail"),
      Case([situation("991086265")], am("692612344"), "fail"),
      Case([situation("xxx26xxxxx")], am("692612344"), "unknown"),
      Case([situation("692612344"), situation("xxx26xxxxx", "--")], am("692612344"), "unknown"),
      Case([situation("692612344"), situation(nil, "--")], am("692612344"), "unknown"),
      Case([situation(nil)], am("692612344"), "unknown"),
      // Selected by place.
      Case([situation("991086265", "-+"), situation("692612344")], .position(2), "pass"),
      Case([situation("991086265")], .position(2), "fail"),
      Case([situation("991086265")], .position(0), "fail"),
      Case([situation("991086265")], .position(.min), "fail"),
      Case([situation("991086265")], .position(.max), "fail"),
      // An unread situation may have no identifier, so no other is ignored because of it.
      Case([situation("", "--"), situation(nil, "++")], "fail"),
      Case([situation(""), situation(nil, "++")], "pass"),
      Case([situation("", "--"), situation(nil, "++"), situation("991086265")], "pass"),
    ])
  func selection(one: Case) throws {
    let found = try judge(SignFSECheck.self, one.situations, one.selection)
    #expect(found.outcome == one.expected, "\(found.message)")
  }

  @Test(
    "billing.sign_lots looks at lots, and at nothing else",
    arguments: [("-+", "pass"), ("+-", "fail"), ("+?", "unknown")])
  func lots(flags: String, expected: String) throws {
    #expect(try judge(SignLotsCheck.self, [situation("991086265", flags)]).outcome == expected)
  }

  @Test("The message says which situation does not pass, and how to select one")
  func howToSelect() throws {
    let two = [situation("991086265"), situation("692612344", "-+")]
    let message = try judge(SignFSECheck.self, two).message
    #expect(message.contains("situation 2 (•••61••••)"))
    #expect(message.contains("--am") && message.contains("--situation"))
    #expect(try !judge(SignFSECheck.self, two, .position(2)).message.contains("--am"))
  }

  @Test("Every situation that is refused is named")
  func allNamed() throws {
    let two = [situation("991086265", "-+"), situation("692612344", "-+")]
    #expect(
      try judge(SignFSECheck.self, two).message.contains("situation 1 (•••08••••), situation 2 (•••61••••)"))
  }

  @Test("A situation of zeros is named as one without identifier")
  func zeros() throws {
    let message = try judge(SignFSECheck.self, [situation("000000000")], am("991086265")).message
    #expect(message.contains("situation 1 (sans identifiant)"))
  }
}

@Suite("billing.dam")
struct BillingDAMTests {
  @Test(
    "The fact, the situations, the outcome",
    arguments: [
      (true, nil, "pass"), (false, nil, "fail"), (nil, 0, "fail"), (nil, 1, "pass"), (nil, nil, "unknown"),
      (true, 0, "pass"),
    ] as [(Bool?, Int?, String)])
  func dam(dam: Bool?, situations: Int?, expected: String) throws {
    var facts: [Fact] = []
    if let dam { facts.append(Fact(.billingDAM, .boolean(dam), source: "test")) }
    if let situations {
      let list = Array(repeating: situation("991086265"), count: situations)
      facts.append(Fact(.billingSituations, .situations(list), source: "test"))
    }
    let check = try BillingDAMCheck(Parameters())
    let outcome = (try? check.judge(Facts(facts)))?.outcome.rawValue ?? "unknown"
    #expect(outcome == expected)
  }

  @Test(
    "Situations prove a DAM that nobody could be asked about, not one that was misread",
    arguments: [
      (.notGiven, "pass"), (.service, "pass"), (.timeout, "unknown"), (.disagreement, "unknown"),
      (.malformed, "unknown"),
    ] as [(Unavailability.Reason, String)])
  func unavailable(reason: Unavailability.Reason, expected: String) throws {
    let why = Unavailability(reason, LocalizedText(fr: "", en: ""))
    let facts = Facts([
      Fact(.billingDAM, unavailable: why, source: "a"),
      Fact(.billingSituations, .situations([situation("991086265")]), source: "b"),
    ])
    let outcome = (try? BillingDAMCheck(Parameters()).judge(facts))?.outcome.rawValue ?? "unknown"
    #expect(outcome == expected)
  }

  @Test("Sources that disagree are not overruled by the situations")
  func disagreement() throws {
    let facts = Facts([
      Fact(.billingDAM, .boolean(true), source: "a"), Fact(.billingDAM, .boolean(false), source: "b"),
      Fact(.billingSituations, .situations([situation("991086265")]), source: "a"),
    ])
    #expect(throws: Unavailability.self) { try BillingDAMCheck(Parameters()).judge(facts) }
  }
}
