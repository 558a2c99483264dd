import Preflight

/// One element of BER-TLV data: a tag, a length, and as many bytes (ISO/IEC 7816-4, section 5.2.2).
///
/// Slices keep the indices of the object they come from, so that every fault has its offset.
struct TLV: Sendable, Hashable {
  /// The bytes of the tag, most significant first.
  let tag: UInt32
  /// The offset of the tag in the object.
  let offset: Int
  let value: ArraySlice<UInt8>

  /// The consecutive elements in `bytes`; `00` and `FF` between them are filler.
  ///
  /// - Throws: ``CardDataFault`` if an element does not end within `bytes`, or its length is not one that cards use.
  static func elements(of bytes: ArraySlice<UInt8>) throws(CardDataFault) -> [TLV] {
    var elements: [TLV] = []
    var rest = bytes
    while let first = rest.first {
      if first == 0x00 || first == 0xFF {
        rest.removeFirst()
        continue
      }
      let offset = rest.startIndex
      let tag = try readTag(&rest)
      let length = try readLength(&rest)
      guard length <= rest.count else {
        throw CardDataFault(
          offset, fr: "un élément de \(length) octets, où il n'en reste que \(rest.count)",
          en: "an element of \(length) bytes, where only \(rest.count) are left")
      }
      elements.append(TLV(tag: tag, offset: offset, value: rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return elements
  }

  private static func readTag(_ rest: inout ArraySlice<UInt8>) throws(CardDataFault) -> UInt32 {
    let offset = rest.startIndex
    let first = rest.removeFirst()
    var tag = UInt32(first)
    guard first & 0x1F == 0x1F else { return tag }
    // None of the card's own tags has several bytes; such a tag is read in full and skipped as unknown.
    for _ in 0..<2 {
      guard let next = rest.popFirst() else { break }
      tag = tag << 8 | UInt32(next)
      if next & 0x80 == 0 { return tag }
    }
    throw CardDataFault(offset, fr: "une étiquette sans fin", en: "a tag without end")
  }

  /// Reads a length of one to three bytes.
  private static func readLength(_ rest: inout ArraySlice<UInt8>) throws(CardDataFault) -> Int {
    let offset = rest.startIndex
    guard let first = rest.popFirst() else {
      throw CardDataFault(offset, fr: "la longueur manque", en: "the length is missing")
    }
    switch first {
    case 0...0x7F: return Int(first)
    case 0x81, 0x82:
      var length = 0
      for _ in 0..<(first & 0x7F) {
        guard let byte = rest.popFirst() else {
          throw CardDataFault(offset, fr: "la longueur est coupée", en: "the length is cut short")
        }
        length = length << 8 | Int(byte)
      }
      return length
    default:
      throw CardDataFault(
        offset, fr: "une longueur qu'aucune carte n'emploie", en: "a length that no card uses")
    }
  }
}

/// An element that contains others, each at most once unless it may be repeated.
struct TLVTemplate: Sendable {
  private let offset: Int
  private let elements: [TLV]

  /// The template with that tag in the bytes of an object; `nil` if there is none. Other elements are skipped.
  ///
  /// - Throws: ``CardDataFault`` if there are two, or if the data are not BER-TLV.
  init?(_ tag: UInt32, in bytes: ArraySlice<UInt8>) throws(CardDataFault) {
    let found = try TLV.elements(of: bytes).filter { $0.tag == tag }
    guard let first = found.first else { return nil }
    guard found.count == 1 else {
      throw CardDataFault(
        found[1].offset, fr: "deux fois l'élément \(tag.hexadecimal)",
        en: "the element \(tag.hexadecimal) twice")
    }
    try self.init(first)
  }

  /// Reads the content of an element.
  init(_ element: TLV) throws(CardDataFault) {
    offset = element.offset
    elements = try TLV.elements(of: element.value)
  }

  /// All elements with that tag, in order.
  func all(_ tag: UInt32) -> [TLV] { elements.filter { $0.tag == tag } }

  /// The element with that tag; `nil` if there is none.
  ///
  /// - Throws: ``CardDataFault`` if there are two, as it is unknown which one counts.
  func field(_ tag: UInt32) throws(CardDataFault) -> TLV? {
    let found = all(tag)
    guard found.count <= 1 else {
      throw CardDataFault(
        found[1].offset, fr: "deux fois le champ \(tag.hexadecimal)", en: "the field \(tag.hexadecimal) twice"
      )
    }
    return found.first
  }

  /// The element with that tag.
  ///
  /// - Throws: ``CardDataFault`` if the element is missing.
  func required(_ tag: UInt32) throws(CardDataFault) -> TLV {
    guard let field = try field(tag) else {
      throw CardDataFault(
        offset, fr: "le champ \(tag.hexadecimal) manque", en: "the field \(tag.hexadecimal) is missing")
    }
    return field
  }
}

extension TLV {
  /// The value, which must have that length.
  func bytes(_ count: Int) throws(CardDataFault) -> ArraySlice<UInt8> {
    guard value.count == count else {
      throw CardDataFault(
        offset, fr: "le champ \(tag.hexadecimal) a \(value.count) octets au lieu de \(count)",
        en: "the field \(tag.hexadecimal) has \(value.count) bytes instead of \(count)")
    }
    return value
  }

  /// The value, which must be a single byte.
  func byte() throws(CardDataFault) -> UInt8 { try bytes(1).reduce(0) { $0 | $1 } }
}

extension UInt32 {
  /// At least two hexadecimal digits, as tags are written.
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16, uppercase: true)
    return digits.count % 2 == 0 ? digits : "0" + digits
  }
}
