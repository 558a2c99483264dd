import Preflight
import Testing

@testable import GestionnaireReport

@Suite("The card and its holder")
struct CardTests {
  @Test(
    "are recognised by the card's own line",
    arguments: [
      ("Carte de Professionnel de Santé (CPS) n° 2800009017", "cps", "2800009017"),
      ("CARTE DE PROFESSIONNEL DE SANTE (CPS) Nº 2800009017", "cps", "2800009017"),
      ("Carte de Professionnel de Santé en Formation (CPF) n°2800009017", "cpf", "2800009017"),
      ("Carte de Personnel d'Etablissement (CDE/CPE) no 2800009017", "cpe", "2800009017"),
      ("Carte de Personnel d’Établissement ( CDE / CPE ) numéro : 28 0000 9017", "cpe", "2800009017"),
      ("Carte de Personnel d'Établissement (CPE) n° 2800009017", "cpe", "2800009017"),
      ("Carte de Personnel Autorisé (CDA/CPA) № 2800009017", "cpa", "2800009017"),
      ("> **Carte de Professionnel de Santé (CPS) n° 2800009017**", "cps", "2800009017"),
      ("Carte de Professionnel de Santé (CPS) n°\n2800009017", "cps", "2800009017"),
      ("Carte de Professionnel de\nSanté (CPS) n° 2800009017", "cps", "2800009017"),
      ("Carte de Professionnel de Santé (CPS) n° xxxxxxx017", "cps", nil),
      ("Carte de Professionnel de Santé (CPS) n° *******017", "cps", nil),
      ("*** Identification de la carte :\nCarte de Professionnel de Santé (CPS)", "cps", nil),
    ] as [(String, String, String?)])
  func cards(text: String, kind: String, number: String?) async throws {
    let report = try await Reading(text)
    #expect(report[.cardKind] == .text(kind))
    #expect(report[.cardNumber]?.unmasked == number)
  }

  @Test(
    "are not guessed from prose",
    arguments: [
      "La Carte de Professionnel de Santé (CPS) est une carte à puce",
      "Carte de Professionnel de Santé (CPS)",
      "La Carte de Professionnel de Santé (CPS) n° 2800009017",
      "Carte de Professionnel de Santé (CPS) n° 12",
      "Carte de Professionnel de Santé (XYZ) n° 2800009017",
      "Carte du Professionnel de Santé est non valide",
    ])
  func prose(line: String) async throws {
    let report = try await Reading("\(line)\n\(Samples.fragment)")
    #expect(report.reason(.cardKind) == .notGiven)
    #expect(report.reason(.cardNumber) == .notGiven)
  }

  @Test(
    "have a name where the report gives one",
    arguments: [
      ("*** Identification du porteur\n    Madame D'ESSAI Zoé\n    8 09", "Madame D'ESSAI Zoé"),
      ("*** IDENTIFICATION DU PORTEUR :\n\n**Madame ESSAI ZOE**", "Madame ESSAI ZOE"),
      ("*** Identification du porteur\n    8 09", nil),
      ("*** Identification du porteur\n*** Situations d'exercice et de facturation", nil),
      ("*** Identification du porteur", nil),
    ] as [(String, String?)])
  func holder(text: String, name: String?) async throws {
    #expect(try await Reading(text)[.holderName]?.unmasked == name)
  }

  @Test("are masked wherever they are printed")
  func masked() async throws {
    let report = try await Reading(Samples.whole)
    let printed = report.facts.values.map { "\($0)" }.joined()
    for secret in ["2800009017", "TESTARD", "991000009"] { #expect(!printed.contains(secret)) }
  }
}

@Suite("The card's dates")
struct CardDateTests {
  private static func text(_ words: String) -> String {
    "*** Identification de la carte :\nCarte de Professionnel de Santé (CPS) n° 2800009017\(words)\n\n"
      + Samples.fragment
  }

  @Test(
    "are known where they were copied from the Gestionnaire's first screen",
    arguments: [
      (" émise le 10/09/2025", "2025-09-10", nil),
      ("\némise le 10/09/2025", "2025-09-10", nil),
      ("\n\nÉMISE LE : 10/09/2025", nil, nil),
      ("\n- **émise le 1/9/2025**", "2025-09-01", nil),
      ("\némise le\n10/09/2025", "2025-09-10", nil),
      (" - émise le 10-09-2025", "2025-09-10", nil),
      ("\nexpire fin 02/2028", nil, "2028-02-29"),
      ("\nexpire fin 02/2027, émise le 29/02/2024", "2024-02-29", "2027-02-28"),
      ("\nFSE émise le 10/09/2025", nil, nil),
      ("\nProfession : Médecin\nNom : X\nSpécialité RPPS\nZone\némise le 10/09/2025", nil, nil),
    ] as [(String, String?, String?)])
  func known(words: String, issuedOn: String?, expiresOn: String?) async throws {
    let report = try await Reading(Self.text(words))
    #expect(report[.cardIssuedOn] == issuedOn.flatMap { CivilDate($0) }.map(FactValue.date))
    #expect(report[.cardExpiresOn] == expiresOn.flatMap { CivilDate($0) }.map(FactValue.date))
  }

