import Preflight
import RuleStage
import Testing

@testable import GestionnaireReport

@Suite("A whole report")
struct WholeReportTests {
  static let liberal = BillingSituation(
    identifier: .written(Personal("991000009", as: .identifier)), speciality: "Médecine générale",
    practice: .liberal, signFSE: true, signLots: true)
  static let salaried = BillingSituation(
    identifier: .absent, practice: .salaried, signFSE: false, signLots: false)

  @Test(
    "reads the same however it is encoded",
    arguments: [
      Samples.whole.latin1,
      // UTF-8 that was taken for Latin-1 and written again.
      Array(String(String.UnicodeScalarView(Samples.whole.utf8.map { Unicode.Scalar($0) })).utf8),
      Array(Samples.whole.utf8),
      [0xEF, 0xBB, 0xBF] + Array(Samples.whole.utf8),
      Array(Samples.whole.replacing("\n", with: "\r\n").utf8),
      Array(Samples.whole.replacing("\n", with: "\r").utf8),
      Samples.whole.latin1 + [0x1A],
      Array(Samples.whole.replacing("\n", with: "\n\n").utf8),
      Array(Samples.whole.replacing(" ", with: "\u{A0}").utf8),
      Array(Samples.whole.replacing("'", with: "’").utf8),
      // Windows-1252's own apostrophe.
      Samples.whole.latin1.map { $0 == 0x27 ? 0x92 : $0 },
    ])
  func encodings(contents: [UInt8]) async throws {
    let report = try await Reading(contents)
    #expect(report[.cardKind] == .text("cps"))
    #expect(report[.cardNumber]?.unmasked == "2800009017")
    #expect(report[.holderName]?.unmasked == "Monsieur TESTARD ALBAN")
    #expect(report[.billingDAM] == .boolean(true))
    #expect(report.situations == [Self.liberal, Self.salaried])
  }

  @Test("reads the same with combining accents")
  func decomposed() async throws {
    let pairs = [
      ("é", "e\u{301}"), ("É", "E\u{301}"), ("à", "a\u{300}"), ("ç", "c\u{327}"), ("°", "°"),
    ]
    let text = pairs.reduce(Samples.whole) { text, pair in
      var scalars = String.UnicodeScalarView()
      let accented = pair.0.unicodeScalars.first
      for scalar in text.unicodeScalars {
        if scalar == accented {
          scalars.append(contentsOf: pair.1.unicodeScalars)
        } else {
          scalars.append(scalar)
        }
      }
      return String(scalars)
    }
    #expect(text.unicodeScalars.count > Samples.whole.unicodeScalars.count)
    let report = try await Reading(text)
    #expect(report[.cardKind] == .text("cps"))
    #expect(report.situations == [Self.liberal, Self.salaried])
  }

