import Crypto

/// The key that verdicts are signed with. Its holders can declare that a lot may be sent.
///
/// It prints nothing of the key.
package struct SigningKey: Sendable {
  /// The minimum length of a key in bytes: that of the digest (RFC 2104, section 3).
  package static let fewestBytes = 32

  private let key: SymmetricKey

  /// Creates a key from the bytes. Returns nil if there are fewer than ``fewestBytes``.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.fewestBytes else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// Returns the HMAC-SHA-256 of the bytes.
  func code(of bytes: some Sequence<UInt8>) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(bytes), using: key))
  }

  /// Returns whether `code` is the HMAC-SHA-256 of the bytes, in constant time.
  func isCode(_ code: [UInt8], of bytes: some Sequence<UInt8>) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(bytes), using: key)
  }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
  /// A constant text, so that printing never shows the key.
  package var description: String { "key" }
  /// A mirror that exposes nothing, so that `dump` does not show the key.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A JSON object whose last member is the HMAC-SHA-256 of the object without that member.
///
/// The digest is of the bytes as written, so that no canonical form of JSON is needed; docs/verdict.md.
package struct SignedDocument: Sendable {
  /// The name of the member with the signature.
  package static let member = "signature"

  private static let end = "\n}\n"
  private static let before = ",\n  \"\(member)\" : \"hmac-sha256:"
  private static let after = "\"\n}\n"
  private static let digits = 64

  /// The bytes of the object without its signature.
  package let unsigned: [UInt8]
  private let signature: [UInt8]

  /// Returns the text of an object with its signature added. The object must be written on several lines.
  package static func text(_ unsigned: String, signedWith key: SigningKey) -> String {
    // All objects on several lines end like this. One that did not would stay unsigned and fail verification.
    guard unsigned.hasSuffix(end) else { return unsigned }
    let signature = Hexadecimal.text(of: key.code(of: unsigned.utf8))
    return unsigned.dropLast(end.count) + before + signature + after
  }

  /// Splits a signed document into its object and its signature. Returns nil if it does not end with a signature.
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

  /// Returns whether the document was signed with that key and has not been changed since.
  package func isSigned(with key: SigningKey) -> Bool { key.isCode(signature, of: unsigned) }
}
