import FoundationEssentials
import Preflight

/// One fault at one moment, and what a run with it must keep to.
struct FaultCase: Sendable {
  /// What is done to the program.
  let fault: String
  /// When, or to which part: a function, a byte, an answer.
  let moment: String
  /// The longest that the run may take by the deadlines that it was given, in seconds.
  var deadline = 20
  /// Why 0 may be the answer. Nil where nothing but a fault can be.
  var harmless: String?
  /// The signal that the run is sent, which may end it.
  var signal: Int32?
  let run: @Sendable (FaultRunner) async throws -> FaultRun

  init(
    _ fault: String, _ moment: String, deadline: Int = 20, harmless: String? = nil, signal: Int32? = nil,
    run: @escaping @Sendable (FaultRunner) async throws -> FaultRun
  ) {
    (self.fault, self.moment, self.deadline) = (fault, moment, deadline)
    (self.harmless, self.signal, self.run) = (harmless, signal, run)
  }
}

/// How a run with a fault went.
struct FaultRun: Sendable {
  /// The exit code; 1000 and more for a signal, 2000 if it had to be ended.
  let code: Int
  let milliseconds: Int
  /// How many processes it left.
  let processes: Int
  /// Whether the signal found it running.
  let wasSignalled: Bool
  let output: String
  let errors: String
  /// The files that it left in its folder for temporary files.
  let files: [String]

  /// The code of a run that ended in 0 although what it read was not whole.
  static let wronglyReady = 2001

  /// Returns the run with that code in place of its own.
  func ended(in code: Int) -> FaultRun {
    FaultRun(
      code: code, milliseconds: milliseconds, processes: processes, wasSignalled: wasSignalled,
      output: output,
      errors: errors, files: files)
  }

  /// What is wrong with it; empty if it kept to everything.
  ///
  /// - Parameter grace: how many seconds it may take beyond its deadline.
  func problems(of one: FaultCase, grace: Int) -> [String] {
    var problems: [String] = []
    if code == 0, one.harmless == nil { problems.append("ended in 0") }
    // A signal that ends the run, and as the program reports it where it could tidy up first.
    let byTheSignal = one.signal.map { [1000 + Int($0), 128 + Int($0)] } ?? []
    if !Self.codes.contains(code), !byTheSignal.contains(code) {
      problems.append("ended in \(code), which no table has")
    }
    if milliseconds > (one.deadline + grace) * 1000 {
      problems.append("took \(milliseconds) ms of \(one.deadline) s")
    }
    if processes > 0 { problems.append("left \(processes) processes") }
    if !files.isEmpty { problems.append("left \(files)") }
    if output.hasPrefix("{"), !output.hasSuffix("}\n") { problems.append("wrote half a verdict") }
    return problems
  }

  /// The codes that a run may end in: those of the table, and of rules.
  private static let codes = Set(ExitCode.table.compactMap { $0.code.map { Int($0.rawValue) } }).union(1...63)
}

/// Runs the program for a case, in a folder of its own, and sees what it leaves.
struct FaultRunner: Sendable {
  /// The program under test: the release, if `make faults` runs this.
  let program: String
  /// Seconds after which a run is ended.
  let limit: Int

  /// Runs a line of shell in the folder, in which `$RUN` starts the program so that its end is seen, `$UNDER` another one that
  /// becomes it, and `$P` is the program itself.
  ///
  /// - Parameter signal: what is sent to what is started, and how long after its start.
  func shell(
    _ line: String, in folder: Folder, environment: [String: String] = [:],
    signal: (number: Int32, microseconds: Int)? = nil
  ) async throws -> FaultRun {
    try folder.write("", to: "temporary/.keep")
    let report = "\(folder.path)/report"
    let sent = signal.map { "\($0.number) \($0.microseconds) " } ?? ""
    let under = "\(BuiltProgram.beside("fault-runner")) \(report) \(limit) \(sent)--"
    let variables = [
      "P": program, "TMPDIR": "\(folder.path)/temporary", "UNDER": under, "RUN": "\(under) \(program)",
    ]
    let run = try await BuiltProgram.shell(
      line, in: folder.path, environment: variables.merging(environment) { $1 })
    let words = (try? String(contentsOf: URL(filePath: report), encoding: .utf8)) ?? ""
    let numbers = words.split { " \n".contains($0) }.compactMap { Int($0) }
    // 126: what was to become the program could not be started.
    guard numbers.count == 4, numbers[0] != 126 else {
      throw FaultStage("no report of “\(line)”: \(words) \(run)")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/temporary")
    return FaultRun(
      code: numbers[0], milliseconds: numbers[1], processes: numbers[2], wasSignalled: numbers[3] == 1,
      output: run.output, errors: run.errors, files: left.filter { $0 != ".keep" })
  }
}

/// The stage of a fault does not stand.
struct FaultStage: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
