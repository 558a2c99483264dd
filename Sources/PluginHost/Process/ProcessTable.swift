import Glibc

/// The processes of the machine (proc(5)).
enum ProcessTable {
  struct Entry {
    let pid: pid_t
    let parent: pid_t
    let group: pid_t
    let session: pid_t
  }

  /// Those that can be seen.
  static func entries() -> [Entry] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [Entry] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let pid = pid_t(name), let process = self.entry(pid) { found.append(process) }
    }
    return found
  }

  /// The children of this process's first thread, which has those from before an `execve`; nothing where the kernel does not say.
  static func childrenOfFirstThread() -> [pid_t]? {
    text(of: "/proc/self/task/\(getpid())/children").map { $0.split(separator: " ").compactMap { pid_t($0) } }
  }

  private static func entry(_ pid: pid_t) -> Entry? {
    // After the name, which stands in brackets and may hold anything: the state, the parent, the group, the session.
    guard let text = text(of: "/proc/\(pid)/stat"), let bracket = text.lastIndex(of: ")") else { return nil }
    let fields = text[bracket...].split(separator: " ").dropFirst(2).prefix(3).compactMap { pid_t($0) }
    guard fields.count == 3 else { return nil }
    return Entry(pid: pid, parent: fields[0], group: fields[1], session: fields[2])
  }

  private static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
