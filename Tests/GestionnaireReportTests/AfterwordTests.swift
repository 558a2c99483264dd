import Preflight
import Testing

@testable import GestionnaireReport

@Suite("What stands beside the permissions of a whole report")
struct AfterwordTests {
  /// The sample report up to its permissions, of its one situation that may sign.
  private static let report = String(Samples.whole.split(separator: "\n  * Exercice Salarié")[0])

  /// The end of a report that was cut short below its second place of practice.
  @Test(
    "A last place of practice that is cut short may hold another situation",
    arguments: [
      "", "\n   Type d'identifiant de structure", "\n   Type d'identifiant de structure\n   - CLINIQUE",
    ])
  func cut(rest: String) async throws {
    #expect(try await permits(Self.report))
    let reading = try await Reading(Self.report + "\n  * Exercice Salarié" + rest)
    #expect(reading.situations?.map(\.signFSE) == [true, nil])
    #expect(reading.situations?.last?.identifier == nil)
  }

  @Test(
    "What may take back below a place that was cut short is said of the whole report",
    arguments: [
      "* Exercice S\nIdentant : 692612344\nrié\nrefusé", "* Exercice Sal\nCordialement,\narié\nusé",
    ])
  func cutAndTakenBack(rest: String) async throws {
    #expect(try await !permits(Self.report + "\n" + rest))
  }

  @Test(
    "What stands below the last situation is said of all of them",
    arguments: [
      "Attention : carte suspendue par la CPAM", "*** carte révoquée", "La carte a été perdue le 20/11/2026",
      "Si vous recevez ce rapport, sachez que la CPAM de Paris a suspendu hier les deux autorisations ci-dessus.",
      "Tout est faux", "La carte est cassée", "Fait à Refus, le 20/11/2026", "Ce rapport est un modèle",
    ])
  func saidOfAll(line: String) async throws {
    #expect(try await !permits(Samples.whole + "\n" + line))
  }

  @Test(
    "Nor does a greeting take anything back, or the end of a passage",
    arguments: [
      "Cordialement,", "Bien confraternellement,", "Page 1 sur 1", "{noformat}", "</pre>", "[/quote]", "~~~",
      "<br/>",
    ])
  func greeting(line: String) async throws {
    #expect(try await permits(Samples.whole + "\n" + line))
  }

  @Test("A refusal outside any block makes every permission doubtful")
  func refusalElsewhere() async throws {
    let refusal = "     - non autorisé à signer les lots\n"
    #expect(try await !permits(Self.report.replacing("   Facturation", with: refusal + "   Facturation")))
    #expect(try await !permits(refusal + "\n" + Self.report))
  }

  private func permits(_ text: String) async throws -> Bool {
    try await Reading(text).situations?.contains { $0.signFSE == true && $0.signLots == true } == true
  }

  @Test(
    "takes them back where it says so, that the reading failed or that the card was lost",
    arguments: [
      "*** Erreur de lecture de la carte", "*** Lecture incomplète", "Erreur : lecture interrompue",
      "Elle n'est plus autorisée à télétransmettre depuis hier.", "Ce n'est plus le cas depuis juin",
      "Fin de droits 30/06/2026", "Fin de validité : 06/2026", "Note : plus depuis le 30/06/2026",
      "Les lots ne passent plus avec cette carte.", "La CPAM n'a pas encore donné son accord pour les lots.",
      "Cette carte a été déclarée perdue hier.", "Carte Volée", "la carte n'est pas lue",
      "La CPAM a retiré ces autorisations le 12 novembre 2026 après contrôle de la facturation du cabinet médical.",
      "Le Dr ESSAI ne travaille plus au cabinet depuis le mois de juin, et ses feuilles partent par la poste depuis lors.",
      "La caisse y a mis fin au mois de juin", "Cordialement, la carte ne marche plus",
      "Bonne journée sans lots",
      "Fait à Paris, le lendemain du retrait", "Page 1 sur 1 non", "Merci de ne plus vous en servir",
      "Cette lecture est partielle, la carte a été sortie", "Ce message confidentiel : la carte est perdue",
      "Les autorisations ci-dessus ont été enlevées.", "The card is blocked.", "La carte est verrouillée.",
      "Nous avons depuis changé de carte", "Le rapport est corrigé à la main", "Carte Hors Service",
      "Merci de garder les lots jusqu'à demain", "Ce rapport date de 2024", "la carte est dans le lecteur",
      "Page 1 sur 2", "Page 1/3", "Droits coupés par la caisse",
    ], ["\n", ""])
  func takenBack(line: String, between: String) async throws {
    #expect(try await permits(Self.report))
    #expect(try await !permits(Self.report + between + line + "\n"))
    #expect(try await !permits(Self.report + "\nCordialement,\n\n" + line + "\n"))
  }

