import Crypto
package import Preflight

/// What tells one number from another without telling the number: that of a card, or a billing identifier.
package enum CheckValue {
  /// With a key, an HMAC, which is as good as the number for comparing, and leads to it for nobody without the key.
  ///
  /// Without, a few bits of a digest, which as many other numbers have in common: more of them, or a salt that differs
  /// from verdict to verdict and gives others each time, would lead to the number by trying all there are.
  package static func of(_ number: Personal, key: SigningKey?) -> String {
    let bytes = Array("cps-preflight/number/1\0\(number.unmasked)".utf8)
    guard let key else { return Hexadecimal.text(of: Array(SHA256.hash(data: bytes)).prefix(length(number))) }
    return Hexadecimal.text(of: key.code(of: bytes))
  }

  /// In bytes. Masks show two of the nine digits of a billing identifier, one of which is a key: there are a million.
  private static func length(_ number: Personal) -> Int { number.kind == .cardNumber ? 2 : 1 }
}
