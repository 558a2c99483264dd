import Preflight
import Testing

@testable import GestionnaireReport

@Suite("A file that holds several sessions of the Gestionnaire")
struct SessionTests {
  /// Returns a session from that moment, for a card with that identifier; without DAM if `nil`.
  private static func session(_ moment: String?, _ identifier: String?) -> String {
    let created = moment.map { "*** Fichier créé le \($0)\n" } ?? ""
    let billing = identifier.map {
      """
         Facturation
         Identifiant : \($0)
         Autorisations de signature
           - autorisé à signer les FSE
           - autorisé à signer les lots

      """
    }
    return """
      *** Session CPS-GESTION    Version v06.08.00
      \(created)*** Fichier CPS-INFO.TXT : Données lues dans la CPS

      *** Identification du porteur
          Monsieur TESTARD ALBAN

      *** Identification de la carte :
      Carte de Professionnel de Santé (CPS) n° 2800009017

      *** Situations d'exercice et de facturation

        * Exercice Libéral, exploitant ou commerçant

         Type d'identifiant de structure
         - CABINET TESTARD
         Secteur d'activité RPPS : Cabinet individuel

      \(billing ?? "")
      """
  }

  private static let early = "26-NOV-2026 02:16:06"
  private static let late = "26-NOV-2026 02:16:42"

  private static let numbers = ["991000009", "991086265", "692612344"]

