import Glibc
import Synchronization

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The pipes between this process and a program that it runs.
///
/// None of their ends reaches another program that happens to be started at the same time, as swift-subprocess closes what it
/// is not told to hand on: as long as a stranger held one, nobody would see its end.
final class ProcessPipes: Sendable {
  /// The two ends of a pipe.
  struct Ends: Sendable {
    let read: FileDescriptor
    let write: FileDescriptor

    fileprivate init() throws {
      (read, write) = try FileDescriptor.pipe()
      for end in [read, write] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    }
  }

  let input: Ends
  let output: Ends
  let errors: Ends
  private let inputIsOpen = Mutex(true)

  init() throws {
    input = try Ends()
    output = try Ends()
    errors = try Ends()
  }

  /// Closes our end of the input, so that the program sees where it ends.
  func closeInput() {
    inputIsOpen.withLock { isOpen in
      if isOpen { try? input.write.close() }
      isOpen = false
    }
  }

  /// The program's ends are closed when it has been started, or could not be.
  deinit {
    closeInput()
    try? output.read.close()
    try? errors.read.close()
  }
}
