import Crypto

/// The key with which verdicts are signed: whoever has it may say that a lot may be sent.
///
/// It prints as nothing.
package struct SigningKey: Sendable {
  /// The fewest bytes that a key has: as many as the digest (RFC 2104, section 3).
  package static let fewestBytes = 32

  private let key: SymmetricKey

  /// The key that those bytes are; nothing where they are too few.
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