  @Test(
    "leaves them where it is a usual end of a letter, a page or a mail",
    arguments: [
      "Bonne journée", "Bonne journée,", "Fait à Paris, le 26/11/2026",
      "Fait à Saint-Malo, le 26 novembre 2026",
      "Page 1 sur 1", "Page 1/1", "Obtenir Outlook pour iOS",
      "Pensez à l'environnement avant d'imprimer ce message",
      "Bonne journée,\n\nDr Jean DUPONT", "Cordialement,\n\nN'hésitez pas à me rappeler",
      "Cordialement,\n\nCe message est confidentiel ; si vous n'en êtes pas le destinataire, merci de le supprimer.",
      "Merci d'avance, je reste à votre disposition.",
    ])
  func closed(lines: String) async throws { #expect(try await permits(Self.report + "\n" + lines + "\n")) }

  @Test(
    "takes them back in a title or with strokes",
    arguments: [
      ("* Exercice Libéral, exploitant ou commerçant", "* Exercice Libéral (cessé le 30/06/2026)"),
      ("* Exercice Libéral, exploitant ou commerçant", "* Exercice Libéral : plus"),
      ("* Exercice Libéral, exploitant ou commerçant", "* Exercice Libéral (ancien)"),
      ("* Exercice Libéral, exploitant ou commerçant", "* Exercice Libéral – jusqu'en juin"),
      ("et de facturation\n", "et de facturation (périmées)\n"),
      ("   Facturation\n", "   Facturation : suspendue\n"),
      ("   Facturation\n", "   Facturation (inactive)\n"),
      ("   Facturation\n", "   Facturation suspendue\n"), ("   Facturation\n", "   -Facturation-\n"),
      ("Médecine générale\n", "Médecine générale (suspendue)\n"),
      ("- autorisé à signer les lots", "- -autorisé à signer les lots-"),
      ("- autorisé à signer les lots", "-autorisé à signer les lots-"),
      ("- autorisé à signer les lots", "--autorisé à signer les lots--"),
      ("- autorisé à signer les lots", "—autorisé à signer les lots—"),
      ("Autorisations de signature\n", "-Autorisations de signature-\n"),
      (
        "- autorisé à signer les lots",
        "- autorisé à signer les lots\n\n  * Exercice Salarié (autorisations retirées)"
      ),
      (
        "- autorisé à signer les lots",
        "- autorisé à signer les lots\n\n  * Exercice Salarié\n   Facturation : suspendue"
      ),
    ])
  func marked(words: String, marked: String) async throws {
    let text = Self.report.replacing(words, with: marked)
    #expect(text != Self.report)
    #expect(try await !permits(text))
  }

  @Test(
    "is a block that was cut short, of which nothing says what it takes back",
    arguments: [
      "Facturation", "Facturation\n   Identifiant :",
      "Facturation\n   Identifiant : 991086265\n   Code Agrément : Non défini",
      "Facturation\n   Identifiant :\n   Autorisations de signature",
      "Facturation\n   Identifiant :\n   Autorisations de signature\n     - autorisé à signer les FSE",
    ])
  func cut(block: String) async throws {
    #expect(try await !permits(Self.report + "\n  * Exercice Salarié\n\n   " + block))
  }

  @Test("is no ninth block, as a card holds eight", arguments: [8, 9])
  func blocks(count: Int) async throws {
    let block = """
      Facturation
      Identifiant : 991000009
      Autorisations de signature
      - autorisé à signer les FSE
      - autorisé à signer les lots

      """
    let text = String(repeating: block, count: count)
    if count == 8 {
      #expect(try await Reading(text).situations?.count == 8)
      // Nor does a place that was cut short bring one.
      #expect(try await Reading(text + "* Exercice Salarié").situations?.count == 8)
    } else {
      await #expect(throws: ReportFault.self) { _ = try await Reading(text) }
    }
  }
}