  @Test("are not in doubt where a speciality or a name is like a word for a loss")
  func names() async throws {
    for words in ["\n1- Radiologie", "\nSpécialité RPPS\n1- Radiodiagnostic", "\nNom d'exercice : PERDUCAT"] {
      #expect(try await Reading(Self.text(words)).reason(.cardIssuedOn) == .notGiven)
    }
  }

  @Test(
    "of a card of which something else is said, or whose words are damaged, are in doubt",
    arguments: [
      " révoquée le 20/11/2026", " (perdue)", " - opposition", "\nCarte non valide",
      "\nStatut : en opposition",
      "\nexp. 09/2025", "\n?mise le 10/09/2022", "\nmise le 10/09/2022", "\né\nmise le 10/09/2022",
      "\nexpre fin 02/2026",
    ])
  func doubtful(words: String) async throws {
    let report = try await Reading(Self.text(words))
    #expect(report.reason(.cardIssuedOn) == .malformed)
    #expect(report.reason(.cardExpiresOn) == .malformed)
  }

  @Test(
    "that no calendar has are malformed",
    arguments: [
      " émise le 31/02/2025", " émise le 10/13/2025", " émise le xx/xx/2025", " émise le 10/09/25",
      " émise le",
    ])
  func impossible(words: String) async throws {
    let report = try await Reading(Self.text(words))
    #expect(report.reason(.cardIssuedOn) == .malformed)
    #expect(report.reason(.cardExpiresOn) == .notGiven)
  }

  @Test(
    "that end in a month that is none are malformed", arguments: [" expire fin 13/2025", " expire fin 2025"])
  func impossibleMonth(words: String) async throws {
    #expect(try await Reading(Self.text(words)).reason(.cardExpiresOn) == .malformed)
  }

  @Test(
    "that are said in words that are not understood are malformed, and beat the value of another source",
    arguments: [
      ("Fin de validité : 02/2026", .cardExpiresOn), ("expire le 01/02/2026", .cardExpiresOn),
      ("Expire fin : 02/2026", .cardExpiresOn), ("Carte valable jusqu'au 01/02/2026", .cardExpiresOn),
      ("Date d'expiration : 02/2026", .cardExpiresOn), ("expire bientôt", .cardExpiresOn),
      ("Carte périmée depuis le 02/2026", .cardExpiresOn), ("Carte perdue", .cardExpiresOn),
      ("Profession : Médecin\nNom : X\nRPPS\nZone\nexpire fin 02/2026", .cardExpiresOn),
      ("Date de délivrance : 01/02/2020", .cardIssuedOn), ("Émise le : 01/02/2020", .cardIssuedOn),
      ("Emise le 01/02/20", .cardIssuedOn), ("émise en 02/2020", .cardIssuedOn),
      ("Délivrée le\n01/02/2020", .cardIssuedOn),
      ("Profession : Médecin\nNom : X\nRPPS\nZone\némise le 01/02/2020", .cardIssuedOn),
    ] as [(String, FactName)])
  func doubted(words: String, name: FactName) async throws {
    let reading = try await Reading(Self.text("\n" + words))
    #expect(reading.reason(name) == .malformed)
    let given = Fact(name, .date(try #require(CivilDate("2026-01-01"))), source: "facts.json")
    let read = try #require(reading.facts[name])
    for both in [[given, read], [read, given]] {
      var facts = Facts()
      for fact in both { facts.add(fact) }
      #expect(facts[name].value == nil)
    }
  }

  @Test(
    "are not seen in other words near the card",
    arguments: [
      "Durée de validité : 3 ans", "Délivrée par l'ANS", "Profession : Médecin",
      "Facture émise le 01/02/2020",
    ])
  func otherWords(words: String) async throws {
    let reading = try await Reading(Self.text("\n" + words))
    #expect(reading.reason(.cardIssuedOn) == .notGiven)
    #expect(reading.reason(.cardExpiresOn) == .notGiven)
  }
}
