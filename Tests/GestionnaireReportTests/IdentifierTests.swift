import Preflight
import Testing

@testable import GestionnaireReport

@Suite("The line « Identifiant : »")
struct IdentifierTests {
  enum Expected: Sendable {
    case written(String)
    case masked(String)
    /// One of our own masks, which does not reveal what it hides.
    case unmarked(String)
    case absent
    case unknown
  }

  @Test(
    "gives what is written there",
    arguments: [
      ("Identifiant : 991000009", .written("991000009")),
      ("Identifiant:991000009", .written("991000009")),
      ("IDENTIFIANT :991000009 ", .written("991000009")),
      ("  • Identifiant\u{202F}:\u{A0}991 000 009", .written("991000009")),
      ("- **Identifiant :** 991000009", .written("991000009")),
      ("**Identifiant** : **991000009**", .written("991000009")),
      ("**Identifiant : 991000009**", .written("991000009")),
      ("**Identifiant :**99100000", .written("99100000")),
      ("Identifiant : *991000009*", .written("991000009")),
      ("Identifiant : `991000009`.", .written("991000009")),
      ("Identifiant : « 991000009 »", .written("991000009")),
      ("| Identifiant | 991000009 |", .written("991000009")),
      ("Identifiant\t991000009", .written("991000009")),
      ("Identifiant : 991\u{200B}000\u{AD}009", .written("991000009")),
      ("Identifiant :\n991000009", .written("991000009")),
      ("Identifiant : 000000000", .written("000000000")),
      ("Identifiant : 99ABC0009", .unknown),
      ("Identifiant : xxx26xxxxx", .masked("xxx26xxxxx")),
      ("Identifiant : •••26••••", .unmarked("•••26••••")),
      ("Identifiant : ***26****", .masked("***26****")),
      ("Identifiant : ***26*****", .masked("***26*****")),
      ("Identifiant : ***26***", .masked("***26***")),
      ("Identifiant : \\*\\*\\*26\\*\\*\\*\\*\\*", .masked("***26*****")),
      ("**Identifiant :** ***26*****", .masked("***26*****")),
      ("* Identifiant : ***26*****", .masked("***26*****")),
      ("Identifiant : **xxx26xxxxx**", .masked("xxx26xxxxx")),
      ("Identifiant :\n***26*****", .masked("***26*****")),
      ("Identifiant : ###26####", .masked("###26####")),
      ("Identifiant : ●●●26●●●●", .masked("●●●26●●●●")),
      ("Identifiant : Xxx26xxxxx", .masked("Xxx26xxxxx")),
      // The card holds digits alone: the text was damaged, or hides too much.
      ("Identifiant : xxx00xxxx", .unknown),
      ("Identifiant : xxxxxxxxx", .unknown),
      ("Identifiant : 99l00000O", .unknown),
      ("Identifiant : 99100?009", .unknown),
      ("Identifiant : *", .unknown),
      ("Identifiant : ▲", .unknown),
      ("Identifiant : [masqué]", .unknown),
      ("Identifiant : █████████", .unknown),
      ("│ Identifiant : ████ │", .unknown),
      ("Identifiant : _________", .unknown),
      ("Identifiant : .........", .unknown),
      ("Identifiant : « »", .unknown),
      ("Identifiant :\n   - 991086265", .unknown),
      ("Identifiant :\n991086265 (clinique)", .unknown),
      ("Identifiant :\n█████████", .unknown),
      ("Identifiant :\n******", .unknown),
      ("Identifiant :\n991", .unknown),
      ("Identifiant :\n   - Conventionné\n   - Zone B", .absent),
      ("│ Identifiant :  │", .absent),
      ("| Identifiant : | |", .absent),
      ("Identifiant :", .absent),
      ("Identifiant : ", .absent),
      ("Identifiant : Non défini", .absent),
      ("Identifiant : **non définie**", .absent),
      ("| Identifiant | 991000009 | 991000017 |", .unknown),
      ("Identifiant : 99100\n0009", .unknown),
      ("Identifiant : 991000009 Spécialité Assurance Maladie : Non définie", .unknown),
      ("Type d'identifiant de structure", .unknown),
      ("- Id Cabinet RPPS 991000009", .unknown),
      ("Identifiant de structure 991000009", .unknown),
    ] as [(String, Expected)])
  func values(line: String, expected: Expected) async throws {
    let situations = try #require(try await Reading(Samples.identified(line)).situations)
    #expect(situations.count == 1)
    let identifier: BillingIdentifier? =
      switch expected {
      case .written(let number): .written(Personal(number, as: .identifier))
      case .masked(let number): .masked(Personal(number, as: .identifier), .set)
      case .unmarked(let number): .masked(Personal(mask: number, as: .identifier), nil)
      case .absent: .absent
      case .unknown: nil
      }
    #expect(situations.first?.identifier == identifier)
  }

  @Test("is no billing block where it is somebody's login")
  func login() async throws {
    let report = try await Reading("Identifiant : prenom.nom\nMot de passe : secret")
    #expect(report.reason(.billingDAM) == .notGiven)
    #expect(report.reason(.cardPresent) == .notGiven)
  }
}
