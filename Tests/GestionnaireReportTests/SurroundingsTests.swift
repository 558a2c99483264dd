import Preflight
import Testing

@testable import GestionnaireReport

@Suite("What a report does not have where it stands")
struct SurroundingsTests {
  /// The sample report up to the permissions of its one situation that may sign.
  private static let report = String(Samples.whole.split(separator: "\n  * Exercice Salarié")[0])

  private func permits(_ text: String) async throws -> Bool {
    try await Reading(text).situations?.contains { $0.signFSE == true && $0.signLots == true } == true
  }

  private static func changed(_ words: String, to others: String) throws -> String {
    let text = report.replacing(words, with: others)
    try #require(text != report)
    return text
  }

  @Test(
    "takes back what stands below it, where it denies or speaks of an end",
    arguments: [
      "Bonjour, la CPAM a retiré hier l'autorisation de signer les lots.", "EXEMPLE",
      "ANNULÉ ET REMPLACÉ PAR CELUI DU 25/11", "Code porteur bloqué", "Lots : non",
    ],
    [
      "", "    Monsieur TESTARD ALBAN\n", "Profession : Médecin\n",
      "*** Situations d'exercice et de facturation\n",
    ]
  )
  func above(line: String, place: String) async throws {
    #expect(try await permits(Self.report))
    let text =
      place.isEmpty ? line + "\n\n" + Self.report : try Self.changed(place, to: place + "\n" + line + "\n\n")
    #expect(try await !permits(text))
  }

  @Test(
    "takes nothing back in the words with which one hands a report over",
    arguments: [
      "Bonjour,\n\nVoici le rapport demandé :", "Bonjour Madame,\nci-dessous la lecture de ce matin",
    ])
  func handedOver(lines: String) async throws {
    #expect(try await permits(lines + "\n\n" + Self.report))
  }

  @Test(
    "takes back beforehand what it permits, where words that no card has stand among the values of a block",
    arguments: [
      "FSE seulement", "Ne pas utiliser", "ne plus utiliser", "Conventionné jusqu'au 28/02/2026", "lots KO",
      "valable jusqu'au 28/02/2026", "sans droit de signature", "lots à faire signer par la clinique",
      "signature lots false", "brouillon", "falsifié", "Non", "pas", "12/2026", "?",
      "Zone B jusqu'à nouvel ordre",
    ], ["      - Zone B", "Code Agrément : Pas d'agrément"])
  func values(words: String, place: String) async throws {
    let label = place.split(separator: ":").first.map { $0 == place[...] ? "      - " : "\($0): " } ?? ""
    #expect(try await !permits(try Self.changed(place, to: label + words)), "\(label)\(words)")
  }

  @Test(
    "is read with any value that a card has in its block",
    arguments: [
      ("Zone B", "Zone C"), ("Zone B", "Non définie"), ("Conventionné", "Non conventionné"),
      ("Conventionné", "Secteur 1"), ("Conventionné", "Sans objet"), ("Conventionné", "Hors convention"),
      ("Conventionné", "Conventionné, droit permanent à dépassement"),
      ("Zone B", "Zone A"),
      ("Indemnités kilométriques plaine", "Indemnités kilométriques montagne"),
      ("Indemnités kilométriques plaine", "IK pied et ski"),
      ("Conventionné", "Conventionné avec dépassement permanent (DP)"),
      ("Indemnités kilométriques plaine", "Pas d'indemnité kilométrique"),
      ("Pas d'agrément", "Agrément D ou agrément radio"), ("Pas d'agrément", "Non défini"),
      ("Pas d'agrément", ""),
      ("Maladie : Médecine générale", "Maladie : Oto-rhino-laryngologie et\nchirurgie cervico-faciale"),
      ("Maladie : Médecine générale", "Maladie : Radiodiagnostic et imagerie médicale"),
    ])
  func knownValues(words: String, others: String) async throws {
    #expect(try await permits(try Self.changed(words, to: others)), "\(others)")
  }

