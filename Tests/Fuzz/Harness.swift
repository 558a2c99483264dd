import Dispatch
import Preflight

@testable import cps_preflight

/// What the harnesses share: how they get their input, say that a property does not hold, and ask sources.
enum Harness {
  /// The checks, sources and facts of the program.
  static let registry = BuiltIn.registry
  /// The shipped rules, by which facts are judged.
  static let rules = LoadedRules.shippedRules ?? RuleSet(sources: [], stages: [])

  /// The input of one call.
  static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Ends the process, which libFuzzer takes for a finding, if a property does not hold.
  static func demand(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError(words()) }
  }

  /// Waits for a source, which here has nothing to wait for. libFuzzer's alarm interrupts sem_wait(3); `DispatchSemaphore`
  /// goes on waiting.
  static func facts(
    of source: some Source, on workstation: some WorkstationAccess, knowing known: Facts = Facts()
  )
    -> [Fact]
  {
    let (told, done) = (Told(), DispatchSemaphore(value: 0))
    Task.detached {
      told.facts = await source.gather(
        source.provides, knowing: known, within: .seconds(60), from: workstation)
      done.signal()
    }
    done.wait()
    return told.facts
  }

  /// What a source told, written before the semaphore is signalled and read after it.
  private final class Told: @unchecked Sendable { var facts: [Fact] = [] }
}

/// The bytes of an input as the choices of a harness that makes something itself. After its end all choices are 0.
struct Choices {
  private var rest: ArraySlice<UInt8>
  var isEmpty: Bool { rest.isEmpty }

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }
  /// A number below a limit, which is 65,536 at most.
  mutating func number(below limit: Int) -> Int { (Int(byte()) << 8 | Int(byte())) % max(1, limit) }
  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}

/// A workstation in memory. Nothing on it takes time.
struct FuzzedWorkstation: WorkstationAccess {
  var files: [String: [UInt8]] = [:]
  /// What every program writes.
  var output = ProgramOutput(text: "", exitStatus: 0)

  func announce(_ words: LocalizedText) {}
  var hasCode: Bool { false }
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] {
    guard let bytes = files[path] else { throw .missing }
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }
  func names(in folder: String) throws(FileFault) -> [String] {
    let names = Set(
      files.keys.filter { $0.hasPrefix(folder + "/") }
        .compactMap { $0.dropFirst(folder.count + 1).split(separator: "/").first.map(String.init) })
    guard !names.isEmpty else { throw .missing }
    return names.sorted()
  }
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput { output }
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool,
    within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
}
