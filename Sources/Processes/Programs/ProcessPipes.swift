import Glibc
import Preflight
import Synchronization

/// The pipes between this process and a program that it runs.
///
/// Their ends do not leak into other programs that are started at the same time, because each supervisor closes all
/// but its own. If another program held one, its end would never be seen.
final class ProcessPipes: Sendable {
  /// The two ends of a pipe.
  struct Ends: Sendable {
    let read: Int32
    let write: Int32

    fileprivate init() throws(ProgramFault) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw .failed(String(cString: strerror(errno))) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (read, write) = (ends[0], ends[1])
    }

    fileprivate func closeBoth() {
      close(read)
      close(write)
    }
  }

  let input: Ends
  let output: Ends
  let errors: Ends
  private let inputIsOpen = Mutex(true)
  private let farEndsAreOpen = Mutex(true)

  init() throws(ProgramFault) {
    let input = try Ends()
    do throws(ProgramFault) {
      let output = try Ends()
      do throws(ProgramFault) {
        errors = try Ends()
      } catch {
        output.closeBoth()
        throw error
      }
      self.output = output
    } catch {
      input.closeBoth()
      throw error
    }
    self.input = input
  }

  /// Closes our end of the input, so that the program sees its end.
  func closeInput() {
    inputIsOpen.withLock { isOpen in
      if isOpen { close(input.write) }
      isOpen = false
    }
  }

  /// Closes the program's ends, so that we see the end of its output.
  func closeFarEnds() {
    farEndsAreOpen.withLock { areOpen in
      if areOpen { for end in [input.read, output.write, errors.write] { close(end) } }
      areOpen = false
    }
  }

  deinit {
    closeInput()
    closeFarEnds()
    close(output.read)
    close(errors.read)
  }
}
