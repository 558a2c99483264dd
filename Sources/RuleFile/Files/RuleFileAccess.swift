package import Preflight
import SystemPackage

/// Provides the files that a rule file builds on.
package protocol RuleFileAccess {
  /// The bytes of an included file.
  ///
  /// - Throws: ``FileFault`` with the reason why it cannot be read.
  func contents(of path: String) throws(FileFault) -> [UInt8]

  /// The shipped rule file.
  ///
  /// - Throws: ``FileFault`` with the reason why they cannot be read.
  func shippedRules() throws(FileFault) -> ReadFile

  /// The identity of the file at that path, the same for all its names.
  func identity(of path: String) -> String
}

extension RuleFileAccess {
  /// The normalised path, for files that have only one name.
  package func identity(of path: String) -> String { RelativePath.normalized(path) }
}

/// A file that was read: its name for people, and its bytes.
package struct ReadFile: Sendable, Hashable {
  /// The name that diagnostics show.
  package let name: String
  /// The whole content, as read.
  package let bytes: [UInt8]
  /// Whether the file is embedded in the program, so that it has no path.
  package let isBuiltIn: Bool

  /// Makes a file from its content.
  ///
  /// - Parameter isBuiltIn: whether the content is embedded in the program.
  package init(name: String, bytes: [UInt8], isBuiltIn: Bool = false) {
    self.name = name
    self.bytes = bytes
    self.isBuiltIn = isBuiltIn
  }
}

/// The access of a rule file that stands alone: every other file is missing.
package struct NoOtherFiles: RuleFileAccess {
  /// Makes an access without any file.
  package init() {}
  /// Always throws ``FileFault/missing``.
  package func contents(of path: String) throws(FileFault) -> [UInt8] { throw .missing }
  /// Always throws ``FileFault/missing``, so that `extends: default` is reported.
  package func shippedRules() throws(FileFault) -> ReadFile { throw .missing }
}

/// The paths of files that refer to each other.
package enum RelativePath {
  /// `name`, as it is meant in a file at `file`.
  package static func path(_ name: String, besides file: String) -> String {
    FilePath(file).removingLastComponent().pushing(FilePath(name)).string
  }

  /// The path without `.`, `..` and doubled slashes, to recognise a file.
  package static func normalized(_ path: String) -> String {
    // Most paths are normal already, and the repair of a file asks for the same one again and again.
    let isNormal =
      !path.isEmpty && !path.utf8.contains(0)
      && path.dropFirst(path.hasPrefix("/") ? 1 : 0).split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains($0) }
    return isNormal ? path : FilePath(path).lexicallyNormalized().string
  }
}
