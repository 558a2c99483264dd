import SystemPackage

/// The paths of files that refer to each other.
package enum RelativePath {
  /// The path that `name` means in a file at `file`.
  static func path(_ name: String, besides file: String) -> String {
    FilePath(file).removingLastComponent().pushing(FilePath(name)).string
  }

  /// The path without `.`, `..` and doubled slashes, to recognise a file.
  package static func normalized(_ path: String) -> String { FilePath(path).lexicallyNormalized().string }
}