  @Test(
    "may be of two places where lines were left out",
    arguments: [
      "[...]", "[…]", "...", "(...)", "‹coupé>", "… 20 lignes …", "-- 8< --", "✂ ✂ ✂", "[lignes supprimées]",
      "<snip>",
    ], ["      - Zone B", "Profession : Médecin"])
  func elision(line: String, place: String) async throws {
    #expect(try await !permits(try Self.changed(place, to: place + "\n" + line)))
  }

  @Test(
    "is changed by what stands before a title, as by what stands behind it",
    arguments: [
      ("* Exercice", "* Ancien exercice"), ("* Exercice", "* Suspendu : Exercice"),
      ("* Exercice", "* (inactif) Exercice"),
      ("* Exercice", "* NON Exercice"), ("* Exercice", "* ❌ Exercice"), ("* Exercice", "* Cessé : Exercice"),
      ("   Facturation\n", "   Ancienne Facturation\n"), ("   Facturation\n", "   ex Facturation\n"),
      ("   Facturation\n", "   ☒ Facturation\n"), ("   Facturation\n", "   // Facturation\n"),
      ("   Facturation\n", "   <!-- Facturation\n"), ("   Facturation\n", "   [archive] Facturation\n"),
    ])
  func beforeTitles(words: String, others: String) async throws {
    #expect(try await !permits(try Self.changed(words, to: others)), "\(others)")
  }

  @Test(
    "says of the holder, or in the value of a label, that it no longer holds",
    arguments: [
      ("Monsieur TESTARD ALBAN", "ne pas télétransmettre"), ("Monsieur TESTARD ALBAN", "TESTARD - suspendu"),
      ("Monsieur TESTARD ALBAN", "NON AUTORISE"),
      ("Monsieur TESTARD ALBAN", "Monsieur TESTARD ALBAN (suspendu)"),
      ("Cabinet individuel", "Cabinet individuel (fermé)"),
      ("Profession : Médecin", "Profession : Médecin radié"),
      ("exercice : TESTARD", "exercice : TESTARD - suspendu"),
    ])
  func labels(words: String, others: String) async throws {
    #expect(try await !permits(try Self.changed(words, to: others)), "\(others)")
  }

  @Test(
    "names a holder of any name",
    arguments: [
      "Madame REFUS JEANNE", "Docteur BLOQUET PAUL", "TESTARD ALBAN", "Monsieur NON ARRETE",
      "M. PASDELOUP YVES",
    ])
  func holders(name: String) async throws {
    #expect(try await permits(try Self.changed("Monsieur TESTARD ALBAN", to: name)))
  }

  @Test(
    "is disowned by who hands it over",
    arguments: [
      "Brouillon, données fictives", "ancienne carte", "mauvaise carte", "Résultat attendu :", "SPECIMEN",
      "DRAFT",
      "Ce que j'aimerais voir :", "Jeu d'essai", "Environnement de test", "L'an dernier :", "Objet : lots KO",
      "Rapport de mon confrère Durand :",
    ])
  func disowned(line: String) async throws {
    #expect(try await !permits(line + "\n\n" + Self.report))
  }

  @Test(
    "is taken back below, behind a polite beginning",
    arguments: [
      "Merci d'attendre lundi", "Merci, mais c'est l'autre qu'il faut", "Voici le rapport, il est mauvais",
      "Voici le rapport d'hier",
    ])
  func behindPoliteness(line: String) async throws {
    #expect(try await !permits(Self.report + "\n\n" + line))
  }

  @Test(
    "is not taken back by thanks",
    arguments: [
      "Merci d'avance", "Merci beaucoup", "Merci de votre retour", "Merci pour votre aide, bonne journée",
      "Merci Paul",
    ])
  func thanks(line: String) async throws {
    #expect(try await permits(Self.report + "\n\n" + line))
  }

  @Test("permits nothing in words that trail off", arguments: ["..", "...", " ...", "…"])
  func trailing(dots: String) async throws {
    let words = "autorisé à signer les lots"
    #expect(try await !permits(try Self.changed(words, to: words + dots)))
  }

  /// The first screen of the Gestionnaire, with what it shows of the oldest cards.
  private static func screen(_ words: String) -> String {
    "IDENTIFICATION DE LA CARTE\nCarte de Professionnel de Santé (CPS) n° 2800009017\n\(words)\n"
  }

