package import Preflight
import SystemPackage

/// Where the files come from that a rule file builds on.
package protocol RuleFileAccess {
  /// The bytes of an included file. Throws why it cannot be read.
  func contents(of path: String) throws(FileFault) -> [UInt8]

  /// The rules that come with the program. Throws why they cannot be read.
  func shippedRules() throws(FileFault) -> ReadFile

  /// What tells the file at that path from every other one, whichever of its names it is called by.
  func identity(of path: String) -> String
}

extension RuleFileAccess {
  /// The path itself, where files have one name each.
  package func identity(of path: String) -> String { RelativePath.normalized(path) }
}

/// A file that was read: its name for people, and its bytes.
package struct ReadFile: Sendable, Hashable {
  package let name: String
  package let bytes: [UInt8]
  /// Whether it is part of the program, so that no path leads to it.
  package let isBuiltIn: Bool

  package init(name: String, bytes: [UInt8], isBuiltIn: Bool = false) {
    self.name = name
    self.bytes = bytes
    self.isBuiltIn = isBuiltIn
  }
}

/// For a rule file that stands alone.
package struct NoOtherFiles: RuleFileAccess {
  package init() {}
  package func contents(of path: String) throws(FileFault) -> [UInt8] { throw .missing }
  package func shippedRules() throws(FileFault) -> ReadFile { throw .missing }
}

/// Paths of files that name each other.
package enum RelativePath {
  /// `name`, as it is meant in a file at `file`.
  package static func path(_ name: String, besides file: String) -> String {
    FilePath(file).removingLastComponent().pushing(FilePath(name)).string
  }

  /// The path without `.`, `..` and doubled slashes, by which a file is known again.
  package static func normalized(_ path: String) -> String { FilePath(path).lexicallyNormalized().string }
}
