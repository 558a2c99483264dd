/// Numbers for machines, independent of the locale.
enum Decimals {
  /// Returns milliseconds as seconds with three decimals.
  static func seconds(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