  @Test("takes nothing back in the end of the card's validity, above or below, as the first screen shows it")
  func expiry() async throws {
    for words in ["expire fin 09/2028", "Expire fin 09/2028."] {
      #expect(try await permits(Self.screen(words) + "\n" + Self.report))
      #expect(try await permits(Self.report + "\n\n" + Self.screen(words)))
    }
    // It may be said of the permission, or there is more to it.
    #expect(try await !permits(Self.report + "\nexpire fin 09/2028"))
    for words in ["droits : expire fin 09/2028", "expire fin 09/2028, suspendue", "expire fin 13/2028"] {
      #expect(try await !permits(Self.screen(words) + "\n" + Self.report), "\(words)")
    }
  }

  @Test(
    "makes what it changes doubtful",
    arguments: [
      ("Données lues dans la CPS", "Erreur de lecture"), ("Données lues dans la CPS", "Données non lues"),
      ("lues dans la CPS", "lues dans la Vitale"), ("*** Situations d'", "*** Anciennes situations d'"),
      ("*** Situations d'", "*** Exemple de situations d'"), ("   Facturation\n", "   Pas de facturation\n"),
      ("   Facturation\n", "   Facturation 2025\n"),
      ("Maladie : Médecine générale", "Maladie : suspendue"),
      ("Pas d'agrément", "retiré le 30/06/2026"), ("      - Zone B", "      - radié par la CPAM"),
      ("Libéral, exploitant ou commerçant", "Libéral fini"),
      ("Libéral, exploitant ou commerçant", "Libéral ✗"), ("Libéral, exploitant", "Libéral X, exploitant"),
      ("* Exercice Libéral", "~~* Exercice Libéral"),
      ("      - Zone B", "      - signature des lots retirée"),
      (
        "   Autorisations de signature",
        "   Droits de signature retirés par la CPAM\n   Autorisations de signature"
      ),
      ("   Autorisations de signature", "   Autorisations de sigNon défini\n   Autorisations de signature"),
    ])
  func changed(words: String, others: String) async throws {
    #expect(try await !permits(Self.changed(words, to: others)))
  }

