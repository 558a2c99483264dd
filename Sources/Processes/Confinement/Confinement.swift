import CSupervisor
import Glibc
package import Preflight

/// What a program that is not trusted, and all that it starts, may not do although the user who runs it may.
///
/// It is set between fork(2) and execve(2), and cannot be undone. Where the kernel has no Landlock, the part of it
/// that needs Landlock is left out (docs/security.md).
package struct Confinement: Sendable, Hashable {
  /// A limit of the system on one process (setrlimit(2)).
  package enum Limit: Sendable, Hashable {
    /// No core dump, in a file or by a program that the kernel pipes it to.
    case noCoreDump
    /// The bytes of memory of its own.
    case memory(Int)
    /// The bytes of its address space, shared memory and mapped files included.
    case addressSpace(Int)
    /// The descriptors that it may have open.
    case openFiles(Int)
    /// The bytes of a file that it writes.
    case fileSize(Int)
    /// The processes that it may start, roughly. The system counts all those of the user, so this is the number of
    /// processes on the machine and that many more. Root is not limited.
    case processes(Int)
  }

  /// The limits.
  package var limits: [Limit]
  /// The folders and files in which it may write; nil if it may do so wherever the user may. If they are given, it can gain
  /// no privileges either, nor signal or trace any process but those that it starts.
  package var writes: [String]?
  /// Folders in which other programs that are not trusted may write: no link in them is followed on the way to ``writes``.
  package var othersWrite: [String] = []
  /// Whether it may use TCP, and Unix sockets without a path. Only looked at if ``writes`` is given.
  package var mayUseNetwork: Bool
  /// Whether it has an empty folder for temporary files, named by `TMPDIR`, which is removed afterwards.
  package var hasOwnFolder: Bool

  /// Makes a confinement; by default it forbids nothing.
  package init(
    limits: [Limit] = [], writes: [String]? = nil, mayUseNetwork: Bool = true, hasOwnFolder: Bool = false
  ) {
    self.limits = limits
    self.writes = writes
    self.mayUseNetwork = mayUseNetwork
    self.hasOwnFolder = hasOwnFolder
  }

  /// The confinement of the isolated reader of cards, in which a PKCS#11 module runs.
  ///
  /// The address space is sixteen times the memory, for a module that maps large files. A file may be many
  /// times as long as the module's cache.
  package static func module(reaching reach: ProgramReach) -> Confinement {
    Confinement(
      limits: [
        .noCoreDump, .memory(256 << 20), .addressSpace(4 << 30), .openFiles(256), .fileSize(64 << 20),
        .processes(64),
      ],
      writes: reach.writes, mayUseNetwork: reach.network)
  }

  /// The confinement of a plugin from outside. Its memory and its network are not limited.
  ///
  /// - Parameters:
  ///   - folders: where it may write, as its entry in the rule file says; nil if it says nothing, and then the plugin
  ///     runs as the user does.
  ///   - others: where other plugins may write.
  package static func plugin(writing folders: [String]?, besides others: [String] = []) -> Confinement {
    guard let folders else { return Confinement(limits: [.noCoreDump], hasOwnFolder: true) }
    var confinement = Confinement(
      limits: [.noCoreDump, .openFiles(1024), .fileSize(1 << 30), .processes(512)], writes: folders,
      hasOwnFolder: true)
    confinement.othersWrite = others
    return confinement
  }

  /// Devices that keep nothing, which programs expect to be able to write to.
  private static let harmlessDevices = ["null", "zero", "full", "random", "urandom"].map { "/dev/\($0)" }

  /// The part of it that Landlock can enforce on this kernel; nil if Landlock is not needed, or not there.
  private var rights: Landlock.Rights? {
    guard writes != nil, case .version(let version) = Landlock.support else { return nil }
    return Landlock.Rights(version: version, mayUseNetwork: mayUseNetwork)
  }

  /// Calls `body` with the confinement as the supervisor sets it.
  ///
  /// - Parameter folder: the program's own folder.
  /// - Throws: ``ProgramFault`` if Landlock is there and cannot be used.
  func withSupervisors<Result>(
    folder: String?, _ body: (program_confinement) -> Result
  ) throws(ProgramFault) -> Result {
    var rules: Int32 = -1
    let rights = rights
    if let rights, let writes {
      do throws(Landlock.Fault) {
        rules = try Landlock.rules(rights, writing: writes + Self.harmlessDevices, besides: othersWrite)
      } catch {
        switch error {
        case .system(let code): throw .failed("landlock: \(String(cString: strerror(code)))")
        case .planted(let fault):
          let words = fault.message(LocalizedText(fr: "il n'est pas lancé", en: "it is not run"))
          throw .untrusted(
            LocalizedText(
              fr: "\(fault.path) \(words.french)", en: "\(fault.path) \(words.english)"))
        }
      }
    }
    defer { if rules >= 0 { close(rules) } }
    let limits = limits.compactMap(\.ofSystem)
    return limits.withUnsafeBufferPointer { limits in
      let confinement = { (folder: UnsafePointer<CChar>?) in
        program_confinement(
          limits: limits.baseAddress, limit_count: limits.count, gains_nothing: writes == nil ? 0 : 1,
          rules: rules, folder: folder, folder_rights: rights?.files ?? 0)
      }
      return folder.map { $0.withCString { body(confinement($0)) } } ?? body(confinement(nil))
    }
  }
}

extension Confinement.Limit {
  /// The limit as the system takes it; nil if it cannot be known.
  fileprivate var ofSystem: resource_limit? {
    switch self {
    // The kernel takes no dump at all where the limit is one byte; at zero it still pipes one to a program (core(5) does not
    // say so; fs/coredump.c does).
    case .noCoreDump: resource_limit(RLIMIT_CORE, 1)
    case .memory(let bytes): resource_limit(RLIMIT_DATA, bytes)
    case .addressSpace(let bytes): resource_limit(RLIMIT_AS, bytes)
    case .openFiles(let number): resource_limit(RLIMIT_NOFILE, number)
    case .fileSize(let bytes): resource_limit(RLIMIT_FSIZE, bytes)
    case .processes(let more):
      Self.processesOfMachine.map { resource_limit(__RLIMIT_NPROC, $0 + more) }
    }
  }

  /// The processes and threads on the machine, of all users; nil without /proc (proc(5), `loadavg`).
  private static var processesOfMachine: Int? {
    guard let stream = fopen("/proc/loadavg", "re") else { return nil }
    defer { fclose(stream) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    guard getline(&line, &capacity, stream) > 0, let line else { return nil }
    let fields = String(cString: line).split(separator: " ")
    return fields.count > 3 ? fields[3].split(separator: "/").last.flatMap { Int($0) } : nil
  }
}

extension resource_limit {
  fileprivate init(_ resource: __rlimit_resource, _ most: Int) {
    self.init(resource: Int32(resource.rawValue), most: rlim_t(most))
  }
}

/// The name of a program's own folder for temporary files, which its supervisor makes and removes.
enum OwnFolder {
  /// Returns a name that nobody else can guess, in the user's folder for temporary files.
  static func newPath() -> String {
    let given = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let parent = given.hasPrefix("/") ? given : "/tmp"
    var numbers = SystemRandomNumberGenerator()
    let name = (0..<2).map { _ in String(numbers.next(), radix: 36) }.joined()
    return "\(parent)/cps-preflight-\(name)"
  }
}
