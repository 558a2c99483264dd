import CardStage
import FoundationEssentials
import Glibc
import SystemPackage

/// A folder for one test, removed with it.
final class Folder: Sendable {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    var template = Array("/tmp/cps-preflight-test-XXXXXX".utf8CString)
    // Files written here must be trusted, whatever the umask of the tests.
    umask(0o022)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, contents) in files { try write(Array(contents.utf8), to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders it is in; returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    let parent = file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  /// Writes a text file; returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  /// Writes a program that is run at once; returns its path.
  ///
  /// Another process writes it: otherwise a process that another test is starting could inherit our descriptor, and the
  /// program could not be run (execve(2), ETXTBSY).
  @discardableResult
  func writeProgram(_ text: String, to name: String, mode: Int = 0o755) throws -> String {
    let source = try write(text, to: "\(name).text")
    let program = "\(path)/\(name)"
    try? FileManager.default.removeItem(atPath: program)
    let copy = try ChildProcess(["/bin/cp", source, program], environment: [:])
    guard copy.finish() == 0 else { throw StageFault("cp") }
    try FileManager.default.removeItem(atPath: source)
    try setMode(mode, of: name)
    return program
  }

  /// Sets the permissions of a file, or of a folder in this one.
  func setMode(_ mode: Int, of name: String) throws {
    guard chmod("\(path)/\(name)", mode_t(mode)) == 0 else { throw Errno(rawValue: errno) }
  }
}
