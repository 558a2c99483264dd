import Preflight
import JSON

/// Returns a name that a plugin wrote in a form that is safe to show. In place of a known name, it may contain a
/// number or a person's name.
///
/// - Parameter confidences: what the plugin was told and must not be shown.
func shownName(_ name: String, concealing confidences: Concealment = []) -> String {
  let isPlain = name.utf8.allSatisfy {
    PluginName.isLetter($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
      || "_-./=".utf8.contains($0)
  }
  var digits = 0
  for byte in name.utf8 where digits < 4 { digits = (0x30...0x39).contains(byte) ? digits + 1 : 0 }
  guard isPlain, digits < 4, name.utf8.count <= 64 else { return "•••" }
  return Text(name, concealing: confidences).rendered(in: .english, .masked)
}

extension JSONFault {
  /// Returns what is wrong with JSON that a plugin wrote.
  func message(concealing confidences: Concealment = []) -> LocalizedText {
    guard case .duplicateKey(let name) = reason else { return message }
    let shown = shownName(name, concealing: confidences)
    return LocalizedText(
      fr: "la clé « \(shown) » est donnée deux fois", en: "the key “\(shown)” is given twice")
  }
}
