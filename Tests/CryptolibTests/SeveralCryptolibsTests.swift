import Cryptolib
import Preflight
import Testing

@Suite("The check cryptolib.version, where there are several Cryptolibs or none has a version")
struct SeveralCryptolibsTests {
  /// Minimum 5.0.0; 5.2.2 for cards issued from 2025-07-01 on.
  private static func check() throws -> CryptolibVersionCheck {
    try CryptolibVersionCheck(
      Parameters([
        "minimum": .version(Version(5, 0, 0)),
        "issued_from": .map([.init(.date(try day("2025-07-01")), .version(Version(5, 2, 2)))]),
      ]))
  }

  /// Returns the judgement of these versions, the first with 64 bits and the second with 32, for a card issued on that
  /// day.
  private func judge(
    _ versions: [String], newest: String? = nil, issued: String? = "2025-09-10",
    doubt: Unavailability.Reason? = nil
  ) throws -> (outcome: String, message: String, case: FoundCase?, reason: Unavailability.Reason?) {
    let found = try zip(versions, ["155", "154", "156"]).map { written, file in
      InstalledCryptolib(
        version: try #require(Version(written)),
        architecture: file == "155" ? .bits64 : file == "154" ? .bits32 : nil, place: "/a/\(file).adm")
    }
    var facts = Facts([Fact(.cryptolibVersions, .cryptolibs(found), source: "test")])
    if let version = newest.flatMap({ Version($0) }) ?? found.map(\.version).max() {
      facts.add(Fact(.cryptolibVersion, .version(version), source: "test"))
    }
    if let doubt {
      let why = Unavailability(doubt, LocalizedText(fr: "date douteuse", en: "a doubtful date"))
      facts.add(Fact(.cardIssuedOn, unavailable: why, source: "test"))
    } else if let issued {
      facts.add(Fact(.cardIssuedOn, .date(try day(issued)), source: "test"))
    }
    do {
      let judgement = try Self.check().judge(facts)
      return (
        judgement.outcome.rawValue, judgement.message.rendered(in: .english), judgement.found, nil
      )
    } catch let why as Unavailability {
      return ("unknown", why.message.rendered(in: .english), why.found, why.reason)
    }
  }

  @Test(
    "What all of them come to is judged; what they differ in is not decided",
    arguments: [
      (["5.2.2", "5.2.4"], "2025-09-10", "pass"), (["5.2.1", "5.2.1"], "2025-09-10", "fail"),
      (["5.0.0", "5.2.1"], "2025-09-10", "fail"), (["5.2.1", "5.2.4"], "2025-09-10", "unknown"),
      (["5.2.4", "5.2.1"], "2025-09-10", "unknown"), (["5.2.2", "5.2.4", "5.2.1"], "2025-09-10", "unknown"),
      // A card for which both are recent enough.
      (["5.2.1", "5.2.4"], "2025-06-30", "pass"), (["4.9.9", "5.2.4"], "2025-06-30", "unknown"),
      (["5.2.1", "5.2.4"], nil, "pass"),
    ] as [([String], String?, String)])
  func outcomes(versions: [String], issued: String?, expected: String) throws {
    let judged = try judge(versions, issued: issued)
    #expect(judged.outcome == expected, "\(judged)")
    if expected == "unknown" {
      #expect(judged.case?.name == "several")
      #expect(judged.reason?.exitCode == .undecided)
    }
  }

  @Test("Each is named with its version, and which to remove")
  func words() throws {
    let judged = try judge(["5.2.1", "5.2.4"])
    #expect(
      judged.message == """
        several Cryptolibs, not all of them enough, and nothing says which one is used: /a/155.adm: 5.2.1 (64-bit), \
        /a/154.adm: 5.2.4 (32-bit); 5.2.2 needed (card issued on 2025-09-10)
        """)
    let values = try #require(judged.case?.values).mapValues { $0.rendered(in: .french) }
    #expect(
      values == [
        "places": "/a/155.adm : 5.2.1 (64 bits), /a/154.adm : 5.2.4 (32 bits)",
        "to_remove": "/a/155.adm : 5.2.1 (64 bits)", "needed": "5.2.2",
      ])
    let advice = try #require(judged.case?.advice).rendered(in: .english)
    #expect(advice.contains("too old (/a/155.adm: 5.2.1 (64-bit))"))
    #expect(advice.contains("architecture: 64") && !advice.contains("card"))
  }

  @Test(
    "A card that is in doubt may make the difference",
    arguments: [
      (["5.2.1", "5.2.4"], "several"), (["5.2.0", "5.2.1"], "need_unknown"), (["5.2.2", "5.2.4"], nil),
    ] as [([String], String?)])
  func doubt(versions: [String], expected: String?) throws {
    let judged = try judge(versions, doubt: .malformed)
    #expect(judged.case?.name == expected)
    #expect((judged.outcome == "pass") == (expected == nil))
    if expected == "several" {
      #expect(judged.message.contains("/a/154.adm: 5.2.4 (32-bit); 5.2.2 needed (a doubtful date)"))
    }
  }

  @Test("A version that is not the newest of the list is a contradiction")
  func contradiction() throws {
    let judged = try judge(["5.2.2"], newest: "5.2.4")
    #expect(judged.outcome == "unknown" && judged.reason == .disagreement)
  }

  @Test(
    "A list that is not given is not missed; one that sources disagree about is",
    arguments: [(.notGiven, "pass"), (.service, "pass"), (.disagreement, "unknown"), (.timeout, "unknown")]
      as [(Unavailability.Reason, String)])
  func withoutList(reason: Unavailability.Reason, expected: String) throws {
    let why = Unavailability(reason, LocalizedText(everywhere: "?"))
    let facts = Facts([
      Fact(.cryptolibVersion, .version(Version(5, 2, 4)), source: "test"),
      Fact(.cryptolibVersions, unavailable: why, source: "test"),
    ])
    let outcome = (try? Self.check().judge(facts))?.outcome.rawValue ?? "unknown"
    #expect(outcome == expected)
  }

  @Test("A module without a version is told with its path and the version of its library")
  func module() throws {
    let nothing = Unavailability(.service, LocalizedText(everywhere: "no Cryptolib found"))
    let searched = Unavailability(.service, LocalizedText(everywhere: "no version found (looked for: …)"))
    var facts = Facts([
      Fact(.cryptolibVersion, unavailable: nothing, source: "cryptolib"),
      Fact(.cryptolibVersions, unavailable: searched, source: "cryptolib"),
      Fact(.cryptolibModule, .text("/opt/m.so"), source: "cryptoki"),
    ])
    let there = "the Cryptolib's PKCS#11 module is there (/opt/m.so"
    let rest = "), but the package's version is not known; no version found (looked for: …)"
    for library in ["", ", library 3.1"] {
      if !library.isEmpty {
        facts.add(Fact(.cryptolibLibrary, .version(Version(3, 1)), source: "cryptoki"))
      }
      let why = #expect(throws: Unavailability.self) { try Self.check().judge(facts) }
      #expect(why?.message.rendered(in: .english) == there + library + rest)
      #expect(why?.reason == .service)
      #expect(why?.found?.name == "version_unknown")
      #expect(why?.found?.values.keys.sorted() == ["needed"])
    }
  }

  @Test("No source is asked for the module alone")
  func welcome() throws {
    let check = try Self.check()
    #expect(check.welcomeFacts == [.cryptolibModule, .cryptolibLibrary])
    #expect(check.facts.isDisjoint(with: check.welcomeFacts))
  }
}
