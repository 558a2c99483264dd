import CLinux
import Glibc
import Synchronization

/// The processes that a hosted program started and that outlive it, those included that left its process group.
///
/// While programs are hosted, whoever loses its parent becomes our child instead of init's, and so can be found.
enum Orphans {
  /// Who is a child of ours by right.
  private struct Hosting {
    /// How many programs are hosted, or about to be.
    var count = 0
    /// How many of them are not known by their number yet.
    var starting = 0
    var programs: Set<pid_t> = []
    /// The children that this process had before it hosted anything: those of the shell that became it.
    var inherited: Set<pid_t> = []
  }

  private static let hosting = Mutex(Hosting())

  /// The time in which a program is hosted.
  final class Adoption: Sendable {
    private let program = Mutex<pid_t?>(nil)

    /// From now on orphans become our children.
    ///
    /// The adoption is a property of the whole process, and would outlast even an `execve`: the last one ends it.
    init() {
      hosting.withLock { hosting in
        hosting.count += 1
        hosting.starting += 1
        guard hosting.count == 1 else { return }
        hosting.inherited = Set(ProcessTable.childrenOfFirstThread() ?? children().map(\.pid))
        _ = adopt_orphans(1)
      }
    }

    /// It has been started, in a process group of its own.
    func began(_ pid: pid_t) {
      program.withLock { $0 = pid }
      hosting.withLock { hosting in
        hosting.starting -= 1
        hosting.programs.insert(pid)
      }
    }

    /// It has ended, or could not be started: ends whatever is left of it.
    func end() {
      let pid = program.withLock(\.self)
      if let pid { reap(-pid) }
      hosting.withLock { hosting in
        if let pid { hosting.programs.remove(pid) } else { hosting.starting -= 1 }
      }
      // One that is ended leaves its own children to us: as deep as they are nested, but not for ever.
      for _ in 0..<64 {
        let strangers = endStrangers()
        guard !strangers.isEmpty else { break }
        for stranger in strangers { reap(stranger) }
      }
      hosting.withLock { hosting in
        hosting.count -= 1
        if hosting.count == 0 { _ = adopt_orphans(0) }
      }
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

  /// Ends our children that are so by adoption only, and returns them. None is started meanwhile.
  private static func endStrangers() -> [pid_t] {
    hosting.withLock { hosting in
      let strangers = children().filter { isStranger($0, hosting) }.map(\.pid)
      for stranger in strangers { kill(stranger, SIGKILL) }
      return strangers
    }
  }

  private static func isStranger(_ child: ProcessTable.Entry, _ hosting: Hosting) -> Bool {
    if hosting.inherited.contains(child.pid) || hosting.programs.contains(child.pid) { return false }
    // Those we start ourselves stay in our session; a daemon has one of its own.
    if child.session != getsid(0) { return true }
    // One that only left its group (setpgid(2), `set -m`) looks like a program that is just being started; what a program
    // that still runs has in its group is its own business.
    if hosting.starting > 0 || hosting.programs.contains(child.group) { return false }
    // In our own group it may also be an orphan of those that were there before.
    return child.group != getpgrp() || hosting.inherited.isEmpty
  }

  private static func children() -> [ProcessTable.Entry] {
    ProcessTable.entries().filter { $0.parent == getpid() }
  }
}
