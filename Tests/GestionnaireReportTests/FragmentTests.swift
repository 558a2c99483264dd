import Preflight
import Testing

@testable import GestionnaireReport

@Suite("A fragment")
struct FragmentTests {
  @Test("reads alone and amid the page it stands on", arguments: [Samples.fragment, Samples.page])
  func page(text: String) async throws {
    let report = try await Reading(text)
    #expect(
      report.situations == [
        BillingSituation(
          identifier: .masked(Personal("xxx26xxxxx", as: .identifier), .set), signFSE: true, signLots: true)
      ])
    #expect(report[.billingDAM] == .boolean(true))
    #expect(report[.cardPresent] == .boolean(true))
    for name in [FactName.cardKind, .cardNumber, .holderName, .cardIssuedOn, .cardExpiresOn] {
      #expect(report.reason(name) == .notGiven, "\(name)")
    }
  }

  @Test(
    "that begins inside a block is a situation",
    arguments: [
      ("Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE", true, true),
      ("Autorisations de signature\n- autorisé à signer les FSE", false, true),
      ("- Non définie\nAutorisations de signature :\n- autorisé à signer les FSE", false, true),
      ("Identifiant : 991000009", true, nil),
    ] as [(String, Bool, Bool?)])
  func middle(text: String, isIdentified: Bool, signFSE: Bool?) async throws {
    let situation = try #require(try await Reading(text).situations?.first)
    #expect((situation.identifier != nil) == isIdentified)
    #expect(situation.signFSE == signFSE)
    #expect(situation.signLots == nil)
  }

  @Test("keeps situations apart when their « Facturation » lines are lost")
  func lostHeaders() async throws {
    let text = """
      Autorisations de signature
      - autorisé à signer les FSE
      - autorisé à signer les lots
      Identifiant : 991000009
      Autorisations de signature
      - non autorisé à signer les FSE
      """
    let situations = try #require(try await Reading(text).situations)
    #expect(situations.map(\.signFSE) == [true, false])
    #expect(situations.map { $0.identifier?.numbers.first } == [nil, "991000009"])
  }

  @Test("keeps the situations in order, and what is not said unknown")
  func several() async throws {
    let text = """
      Facturation
      Identifiant : 991000009
      Facturation
      Identifiant :
      Spécialité Assurance Maladie : Médecine générale
      Facturation
      """
    let situations = try #require(try await Reading(text).situations)
    #expect(situations.map { $0.identifier?.numbers.first } == ["991000009", nil, nil])
    #expect(situations.map { $0.identifier == .absent } == [false, true, false])
    #expect(situations.map(\.speciality) == [nil, "Médecine générale", nil])
    #expect(situations.allSatisfy { $0.signFSE == nil && $0.signLots == nil })
  }
}
