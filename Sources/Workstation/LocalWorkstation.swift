import Glibc
import PluginHost
package import Preflight
package import Processes
package import SystemPackage

/// The workstation that the program runs on.
package struct LocalWorkstation: WorkstationAccess {
  private let language: Language
  private let code: SecretBytes?

  /// - Parameters:
  ///   - language: the language of the person at the terminal.
  ///   - code: the code porteur.
  package init(language: Language, code: SecretBytes? = nil) {
    self.language = language
    self.code = code
  }

  package var hasCode: Bool { code != nil }

  package func announce(_ words: LocalizedText) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    // A terminal that goes away is no reason to stop: the verdict does not depend on it.
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

  package func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value {
    await BlockingCall.running(calls)
  }

  package func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput {
    guard let path = Self.path(of: program) else { throw .missing }
    // Its messages in a fixed language, and nothing else of our environment.
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
    of program: String, _ arguments: [String], to request: [UInt8], withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] {
    guard let path = Self.ownPath(of: program) else { throw .missing }
    let file = try Self.examined(path)
    // A crash is to end it at once: the account that Swift would give of it shows what the registers point to.
    var environment = [
      "PATH": Self.folders.joined(separator: ":"), "LC_ALL": "C", "SWIFT_BACKTRACE": "enable=no",
    ]
    for name in Self.handedOn { environment[name] = getenv(name).map { String(cString: $0) } }
    do throws(ProcessHost.Failure) {
      return try await ProcessHost(path: file.path, environment: environment).answer(
        arguments, to: request, followedBy: withCode ? code : nil, within: deadline
      ).output
    } catch {
      throw error.fault
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

  /// What a program that runs foreign code may know of our environment: where the PC/SC service and SoftHSM are, and
  /// the zone. Not what switches on the traces of the Cryptolib, which log what the card says.
  private static let handedOn = ["PCSCLITE_CSOCK_NAME", "SOFTHSM2_CONF", "TZ"]

  /// A program of this product: beside this one, or where `make install` puts it.
  private static func ownPath(of program: String) -> String? {
    ownPaths(of: program).first { access($0, X_OK) == 0 }
  }

  /// The files in which a program of this product is looked for.
  package static func ownPaths(of program: String) -> [String] {
    guard let folder = ownFolder else { return [] }
    return [folder, folder.pushing("../libexec/cps-preflight")].map { $0.appending(program).string }
  }

  /// The folder that this program is in; nil if the system does not say it.
  package static var ownFolder: FilePath? {
    guard let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    return FilePath(platformString: own).removingLastComponent()
  }

  /// A program of this product, examined as plugins are: it is given the code porteur.
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

  /// Where system programs are looked for; never in the caller's `PATH`, which anyone may have set.
  private static let folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]

  private static func path(of program: String) -> String? {
    folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }
}
