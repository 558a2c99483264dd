import Card
import Preflight
import Testing

/// The outcome of a check on these facts: `pass`, `fail`, or `unknown` with its reason.
private func outcome(
  _ check: any Check.Type, _ facts: [FactName: FactValue], parameters: [String: ParameterValue] = [:]
) throws -> String {
  let check = try check.init(Parameters(parameters))
  do {
    return try check.judge(Facts(facts.map { Fact($0, $1, source: "test") })).outcome.rawValue
  } catch {
    return "unknown (\(error.reason))"
  }
}

private func day(_ text: String) throws -> FactValue { .date(try #require(CivilDate(text))) }

@Suite("card.kind")
struct CardKindTests {
  @Test(
    "Kind, contactless, outcome",
    arguments: [
      ("cps", false, "pass"), ("cpe", false, "pass"), ("cpf", false, "fail"), ("cpa", false, "fail"),
      ("vitale", false, "fail"), ("unknown", false, "fail"), ("cps", true, "fail"), ("vitale", nil, "fail"),
      ("cps", nil, "unknown (notGiven)"), (nil, true, "fail"), (nil, false, "unknown (notGiven)"),
    ] as [(String?, Bool?, String)])
  func kinds(kind: String?, contactless: Bool?, expected: String) throws {
    var facts: [FactName: FactValue] = [:]
    facts[.cardKind] = kind.map(FactValue.text)
    facts[.cardContactless] = contactless.map(FactValue.boolean)
    #expect(try outcome(CardKindCheck.self, facts) == expected)
  }

  @Test(
    "What is no card that somebody holds is refused by its category; a test card is not",
    arguments: [
      ("00", "pass"), ("80", "pass"), ("81", "pass"), ("02", "fail"), ("03", "fail"), ("82", "fail"),
      ("83", "fail"),
    ])
  func categories(category: String, expected: String) throws {
    let facts: [FactName: FactValue] = [
      .cardKind: .text("cps"), .cardContactless: .boolean(false), .cardCategory: .text(category),
    ]
    #expect(try outcome(CardKindCheck.self, facts) == expected)
  }

  @Test("Sources that differ on the category leave it open whether it is a card at all")
  func disputedCategory() throws {
    var facts = Facts([
      Fact(.cardKind, .text("cps"), source: "one"), Fact(.cardContactless, .boolean(false), source: "one"),
      Fact(.cardCategory, .text("02"), source: "one"),
    ])
    facts.add(Fact(.cardCategory, .text("00"), source: "other"))
    #expect(throws: Unavailability.self) { try CardKindCheck(Parameters()).judge(facts) }
  }

  @Test("Each kind that is refused is refused in its own words")
  func words() throws {
    let check = try CardKindCheck(Parameters())
    let messages = try ["vitale", "cpf", "cpa", "unknown"].map { kind in
      try check.judge(Facts([Fact(.cardKind, .text(kind), source: "test")])).message.rendered(in: .french)
    }
    #expect(Set(messages).count == 4)
    #expect(messages[0] == "la carte Vitale du patient est dans le lecteur")
  }
}

@Suite("card.pin")
struct CardPINTests {
  @Test(
    "State and outcome",
    arguments: [
      ("ok", "pass"), ("low", "pass"), ("final", "fail"), ("blocked", "fail"),
      ("no such state", "unknown (malformed)"),
    ])
  func states(state: String, expected: String) throws {
    #expect(try outcome(CardPINCheck.self, [.cardPIN: .text(state)]) == expected)
  }

  @Test("Where asking for the try, or for the category, failed, nothing is passed over")
  func failedReading() throws {
    for reason in Unavailability.Reason.allCases {
      let why = Unavailability(reason, LocalizedText(fr: "raison", en: "reason"))
      let code = Facts([
        Fact(.cardPIN, .text("ok"), source: "a"), Fact(.cardCode, unavailable: why, source: "b"),
      ])
      let kind = Facts([
        Fact(.cardKind, .text("cps"), source: "a"), Fact(.cardContactless, .boolean(false), source: "a"),
        Fact(.cardCategory, unavailable: why, source: "b"),
      ])
      let passes = [.notGiven, .service, .malformed].contains(reason)
      #expect(((try? CardPINCheck(Parameters()).judge(code))?.outcome == .pass) == passes, "\(reason)")
      #expect(((try? CardKindCheck(Parameters()).judge(kind))?.outcome == .pass) == passes, "\(reason)")
    }
  }

  @Test(
    "A try that one source says was refused, and another one not, is not taken for a good one",
    arguments: ["ok", "low"],
    ["wrong", "wrong-blocked", "wrong-last-try", "wrong-tries-left"])
  func disputedTry(state: String, refused: String) throws {
    for outcomes in [[refused, "accepted"], ["accepted", refused]] {
      var facts = Facts([Fact(.cardPIN, .text(state), source: "one")])
      for (source, outcome) in zip(["one", "other"], outcomes) {
        facts.add(Fact(.cardCode, .text(outcome), source: source))
      }
      #expect(throws: Unavailability.self) { try CardPINCheck(Parameters()).judge(facts) }
    }
  }
}

@Suite("card.test")
struct CardTestTests {
  @Test(
    "Category, test card, outcome",
    arguments: [
      ("00", false, "pass"), ("02", false, "pass"), ("03", false, "pass"), ("80", true, "fail"),
      ("82", true, "fail"), ("83", true, "fail"), ("00", nil, "pass"), ("80", nil, "fail"),
      (nil, false, "pass"), (nil, true, "fail"), (nil, nil, "unknown (notGiven)"),
      ("00", true, "unknown (disagreement)"), ("80", false, "unknown (disagreement)"),
      ("81", nil, "unknown (malformed)"), ("81", true, "fail"),
    ] as [(String?, Bool?, String)])
  func categories(category: String?, isTest: Bool?, expected: String) throws {
    var facts: [FactName: FactValue] = [:]
    facts[.cardCategory] = category.map(FactValue.text)
    facts[.cardTest] = isTest.map(FactValue.boolean)
    #expect(try outcome(CardTestCheck.self, facts) == expected)
    let accepting: [String: ParameterValue] = ["unknown": .string("pass")]
    let accepted = ["unknown (notGiven)", "unknown (malformed)"].contains(expected) ? "pass" : expected
    #expect(try outcome(CardTestCheck.self, facts, parameters: accepting) == accepted)
  }

  @Test(
    "Each category is told by its name",
    arguments: [
      ("00", "carte en service (catégorie 00)"), ("02", "module de sécurité (catégorie 02)"),
      ("03", "certificat logiciel (catégorie 03)"), ("80", "carte de test (catégorie 80)"),
      ("82", "module de sécurité de test (catégorie 82)"),
      ("83", "certificat logiciel de test (catégorie 83)"),
    ])
  func names(category: String, expected: String) throws {
    let facts = Facts([Fact(.cardCategory, .text(category), source: "test")])
    #expect(try CardTestCheck(Parameters()).judge(facts).message.rendered(in: .french) == expected)
  }

  @Test("Sources that contradict each other are not a category that is not known")
  func contradiction() throws {
    let facts = Facts([
      Fact(.cardCategory, .text("00"), source: "one"), Fact(.cardCategory, .text("80"), source: "other"),
      Fact(.cardTest, .boolean(false), source: "one"), Fact(.cardTest, .boolean(true), source: "other"),
    ])
    let check = try CardTestCheck(Parameters(["unknown": .string("pass")]))
    #expect(throws: Unavailability.self) { try check.judge(facts) }
  }
}

@Suite("card.validity")
struct CardValidityTests {
  /// Today, issue, expiry (`nil`: unknown), parameters, and outcome.
  struct Case: Sendable, CustomTestStringConvertible {
    let today: String
    let issued: String?
    let expires: String?
    var parameters: [String: ParameterValue] = [:]
    let expected: String

    init(
      _ today: String, _ issued: String?, _ expires: String?, _ expected: String,
      _ parameters: [String: ParameterValue] = [:]
    ) {
      (self.today, self.issued, self.expires) = (today, issued, expires)
      (self.expected, self.parameters) = (expected, parameters)
    }

    var testDescription: String { "\(today): \(issued ?? "–") … \(expires ?? "–") \(expected)" }
  }

  @Test(
    "Valid up to and including the third anniversary and the card's own expiry",
    arguments: [
      Case("2025-09-10", "2025-09-10", "2028-09-30", "pass"),
      Case("2028-09-10", "2025-09-10", "2028-09-30", "pass"),
      Case("2028-09-11", "2025-09-10", "2028-09-30", "fail"),
      Case("2027-02-28", "2024-02-29", "2027-12-31", "pass"),
      Case("2027-03-01", "2024-02-29", "2027-12-31", "fail"),
      Case("2026-03-15", "2025-09-10", "2026-03-15", "pass"),
      Case("2026-03-16", "2025-09-10", "2026-03-15", "fail"),
      Case("2026-03-15", nil, "2026-03-14", "fail"),
      Case("2026-03-15", "2020-01-01", nil, "fail"),
      Case("2026-03-15", nil, "2027-01-01", "unknown (notGiven)"),
      Case("2026-03-15", "2025-09-10", nil, "unknown (notGiven)"),
      Case("2026-03-15", "2026-03-16", "2028-09-30", "unknown (malformed)"),
      Case("2026-03-15", "2025-09-10", "2025-09-09", "unknown (malformed)"),
    ])
  func dates(one: Case) throws { try check(one) }

  @Test(
    "Parameters turn either date off, and ask for days left",
    arguments: [
      Case("2030-01-01", "2025-09-10", "2030-01-01", "pass", ["years": .integer(0)]),
      Case("2030-01-01", nil, "2030-01-01", "pass", ["years": .integer(0)]),
      Case("2028-09-10", "2025-09-10", nil, "pass", ["expiry": .boolean(false)]),
      Case("2029-09-10", "2025-09-10", nil, "pass", ["expiry": .boolean(false), "years": .integer(4)]),
      Case("2028-07-11", "2025-09-10", "2028-09-30", "pass", ["days_left": .integer(60)]),
      Case("2028-07-12", "2025-09-10", "2028-09-30", "fail", ["days_left": .integer(60)]),
      Case("2028-07-12", nil, "2028-08-01", "fail", ["days_left": .integer(60)]),
    ])
  func parameters(one: Case) throws { try check(one) }

  @Test(
    "Years by generation: three, six for a CPS4, the shorter where the generation is not known",
    arguments: [
      ("cps3", "2028-09-10", "pass", [:]), ("cps3", "2028-09-11", "fail", [:]),
      ("cps4", "2028-09-11", "pass", [:]), ("cps4", "2031-09-10", "pass", [:]),
      ("cps4", "2031-09-11", "fail", [:]),
      (nil, "2028-09-10", "pass", [:]), (nil, "2028-09-11", "fail", [:]),
      // `years` alone applies to every card.
      ("cps4", "2028-09-11", "fail", ["years": .integer(3)]),
      ("cps4", "2030-09-10", "pass", ["years": .integer(5)]),
      ("cps4", "2030-09-11", "fail", ["years": .integer(5)]),
      ("cps4", "2031-09-11", "pass", ["years": .integer(0)]),
      ("cps3", "2028-09-11", "fail", ["years_cps4": .integer(4)]),
      ("cps4", "2029-09-10", "pass", ["years_cps4": .integer(4)]),
      ("cps4", "2029-09-11", "fail", ["years_cps4": .integer(4)]),
      ("cps4", "2031-09-11", "fail", ["years": .integer(3), "years_cps4": .integer(6)]),
      // Without a limit for one generation, a card of unknown generation has no limit.
      ("cps3", "2033-09-11", "pass", ["years": .integer(0), "years_cps4": .integer(6)]),
      (nil, "2031-09-11", "fail", ["years": .integer(0), "years_cps4": .integer(6)]),
      (nil, "2029-09-11", "fail", ["years": .integer(6), "years_cps4": .integer(4)]),
    ] as [(String?, String, String, [String: ParameterValue])])
  func generations(
    generation: String?, today: String, expected: String, parameters: [String: ParameterValue]
  ) throws {
    var facts = [
      FactName.today: try day(today), .cardIssuedOn: try day("2025-09-10"),
      .cardExpiresOn: try day("2034-09-30"),
    ]
    facts[.cardGeneration] = generation.map(FactValue.text)
    #expect(try outcome(CardValidityCheck.self, facts, parameters: parameters) == expected)
  }

  @Test(
    "The message names the generation and its years, whichever date comes first",
    arguments: [
      ("cps3", "2034-09-30", "(CPS3 : 3 ans après la délivrance du 10/09/2025)"),
      ("cps4", "2034-09-30", "(CPS4 : 6 ans après la délivrance du 10/09/2025)"),
      (
        nil, "2034-09-30",
        "(génération inconnue : 3 ans après la délivrance du 10/09/2025 ; une CPS4 en a 6)"
      ),
      ("cps4", "2028-01-31", "(date inscrite sur la carte ; CPS4 : 6 ans au plus)"),
    ] as [(String?, String, String)])
  func reasons(generation: String?, expires: String, expected: String) throws {
    var facts = [
      Fact(.today, try day("2026-03-15"), source: "test"),
      Fact(.cardIssuedOn, try day("2025-09-10"), source: "test"),
      Fact(.cardExpiresOn, try day(expires), source: "test"),
    ]
    if let generation { facts.append(Fact(.cardGeneration, .text(generation), source: "test")) }
    let message = try CardValidityCheck(Parameters()).judge(Facts(facts)).message.rendered(in: .french)
    #expect(message.hasSuffix(expected), "\(message)")
  }

  @Test(
    "A CPS4 is not believed that was issued before there were any; one that would have expired all the same has",
    arguments: [
      ("cps4", "2022-01-01", "2026-11-26", "unknown (malformed)"),
      ("cps4", "2025-06-30", "2028-07-15", "unknown (malformed)"),
      ("cps4", "2025-06-30", "2026-11-26", "pass"),
      ("cps4", "2025-07-01", "2026-11-26", "pass"),
      ("cps4", "2020-01-01", "2026-11-26", "fail"),
      ("cps3", "2024-01-01", "2026-11-26", "pass"), (nil, "2024-01-01", "2026-11-26", "pass"),
    ] as [(String?, String, String, String)])
  func beforeCPS4(generation: String?, issued: String, today: String, expected: String) throws {
    var facts = [
      FactName.today: try day(today), .cardIssuedOn: try day(issued), .cardExpiresOn: try day("2034-09-30"),
    ]
    facts[.cardGeneration] = generation.map(FactValue.text)
    #expect(try outcome(CardValidityCheck.self, facts) == expected)
    // `years` alone is for every card, whatever its generation.
    let forAll = try outcome(CardValidityCheck.self, facts, parameters: ["years": .integer(9)])
    #expect(forAll == "pass")
  }

  @Test(
    "The generation is asked for where it can change the answer, and nowhere else",
    arguments: [
      ("2028-10-01", "2025-09-10", "2031-09-30", "expired_unless_cps4"),
      ("2028-10-01", "2025-09-10", nil, "expired_unless_cps4"),
      ("2031-09-10", "2025-09-10", nil, "expired_unless_cps4"),
      // A CPS4 would have expired too: by its own date, or after six years; or there was none yet.
      ("2028-10-01", "2025-09-10", "2028-09-30", "expired"),
      ("2026-11-26", "2025-09-10", "2026-08-31", "expired"),
      ("2031-09-11", "2025-09-10", nil, "expired"), ("2028-06-30", "2025-06-29", "2031-06-30", "expired"),
      ("2026-03-15", nil, "2026-03-14", "expired"),
    ] as [(String, String?, String?, String)])
  func askedFor(today: String, issued: String?, expires: String?, expected: String) throws {
    var facts = [Fact(.today, try day(today), source: "test")]
    if let issued { facts.append(Fact(.cardIssuedOn, try day(issued), source: "test")) }
    if let expires { facts.append(Fact(.cardExpiresOn, try day(expires), source: "test")) }
    #expect(try CardValidityCheck(Parameters()).judge(Facts(facts)).found?.name == expected)
    // With the generation that is asked for, the card is valid; with any other one it is not.
    let asked = Facts(facts + [Fact(.cardGeneration, .text("cps4"), source: "test")])
    let isAsked = expected == "expired_unless_cps4"
    let check = try CardValidityCheck(Parameters(expires == nil ? ["expiry": .boolean(false)] : [:]))
    #expect((try? check.judge(asked))?.outcome == (isAsked ? .pass : issued == "2025-06-29" ? nil : .fail))
  }

  @Test(
    "A generation that sources disagree about is not decided where it decides",
    arguments: [
      ("2026-11-26", "2031-09-30", [:], "pass"), ("2028-09-11", "2031-09-30", [:], "unknown"),
      ("2028-10-01", "2028-09-30", [:], "fail"), ("2031-09-11", "2034-09-30", [:], "fail"),
      ("2028-08-01", "2031-09-30", ["days_left": .integer(60)], "unknown"),
      ("2028-08-01", "2028-09-10", ["days_left": .integer(60)], "fail"),
      ("2030-01-01", "2034-09-30", ["years": .integer(6), "years_cps4": .integer(4)], "unknown"),
      ("2032-01-01", "2034-09-30", ["years": .integer(0), "years_cps4": .integer(6)], "unknown"),
    ] as [(String, String, [String: ParameterValue], String)])
  func disagreement(
    today: String, expires: String, parameters: [String: ParameterValue], expected: String
  ) throws {
    let facts = Facts([
      Fact(.today, try day(today), source: "test"),
      Fact(.cardIssuedOn, try day("2025-09-10"), source: "test"),
      Fact(.cardExpiresOn, try day(expires), source: "test"),
      Fact(.cardGeneration, .text("cps3"), source: "one"),
      Fact(.cardGeneration, .text("cps4"), source: "other"),
    ])
    let check = try CardValidityCheck(Parameters(parameters))
    #expect(((try? check.judge(facts))?.outcome.rawValue ?? "unknown") == expected)
  }

  private func check(_ one: Case) throws {
    var facts = [FactName.today: try day(one.today)]
    if let issued = one.issued { facts[.cardIssuedOn] = try day(issued) }
    if let expires = one.expires { facts[.cardExpiresOn] = try day(expires) }
    #expect(try outcome(CardValidityCheck.self, facts, parameters: one.parameters) == one.expected)
  }

  @Test(
    "The message gives the last valid day and the days left, and so does the number for monitoring systems",
    arguments: [
      ("2028-09-11", 0, "son dernier jour était le 10/09/2028, il y a 1 jour ", -1, 0),
      ("2028-09-09", 0, "jusqu’au 10/09/2028 inclus, encore 1 jour ", 1, 0),
      ("2028-09-08", 60, "jusqu’au 10/09/2028\u{A0}: il reste 2 jours ", 2, 61),
    ])
  func words(today: String, daysLeft: Int, expected: String, days: Int, enough: Int) throws {
    let facts = [
      Fact(.today, try day(today), source: "test"),
      Fact(.cardIssuedOn, try day("2025-09-10"), source: "test"),
      Fact(.cardExpiresOn, try day("2028-09-30"), source: "test"),
    ]
    let check = try CardValidityCheck(Parameters(["days_left": .integer(daysLeft)]))
    let judgement = try check.judge(Facts(facts))
    let message = judgement.message.rendered(in: .french)
    #expect(message.contains(expected), "\(message)")
    let validity = try #require(judgement.validity)
    #expect(validity.lastDay == CivilDate("2028-09-10"))
    #expect((validity.days, validity.enough) == (days, enough))
  }

  @Test(
    "Both dates turned off for any card leave nothing to judge",
    arguments: [
      ["years": .integer(0)], ["years": .integer(0), "years_cps4": .integer(6)],
      ["years": .integer(3), "years_cps4": .integer(0)], ["years_cps4": .integer(0)],
    ] as [[String: ParameterValue]])
  func nothing(parameters: [String: ParameterValue]) {
    #expect(throws: ParameterError.self) {
      try CardValidityCheck(Parameters(parameters.merging(["expiry": .boolean(false)]) { $1 }))
    }
  }

  @Test("Only the dates that count are asked for")
  func facts() throws {
    #expect(try CardValidityCheck(Parameters(["years": .integer(0)])).facts == [.today, .cardExpiresOn])
    #expect(
      try CardValidityCheck(Parameters(["expiry": .boolean(false)])).facts == [
        .today, .cardIssuedOn, .cardGeneration,
      ])
    #expect(
      try CardValidityCheck(Parameters(["years": .integer(3)])).facts == [
        .today, .cardIssuedOn, .cardExpiresOn,
      ])
  }
}
