import Preflight

/// A name and a value that a verdict passes to monitoring and CI systems: given by the caller (`--label`), or
/// identifying the card whose metrics these are.
package struct Label: Sendable, Hashable {
  /// The name, which Prometheus accepts as the name of a label.
  package let name: String
  /// The value, not empty.
  package let value: String

  /// The names of the labels that the metrics already have.
  private static let reserved: Set<String> = ["use", "rule", "severity", "outcome", "sha256"]
  /// The maximum length of a name and of a value, in characters.
  private static let limits = (name: 64, value: 256)

  /// Parses `NAME=VALUE`. Returns nil if the name is not a valid Prometheus label (letters, digits and `_`, not
  /// beginning with a digit or `__`), if the metrics already have a label of that name, or if the value is empty.
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

  /// Returns the labels that distinguish the metrics of a verdict from those of others, as far as each is known: the reader, the check
  /// value of the card's number, the selected billing situation, and the name, without folder and suffix, of the file that they are
  /// written to. Of one folder, no two files have the same labels.
  package static func marks(of card: CardMark?, _ selection: SelectionMark?, in file: String?) -> [Label] {
    var marks: [Label] = []
    func add(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      marks.append(Label(name: name, value: printable(value, limit: limits.value)))
    }
    add("reader", card?.reader)
    add("card", card?.numberCheck)
    add("situation", selection.flatMap { $0.situation.map(String.init) ?? $0.identifierCheck })
    if let name = file?.split(separator: "/").last {
      let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
      add("file", String(stem.isEmpty ? name : stem))
    }
    return marks
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
