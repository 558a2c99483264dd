import GestionnaireReport
import Preflight

/// Reports that allow nothing. What is before the refusal and after it may be changed, the refusal stays as it is:
/// `RefusalTests` damages that in every byte.
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

/// No few edits of a refusing report make it one that allows something. An edit adds, replaces or removes, before the
/// refusal or after it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReportRefusal(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var choices = Choices(Harness.bytes(start, count))
  let report = refusing[choices.number(below: refusing.count)]
  var bytes = Array((report.before + report.negation + report.after).utf8)
  var negation = report.before.utf8.count..<(report.before.utf8.count + report.negation.utf8.count)
  for _ in 0..<4 where !choices.isEmpty {
    let place = choices.number(below: bytes.count + 1)
    var removed = Int(choices.byte() % 8) / 2
    let addition = additions[Int(choices.byte()) % additions.count]
    let added = choices.byte() % 4 == 0 ? [] : addition
    guard place <= negation.lowerBound || place >= negation.upperBound else { continue }
    if place <= negation.lowerBound { removed = min(removed, negation.lowerBound - place) }
    removed = min(removed, bytes.count - place)
    bytes.replaceSubrange(place..<(place + removed), with: added)
    if place <= negation.lowerBound {
      let shift = added.count - removed
      negation = (negation.lowerBound + shift)..<(negation.upperBound + shift)
    }
  }
  guard let read = try? GestionnaireReport(contents: bytes, origin: "report.txt") else { return 0 }
  for fact in read.facts {
    guard case .situations(let situations)? = fact.value else { continue }
    Harness.demand(
      !situations.contains { $0.signFSE == true || $0.signLots == true },
      "granted: \(String(decoding: bytes, as: UTF8.self).debugDescription)")
  }
  return 0
}