  @Test(
    "The newest alone speaks, wherever it stands",
    arguments: [
      ([early, late], 1), ([late, early], 0), ([early, late, early], 1),
      (["25-NOV-2026", "24-NOV-2026 10:00:00"], 0),
      (["25-NOV-2026 10:00:00", "24-NOV-2026", "24-NOV-2026 10:00:00"], 0),
      (["31-OCT-2026 23:59:59", "01-NOV-2026 00:00:00"], 1),
      (["25-NOV-2026 2O:35:43", "24-NOV-2026 20:30:43"], 0),
      (["24-NOV-2026 9:35:43", "24-NOV-2026 08:30:43"], 0),
      (["24-NOV-2026 9:35:43", "24-NOV-2026 20:30:43"], 1),
    ] as [([String?], Int)])
  func newest(moments: [String?], expected: Int) async throws {
    let text = zip(moments, Self.numbers).map { Self.session($0, $1) }.joined()
    let reading = try await Reading(text)
    #expect(
      reading.situations?.map(\.identifier) == [
        .written(Personal(Self.numbers[expected], as: .identifier))
      ])
  }

  @Test(
    "Those that may be the newest, without a time or with the same one, must agree",
    arguments: [
      [late, late], [nil, late], [late, nil], [nil, nil], [nil, late, early], [late, early, late],
      ["24-NOV-2026 10:00:00", "24-NOV-2026"], ["24-NOV-2026", "24-NOV-2026 10:00:00"],
      ["24-NOV-2026 2O:35:43", "24-NOV-2026 20:30:43"], ["24-NOV-2026 20:30:43", "24-NOV-2026 20:3"],
      ["24-NOV-2026 11:00:00 AM", "24-NOV-2026 02:00:00 PM"],
      ["24-NOV-2026 11:00:00 a.m.", "24-NOV-2026 10:00:00"],
      ["24-NOV-2026 25:35:43", "24-NOV-2026 20:30:43"], ["24-NOV-2026 203543", "24-NOV-2026 20:30:43"],
    ] as [[String?]])
  func rivals(moments: [String?]) async throws {
    let differing = zip(moments, Self.numbers).map { Self.session($0, $1) }.joined()
    let agreeing = moments.map { Self.session($0, "991000009") }.joined()
    let undecided = try await Reading(differing)
    for name in [FactName.billingSituations, .billingDAM, .cardPresent, .cardKind] {
      #expect(undecided.reason(name) == .notGiven, "\(name)")
    }
    #expect(try await Reading(agreeing).situations?.count == 1)
  }

  @Test(
    "A refusal that may be newer is not lost to a permission that is older, in the order of a mail or of the file",
    arguments: [true, false], [true, false])
  func refusal(isFirst: Bool, isDated: Bool) async throws {
    let lines = Samples.whole.split(separator: "\n", omittingEmptySubsequences: false)
    let permission = lines.map { "> \($0)" }.joined(separator: "\n")
    let refusal = lines.dropFirst(isDated ? 0 : 3).joined(separator: "\n")
      .replacing("- autorisé à signer les lots", with: "- non autorisé à signer les lots")
    let reading = try await Reading(isFirst ? refusal + permission : permission + "\n" + refusal)
    #expect(reading.reason(.billingSituations) == .notGiven)
  }

  @Test(
    "A line of its day is found behind other words, and is not read where it was changed",
    arguments: [
      ("[21:03] *** Fichier créé le ", ""), ("Paul : *** Fichier créé le ", ""),
      ("2: *** Fichier créé le ", ""),
      ("■ Fichier créé le ", ""), ("=== Fichier créé le ", ""), ("<p>*** Fichier créé le ", "</p>"),
      ("*** Fichier créé le _", ""), ("*** Fichier créé le *", ""),
      ("*** Fichier créé le ", " (modifié à la main)"),
      ("*** Fichier créé le ", " et modifié le 14-MAR-2026"), ("*** Fichier créé le ", " copie"),
    ])
  func changedLine(before: String, behind: String) async throws {
    // The day is later than that of the other session, which may not speak alone then.
    let changed = Self.session("24-NOV-2026 20:35:43", Self.numbers[0]).replacing(
      "*** Fichier créé le ", with: before
    )
    .replacing("24-NOV-2026 20:35:43", with: "24-NOV-2026 20:35:43" + behind)
    let reading = try await Reading(Self.session("23-NOV-2026 10:00:00", Self.numbers[1]) + changed)
    let read = reading.situations?.map(\.identifier)
    #expect(
      read == nil || read == [.written(Personal(Self.numbers[0], as: .identifier))], "\(before)\(behind)")
  }

  @Test("A year in which there were no such reports is a damaged one", arguments: ["0026", "2006"])
  func year(year: String) async throws {
    let changed = Self.session("24-NOV-\(year) 20:35:43", Self.numbers[0])
    let reading = try await Reading(changed + Self.session("23-NOV-2026 10:00:00", Self.numbers[1]))
    #expect(reading.reason(.billingSituations) == .notGiven)
  }

  @Test("Someone's login above a report is no session")
  func login() async throws {
    let reading = try await Reading("Identifiant : zoe.essai\n\n" + Samples.whole)
    #expect(reading.situations?.map(\.signLots) == [true, false])
  }

  @Test("A first screen above several sessions is read with the newest, and may not name another card")
  func firstScreen() async throws {
    let sessions = Self.session(Self.early, "991000009") + Self.session(Self.late, "991086265")
    func screen(_ number: String) -> String {
      "IDENTIFICATION DE LA CARTE\nCarte de X (CPS) n° \(number)\nexpire fin 02/2026\n\n"
    }
    let reading = try await Reading(screen("2800009017") + sessions)
    #expect(reading[.cardExpiresOn] == CivilDate("2026-02-28").map(FactValue.date))
    await #expect(throws: ReportFault.self) { _ = try await Reading(screen("2800009018") + sessions) }
  }

  @Test(
    "A date that cannot be read, wherever it stands, leaves the newest unknown",
    arguments: [
      "25-N0V-2026 10:00:00", "2026-11-25 10:00:00", "25-NOV-26", "2S-NOV-2026", "31-NOV-2026", "hier",
    ], [true, false])
  func unreadable(moment: String, isFirst: Bool) async throws {
    let odd = Self.session(moment, nil)
    let good = Self.session("24-NOV-2026 10:00:00", "991000009")
    let reading = try await Reading(isFirst ? odd + good : good + odd)
    #expect(reading.reason(.billingSituations) == .notGiven)
    #expect(reading.reason(.billingDAM) == .notGiven)
  }

  @Test(
    "A session that is being appended is one, and says nothing yet",
    arguments: ["*** S", "*** Sess", "*** Session", "*** Session CPS-GEST"])
  func beginning(line: String) async throws {
    await #expect(throws: ReportFault.self) {
      _ = try await Reading(Self.session(Self.early, "991000009") + "\n" + line)
    }
  }

  @Test("A newest session without DAM, or without identifier, is not filled in from an older one")
  func nothingIsFilledIn() async throws {
    let withoutDAM = try await Reading(Self.session(Self.early, "991000009") + Self.session(Self.late, nil))
    #expect(withoutDAM[.billingDAM] == .boolean(false))
    let withoutIdentifier = try await Reading(
      Self.session(Self.early, "991000009") + Self.session(Self.late, ""))
    #expect(withoutIdentifier.situations?.map(\.identifier) == [.absent])
  }

  @Test(
    "A session is told from the one before although a line of its heading was lost",
    arguments: ["*** Session", "*** Fichier créé", "*** Fichier CPS"])
  func damagedHeading(line: String) async throws {
    let second = Self.session(Self.late, nil).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix(line) }.joined(separator: "\n")
    let reading = try await Reading(Self.session(Self.early, "991000009") + second)
    // Without its day it may be the older one, which says something else.
    if line == "*** Fichier créé" {
      #expect(reading.reason(.billingDAM) == .notGiven)
    } else {
      #expect(reading[.billingDAM] == .boolean(false))
    }
  }

  @Test("How many there are, and which was read, is told with the facts")
  func told() async throws {
    let reading = try await Reading(
      Self.session(Self.early, "991000009") + Self.session(Self.late, "991086265"))
    let note = reading.facts[.reportCreatedOn]?.note?.rendered(in: .english)
    #expect(
      note == "session 2 of 2 in the file, the newest (26 Nov 2026, 02:16)"
        || note?.contains("session 2 of 2") == true)
    #expect(reading.facts[.cardPresent]?.note != nil)
    let one = try await Reading(Self.session(Self.early, "991000009"))
    #expect(one.facts[.cardPresent]?.note == nil)
  }

  @Test(
    "The day of the report, however its month is written",
    arguments: [
      ("26-NOV-2026 02:16:42", "2026-11-26"), ("26/11/2026 02:16:42", "2026-11-26"),
      ("6 novembre 2026", "2026-11-06"), ("01-FÉV-2026", "2026-02-01"), ("1-AOU-2026", "2026-08-01"),
      ("1-JUN-2026 00:00:00", "2026-06-01"), ("14 juillet 2026", "2026-07-14"),
    ])
  func createdOn(moment: String, day: String) async throws {
    let reading = try await Reading(Self.session(moment, "991000009"), notOlderThan: 400)
    #expect(reading[.reportCreatedOn] == CivilDate(day).map(FactValue.date))
    #expect(reading[.cardPresent] == .boolean(true))
  }

  @Test(
    "A day that cannot be read, or may be one of two, leaves everything undecided",
    arguments: ["32-NOV-2026", "1-JUI-2026", "26-XXX-2026", "", "26-NOV-26", "26-NOV-20266"])
  func unreadableDay(moment: String) async throws {
    let reading = try await Reading(Self.session(moment, "991000009"))
    for name in [FactName.cardPresent, .billingSituations, .cardKind] {
      #expect(reading.reason(name) == .notGiven, "\(name)")
    }
    #expect(reading.reason(.reportCreatedOn) == .malformed)
  }

  @Test(
    "A line for the day that was damaged is read, or leaves everything undecided",
    arguments: [
      "*** Fichler créé le 23-NOV-2023 20:38:20", "*** Fichier cnéé le 23-NOV-2023 20:38:20",
      "*** Fichier : créé le 23-NOV-2023", "*** Fichier créé 23-NOV-2023", "*** Créé le 23-NOV-2023",
      "*** Fichier créé", "*** Fichier", "*** Fichier cr", "*** Fichier cree ie 23-NOV-2023",
      "*** 23-NOV-2023",
      "*** Fi chier cr éé le 23/11/2023", "*** Fichier du 23-NOV-2023", "*** Fichier crée en novembre",
      "*** Crée le", "*** Ficher cr\u{FFFD}\u{FFFD} le 23-NOV-23", "Fichler créé le 23-NOV-2023",
      "* Fichier créé le 23-NOV-2023", "***Fichler créé le 23-NOV-2023", "Créé le 23-NOV-2023",
    ])
  func damagedDay(line: String) async throws {
    let text = Samples.whole.replacing("*** Fichier créé le 23-NOV-2026 20:30:43", with: line)
    let reading = try await Reading(text)
    for name in [FactName.cardPresent, .billingSituations, .cardKind] {
      #expect(reading.reason(name) != nil, "\(name)")
    }
    #expect(reading.reason(.reportCreatedOn) != .notGiven)
  }

  @Test(
    "A line for the day that is plain is read, though its other words are damaged",
    arguments: [
      "*** Fichler créé le 23-NOV-2026 20:38:20", "*** Créé le 23/11/2026",
      "*** Fichier : créé le 23 nov 2026",
    ])
  func plainDay(line: String) async throws {
    let text = Samples.whole.replacing("*** Fichier créé le 23-NOV-2026 20:30:43", with: line)
    let reading = try await Reading(text)
    #expect(reading[.reportCreatedOn] == CivilDate("2026-11-23").map(FactValue.date))
    #expect(reading[.cardPresent] == .boolean(true))
  }

  @Test(
    "A report of the future, or one that is too old, leaves everything undecided",
    arguments: [
      ("2026-11-26", 30, true), ("2026-12-26", 30, true), ("2026-12-27", 30, false),
      ("2026-11-25", 30, false),
      ("2026-11-27", 1, true), ("2026-11-28", 1, false), ("2028-01-01", 9999, true),
    ])
  func age(today: String, days: Int, isBelieved: Bool) async throws {
    let reading = try await Reading(Self.session(Self.late, "991000009"), on: today, notOlderThan: days)
    #expect((reading[.cardPresent] != nil) == isBelieved)
    #expect((reading[.billingSituations] != nil) == isBelieved)
    #expect(reading[.reportCreatedOn] != nil)
  }

  @Test("Text that was pasted without its date is read as before, with a note")
  func undated() async throws {
    let reading = try await Reading(Samples.fragment)
    #expect(reading[.cardPresent] == .boolean(true))
    #expect(reading.reason(.reportCreatedOn) == .notGiven)
    #expect(reading.facts[.cardPresent]?.note?.rendered(in: .english).contains("without a date") == true)
  }

  @Test("It is not, where an age is asked for", arguments: [1, 30, 9999])
  func undatedButAsked(days: Int) async throws {
    let reading = try await Reading(Samples.fragment, notOlderThan: days)
    for fact in [FactName.cardPresent, .billingSituations] { #expect(reading.reason(fact) == .notGiven) }
  }

  @Test(
    "A copy from a text window is read without its frame",
    arguments: [("│ ", " │"), ("| ", " |"), ("║", "║")])
  func framed(left: String, right: String) async throws {
    let text = Samples.whole.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in left + line + String(repeating: " ", count: max(0, 76 - line.count)) + right }
    let frame = ["┌" + String(repeating: "─", count: 78) + "┐"]
    let reading = try await Reading((frame + text + frame).joined(separator: "\n"))
    let plain = try await Reading(Samples.whole)
    for (name, fact) in plain.facts { #expect(reading.facts[name]?.value == fact.value, "\(name)") }
  }
}
