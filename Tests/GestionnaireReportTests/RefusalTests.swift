import Preflight
import Testing

@testable import GestionnaireReport

@Suite("A refusal")
struct RefusalTests {
  /// Layouts that allow nothing, or only FSE if `fse`.
  struct Layout: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The negation; without it, the layout would be a permission.
    var negation = "non"

    init(_ name: String, _ text: String, negation: String = "non") {
      testDescription = name
      self.text = text
      self.negation = negation
    }
  }

  static let layouts = [
    Layout(
      "items",
      "Facturation\nIdentifiant : 991000009\nAutorisations de signature\n - non autorisé à signer les FSE"),
    Layout(
      "a negation on its own line",
      "Facturation\nIdentifiant : 991000009\nAutorisations de signature\n - non\n autorisé à signer les FSE"),
    Layout(
      "a negation in an item before",
      "Identifiant : 991000009\nAutorisations de signature\n- non\n- autorisé à signer les FSE"),
    Layout(
      "a negation before labels",
      "Autorisations de signature\n - non\nFacturation\nIdentifiant : 692612344\n autorisé à signer les FSE"),
    Layout(
      "a negation before the header",
      "Facturation\nIdentifiant : 991000007\nnon\nAutorisations de signature\nautorisé à signer les FSE"),
    Layout(
      "a negation after",
      "Facturation\nIdentifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE : non"),
    Layout(
      "a negation in the line after",
      "Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\n- non"),
    Layout(
      "words wrapped in the middle",
      "> Facturation\n> Autorisations de signature\n> - non autorisé à\n> signer les FSE"),
    Layout(
      "on the header's line",
      "Identifiant : 991000009\nAutorisations de signature : non\nautorisé à signer les FSE"),
    Layout(
      "a sentence", "Facturation\nAutorisations de signature\nn'est pas autorisé à signer les FSE",
      negation: "pas"),
    Layout(
      "taken back",
      "Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\n- refusé",
      negation: "refusé"),
    Layout(
      "taken back on a day",
      "Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\nretirée le 12/03/2026",
      negation: "retirée le 12/03/2026"),
  ]

  /// Words and lines that copying, people and mail programs add to a report.
  static let insertions = [
    "non", "non ", " non", "pas ", "ni ", "refusé ", "suspendu ", "autorisé ", "autorisé à signer les FSE ",
    "sauf ", "oui ", "- ",
    "* ", "*** ", "> ", ": ", "| ", "**", "\n", "\n\n", "\r\n", "\n- ", "\n* ", "\n> ", "\n-----\n",
    "\noui\n", "\nnon\n",
    "\nFacturation\n", "\nIdentifiant : 692612344\n", "\nIdentifiant :\n",
    "\nSpécialité Assurance Maladie : Non définie\n",
    "\nCode Agrément : Non défini\n", "\nCode Agrément : Pas d'agrément\n", "\nAutorisations de signature\n",
    "\nAutorisations de signature :\n", "\n* Exercice Salarié\n", "\n*** Autre titre\n",
    "\n*** Situations d'exercice et de facturation\n", "\n*** Identification de la carte :\n",
    "\nFacturation\nIdentifiant : 692612344\n", "\nIdentifiant : 692612344\nAutorisations de signature\n",
    "\nFacturation\nIdentifiant : 692612344\nAutorisations de signature\n", "\nCordialement,\n",
    "\nConventionné\n", "\n- Zone B\n",
  ]

  /// One byte of each kind that the parser distinguishes: every sign, space and line end, letters of the words in
  /// question and others, digits, and from Windows-1252's upper half a space, an invisible character, a sign and a
  /// letter.
  static let bytes =
    [0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x1A, 0x85, 0x92, 0x95, 0xA0, 0xAD, 0xB0, 0xC3, 0xE9]
    + Array(##" !"#'()*+-./:;<>?\_`|~01NX"##.utf8) + Array("aenopsx".utf8)

  /// Whether the report allows FSE, in any of its situations.
  private func allows(_ bytes: [UInt8]) -> Bool {
    guard let scalars = try? Decoding.scalars(of: bytes) else { return false }
    var lines = Line.lines(of: scalars)
    lines.assignRoles()
    return (try? BillingBlocks(of: lines))?.situations.contains { $0.signFSE == true } ?? false
  }

  /// Returns whether a word begins or ends there.
  private static func isBoundary(_ place: Int, in bytes: [UInt8]) -> Bool {
    func isBlank(_ place: Int) -> Bool {
      !bytes.indices.contains(place) || bytes[place] == 0x20 || bytes[place] == 0x0A
    }
    return isBlank(place) != isBlank(place - 1)
  }

  private func check(_ damaged: [UInt8], of layout: Layout, _ found: inout [String]) {
    guard allows(damaged) else { return }
    let text = String(decoding: damaged, as: UTF8.self)
    // Without the whole negation it really is a permission.
    if !text.contains(layout.negation),
      text.filter({ !$0.isWhitespace })
        == layout.text.replacing(layout.negation, with: "").filter({ !$0.isWhitespace })
    {
      return
    }
    found.append(text)
  }

  @Test("damaged in any byte is no permission", arguments: layouts)
  func bytes(layout: Layout) {
    let whole = Array(layout.text.utf8)
    var found: [String] = []
    #expect(!allows(whole))
    for place in 0...whole.count {
      for byte in Self.bytes {
        check(Array(whole[..<place] + [byte] + whole[place...]), of: layout, &found)
        guard place < whole.count else { continue }
        check(Array(whole[..<place] + [byte] + whole[(place + 1)...]), of: layout, &found)
      }
      for length in 1...3 where place + length <= whole.count {
        check(Array(whole[..<place] + whole[(place + length)...]), of: layout, &found)
      }
    }
    #expect(found.isEmpty, "\(found.count)")
    for text in found.prefix(12) { Issue.record("\(text.debugDescription)") }
  }

  @Test("with words or lines put in is no permission", arguments: layouts)
  func insertions(layout: Layout) {
    let whole = Array(layout.text.utf8)
    var found: [String] = []
    for place in 0...whole.count where Self.isBoundary(place, in: whole) {
      for words in Self.insertions {
        check(Array(whole[..<place] + Array(words.utf8) + whole[place...]), of: layout, &found)
      }
    }
    #expect(found.isEmpty, "\(found.count)")
    for text in found.prefix(12) { Issue.record("\(text.debugDescription)") }
  }

  /// Two or three edits of which one is in the words that refuse: a title, label or line of someone's came in between, and
  /// the words are damaged.
  @Test(
    "that is damaged, with a line put in before it, is no permission",
    arguments: [
      "\n*** Autre titre\n", "\n* Exercice Salarié\n", "\nFacturation\n", "\nFacturation\nIdentifiant :\n",
      "\nSpécialité Assurance Maladie : Non définie\n",
      "\nSpécialité Assurance Maladie : Non définie\n- Zone B\n",
      "\nCode Agrément : Non défini\n", "\nCode Agrément : Non défini", "\nAutorisations de signature\n",
      "\n*** Identification de la carte :\n", "\n*** Situations d'exercice et de facturation\n",
      "\nCordialement,\n",
      "\nCordialement,", "\nCordialement,\n\nDr Jean DUPONT\n",
    ],
    [
      "- refxsé", "refxsé", "- rfusé", "Rfusé", "- no[", "- suspxndu", "Suspxndu", "retxrée le 12/03/2026",
      "- n", "- rxfxsé",
    ])
  func damaged(between: String, refusal: String) {
    let text =
      "Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\(between)\(refusal)"
    #expect(!allows(Array(text.utf8)), "\(text.debugDescription)")
  }

  @Test(
    "is not seen in what a report has below its permissions",
    arguments: [
      "* Exercice Libéral, exploitant\nou commerçant\n\nType d'identifiant de structure\n- clinique du clos\n- FINESS 09",
      "* Exercice Salarié\nSecteur d'activité RPPS : Centre de santé\n\nFacturation\nIdentifiant : 692612344\n"
        + "Spécialité Assurance Maladie : Radiologie\n   - Conventionné\n   - Zone B\nCode Agrément : Pas\nd'agrément radio\n"
        + "Autorisations de signature\n- autorisé à signer les FSE",
      "Facturation\nIdentifiant : xxx26xxxxx\nSpécialité Assurance Maladie\n: Chirurgie (générale)\n"
        + "Code Agrément : Non défini\nAutorisations de signature : autorisé à signer les lots",
      "\nCordialement,\nDr Jean DUPONT\n12 rue des Lilas\n75002 Paris\nTél. : 01 02 03 04 05",
      "\nMerci d'avance, je reste à votre disposition.\n\nDr Jean DUPONT",
      "\nVoici le rapport.\nIl est complet, et vient du Gestionnaire\nque vous avez demandé.",
    ])
  func otherwise(below: String) {
    let text = "Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\n\(below)"
    #expect(allows(Array(text.utf8)), "\(text.debugDescription)")
  }
}
