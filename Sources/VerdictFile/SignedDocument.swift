/// A JSON object that carries, as its very last member, the HMAC-SHA-256 of the object without it.
///
/// Of the bytes as they stand: nobody has to agree how the same JSON might be written otherwise. docs/verdict.md.
package struct SignedDocument: Sendable {
  /// The name of the member.
  package static let member = "signature"

  private static let end = "\n}\n"
  private static let before = ",\n  \"\(member)\" : \"hmac-sha256:"
  private static let after = "\"\n}\n"
  private static let digits = 64

  /// The object without its signature.
  package let unsigned: [UInt8]
  private let signature: [UInt8]

  /// The text of an object, several lines long, with its signature.
  package static func text(_ unsigned: String, signedWith key: SigningKey) -> String {
    // `JSONDocument` ends all its objects so; what did not would only fail to be verified.
    guard unsigned.hasSuffix(end) else { return unsigned }
    let signature = Hexadecimal.text(of: key.code(of: unsigned.utf8))
    return unsigned.dropLast(end.count) + before + signature + after
  }

  /// Takes a signed document apart; nothing where it ends otherwise than with a signature.
  package init?(_ bytes: [UInt8]) {
    let length = Self.before.utf8.count + Self.digits + Self.after.utf8.count
    guard bytes.count > length else { return nil }
    let tail = bytes.suffix(length)
    let code = tail.dropFirst(Self.before.utf8.count).prefix(Self.digits)
    guard tail.starts(with: Self.before.utf8),
      tail.suffix(Self.after.utf8.count).elementsEqual(Self.after.utf8),
      let signature = Hexadecimal.bytes(code)
    else { return nil }
    self.signature = signature
    unsigned = bytes.dropLast(length) + Array(Self.end.utf8)
  }

  /// Whether who signed it had that key, and nothing was altered since.
  package func isSigned(with key: SigningKey) -> Bool { key.isCode(signature, of: unsigned) }
}
