import FoundationEssentials
import Glibc
import Synchronization

/// A real pcscd with virtual readers, in its own folder.
///
/// It runs in a mount namespace (unshare(1)) in which `/run/pcscd` is that folder and no driver of a real reader
/// exists: a pcscd that already runs on the machine, and its readers, are left alone. It needs root, or permission to
/// create user namespaces.
package final class PrivatePCSCD: Sendable {
  /// A virtual reader with two slots.
  package struct Reader: Sendable {
    package let name: String
    /// The TCP port of the first slot; the second has the next.
    package let port: UInt16

    /// Returns the PC/SC name of one of its slots.
    package func slot(_ index: Int) -> String { "\(name) 00 0\(index)" }
  }

  package let readers: [Reader]
  private let folder: String
  private let daemon = Mutex<(process: ChildProcess, pid: pid_t)?>(nil)

  /// Starts pcscd with a reader for each name, which is passed in Latin-1.
  package init(readers names: [String] = ["Twin"]) throws {
    var template = Array("/tmp/pcscd-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw StageFault("no folder") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for name in ["run", "readers", "driver"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    readers = try names.map { Reader(name: $0, port: try Self.freePorts()) }
    try start()
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The environment variables that a program needs to reach this pcscd.
  package var environment: [String: String] { ["PCSCLITE_CSOCK_NAME": socket] }
  package var socket: String { "\(folder)/run/pcscd.comm" }

  /// Starts pcscd, also after ``stop()``.
  ///
  /// - Parameter plugged: the readers that are plugged in; all if `nil`. pcscd cannot be told that a serial reader goes
  ///   away while it runs.
  package func start(with plugged: [String]? = nil) throws {
    try configure(readers.filter { plugged?.contains($0.name) ?? true })
    let watch = try FolderWatch("\(folder)/run")
    let unshare = geteuid() == 0 ? ["unshare", "--mount"] : ["unshare", "--map-root-user", "--mount"]
    let (process, pid) = try Self.launch(unshare + ["sh", "-c", Self.script, "sh", folder])
    daemon.withLock { $0 = (process, pid) }
    // pcscd does not report that it is ready; its socket shows it.
    try watch.wait(for: "the socket of pcscd") { access(socket, W_OK) == 0 }
  }

  /// Stops pcscd.
  package func stop() { daemon.withLock { $0 = nil } }

  /// Makes pcscd hang, and continue.
  package func freeze() { signal(SIGSTOP) }
  package func thaw() { signal(SIGCONT) }

  /// Makes the socket unusable for everyone but root.
  package func forbid() { chmod(socket, 0o000) }

  private func signal(_ signal: Int32) {
    daemon.withLock { daemon in if let daemon { kill(daemon.pid, signal) } }
  }

  private func configure(_ readers: [Reader]) throws {
    for reader in readers {
      // Each reader has its own driver, as a driver that is loaded once knows only one reader.
      let driver = driver(of: reader)
      guard access(driver, F_OK) != 0 else { continue }
      try FileManager.default.copyItem(
        atPath: "/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8", toPath: driver)
    }
    let text = readers.map { reader in
      """
      FRIENDLYNAME "\(reader.name)"
      DEVICENAME /dev/null:0x\(String(reader.port, radix: 16))
      LIBPATH \(driver(of: reader))
      CHANNELID 0x\(String(reader.port, radix: 16))

      """
    }.joined(separator: "\n")
    // One byte per character: the name of a reader need not be UTF-8.
    try Data(text.unicodeScalars.map { UInt8($0.value) }).write(to: URL(filePath: "\(folder)/readers/vpcd"))
  }

  /// Starts the process that starts pcscd, and waits until it tells pcscd's process id.
  ///
  /// Now and then, in hundreds of starts, it ends at once and without a word; then it is started once more.
  private static func launch(_ command: [String]) throws -> (ChildProcess, pid_t) {
    func attempt() throws -> (ChildProcess, pid_t) {
      let process = try ChildProcess(command, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
      guard let pid = pid_t(try process.read(until: "\n").split(separator: "\n").last ?? "") else {
        throw StageFault("pcscd did not start")
      }
      return (process, pid)
    }
    do { return try attempt() } catch { return try attempt() }
  }

  private func driver(of reader: Reader) -> String { "\(folder)/driver/\(reader.port).so" }

  /// Ends pcscd when its standard input ends, whatever happens to the tests.
  private static let script = """
    mount --make-rprivate / && mount -t tmpfs none /run && mkdir /run/pcscd \
      && mount --bind "$1/run" /run/pcscd && mount -t tmpfs none /usr/lib/pcsc/drivers || exit 1
    pcscd --foreground -c "$1/readers" </dev/null >"$1/log" 2>&1 &
    trap : TERM
    echo $!
    cat >/dev/null
    kill -TERM $!; kill -CONT $!; wait $!
    """

  /// Returns the first of two consecutive ports that are free, or were a moment ago. It never returns a port twice, nor
  /// one that the system uses for outgoing connections (ip(7), `ip_local_port_range`).
  private static func freePorts() throws -> UInt16 {
    for _ in 0..<1000 {
      let first = UInt16.random(in: 5_000..<16_000) * 2
      guard given.withLock({ $0.insert(first).inserted }), isFree(first), isFree(first + 1) else { continue }
      return first
    }
    throw StageFault("no free ports")
  }

  private static let given = Mutex<Set<UInt16>>([])

  private static func isFree(_ port: UInt16) -> Bool {
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
