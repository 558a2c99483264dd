/// A number of bytes, written as a whole number with a unit: `512KiB`, `10MiB`, `1GiB`.
package struct ByteCount: Sendable, Hashable {
  /// The number of bytes, from 1 KiB to 1 GiB.
  package let bytes: Int

  /// Parses the notation. Returns nil for anything else, below 1 KiB or above 1 GiB.
  package init?(notation: some StringProtocol) {
    let digits = notation.prefix { ("0"..."9").contains($0) }
    guard (1...7).contains(digits.utf8.count), let number = Int(digits) else { return nil }
    switch notation.dropFirst(digits.count) {
    case "KiB": bytes = number << 10
    case "MiB": bytes = number << 20
    case "GiB": bytes = number << 30
    default: return nil
    }
    guard (1 << 10...1 << 30).contains(bytes) else { return nil }
  }
}
