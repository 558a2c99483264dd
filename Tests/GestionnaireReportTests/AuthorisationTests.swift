import Preflight
import Testing

@testable import GestionnaireReport

@Suite("The authorisations to sign")
struct AuthorisationTests {
  /// What the text says about FSE and lots.
  struct Case: Sendable, CustomTestStringConvertible {
    let words: String
    let fse: Bool?
    let lots: Bool?

    init(_ words: String, fse: Bool?, lots: Bool? = nil) {
      self.words = words
      self.fse = fse
      self.lots = lots
    }

    var testDescription: String { words }
  }

  private func check(_ example: Case) async throws {
    let situation = try #require(try await Reading(Samples.authorised(example.words)).situations?.first)
    #expect(situation.signFSE == example.fse)
    #expect(situation.signLots == example.lots)
  }

  @Test(
    "are granted by the exact words alone",
    arguments: [
      Case("autorisé à signer les FSE", fse: true),
      Case("- autorisé à signer les FSE\n- autorisé à signer les lots", fse: true, lots: true),
      Case("AUTORISÉ À SIGNER LES FSE", fse: true),
      Case("Autorisée à signer des lots.", fse: nil, lots: true),
      Case("autorise a signer les FSE ;", fse: true),
      Case("1. autorisé à signer les FSE\n2) autorisé à signer les lots", fse: true, lots: true),
      Case("* **autorisé** à _signer_ les `FSE`", fse: true),
      Case("**- autorisé à signer les FSE**", fse: true),
      Case("« autorisé à signer les FSE »", fse: true),
      Case("> • autorisé  à\u{A0}signer\tles FSE", fse: true),
      Case("o autorisé à signer les FSE\no autorisé à signer les lots", fse: true, lots: true),
      Case("\u{F0B7} autorisé à signer les FSE", fse: true),
      Case("| autorisé à signer les FSE |", fse: true),
      Case("auto\u{AD}ri\u{200B}sé à signer les FSE", fse: true),
      Case("-\nautorisé à signer les FSE", fse: true),
      Case("-----\nautorisé à signer les FSE", fse: true),
      Case("autorisé à signer les\nFSE\nautorisé\nà signer les lots", fse: true, lots: true),
      Case("> - autorisé à\n> signer les FSE\n>\n> - autorisé à signer\n> les lots", fse: true, lots: true),
      Case("autorisé à signer les FSE, autorisé à signer les lots", fse: true, lots: true),
      Case("autorisé à signer les FSE - autorisé à signer les lots", fse: true, lots: true),
      Case("autorisé à signer les FSE et non autorisé à signer les lots", fse: true, lots: false),
      Case(
        "- autorisé à signer les FSE\n- autorisé à signer les DRE\n- autorisé à signer les lots", fse: true,
        lots: true),
      Case("- autorisé à signer les FSE\n- autorisé à signer les lots\nCordialement,", fse: true, lots: true),
      Case("- autorisé à signer les FSE\n\nVoici le rapport demandé", fse: true),
      Case("- autorisé à signer les FSE\n\nDr Jean DUPONT\nTél. : 01 02 03 04 05", fse: true),
    ])
  func granted(example: Case) async throws { try await check(example) }

  @Test(
    "are refused by any negation right before the words",
    arguments: [
      Case("- non autorisé à signer les FSE\n- non autorisé à signer les lots", fse: false, lots: false),
      Case("NON AUTORISÉ À SIGNER LES FSE", fse: false),
      Case("non-autorisé à signer les FSE", fse: false),
      Case("non\u{2011}autorisé à signer les FSE", fse: false),
      Case("nonautorisé à signer les FSE", fse: false),
      Case("non\u{200B}autorisé à signer les FSE", fse: false),
      Case("n\u{200B}o\u{AD}n autorisé à signer les FSE", fse: false),
      Case("non   autorisé  à   signer  les  FSE", fse: false),
      Case("**non** autorisé à signer les FSE", fse: false),
      Case("**non**autorisé à signer les FSE", fse: false),
      Case("« non » autorisé à signer les FSE", fse: false),
      Case("- non\nautorisé à signer les FSE", fse: false),
      Case("> - non\n> autorisé à signer les FSE", fse: false),
      Case("non\n\nautorisé à signer les FSE", fse: false),
      Case("non\n-----\nautorisé à signer les FSE", fse: false),
      Case("- non autorisé\nà signer\nles FSE", fse: false),
      Case("n'est pas autorisé à signer les FSE", fse: false),
      Case("n’est\npas autorisé à signer les FSE", fse: false),
      Case("le porteur n'est pas autorisé à signer les FSE", fse: false),
      Case("Le porteur n'est pas\nautorisé à signer les FSE", fse: false),
      Case("ni autorisé à signer les FSE, ni autorisé à signer les lots", fse: false, lots: false),
      Case("n'est plus autorisé à signer les FSE", fse: false),
      Case("jamais autorisé à signer les FSE", fse: false),
      Case("non non autorisé à signer les FSE", fse: false),
      Case("| non | non autorisé à signer les FSE", fse: false),
      Case("- autorisé à signer les FSE\n- non\nautorisé à signer les lots", fse: true, lots: false),
      Case("- autorisé à signer les FSE\n- non autorisé à signer les lots", fse: true, lots: false),
      Case("- non autorisé à signer les FSE\n- autorisé à signer les lots", fse: false, lots: true),
    ])
  func refused(example: Case) async throws { try await check(example) }

