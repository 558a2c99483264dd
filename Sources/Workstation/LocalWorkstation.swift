import Glibc
import PluginHost
package import Preflight
import Processes

/// The workstation that the program runs on.
package struct LocalWorkstation: WorkstationAccess {
  private let language: Language
  private let code: CodePorteur
  private let programs = OwnPrograms()

  /// - Parameters:
  ///   - language: the language of the person at the terminal.
  ///   - code: the code porteur, or none.
  package init(language: Language, code: CodePorteur = CodePorteur()) {
    self.language = language
    self.code = code
  }

  package var hasCode: Bool { code.bytes != nil }

  package var hasAudience: Bool { isatty(STDERR_FILENO) == 1 }

  package func askForCode() async -> Bool { await code.ask() }

  package func announce(_ words: LocalizedText) {
    guard hasAudience else { return }
    // The terminal may be closed: the verdict does not depend on this message.
    try? FileWriting.write(printable(words.rendered(in: language)) + "\n", to: STDERR_FILENO)
  }

  package func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] {
    try FileReading.contents(of: path, limit: limit, kinds: .regularOnly, within: .seconds(10))
  }

  package func names(in folder: String) throws(FileFault) -> [String] {
    do throws(FolderListing.Fault) { return try FolderListing.names(in: folder) } catch {
      throw FileFault(errno: error.code)
    }
  }

  package func status(of path: String) throws(FileFault) -> FileStatus {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileFault(errno: errno) }
    let kind: FileStatus.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    return FileStatus(
      kind, owner: Int(status.st_uid), mode: Int(status.st_mode & 0o7777), size: Int(status.st_size),
      isReadable: access(path, R_OK) == 0, isWritable: access(path, W_OK) == 0)
  }

  package func target(ofLink path: String) throws(FileFault) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &bytes, bytes.count)
    guard count > 0 else { throw FileFault(errno: errno) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  package func room(at path: String) throws(FileFault) -> FileSystemRoom {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw FileFault(errno: errno) }
    let bytes = status.f_bavail.multipliedReportingOverflow(by: status.f_frsize)
    return FileSystemRoom(
      available: Int(clamping: bytes.overflow ? .max : bytes.partialValue),
      files: status.f_files == 0 ? nil : Int(clamping: status.f_favail))
  }

  package func distrust(of path: String, consequence: LocalizedText) throws(FileFault) -> LocalizedText? {
    do throws(TrustFault) {
      _ = try ExaminedFile(path)
      return nil
    } catch {
      switch error.reason {
      case .missing: throw .missing
      case .notRegular: throw .notRegular
      case .notReadable(let words): throw .other(words)
      default:
        let message = error.message(consequence)
        return LocalizedText(
          fr: "\(error.path) \(message.french)", en: "\(error.path) \(message.english)")
      }
    }
  }

  package func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value {
    await BlockingCall.running(calls)
  }

  package func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput {
    guard let path = Self.path(of: program) else { throw .missing }
    // The program's messages are in a fixed language. It gets no other environment variables.
    let host = ProcessHost(
      path: path, environment: ["PATH": Self.folders.joined(separator: ":"), "LC_ALL": "C"])
    do throws(ProcessHost.Failure) {
      let answer = try await host.run(arguments, within: deadline)
      return ProgramOutput(text: String(decoding: answer.output, as: UTF8.self), exitStatus: answer.status)
    } catch {
      throw error.fault
    }
  }

  package func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] {
    let started = programs.take(
      OwnPrograms.Launch(program: program, arguments: arguments, reach: reach), Self.start)
    do throws(ProcessHost.Failure) {
      return try await started.answer(
        to: request, followedBy: withCode ? code.bytes : nil, within: deadline
      ).output
    } catch {
      throw error.fault
    }
  }

  package func start(_ program: String, _ arguments: [String], reaching reach: ProgramReach) {
    programs.start(
      OwnPrograms.Launch(program: program, arguments: arguments, reach: reach), Self.start)
  }

  package func endPrograms() async { await programs.end() }

  private static func start(_ launch: OwnPrograms.Launch) -> StartedProgram {
    StartedProgram(launch.arguments, answersInALine: true) {
      host(of: launch.program, reaching: launch.reach)
    }
  }

  /// How a program of this product is run: one that nobody else could have changed, confined.
  private static func host(
    of program: String, reaching reach: ProgramReach
  ) -> Result<ProcessHost, ProgramFault> {
    guard let path = ownPath(of: program) else { return .failure(.missing) }
    // A crash ends the program at once: Swift's crash report would show the memory that registers point to.
    var environment = [
      "PATH": folders.joined(separator: ":"), "LC_ALL": "C", "SWIFT_BACKTRACE": "enable=no",
    ]
    for name in handedOn { environment[name] = getenv(name).map { String(cString: $0) } }
    return Result { () throws(ProgramFault) in try examined(path).path }.map {
      ProcessHost(path: $0, environment: environment, confinement: .module(reaching: reach))
    }
  }

  package func refusal(of program: String) -> LocalizedText? {
    guard let path = Self.ownPath(of: program) else { return nil }
    do throws(ProgramFault) {
      _ = try Self.examined(path)
    } catch {
      if case .untrusted(let words) = error { return words }
    }
    return nil
  }

  /// The environment variables that a program with third-party code may see: the location of the PC/SC service and
  /// of SoftHSM, and the time zone. Those that enable the Cryptolib's traces are left out, because the traces
  /// contain card data.
  private static let handedOn = ["PCSCLITE_CSOCK_NAME", "SOFTHSM2_CONF", "TZ"]

  /// Returns the path of a program of this product: next to this one, or where `make install` puts it.
  private static func ownPath(of program: String) -> String? {
    ownPaths(of: program).first { access($0, X_OK) == 0 }
  }

  /// Returns the paths at which a program of this product is searched for, in order.
  package static func ownPaths(of program: String) -> [String] {
    guard let folder = ownFolder else { return [] }
    return ["\(folder)/\(program)", "\(parent(of: folder))/libexec/cps-preflight/\(program)"]
  }

  /// The folder under which this product keeps what it shares, where `make install` puts it. Nil if the system does not report
  /// where this program is.
  package static var sharedFolder: String? { ownFolder.map { "\(parent(of: $0))/share/cps-preflight" } }

  /// The folder of this program, without links. Nil if the system does not report it.
  private static var ownFolder: String? {
    guard let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    return parent(of: String(cString: own))
  }

  /// Returns the folder in an absolute path, which is empty for the root's. A link is not followed.
  ///
  /// `FilePath` would look for conformances at run time, which takes a fiftieth of a whole check.
  package static func parent(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }

  /// Examines a program of this product as strictly as a plugin, because it is given the code porteur.
  private static func examined(_ path: String) throws(ProgramFault) -> PluginFile {
    do throws(PluginFault) {
      return try PluginFile(path)
    } catch {
      throw error.isUnsafe
        ? .untrusted(
          LocalizedText(
            fr: "\(error.path) \(error.message.french)", en: "\(error.path) \(error.message.english)"))
        : .failed(error.message.rendered(in: .english))
    }
  }

  /// The folders of system programs. The caller's `PATH` is never used, because anyone may have set it.
  private static let folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]

  private static func path(of program: String) -> String? {
    folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }
}
