extension [String] {
  /// Returns the texts one after the other, with the separator between them.
  ///
  /// In place of the standard library's, which asks the runtime for conformances: that alone costs a fiftieth of a whole check.
  package func joined(separator: String = "") -> String {
    var joined = ""
    joined.reserveCapacity(reduce(0) { $0 + $1.utf8.count + separator.utf8.count })
    for (index, text) in enumerated() {
      if index > 0 { joined += separator }
      joined += text
    }
    return joined
  }
}
