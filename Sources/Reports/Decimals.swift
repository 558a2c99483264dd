/// Numbers as machines read them, without a locale.
enum Decimals {
  /// Milliseconds as seconds with three decimals.
  static func seconds(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
