import Preflight
import Testing

/// A workstation in memory that has only what a test gives it.
///
/// It serves the tables of cases for the parsers and the search. The tests of the program itself show that real files,
/// permissions and the real `dpkg-query` behave the same way.
struct MemoryWorkstation: WorkstationAccess {
  private var files: [String: Result<[UInt8], FileFault>] = [:]
  private var folders: [String: Result<[String], FileFault>] = [:]
  private var programs: [String: Result<ProgramOutput, ProgramFault>] = [:]

  /// Makes a workstation with these files and their contents.
  init(_ files: KeyValuePairs<String, String> = [:]) {
    for (path, text) in files { add(path, .success(Array(text.utf8))) }
  }

  /// Adds a file with these bytes, or one that cannot be read; its folders list it.
  func with(_ path: String, _ contents: Result<[UInt8], FileFault>) -> Self {
    changed { $0.add(path, contents) }
  }

  /// Adds a folder that cannot be listed.
  func with(folder: String, _ fault: FileFault) -> Self { changed { $0.folders[folder] = .failure(fault) } }

  /// Adds a program that gives this answer to exactly these arguments.
  func with(_ command: [String], says text: String, exit status: Int = 0) -> Self {
    changed {
      $0.programs[command.joined(separator: "␟")] = .success(ProgramOutput(text: text, exitStatus: status))
    }
  }

  /// Adds a program that does not run.
  func with(_ command: [String], _ fault: ProgramFault) -> Self {
    changed { $0.programs[command.joined(separator: "␟")] = .failure(fault) }
  }

  func announce(_ words: LocalizedText) {}
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] {
    guard let file = files[path] else { throw folders[path] == nil ? .missing : .isDirectory }
    let bytes = try file.get()
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }

  func names(in folder: String) throws(FileFault) -> [String] {
    guard let names = folders[folder] else { throw .missing }
    return try names.get().sorted()
  }

  /// Running an unexpected program is a failure: sources must not start programs needlessly.
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput {
    let command = [program] + arguments
    guard let answer = programs[command.joined(separator: "␟")] else {
      Issue.record("unforeseen program: \(command)")
      throw .missing
    }
    return try answer.get()
  }

  private func changed(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }

  private mutating func add(_ path: String, _ contents: Result<[UInt8], FileFault>) {
    files[path] = contents
    var child = path
    while let slash = child.lastIndex(of: "/"), slash > child.startIndex {
      let folder = String(child[..<slash])
      let name = String(child[slash...].dropFirst())
      var names = (try? folders[folder]?.get()) ?? []
      if !names.contains(name) { names.append(name) }
      folders[folder] = .success(names)
      child = folder
    }
  }
}
