/// The folder under which the workstation's paths are looked for: `/`, or where an image of it is mounted.
struct Root: Sendable {
  /// The workstation itself.
  static let workstation = Root(prefix: "")

  /// What precedes every path; empty for the workstation itself.
  private let prefix: String

  private init(prefix: String) { self.prefix = prefix }

  /// The root at an absolute path; `nil` if it is not one.
  init?(_ path: String) {
    guard let path = absolute(path) else { return nil }
    self.init(prefix: path == "/" ? "" : path)
  }

  /// Where an absolute path of the workstation lies.
  func path(_ absolute: String) -> String { prefix + absolute }

  /// The folder itself, where it is another than `/`.
  var elsewhere: String? { prefix.isEmpty ? nil : prefix }
}

/// An absolute path without what says nothing in it (`//`, `/./`, a slash at the end); `nil` if it
/// is relative.
///
/// No path holds control characters: a NUL would end it early for the system.
func absolute(_ path: String) -> String? {
  guard path.utf8.first == UInt8(ascii: "/") else { return nil }
  guard path.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
  let components = path.unicodeScalars.split(separator: "/").map { String($0) }
  return "/" + components.filter { $0 != "." }.joined(separator: "/")
}