  @Test(
    "hides a word where there are several signs before a permission",
    arguments: [
      "█████ ", "- ███\n         - ", "- ●●● ", "- ▓▓▓ ", "▌ ", "- ••• ", "- ▪▪▪ ", "- ___ ", "- --- ",
      "- ||| ",
      "- ### ",
    ])
  func hidden(lead: String) async throws {
    #expect(
      try await !permits(
        Self.changed("- autorisé à signer les lots", to: lead + "autorisé à signer les lots")))
  }

  @Test("may have lost a situation at its end, wherever it was cut")
  func cut() async throws {
    let rest =
      "\n  * Exercice Salarié\n\n   Type d'identifiant de structure\n   - CLINIQUE\n"
      + "   Secteur d'activité RPPS : Centre de santé\n\n   Facturation"
    for end in rest.indices.dropFirst(6) {
      #expect(
        try await Reading(Self.report + rest[..<end]).situations?.map(\.signFSE) != [true], "\(rest[..<end])")
    }
  }

  @Test(
    "is no proof that there is no DAM unless a place of practice is whole",
    arguments: [
      ("", false), ("\n   Secteur d'activité RPPS :", true),
      ("\n   Secteur d'activité RPPS : Cabinet", false),
      ("\n   Secteur d'activité RPPS : Cabinet\n\n   Facturatio", true),
      ("\n   Secteur d'activité RPPS : Cabinet\n\n   Code Agrément : Pas d'agrément", true),
      ("\n   Secteur d'activité RPPS : Cabinet\n\nErreur de lecture de la carte", true),
      ("\n   Secteur d'activité RPPS : Cabinet\n\n[message tronqué]", true),
      ("\n   Secteur d'activité RPPS : Cabinet\n\nPage 1/2", true),
      ("\n   Secteur d'activité RPPS : Cabinet\n\nCordialement,", false),
    ])
  func withoutDAM(rest: String, isUnknown: Bool) async throws {
    let head = Self.report.split(separator: "\n   Type d'identifiant")[0]
    guard !rest.isEmpty else {
      #expect(try await Reading(String(head))[.billingDAM] == nil)
      return
    }
    #expect(try await Reading(head + rest)[.billingDAM] == (isUnknown ? nil : .boolean(false)))
  }

  @Test(
    "damages the identifier, rather than showing that the card has none or a bad one",
    arguments: [
      "Identifiant : 99108626512", "Identifiant : 9910862", "Identifiant : 00991086265",
      "Identifiant : 2800009017",
    ])
  func identifier(line: String) async throws {
    let reading = try await Reading(Self.changed("Identifiant : 991000009", to: line))
    #expect(reading.situations?.first?.identifier == nil)
  }

  @Test(
    "leaves an identifier unknown where the text ends", arguments: ["Identifiant :", "Identifiant : 99108"])
  func endingInIdentifier(line: String) async throws {
    let text = Self.report.split(separator: "   Identifiant")[0] + "   " + line
    #expect(try await Reading(text).situations?.first?.identifier == nil)
  }

  @Test(
    "puts the dates of the card in doubt",
    arguments: [
      ("n° 2800009017", "n° 2800009017 NON VALIDE"), ("n° 2800009017", "n° 2800009017 HS"),
      ("n° 2800009017", "n° 2800009017 ou 2800009999"), ("n° 2800009017", "n° 28000090172800009017"),
      ("*** Identification de la carte :", "*** Identification de la carte (perdue) :"),
      ("Carte de Professionnel de Santé (CPS)", "Carte de démonstration (CPS)"),
      ("Carte de Professionnel de Santé (CPS)", "Carte de Professionnel de Santé (CPS) (CPF)"),
      ("émise le 10/09/2025", "émise le 10/09/2025 (périmée)"),
      ("émise le 10/09/2025", "~~émise le 10/09/2025~~ 10/09/2021"),
      ("émise le 10/09/2025", "Nouvelle carte émise le 10/09/2025"),
      ("émise le 10/09/2025", "émise le 10/09/2025 ou le 10/09/2021"),
    ])
  func dates(words: String, others: String) async throws {
    let dated = Self.report.replacing("n° 2800009017\n", with: "n° 2800009017\némise le 10/09/2025\n")
    #expect(try await Reading(dated)[.cardIssuedOn] == CivilDate("2025-09-10").map(FactValue.date))
    let text = dated.replacing(words, with: others)
    try #require(text != dated)
    let reading = try await Reading(text)
    let isPermitted = try await permits(text)
    // What stands in the place of the title is no report's, and puts all in doubt.
    #expect(reading[.cardIssuedOn] == nil || !isPermitted)
  }

  @Test(
    "is a day of a session with a masked digit", arguments: ["2*-NOV-2026", "2_-NOV-2026", "2'-NOV-2026"])
  func maskedDay(day: String) async throws {
    let text = try Self.changed("23-NOV-2026", to: day)
    #expect(try await Reading(text)[.reportCreatedOn] == nil)
  }

  @Test(
    "is not shown as a speciality where it may be a name",
    arguments: [
      "Médecine générale  Dr TESTARD ALBAN", "Médecine générale TESTARD", String(repeating: "9", count: 400),
    ])
  func speciality(value: String) async throws {
    let text = try Self.changed("Maladie : Médecine générale", to: "Maladie : " + value)
    #expect(try await Reading(text).situations?.first?.speciality == nil)
  }

  @Test("is named by its line, so that one can take it out")
  func line() async throws {
    let text = Self.report + "\n\nStandard fermé le mercredi\n"
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("Standard") }.map { $0 + 1 }
    let report = try GestionnaireReport(contents: Array(text.utf8), origin: "r")
    let facts = await report.gather(
      [.billingSituations],
      knowing: Facts([Fact(.today, .date(try #require(CivilDate("2026-11-26"))), source: "test")]),
      within: .seconds(20), from: NoWorkstation())
    let note = facts.first?.note?.rendered(in: .french) ?? ""
    #expect(note.contains("ligne \(try #require(line)) "), "\(note)")
  }
}
