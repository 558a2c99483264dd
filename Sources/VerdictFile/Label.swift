import Preflight

/// A name and a value that a verdict carries into monitoring and CI systems: the caller's own (`--label`), or what tells
/// the card's metrics from another's.
package struct Label: Sendable, Hashable {
  package let name: String
  package let value: String

  /// What metrics call their own parts.
  private static let reserved: Set<String> = ["use", "rule", "severity", "outcome", "sha256"]
  /// The most characters of a name and of a value.
  private static let limits = (name: 64, value: 256)

  /// What `NAME=VALUE` says; nil where the name is none that Prometheus takes for a label (letters, digits and `_`, no
  /// digit first, not `__` first), where metrics have a label of that name themselves, or where the value is empty.
  package init?(notation: String) {
    guard let sign = notation.firstIndex(of: "=") else { return nil }
    let name = notation[..<sign]
    let value = notation[notation.index(after: sign)...]
    guard let first = name.utf8.first, first > UInt8(ascii: "9"), !name.hasPrefix("__"),
      name.utf8.allSatisfy(Self.isOfName), name.utf8.count <= Self.limits.name,
      !Self.reserved.contains(String(name)), !value.isEmpty, value.count <= Self.limits.value
    else { return nil }
    self.init(name: String(name), value: printable(String(value)))
  }

  private init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// What tells the metrics of that card from those of others: its reader, else the check value of its number, else the
  /// name, without folder and suffix, of the file they are written to; nil where there is nothing of these.
  package init?(of card: CardMark?, in file: String?) {
    if let reader = card?.reader, !reader.isEmpty {
      self.init(name: "reader", value: printable(reader, limit: Self.limits.value))
    } else if let check = card?.numberCheck {
      self.init(name: "card", value: check)
    } else if let name = file?.split(separator: "/").last {
      let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
      let shown = stem.isEmpty ? name : stem
      self.init(name: "file", value: printable(String(shown), limit: Self.limits.value))
    } else {
      return nil
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