  @Test(
    "reads the same through mailers and Markdown",
    arguments: ["> ", ">> ", "> > ", "    ", "\t", "| ", "\u{FEFF}", "“"])
  func quoted(prefix: String) async throws {
    let text = Samples.whole.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }
    let report = try await Reading(text.joined(separator: "\n"))
    #expect(report.situations == [Self.liberal, Self.salaried])
    #expect(report[.cardKind] == .text("cps"))
  }

  @Test(
    "says of each situation how its activity is practised",
    arguments: [
      ("* Exercice Libéral, exploitant ou commerçant", .liberal), ("* Exercice Remplaçant", .locum),
      ("* EXERCICE REMPLACANTE", .locum), ("* Exercice Salarié", .salaried),
      ("* Exercice Bénévole", .unpaid), ("* Exercice Mixte", nil),
      ("* Exercice Libéral, remplaçant", .locum),
      ("* Exercice Libéral et salarié", nil), ("* Exercice autre", nil),
    ] as [(String, PracticeMode?)])
  func practice(line: String, practice: PracticeMode?) async throws {
    let text = Samples.whole.replacing("* Exercice Libéral, exploitant ou commerçant", with: line)
    let report = try await Reading(text)
    #expect(report.situations?.map(\.practice) == [practice, .salaried])
  }

  @Test(
    "does not know the practice where the title names no known way of it, as a damaged one of a locum does",
    arguments: [
      ("* Exercice Rempl@çant", true), ("* Exercice autre", true), ("* Exercice Mixte", false),
      ("* Exercice Libéral et salarié", false), ("* Exercice Remplaçant", false),
    ])
  func unreadPractice(line: String, isUnread: Bool) async throws {
    let text = Samples.whole.replacing("* Exercice Libéral, exploitant ou commerçant", with: line)
    #expect(try await Reading(text).situations?.map(\.isPracticeUnread) == [isUnread, false])
  }

  @Test(
    "takes a name in which something is hidden for a mask", arguments: ["•••", "T••• ALBAN", "TESTARD •••••"])
  func hiddenName(name: String) async throws {
    let report = try await Reading(Samples.whole.replacing("TESTARD ALBAN", with: name))
    #expect(report[.holderName]?.isMask == true)
  }

  @Test("proves a card in the reader, by contact, whose code was right")
  func proofs() async throws {
    let report = try await Reading(Samples.whole)
    #expect(report[.cardPresent] == .boolean(true))
    #expect(report[.cardContactless] == .boolean(false))
    #expect(report[.cardPIN] == .text("ok"))
  }

  @Test("has no dates, and says where they are", arguments: [FactName.cardIssuedOn, .cardExpiresOn])
  func dates(name: FactName) async throws {
    let report = try await Reading(Samples.whole)
    guard case .unavailable(let why) = report.facts[name]?.state else {
      Issue.record("\(name) is known")
      return
    }
    #expect(why.reason == .notGiven)
    #expect(why.message.rendered(in: .french).contains("« IDENTIFICATION DE LA CARTE »"))
    #expect(why.message.rendered(in: .english).contains("--facts"))
  }

  @Test("answers what is wanted and no more, in the name of its origin")
  func gathering() async throws {
    let report = try GestionnaireReport(contents: Samples.whole.latin1, origin: "CPS-INFO.TXT")
    #expect(report.name == "CPS-INFO.TXT")
    #expect(report.answersAtOnce)
    let wanted: Set<FactName> = [.cardKind, .cardIssuedOn, .today, .cryptolibVersion]
    let facts = await report.gather(wanted, knowing: Facts(), within: .seconds(20), from: NoWorkstation())
    #expect(Set(facts.map(\.name)) == [.cardKind, .cardIssuedOn])
    #expect(facts.allSatisfy { $0.source == "CPS-INFO.TXT" })
  }

  @Test("gives facts of their declared types")
  func types() async throws {
    for fact in try await Reading(Samples.whole).facts.values {
      let declaration = try #require(FactCatalogue.forTests[fact.name])
      if let value = fact.value { #expect(value.conforms(to: declaration.type), "\(fact.name)") }
    }
  }

  @Test("without any billing block shows a card without DAM")
  func withoutDAM() async throws {
    let text = """
      *** Situations d'exercice et de facturation

        * Exercice Salarié

         Type d'identifiant de structure
         - CLINIQUE DES ESSAIS
         Secteur d'activité RPPS : Centre de santé
      """
    let report = try await Reading(text)
    #expect(report[.billingDAM] == .boolean(false))
    #expect(report.situations == [])
    #expect(report[.cardPresent] == .boolean(true))
    #expect(report[.cardPIN] == .text("ok"))
  }

  @Test(
    "that ends before its situations leaves them unknown",
    arguments: [
      "*** Identification de la carte :\nCarte de Professionnel de Santé (CPS) n° 2800009017",
      "*** Situations d'exercice et de facturation",
      "*** Situations d'exercice et de facturation\n\n  * Exercice Salarié\n\n   Facturation",
      "*** Situations d'exercice et de facturation\n  * Exercice Salarié\n   Facturation (suite)",
      "Facturation",
      "Facturation\nAutorisations de signature manquantes",
    ])
  func withoutSituations(text: String) async throws {
    let report = try await Reading(text)
    for name in [FactName.billingDAM, .billingSituations, .cardPresent, .cardContactless, .cardPIN] {
      #expect(report.reason(name) == .notGiven, "\(name)")
    }
  }
}
