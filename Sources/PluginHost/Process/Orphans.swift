import CLinux
import Glibc
import Synchronization

/// The processes that a hosted program started and that outlive it, those included that left its process group.
///
/// While programs are hosted, whoever loses its parent becomes our child instead of init's, and so can be found.
enum Orphans {
  /// How many programs are hosted now. The adoption is a property of the whole process, and would outlast even an
  /// `execve`: the last one ends it.
  private static let hosted = Mutex(0)

  /// From now on orphans become our children.
  static func beginAdoption() {
    hosted.withLock { count in
      count += 1
      if count == 1 { _ = adopt_orphans(1) }
    }
  }

  /// Ends whatever is left of a program that has ended itself.
  ///
  /// - Parameter group: its process group, which was ended as a whole.
  static func endAdoption(of group: pid_t?) {
    if let group { reap(-group) }
    // One that is ended leaves its own children to us: as deep as they are nested, but not for ever.
    for _ in 0..<64 {
      let strangers = childrenOfOtherSessions()
      guard !strangers.isEmpty else { break }
      for stranger in strangers { kill(stranger, SIGKILL) }
      for stranger in strangers { reap(stranger) }
    }
    hosted.withLock { count in
      count -= 1
      if count == 0 { _ = adopt_orphans(0) }
    }
  }

  /// Takes note of the end of children that were killed; for a tenth of a second at most, as the kernel may hold one back.
  private static func reap(_ children: pid_t) {
    for _ in 0..<100 {
      let reaped = waitpid(children, nil, WNOHANG)
      if reaped < 0, errno != EINTR { return }
      if reaped == 0 { usleep(1000) }
    }
  }

  /// Those we start ourselves stay in our session; a daemon has one of its own.
  private static func childrenOfOtherSessions() -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let pid = pid_t(name), parent(of: pid) == getpid(), getsid(pid) != getsid(0) else { continue }
      found.append(pid)
    }
    return found
  }

  /// Whose child it is (proc(5), `/proc/PID/stat`).
  private static func parent(of pid: pid_t) -> pid_t? {
    let descriptor = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = read(descriptor, &bytes, bytes.count)
    // After the name, which stands in brackets and may hold anything: the state, then the parent.
    guard count > 0, let bracket = bytes[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(bracket + 1)..<count].split(separator: UInt8(ascii: " "))
    return fields.count > 1 ? pid_t(String(decoding: fields[1], as: UTF8.self)) : nil
  }
}
