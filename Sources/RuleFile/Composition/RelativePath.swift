import SystemPackage

/// Paths of files that name each other.
package enum RelativePath {
  /// `name`, as it is meant in a file at `file`.
  package static func path(_ name: String, besides file: String) -> String {
    FilePath(file).removingLastComponent().pushing(FilePath(name)).string
  }

  /// The path without `.`, `..` and doubled slashes, by which a file is known again.
  package static func normalized(_ path: String) -> String { FilePath(path).lexicallyNormalized().string }
}
