import Preflight

/// Decodes the bytes of a report.
///
/// The Gestionnaire writes Latin-1 (docs/facts.md); editors and mail programs convert it to UTF-8 or Windows-1252.
/// Valid UTF-8 is read as UTF-8, anything else as Windows-1252, in which Latin-1 text reads the same. UTF-8 that a program
/// took for Windows-1252 and wrote again, « crÃ©Ã© », is read as what it was.
enum Decoding {
  /// The most bytes a report may have: 1 MiB.
  static let limit = 1 << 20

  /// The text without a byte order mark.
  ///
  /// - Throws: ``ReportFault`` if the bytes are empty, too many, or not text.
  static func scalars(of bytes: [UInt8]) throws(ReportFault) -> [Unicode.Scalar] {
    guard bytes.count <= limit else {
      throw ReportFault(
        fr: "le rapport dépasse la taille permise (\(limit / 1024) Kio)",
        en: "the report is larger than allowed (\(limit / 1024) KiB)")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw utf16() }
    var text = bytes[...]
    // DOS programs end a text with Ctrl-Z.
    if text.last == 0x1A { text.removeLast() }
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    try refuseBinary(text)
    let scalars = utf8(text).map { decodedTwice($0) ?? $0 } ?? text.map(windows1252)
    guard
      scalars.contains(where: { !Scalars.isBlank($0) && !Scalars.isLineBreak($0) && !Scalars.isInvisible($0) }
      )
    else {
      throw ReportFault(fr: "le rapport est vide", en: "the report is empty")
    }
    return scalars
  }

  private static func utf16() -> ReportFault {
    ReportFault(
      fr: "le rapport est en UTF-16 : enregistrez-le comme texte (UTF-8 ou ANSI)",
      en: "the report is in UTF-16: save it as text (UTF-8 or ANSI)")
  }

  /// Refuses control characters other than white space and line ends. NUL comes from UTF-16 without a mark, the others
  /// from programs, images and archives.
  private static func refuseBinary(_ bytes: ArraySlice<UInt8>) throws(ReportFault) {
    var line = 1
    var start = bytes.startIndex
    var previous: UInt8 = 0
    for (index, byte) in zip(bytes.indices, bytes) {
      switch byte {
      case 0x0A where previous == 0x0D: start = index + 1
      case 0x0A, 0x0D:
        line += 1
        start = index + 1
      case 0x00...0x08, 0x0E...0x1F, 0x7F:
        throw ReportFault(
          line: line, column: index - start + 1,
          fr:
            "ce n'est pas un texte (octet \(Int(byte))) : enregistrez le rapport comme texte (UTF-8 ou ANSI)",
          en: "this is not text (byte \(Int(byte))): save the report as text (UTF-8 or ANSI)")
      default: break
      }
      previous = byte
    }
  }

  /// Decodes UTF-8. Returns `nil` if the bytes are not UTF-8; a last character that is cut off is left out.
  private static func utf8(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
    for cut in 0...3 where cut == 0 || isBeginning(bytes.suffix(cut)) {
      if let text = String(validating: bytes.dropLast(cut), as: UTF8.self) {
        return Array(text.unicodeScalars)
      }
    }
    return nil
  }

  /// Returns the text of which each byte of UTF-8 became a character of Windows-1252. Nil if it is not such a text as a
  /// whole: one real accent in it, or a byte that does not fit, and it is taken as it stands.
  private static func decodedTwice(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard scalars.contains(where: { !$0.isASCII }) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count)
    for scalar in scalars {
      if scalar.value < 0x100 {
        bytes.append(UInt8(scalar.value))
      } else if scalar != "\u{FFFD}", let high = highControls.firstIndex(of: scalar) {
        bytes.append(UInt8(0x80 + high))
      } else {
        return nil
      }
    }
    return String(validating: bytes, as: UTF8.self).map { Array($0.unicodeScalars) }
  }

  /// Whether the bytes are an incomplete character.
  private static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
    return switch first {
    case 0xC2...0xDF: bytes.count < 2
    case 0xE0...0xEF: bytes.count < 3
    case 0xF0...0xF4: bytes.count < 4
    default: false
    }
  }

  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    (0x80...0x9F).contains(byte) ? highControls[Int(byte) - 0x80] : Unicode.Scalar(byte)
  }

  /// The characters from 0x80 to 0x9F, where Windows-1252 differs from Latin-1; five are not assigned.
  private static let highControls: [Unicode.Scalar] = [
    "€", "\u{FFFD}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{FFFD}", "Ž", "\u{FFFD}",
    "\u{FFFD}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{FFFD}", "ž", "Ÿ",
  ]
}
