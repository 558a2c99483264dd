import Cryptolib
import Preflight
import Testing

@Suite("The check cryptolib.version")
struct CryptolibVersionCheckTests {
  @Test("Every example of its description holds")
  func examples() throws {
    try expectExamplesToHold(CryptolibVersionCheck.self)
  }

  private static let noDate = " ; jugée sans la date de délivrance de la carte, qui n’est pas connue"
  private static let noGeneration =
    " ; jugée sans la génération de la carte (CPS3 ou CPS4), qui n’est pas connue"

  @Test(
    "The highest version that applies is needed",
    arguments: [
      CardCase(
        "5.0.0", .given("2025-06-30"), .given("cps3"), .pass, "5.0.0 suffit (minimum pour toute carte)"),
      CardCase(
        "4.9.9", .given("2025-06-30"), .given("cps3"), .fail, "5.0.0 nécessaire (minimum pour toute carte)"),
      CardCase(
        "5.0.1", .given("2025-09-10"), .given("cps3"), .fail,
        "5.2.2 nécessaire (carte délivrée le 10/09/2025)"),
      CardCase(
        "5.2.1", .given("2025-07-01"), .given("cps3"), .fail,
        "5.2.2 nécessaire (carte délivrée le 01/07/2025)"),
      CardCase(
        "5.2.2", .given("2025-07-01"), .given("cps3"), .pass, "5.2.2 suffit (carte délivrée le 01/07/2025)"),
      CardCase(
        "5.2.2", .given("2025-12-31"), .given("cps3"), .pass, "5.2.2 suffit (carte délivrée le 31/12/2025)"),
      CardCase(
        "5.2.3", .given("2026-01-01"), .given("cps3"), .fail,
        "5.2.4 nécessaire (carte délivrée le 01/01/2026)"),
      CardCase(
        "5.10", .given("2026-01-01"), .given("cps3"), .pass, "5.2.4 suffit (carte délivrée le 01/01/2026)"),
      CardCase("5.2", .given("2025-01-01"), .given("cps4"), .pass, "5.2.0 suffit (carte CPS4)"),
      CardCase("5.1.9", .given("2025-01-01"), .given("cps4"), .fail, "5.2.0 nécessaire (carte CPS4)"),
      CardCase(
        "5.1.9", .given("2025-01-01"), .given("cps3"), .pass, "5.0.0 suffit (minimum pour toute carte)"),
      CardCase(
        "5.2.1", .given("2025-09-10"), .given("cps4"), .fail,
        "5.2.2 nécessaire (carte délivrée le 10/09/2025)"),
    ])
  func required(example: CardCase) { example.check() }

  @Test(
    "What is not known is judged without, and that is said",
    arguments: [
      CardCase(
        "5.0.0", .unknown, .given("cps3"), .pass, "5.0.0 suffit (minimum pour toute carte)" + noDate),
      CardCase(
        "5.0.0", .given("2025-01-01"), .unknown, .pass,
        "5.0.0 suffit (minimum pour toute carte)" + noGeneration),
      CardCase(
        "5.0.0", .unknown, .unknown, .pass, "5.0.0 suffit (minimum pour toute carte)" + noDate + noGeneration),
      CardCase(
        "4.0.0", .unknown, .unknown, .fail,
        "5.0.0 nécessaire (minimum pour toute carte)" + noDate + noGeneration),
      CardCase("5.1.0", .unknown, .given("cps4"), .fail, "5.2.0 nécessaire (carte CPS4)" + noDate),
      CardCase(
        "5.0.0", .unavailable(.service), .given("cps3"), .pass,
        "5.0.0 suffit (minimum pour toute carte)" + noDate),
    ])
  func notKnown(example: CardCase) { example.check() }

  @Test(
    "What is contradictory, senseless or late leaves it undecided, unless it changes nothing",
    arguments: [.disagreement, .malformed, .timeout] as [Unavailability.Reason])
  func inDoubt(reason: Unavailability.Reason) {
    let doubt = Known.unavailable(reason)
    let cases = [
      CardCase("5.0.0", doubt, .given("cps3"), .unknown, "card.issuedOn"),
      CardCase("5.2.3", doubt, .given("cps3"), .unknown, "card.issuedOn"),
      CardCase("5.2.3", doubt, .given("cps4"), .unknown, "card.issuedOn"),
      CardCase("5.2.3", doubt, .unknown, .unknown, "card.issuedOn"),
      CardCase(
        "5.2.4", doubt, .given("cps3"), .pass,
        "5.0.0 suffit (minimum pour toute carte) ; card.issuedOn douteux"),
      CardCase(
        "4.9.9", doubt, .given("cps3"), .fail, "5.0.0 nécessaire (minimum pour toute carte)"),
      CardCase("5.1.0", doubt, .given("cps4"), .fail, "5.2.0 nécessaire (carte CPS4)"),
      CardCase("5.1.0", .given("2025-01-01"), doubt, .unknown, "card.generation"),
      CardCase("5.1.0", .unknown, doubt, .unknown, "card.generation"),
      CardCase("5.1.0", doubt, doubt, .unknown, "card.issuedOn"),
      CardCase(
        "5.2.0", .given("2025-01-01"), doubt, .pass,
        "5.0.0 suffit (minimum pour toute carte) ; card.generation douteux"),
      CardCase(
        "5.1.0", .given("2025-09-10"), doubt, .fail, "5.2.2 nécessaire (carte délivrée le 10/09/2025)"),
    ]
    for example in cases { example.check() }
  }

