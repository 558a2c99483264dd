import Preflight
import Testing

@testable import GestionnaireReport

@Suite("What is refused as a report")
struct FaultTests {
  private func fault(of contents: [UInt8]) -> ReportFault? {
    do throws(ReportFault) {
      _ = try GestionnaireReport(contents: contents, origin: "rapport.txt")
      return nil
    } catch { return error }
  }

  /// Returns a report that names its card twice, in different words.
  private static func repeated(_ one: String, _ two: String) -> String {
    let card = "Carte de X (CPS) n° 2800009017"
    return "\(card) \(one)\nProfession : Médecin\n1\n2\n3\n4\n5\n6\n\(card) \(two)"
  }

  private func fault(of text: String) -> ReportFault? { fault(of: Array(text.utf8)) }

  @Test("a text without words", arguments: ["", " \t\r\n\n", "\u{FEFF}", "\u{A0}\u{200B}"])
  func empty(text: String) {
    #expect(fault(of: text)?.message.rendered(in: .english) == "the report is empty")
  }

  @Test(
    "a text without any line of a report",
    arguments: [
      "Bonjour,\nma carte ne marche pas.", "{\"schema\": \"cps-preflight/facts/1\"}", "*** Autre chose", "?",
      "La Carte de Professionnel de Santé (CPS) est une carte à puce",
    ])
  func another(text: String) {
    let message = fault(of: text)?.message
    #expect(message?.rendered(in: .english).hasPrefix("this is not a report") == true)
    #expect(message?.rendered(in: .french).hasPrefix("ce n’est pas un rapport") == true)
  }

  @Test("more than 1 MiB, and not a byte less")
  func large() {
    let start = Array("Facturation\nIdentifiant : 991000009\n".utf8)
    let full = start + [UInt8](repeating: 0x20, count: (1 << 20) - start.count)
    #expect(fault(of: full) == nil)
    #expect(fault(of: full + [0x20])?.message.rendered(in: .french).contains("1024 Kio") == true)
  }

  @Test("UTF-16, with or without its mark")
  func utf16() {
    let bytes = Samples.whole.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(fault(of: [0xFF, 0xFE] + bytes)?.message.rendered(in: .english).contains("UTF-16") == true)
    #expect(fault(of: [0xFE, 0xFF] + bytes)?.message.rendered(in: .english).contains("UTF-16") == true)
    let unmarked = fault(of: bytes)
    #expect(unmarked?.message.rendered(in: .english).contains("save the report as text") == true)
    #expect(unmarked?.line == 1)
    #expect(unmarked?.column == 2)
  }

  @Test("binary, with the place of the first such byte", arguments: [0x00, 0x01, 0x1B, 0x7F] as [UInt8])
  func binary(byte: UInt8) {
    let fault = fault(of: Array("Facturation\r\nIdentifiant : ".utf8) + [byte] + Array("\r\nx".utf8))
    #expect(fault?.line == 2)
    #expect(fault?.column == 15)
  }

  @Test(
    "a text that contradicts itself, with the line where it does",
    arguments: [
      (Samples.authorised("- autorisé à signer les FSE\n- non autorisé à signer les FSE"), 6),
      (Samples.authorised("- non autorisé à signer les lots\n\n- autorisé à signer les lots"), 7),
      (
        Samples.authorised("- autorisé à signer les lots\n\nLe porteur n'est pas autorisé à signer les lots"),
        7
      ),
      ("Facturation\nIdentifiant : 991000009\nIdentifiant : 991000017", 3),
      ("Facturation\nIdentifiant :\nIdentifiant : 991000009", 3),
      ("Carte de X (CPS) n° 2800009017\r\n\r\nCarte de X (CPS) n° 2800009018", 3),
      ("Carte de X (CPS) n° 2800009017\nCarte de X (CPE) n° 2800009017", 2),
      ("Carte de Professionnel de Santé en Formation (CPS) n° 2800009017", 1),
      ("*** Identification de la carte :\nCarte de Personnel d'Etablissement (CPS)", 2),
      ("*** Identification du porteur\nMadame X\n*** Identification du porteur\nMadame Y", 4),
      ("Carte de X (CPS) n° 2800009017\némise le 10/09/2025\némise le 11/09/2025", 3),
      (repeated("émise le 10/09/2025", "émise le 11/09/2025"), 9),
      (repeated("émise le 10/09/2025", "émise le 31/02/2025"), 9),
      (repeated("expire fin 02/2028", "expire fin 03/2028"), 9),
      (repeated("expire fin 02/2025", "émise le 10/09/2025"), 9),
      (repeated("émise le 10/09/2025", "\ncarte émise le 11/09/2025"), 10),
    ])
  func contradictory(text: String, line: Int) {
    let fault = fault(of: text)
    #expect(fault?.line == line)
    #expect(fault?.message.french != fault?.message.english)
  }

  @Test("not a report that was pasted twice, of which the last is read")
  func twice() async throws {
    let report = try await Reading(Samples.whole + "\n" + Samples.whole)
    #expect(report[.cardNumber]?.unmasked == "2800009017")
    #expect(report.situations?.count == 2)
  }
}
