import Crypto

/// The key with which verdicts are signed: who has it may say that a lot may be sent.
///
/// It prints as nothing.
package struct SigningKey: Sendable {
  /// The fewest bytes that a key has: as many as the digest (RFC 2104, section 3).
  package static let fewestBytes = 32

  private let key: SymmetricKey

  /// The key that those bytes are; nil if they are too few.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.fewestBytes else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// The HMAC-SHA-256 of those bytes.
  func code(of bytes: some Sequence<UInt8>) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(bytes), using: key))
  }

  /// Whether that is the HMAC-SHA-256 of those bytes; takes as long whatever differs.
  func isCode(_ code: [UInt8], of bytes: some Sequence<UInt8>) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(bytes), using: key)
  }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "key" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

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
    // So ends every object of several lines; one that did not would only fail to be verified.
    guard unsigned.hasSuffix(end) else { return unsigned }
    let signature = Hexadecimal.text(of: key.code(of: unsigned.utf8))
    return unsigned.dropLast(end.count) + before + signature + after
  }

  /// Takes a signed document apart; nil if it does not end with a signature.
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