  @Test("Only the facts are asked for that the parameters need")
  func facts() throws {
    let step = ParameterValue.map([.init(.date(try day("2025-07-01")), .version(Version(5, 2, 2)))])
    let minimum = ParameterValue.version(Version(5, 0, 0))
    let installed: Set<FactName> = [.cryptolibVersion, .cryptolibVersions]
    let cases: [([String: ParameterValue], Set<FactName>)] = [
      (["minimum": minimum], installed),
      (["minimum": minimum, "issued_from": .map([])], installed),
      (["minimum": minimum, "issued_from": step], installed.union([.cardIssuedOn])),
      (["minimum": minimum, "cps4": minimum], installed.union([.cardGeneration])),
    ]
    for (parameters, facts) in cases {
      #expect(try CryptolibVersionCheck(Parameters(parameters)).facts == facts)
    }
    // Facts that the parameters do not need are not missed.
    let known = Facts([Fact(.cryptolibVersion, .version(Version(5, 0)), source: "test")])
    let judgement = try CryptolibVersionCheck(Parameters(["minimum": minimum])).judge(known)
    #expect(
      judgement.message.rendered(in: .english)
        == "Cryptolib 5.0 installed, 5.0.0 is enough (minimum for any card)")
  }

  @Test("The order of the dates does not matter, and a later date takes nothing back")
  func dates() throws {
    let check = try CryptolibVersionCheck(
      Parameters([
        "minimum": .version(Version(5, 0, 0)),
        "issued_from": .map([
          .init(.date(try day("2026-01-01")), .version(Version(5, 1, 0))),
          .init(.date(try day("2025-07-01")), .version(Version(5, 2, 2))),
          .init(.date(try day("2020-01-01")), .version(Version(4, 0, 0))),
        ]),
      ]))
    let cases = [("2020-06-01", "5.0.0"), ("2025-07-02", "5.2.2"), ("2026-03-01", "5.2.2")]
    for (issued, required) in cases {
      let facts = Facts([
        Fact(.cryptolibVersion, .version(Version(1)), source: "test"),
        Fact(.cardIssuedOn, .date(try day(issued)), source: "test"),
      ])
      #expect(try check.judge(facts).message.rendered(in: .english).contains("\(required) needed"))
    }
  }

  @Test("The source's note is told", arguments: [Version(5, 2), Version(4, 0)])
  func note(installed: Version) throws {
    let note = LocalizedText(fr: "deux versions", en: "two versions")
    let facts = Facts([Fact(.cryptolibVersion, .version(installed), source: "test", note: note)])
    let check = try CryptolibVersionCheck(Parameters(["minimum": .version(Version(5, 0))]))
    #expect(try check.judge(facts).message.rendered(in: .french).hasSuffix(") ; deux versions"))
  }

  @Test(
    "Parameters that make no sense are refused, by name",
    arguments: [
      ([:], "minimum"),
      (["minimum": .string("5.2.2")], "minimum"),
      (["minimum": .version(Version(5)), "cps4": .string("5.2.0")], "cps4"),
      (["minimum": .version(Version(5)), "issued_from": .version(Version(5))], "issued_from"),
      (
        ["minimum": .version(Version(5)), "issued_from": .map([.init(.string("x"), .version(Version(5)))])],
        "issued_from"
      ),
    ] as [([String: ParameterValue], String)])
  func refused(parameters: [String: ParameterValue], name: String) {
    let error = #expect(throws: ParameterError.self) {
      _ = try CryptolibVersionCheck(Parameters(parameters))
    }
    #expect(error?.name == name)
  }
}

/// Judges every example of a check's description.
private func expectExamplesToHold<CheckType: Check>(_ check: CheckType.Type) throws {
  #expect(!check.description.examples.isEmpty)
  for example in CheckType.description.examples {
    let check = try CheckType(Parameters(example.parameters))
    let facts = Facts(
      example.facts.map { Fact($0.key, $0.value, source: "example") }, selection: example.selection)
    do {
      let judgement = try check.judge(facts)
      #expect(judgement.outcome.rawValue == example.outcome.rawValue, "\(example.title)")
    } catch {
      #expect(example.outcome == .unknown, "\(example.title)")
    }
  }
}
