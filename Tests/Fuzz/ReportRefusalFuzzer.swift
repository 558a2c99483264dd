import GestionnaireReport
import Preflight

/// Reports that allow nothing, each around the words that refuse.
private let refusing: [(before: String, negation: String, after: String)] = [
  (
    "Facturation\nIdentifiant : 991000009\nAutorisations de signature\n - ", "non",
    " autorisé à signer les FSE"
  ),
  (
    "Facturation\nIdentifiant : 991000009\nAutorisations de signature\n - ", "non",
    "\n autorisé à signer les FSE"
  ),
  ("Identifiant : 991000009\nAutorisations de signature\n- ", "non", "\n- autorisé à signer les lots"),
  ("Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE : ", "non", ""),
  ("Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\n- ", "non", ""),
  ("> Facturation\n> Autorisations de signature\n> - ", "non", " autorisé à\n> signer les FSE"),
  ("Identifiant : 991000009\nAutorisations de signature : ", "non", "\nautorisé à signer les lots"),
  ("Facturation\nAutorisations de signature\n", "n'est pas", " autorisé à signer les FSE"),
  ("Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\n- ", "refusé", ""),
  (
    "Identifiant : 991000009\nAutorisations de signature\n- autorisé à signer les FSE\n",
    "retirée le 12/03/2026", ""
  ),
  (
    """
    *** Identification de la carte :
    Carte de Professionnel de Santé (CPS) n° 2800009017

    *** Situations d'exercice et de facturation

      * Exercice Salarié

       Type d'identifiant de structure
       - FINESS 09

       Facturation
       Identifiant :
       Spécialité Assurance Maladie : Non définie
       Code Agrément : Non défini
       Autorisations de signature
         -\u{20}
    """, "non", " autorisé à signer les FSE\n"
  ),
]

/// What copying, people and mail programs add: signs, and lines that neither allow nor begin another report.
private let additions = [
  " ", "\n", "\n\n", "\r\n", "\t", "\u{A0}", "-", "*", ">", "|", ":", ".", ",", "_", "**", "***", "(", "[",
  "x", "0", "é",
  "\u{AD}", "\u{FEFF}", "\u{200B}", "\n- ", "\n* ", "\n> ", "\n-----\n", "pas ", "ni ", "non ", "sauf ",
  "suspendu ",
  "\nFacturation\n", "\nIdentifiant :\n", "\nIdentifiant : 692612344\n", "\nAutorisations de signature\n",
  "\nSpécialité Assurance Maladie : Non définie\n", "\nCode Agrément : Non défini\n",
  "\n* Exercice Salarié\n",
  "\nCordialement,\n", "\nConventionné\n", "\n- Zone B\n", "\n*** Autre titre\n",
].map { Array($0.utf8) }

/// No four edits of a refusing report around the words that refuse, nor three of which some are in these, make it one that allows
/// something. An edit adds, replaces or removes.
///
/// Where less than half is left of the words that refuse, they are gone, and the report is another one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReportRefusal(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var choices = Choices(Harness.bytes(start, count))
  let report = refusing[choices.number(below: refusing.count)]
  let refusal = Array(report.negation.utf8)
  var text =
    report.before.utf8.map { Byte($0) } + refusal.map { Byte($0, refuses: true) }
    + report.after.utf8.map { Byte($0) }
  var edits = 0
  for _ in 0..<4 where !choices.isEmpty {
    edits += 1
    let place = choices.number(below: text.count + 1)
    let removed = min(Int(choices.byte() % 8) / 2, text.count - place)
    let addition = additions[Int(choices.byte()) % additions.count]
    let added = choices.byte() % 4 == 0 ? [] : addition
    text.replaceSubrange(place..<(place + removed), with: added.map { Byte($0) })
  }
  let left = text.filter { $0.refuses && isOfWord($0.value) }.count
  let isWhole = text.contains(refusal)
  guard isWhole || edits <= 3, left * 2 > refusal.filter(isOfWord).count else { return 0 }
  let bytes = text.map(\.value)
  guard let read = try? GestionnaireReport(contents: bytes, origin: "report.txt") else { return 0 }
  for fact in read.facts {
    guard case .situations(let situations)? = fact.value else { continue }
    Harness.demand(
      !situations.contains { $0.signFSE == true || $0.signLots == true },
      "granted: \(String(decoding: bytes, as: UTF8.self).debugDescription)")
  }
  return 0
}

extension [Byte] {
  /// Whether the words that refuse stand in it as they were.
  fileprivate func contains(_ refusal: [UInt8]) -> Bool {
    guard let start = firstIndex(where: \.refuses) else { return false }
    let words = self[start...].prefix(refusal.count)
    return words.allSatisfy(\.refuses) && words.map(\.value) == refusal
  }
}

/// A byte of an edited report.
private struct Byte {
  let value: UInt8
  /// Whether it is one of the words that refuse.
  let refuses: Bool

  init(_ value: UInt8, refuses: Bool = false) {
    self.value = value
    self.refuses = refuses
  }
}

/// Whether the byte is of a letter or digit.
private func isOfWord(_ byte: UInt8) -> Bool {
  byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
}
