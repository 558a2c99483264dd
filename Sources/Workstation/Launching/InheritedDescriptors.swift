import Glibc
import Processes

/// The descriptors that the program was started with, for the command that it becomes.
package struct InheritedDescriptors: Sendable {
  /// Nil if they could not be listed.
  private let numbers: Set<Int32>?

  /// Those that are open now: to be asked for before anything is opened.
  package init() { numbers = Self.open }

  /// Has every other one closed when the program becomes the command, whichever library opened it, save `kept`.
  func closeAllOthers(but kept: Int32?) {
    // Without the list, what we open ourselves is closed all the same: all of it is marked where it is opened.
    guard let numbers, let open = Self.open else { return }
    for number in open where !numbers.contains(number) && number != kept {
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }
  }

  private static var open: Set<Int32>? {
    guard let names = try? FolderListing.names(in: "/proc/self/fd") else { return nil }
    // The list names the descriptor that it was itself read from.
    return Set(names.compactMap { Int32($0) }.filter { fcntl($0, F_GETFD) >= 0 })
  }
}
