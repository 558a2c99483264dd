import Preflight

/// What people paste, as plain words: without the tags and entities of HTML, and without what nobody sees.
struct PastedText: Sendable {
  let plain: String
  /// Folded, in ASCII as far as letters have it.
  let folded: [UInt8]

  init(_ pasted: String) {
    plain = Self.plain(pasted)
    folded = Array(Folding.folded(plain.unicodeScalars).utf8)
  }

  /// The words; everything that is neither letter nor digit only separates them.
  var words: [[UInt8]] { Self.words(plain) }

  static func words(_ text: String) -> [[UInt8]] {
    Folding.folded(text.unicodeScalars).split { !$0.isLetter && !$0.isNumber }.map { Array($0.utf8) }
  }

  /// Anything longer is not a tag or an entity.
  private static let longestTag = 2000
  private static let longestEntity = 10

  private static func plain(_ pasted: String) -> String {
    let scalars = Array(pasted.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar == "<", let end = endOfTag(scalars, from: place) {
        result.append(" ")
        place = end
      } else if scalar == "&", let (meant, end) = entity(scalars, from: place) {
        result.append(meant)
        place = end
      } else {
        if scalar.properties.isWhitespace {
          result.append(scalar == "\n" ? scalar : " ")
        } else if scalar != "\u{AD}", !scalar.isUnseen {
          result.append(scalar)
        }
        place += 1
      }
    }
    return String(result)
  }

  private static func endOfTag(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    guard start + 1 < scalars.count,
      scalars[start + 1] == "/" || scalars[start + 1] == "!"
        || (scalars[start + 1].isASCII && scalars[start + 1].properties.isAlphabetic)
    else { return nil }
    let limit = min(scalars.count, start + longestTag)
    for place in (start + 1)..<limit {
      if scalars[place] == ">" { return place + 1 }
      // A second one begins, so the first was not a tag.
      if scalars[place] == "<" { return nil }
    }
    return nil
  }

  private static func entity(_ scalars: [Unicode.Scalar], from start: Int) -> (Unicode.Scalar, end: Int)? {
    let limit = min(scalars.count, start + 1 + longestEntity)
    guard let end = scalars[(start + 1)..<limit].firstIndex(of: ";") else { return nil }
    let name = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let number =
        digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
      return (scalar.isUnseen || scalar.properties.isWhitespace ? " " : scalar, end + 1)
    }
    if let scalar = entities[name] { return (scalar, end + 1) }
    // `&eacute;`: a letter and its accent, which is folded away.
    guard let letter = name.unicodeScalars.first, letter.isASCII, letter.properties.isAlphabetic,
      accents.contains(String(name.dropFirst()))
    else { return nil }
    return (letter, end + 1)
  }

  private static let accents: Set<String> = ["acute", "grave", "circ", "uml", "cedil", "tilde", "ring"]
  private static let entities: [String: Unicode.Scalar] = [
    "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": "\"",
    "apos": "'", "rsquo": "'", "lsquo": "'", "laquo": "«", "raquo": "»", "ldquo": "\"", "rdquo": "\"",
    "hellip": "…", "ndash": "–", "mdash": "—", "deg": "°", "oelig": "œ", "OElig": "Œ",
  ]
}
