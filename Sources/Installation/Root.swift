/// The folder that the workstation's paths start from: `/`, or the mount point of an image.
package struct Root: Sendable {
  /// The workstation itself.
  package static let workstation = Root(prefix: "")

  /// The prefix of every path; empty for the workstation itself.
  private let prefix: String

  private init(prefix: String) { self.prefix = prefix }

  /// The root at an absolute path; `nil` if it is not one.
  package init?(_ path: String) {
    guard let path = absolute(path) else { return nil }
    self.init(prefix: path == "/" ? "" : path)
  }

  /// The actual path of an absolute path of the workstation.
  package func path(_ absolute: String) -> String { prefix + absolute }

  /// The path of the root; `nil` if it is `/`.
  package var elsewhere: String? { prefix.isEmpty ? nil : prefix }
}

/// Normalises an absolute path: without `//`, `/./` and a slash at the end. Returns `nil` if it is relative.
///
/// Also returns `nil` if the path holds control characters: a NUL would end it early for the system.
package func absolute(_ path: String) -> String? {
  guard path.utf8.first == UInt8(ascii: "/") else { return nil }
  guard path.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
  let components = path.unicodeScalars.split(separator: "/").map { String($0) }
  return "/" + components.filter { $0 != "." }.joined(separator: "/")
}
