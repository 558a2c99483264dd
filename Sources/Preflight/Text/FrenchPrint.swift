/// French typography (curly apostrophes, no-break spaces), which source texts leave out because keyboards lack it.
package enum FrenchPrint {
  /// Adds the words to the bytes in UTF-8, with `’` for the apostrophe, and with spaces at which no line breaks before `:`, `;`, `!`,
  /// `?` and `»`, and after `«`.
  ///
  /// A quote that encloses words stays, and so do a sign with no space before it, as in `https://` or `key: value`, and one
  /// that begins a word, as in `!include`.
  ///
  /// - Parameter isFollowed: whether a value comes after the words, such as a name after `l'`.
  static func typeset(_ words: String, isFollowed: Bool = false, to utf8: inout [UInt8]) {
    var words = words
    words.withUTF8 { bytes in
      // Nearly all words stay as they are, and are copied up to the next sign at once.
      var (start, index) = (0, 0)
      while index < bytes.count {
        // No letter is, as most bytes are.
        if bytes[index] <= UInt8(ascii: "'"), mayBeSign(at: index, in: bytes),
          let sign = sign(at: index, in: bytes, isFollowed)
        {
          utf8.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
          switch sign {
          case .apostrophe: utf8.append(contentsOf: [0xE2, 0x80, 0x99])
          case .noBreakSpace: utf8.append(contentsOf: [0xC2, 0xA0])
          }
          start = index + 1
        }
        index += 1
      }
      utf8.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }

  /// The words as a keyboard writes them, for comparison: with `'`, and with ordinary spaces.
  package static func typed(_ words: String) -> String {
    var words = words
    let typed: [UInt8]? = words.withUTF8 { bytes in
      guard bytes.contains(where: { $0 == 0xC2 || $0 == 0xE2 }) else { return nil }
      var typed: [UInt8] = []
      typed.reserveCapacity(bytes.count)
      var index = 0
      while index < bytes.count {
        // The bytes of a Swift text are whole characters.
        switch (bytes[index], bytes[index + 1 < bytes.count ? index + 1 : index]) {
        case (0xC2, 0xA0):
          typed.append(UInt8(ascii: " "))
          index += 2
        case (0xE2, 0x80) where bytes[index + 2] == 0x99 || bytes[index + 2] == 0xAF:
          typed.append(UInt8(ascii: bytes[index + 2] == 0x99 ? "'" : " "))
          index += 3
        default:
          typed.append(bytes[index])
          index += 1
        }
      }
      return typed
    }
    return typed.map { String(decoding: $0, as: UTF8.self) } ?? words
  }

  private enum Sign { case apostrophe, noBreakSpace }

  /// Whether the byte may be written with another sign: most bytes need no closer look.
  private static func mayBeSign(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "'"): return true
    case UInt8(ascii: " "):
      if index > 0, bytes[index - 1] == 0xAB { return true }
      guard index + 1 < bytes.count else { return false }
      switch bytes[index + 1] {
      case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"), 0xC2: return true
      default: return false
      }
    default: return false
    }
  }

  /// The sign that stands for the byte in print; nil if the byte stays.
  private static func sign(at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ isFollowed: Bool) -> Sign? {
    func byte(_ offset: Int) -> UInt8? {
      bytes.indices.contains(index + offset) ? bytes[index + offset] : nil
    }
    switch bytes[index] {
    case UInt8(ascii: "'"):
      guard let before = byte(-1), isLetter(before) else { return nil }
      return byte(1).map { isLetter($0) || isDigit($0) } ?? isFollowed ? .apostrophe : nil
    case UInt8(ascii: " "):
      if isQuote(0xAB, byte(-2), byte(-1)) || isQuote(0xBB, byte(1), byte(2)) { return .noBreakSpace }
      switch byte(1) {
      case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"):
        return byte(2).map { !isWord($0) } ?? true ? .noBreakSpace : nil
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether these two bytes are `«` (0xAB) or `»` (0xBB).
  private static func isQuote(_ quote: UInt8, _ first: UInt8?, _ second: UInt8?) -> Bool {
    first == 0xC2 && second == quote
  }

  /// In UTF-8, every byte of a character beyond ASCII is of this kind.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether a word or an operator goes on: `:8080`, `!include`, `!=`, `:-`.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte < 0x80 && (isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-"))
  }
}
