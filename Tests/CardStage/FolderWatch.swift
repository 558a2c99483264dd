import Glibc

/// Waits for what other processes do with the files of a folder (inotify(7)).
package struct FolderWatch: ~Copyable {
  private let descriptor: Int32

  /// Watches a folder from now on.
  ///
  /// - Throws: ``StageFault`` if it cannot be watched.
  package init(_ folder: String) throws {
    descriptor = inotify_init1(Int32(IN_CLOEXEC))
    // A file is closed when no process has it open or mapped any more, so the end of a process is seen as well.
    let events =
      IN_CREATE | IN_MODIFY | IN_ATTRIB | IN_MOVED_TO | IN_DELETE | IN_CLOSE_WRITE | IN_CLOSE_NOWRITE
    guard descriptor >= 0, inotify_add_watch(descriptor, folder, UInt32(events)) >= 0 else {
      throw StageFault("cannot watch \(folder)")
    }
  }

  deinit { close(descriptor) }

  /// Returns when the condition holds, which is examined now and after each change.
  ///
  /// - Parameter seconds: how long nothing may happen.
  /// - Throws: ``StageFault`` if nothing happened for that long.
  package func wait(for what: String, seconds: Int32 = 60, until isSo: () -> Bool) throws {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !isSo() {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, seconds * 1000) > 0, read(descriptor, &buffer, buffer.count) > 0 else {
        throw StageFault("waited \(seconds) s for \(what)")
      }
    }
  }
}
