import SystemPackage

/// Paths of files that name each other.
package enum RelativePath {
  /// `name`, as it is meant in a file at `file`.
  static func path(_ name: String, besides file: String) -> String {
    FilePath(file).removingLastComponent().pushing(FilePath(name)).string
  }

  /// The path without `.`, `..` and doubled slashes, by which a file is known again.
  package static func normalized(_ path: String) -> String {
    // Most are normal already, and the repair of a file asks for the same one again and again.
    let isNormal =
      !path.isEmpty && !path.utf8.contains(0)
      && path.dropFirst(path.hasPrefix("/") ? 1 : 0).split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains($0) }
    return isNormal ? path : FilePath(path).lexicallyNormalized().string
  }
}
