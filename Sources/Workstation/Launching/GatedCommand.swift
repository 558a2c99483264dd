import Glibc

/// A command and its arguments, as the system handed them to this program: not as text, which they need not be.
package struct GatedCommand: Sendable {
  /// How many of the program's arguments are the command's; at least one.
  private let count: Int

  /// The command that the last `count` arguments of this program are.
  package init?(last count: Int) {
    guard (1..<Int(CommandLine.argc)).contains(count) else { return nil }
    self.count = count
  }

  /// Its name as messages show it.
  @MainActor
  package var shownName: String {
    String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Finds its file. Throws why it cannot be executed.
  @MainActor
  package func find() throws(CommandFault) -> CommandFile { try CommandFile.find(name) }

  /// The files that it may be, in the order in which they are tried.
  @MainActor
  package var candidates: [String] {
    CommandFile.candidates(name).map { path in
      String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// The arguments, the command's name first, with the `nil` at their end.
  @MainActor
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    CommandLine.unsafeArgv + (Int(CommandLine.argc) - count)
  }

  /// The name, with the NUL at its end.
  @MainActor
  private var name: [CChar] {
    guard let name = arguments[0] else { return [0] }
    return Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
  }
}
