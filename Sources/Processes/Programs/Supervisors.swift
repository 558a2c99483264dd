import CSupervisor
import Glibc
import Synchronization

/// The running supervisors, and the processes left by a program that has ended its own supervisor.
///
/// While a supervisor runs, this process is the subreaper of its descendants: a process that loses its supervisor
/// becomes our child. It is distinguished by its age and its session from children that are none of a supervisor's. This is only
/// examined if a supervisor did not end by itself.
package enum Supervisors {
  private struct State {
    var running: Set<pid_t> = []
    /// Whether this process was a subreaper before. Nil while no supervisor runs.
    var before: Int32?
  }

  private static let state = Mutex(State())
  /// How long the remaining processes may take to end, in milliseconds.
  private static let patience = 5000

  /// Starts a supervisor, under a lock so that it is not mistaken for an orphan.
  static func start(_ start: () -> pid_t) -> pid_t {
    state.withLock { state in
      if state.before == nil {
        state.before = is_subreaper()
        _ = become_subreaper(1)
      }
      let supervisor = start()
      if supervisor > 0 { state.running.insert(supervisor) }
      restore(&state)
      return supervisor
    }
  }

  /// Waits for a supervisor that has ended or was sent SIGKILL. Afterwards none of its descendants is left.
  static func awaitEnd(of supervisor: pid_t) {
    let start = ProcessEntry(of: supervisor)?.start
    var status: Int32 = 0
    while waitpid(supervisor, &status, 0) < 0, errno == EINTR {}
    state.withLock { _ = $0.running.remove(supervisor) }
    // One that was killed may leave processes. One that exits has ended them all, or has started none.
    if status & 0x7F != 0, let start { endOrphans(since: start) }
    state.withLock { restore(&$0) }
  }

  /// Returns whether the process is stopped or traced and so cannot act.
  static func isStopped(_ supervisor: pid_t) -> Bool { ProcessEntry(of: supervisor)?.isStopped == true }

  /// Restores the subreaper setting that this process had before, so that the program that replaces it (`exec`)
  /// gets only its own children.
  package static func leaveProcess() {
    state.withLock { state in
      if let before = state.before { _ = become_subreaper(max(0, before)) }
      state.before = nil
    }
  }

  private static func restore(_ state: inout State) {
    guard state.running.isEmpty, let before = state.before else { return }
    _ = become_subreaper(max(0, before))
    state.before = nil
  }

  /// Ends our children that are not supervisors and are not older than `since`. The children of a process that ends
  /// become ours.
  private static func endOrphans(since start: UInt64) {
    let end = MonotonicClock.milliseconds() + patience
    var looksInVain = 0
    // A single pass may miss processes that fork in the meantime.
    while looksInVain < 2, MonotonicClock.milliseconds() < end {
      let found = state.withLock { state in
        let orphans = ProcessEntry.children(of: getpid())
          .filter {
            // A supervisor begins a session, which nothing below it can leave for ours.
            $0.start >= start && $0.session != getsid(0) && !state.running.contains($0.number)
          }
        // Their process ids cannot be reused before we collect their ends.
        for orphan in orphans {
          kill(orphan.number, SIGKILL)
          var status: Int32 = 0
          waitpid(orphan.number, &status, WNOHANG)
        }
        return !orphans.isEmpty
      }
      looksInVain = found ? 0 : looksInVain + 1
      if found { usleep(1000) }
    }
  }
}

/// A process as /proc/NUMBER/stat describes it (proc_pid_stat(5)).
private struct ProcessEntry {
  let number: pid_t
  let parent: pid_t
  let session: pid_t
  /// The start time, in ticks since the machine was started.
  let start: UInt64
  let isStopped: Bool

  init?(of number: pid_t) {
    let descriptor = open("/proc/\(number)/stat", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = read(descriptor, &bytes, bytes.count)
    // The name is in parentheses and may contain anything; after it come the state, the parent, …
    guard count > 0, let bracket = bytes[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(bracket + 1)..<count].split(separator: UInt8(ascii: " "))
    guard fields.count > 19, let parent = pid_t(String(decoding: fields[1], as: UTF8.self)),
      let session = pid_t(String(decoding: fields[3], as: UTF8.self)),
      let start = UInt64(String(decoding: fields[19], as: UTF8.self))
    else { return nil }
    self.number = number
    self.parent = parent
    self.session = session
    self.start = start
    isStopped = fields[0].first == UInt8(ascii: "T") || fields[0].first == UInt8(ascii: "t")
  }

  /// Returns the children of a process. Empty if /proc belongs to another PID namespace.
  static func children(of parent: pid_t) -> [ProcessEntry] {
    var own = [UInt8](repeating: 0, count: 16)
    let count = readlink("/proc/self", &own, own.count)
    guard count > 0, pid_t(String(decoding: own[..<count], as: UTF8.self)) == getpid(),
      let folder = opendir("/proc")
    else { return [] }
    defer { closedir(folder) }
    var children: [ProcessEntry] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let number = pid_t(name), let process = ProcessEntry(of: number), process.parent == parent {
        children.append(process)
      }
    }
    return children
  }
}