  @Test(
    "are unknown where anything stands before, after or inside the words",
    arguments: [
      Case("", fse: nil),
      Case("non (autorisé à signer les FSE)", fse: nil),
      Case("non : autorisé à signer les FSE", fse: nil),
      Case("non, autorisé à signer les FSE", fse: nil),
      Case("| non | autorisé à signer les FSE |", fse: nil),
      Case("- non\n- autorisé à signer les FSE", fse: nil),
      Case("n\u{43E}n autorisé à signer les FSE", fse: nil),
      Case("n\u{43E}n\nautorisé à signer les FSE", fse: nil),
      Case("- refusé :\n- autorisé à signer les FSE", fse: nil),
      Case("Il demande à être\nautorisé à signer les FSE", fse: nil),
      Case("est autorisé à signer les FSE", fse: nil),
      Case("inautorisé à signer les FSE", fse: nil),
      Case("~~autorisé à signer les FSE~~", fse: nil),
      Case("a\u{336}u\u{336}t\u{336}o\u{336}r\u{336}i\u{336}s\u{336}é\u{336} à signer les FSE", fse: nil),
      Case("☐ autorisé à signer les FSE", fse: nil),
      Case("[ ] autorisé à signer les FSE", fse: nil),
      Case("✗ autorisé à signer les FSE", fse: nil),
      Case("❌ autorisé à signer les FSE", fse: nil),
      Case("! autorisé à signer les FSE", fse: nil),
      Case("<del>autorisé à signer les FSE</del>", fse: nil),
      Case("autorisé à signer les FSE : non", fse: nil),
      Case("autorisé à signer les FSE ?", fse: nil),
      Case("autorisé à signer les FSE (non)", fse: nil),
      Case("autorisé à signer les FSE\nnon", fse: nil),
      Case("autorisé à signer les FSE\n\nnon\n\nautorisé à signer les lots\n\noui", fse: nil, lots: false),
      Case("autorisé à signer les FSE\n: non", fse: nil),
      Case("- autorisé à signer les FSE\n- non\n- autorisé à signer les lots\n- oui", fse: nil, lots: nil),
      Case("autorisé à signer les FSE\nsous réserve d'accord", fse: nil),
      Case("autorisé à signer les FSE jusqu'en 2025", fse: nil),
      Case("| autorisé à signer les FSE | non | autorisé à signer les lots | oui |", fse: nil),
      Case("autorisé à signer les FSE non autorisé à signer les lots non", fse: nil, lots: false),
      Case("autorisé à signer les FSE et les lots", fse: nil),
      Case("autorisé à signer\n- les FSE", fse: nil),
      Case("autorisé pour les FSE", fse: nil),
      Case("à signer les FSE", fse: nil),
      Case("- autorisé à signer les FSE\n- presque autorisé à signer les FSE", fse: nil),
      Case("- autorisé à signer les FSE\n- refusé", fse: nil),
      Case("- autorisé à signer les FSE\nSuspendu", fse: nil),
      Case("- autorisé à signer les FSE\n\nRetirée le 12/03/2026", fse: nil),
      Case(
        "- autorisé à signer les FSE\n- autorisé à signer les lots\nretirées le 12/03/2026", fse: nil,
        lots: nil),
      Case("- autorisé à signer les FSE\n*** Autorisation suspendue", fse: nil),
      Case("- autorisé à signer les FSE\nStatut : désactivé", fse: nil),
      Case("- refusé\n- autorisé à signer les FSE", fse: nil),
    ])
  func unknown(example: Case) async throws { try await check(example) }

  @Test(
    "need their own header",
    arguments: [
      ("Autorisations de signature : autorisé à signer les FSE", true),
      ("AUTORISATIONS DE\nSIGNATURE\nautorisé à signer les FSE", true),
      ("Autorisations de signature : aucune\nautorisé à signer les FSE", false),
      ("Autorisations de signature refusées :\n- autorisé à signer les FSE", nil),
      ("Anciennes autorisations de signature :\n- autorisé à signer les FSE", nil),
      ("Code Agrément : non\nautorisé à signer les FSE", false),
      ("Code Agrément : Non défini\n- autorisé à signer les FSE", nil),
      ("Code Agrément : Non\ndéfini\nAutorisations de signature\n- autorisé à signer les FSE", true),
      ("Code Agrément : Pas\nd'agrément\nAutorisations de signature\n- autorisé à signer les FSE", true),
      ("Code Agrément : Non\nAutorisations de signature\n- autorisé à signer les FSE", nil),
      ("*** Autre chose\n- autorisé à signer les FSE", nil),
      ("* Exercice Salarié\n- autorisé à signer les FSE", nil),
    ] as [(String, Bool?)])
  func headers(words: String, signFSE: Bool?) async throws {
    let report = try await Reading("Facturation\nIdentifiant : 991000009\n\(words)")
    #expect(report.situations?.map(\.signFSE) == [signFSE])
  }
}
