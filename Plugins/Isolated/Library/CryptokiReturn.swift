/// What a function of a Cryptoki module returned (PKCS#11 v2.20, section 11.1).
///
/// This is not an enumeration because vendors have codes of their own.
struct CryptokiReturn: RawRepresentable, Error, Sendable, Hashable {
  let rawValue: UInt

  init(rawValue: UInt) { self.rawValue = rawValue }

  /// The name of the code, or its number if it has none.
  var name: String {
    if let name = Self.names[rawValue] { return name }
    // 32-bit modules return vendor codes sign-extended.
    let short = rawValue & 0xFFFF_FFFF
    if short >= 0x8000_0000 { return "CKR_VENDOR_DEFINED + \(short - 0x8000_0000)" }
    return "0x" + String(rawValue, radix: 16, uppercase: true)
  }
}
