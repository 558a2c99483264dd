/// The name of a plugin, which its executable, its facts, sources and checks bear: `erp` in `erp/account`.
package struct PluginName: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  /// A lower-case letter, then letters, digits and `-`: at most 32.
  package init?(_ name: String) {
    let isLetter: (UInt8) -> Bool = { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    let isDigit: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard name.utf8.count <= 32, name.utf8.first.map(isLetter) == true,
      name.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    description = name
  }
}
