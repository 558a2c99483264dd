/// Makes words comparable regardless of case and accents: « Établissement » and « ETABLISSEMENT » are equal.
package enum Folding {
  /// Returns the word in lower case and without accents, whether precomposed or combining; `œ` and `æ` become two
  /// letters.
  package static func folded(_ word: some Sequence<Unicode.Scalar>) -> String {
    var result: [UInt8] = []
    for scalar in word where !isAccent(scalar) {
      switch scalar.value {
      case 0..<0x80: result.append(lowercased(UInt8(scalar.value)))
      default: result += base(of: scalar).utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Returns a character of ASCII in lower case.
  package static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }

  /// Returns the words folded in the same way.
  package static func folded(_ words: String) -> String { folded(words.unicodeScalars) }

  /// Whether the scalar is a combining accent, as in the two-character « é » of macOS.
  ///
  /// The overlays U+0334 to U+0338 are not accents: they strike text through, which must stay visible.
  package static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x333, 0x339...0x36F: true
    default: false
    }
  }

  /// Returns the base letters of French and its neighbours in Latin-1. Any other scalar is returned unchanged.
  private static func base(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "À", "Á", "Â", "Ã", "Ä", "Å", "à", "á", "â", "ã", "ä", "å": "a"
    case "Ç", "ç": "c"
    case "È", "É", "Ê", "Ë", "è", "é", "ê", "ë": "e"
    case "Ì", "Í", "Î", "Ï", "ì", "í", "î", "ï": "i"
    case "Ñ", "ñ": "n"
    case "Ò", "Ó", "Ô", "Õ", "Ö", "ò", "ó", "ô", "õ", "ö": "o"
    case "Ù", "Ú", "Û", "Ü", "ù", "ú", "û", "ü": "u"
    case "Ý", "Ÿ", "ý", "ÿ": "y"
    case "Œ", "œ": "oe"
    case "Æ", "æ": "ae"
    default: String(scalar)
    }
  }
}
