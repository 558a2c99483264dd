extension CardFamily {
  /// The card family of an ATR, according to the masks in docs/readers.md.
  package init(_ atr: ATR) {
    self = Self.masks.first { $0.mask.matches(atr) }?.family ?? .other
  }

  /// The masks in the order in which they are tried. Masks of the CPS4 that a CPS3 mask would also match come first.
  private static let masks: [(family: CardFamily, mask: ATRMask)] = [
    (.cps(.cps4, contactless: false), "3B 9B 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44"),
    (.cps(.cps4, contactless: false), "3B 9B 18 80 01 00 12 25 00 64 80 00 04 01 00 90 44"),
    (.cps(.cps4, contactless: false), "3B DC 18 FF 00 00 12 25 00 64 80 00 04 01 00 90 00"),
    (.cps(.cps3, contactless: false), "3B .. .. .. .. 00 12 25 00 64 80 .. .. .. 00 90 00"),
    (.cps(.cps3, contactless: true), "3B 8F 80 01 00 31 B8 64 .. .. EC C0-FF 73 94 01 80 82 90 00 0E"),
    (.vitale, "3B 75 13 00 00 4. 09 EA 90 00"),
    (.vitale, "3F 65 25 00 .. 09 6A 90 00"),
    (.vitale, "3F 65 25 00 2. 09 .9 90 00"),
  ]
}

/// A pattern for the bytes of an ATR: `3B` matches that byte, a dot any half-byte, `C0-FF` a range.
struct ATRMask: ExpressibleByStringLiteral {
  private struct Byte {
    let mask: UInt8
    let range: ClosedRange<UInt8>
  }

  private let bytes: [Byte]

  init(stringLiteral literal: String) {
    bytes = literal.split(separator: " ").map { word in
      let bounds = word.split(separator: "-").compactMap { UInt8($0, radix: 16) }
      if bounds.count == 2 { return Byte(mask: 0xFF, range: bounds[0]...bounds[1]) }
      let halves = word.map { $0.hexDigitValue.map(UInt8.init) }
      let value = halves.reduce(0) { $0 << 4 | ($1 ?? 0) }
      return Byte(mask: halves.reduce(0) { $0 << 4 | ($1 == nil ? 0 : 0xF) }, range: value...value)
    }
  }

  func matches(_ atr: ATR) -> Bool {
    atr.bytes.count == bytes.count
      && zip(atr.bytes, bytes).allSatisfy { byte, expected in expected.range.contains(byte & expected.mask) }
  }
}
