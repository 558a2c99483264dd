import FoundationEssentials
import Glibc
import Testing

/// Every fault at every moment, each run against the built program.
///
/// The short campaign takes part in `make test`. `make faults` runs the whole of it against the release build, and writes
/// docs/reliability.md.
enum FaultCampaign {
  /// The program that the whole campaign is asked for.
  private static let asked = getenv("CPS_PREFLIGHT_FAULTS").map { String(cString: $0) }
  /// Whether the whole campaign runs.
  static var isWhole: Bool { asked != nil }
  /// How many seconds a run may take beyond its deadline. The short campaign runs beside all other tests, on machines of any speed.
  private static let grace = isWhole ? 1 : 30

  enum Family: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case service = "The PC/SC service, the reader and the card"
    case module = "The PKCS#11 module"
    case plugins = "Plugins"
    case files = "Files that end too early"
    case limits = "Disks, permissions and limits"
    case signals = "Signals"
    case clocks = "The clock"
    case surroundings = "The surroundings"
    case crowds = "Many at once"

    var testDescription: String { rawValue }

    /// Those that are asked for, or all.
    static var asked: [Family] {
      let names = getenv("CPS_PREFLIGHT_FAULT_FAMILIES").map { String(cString: $0) } ?? ""
      return names.isEmpty
        ? allCases
        : allCases.filter {
          names.split(separator: ",").contains(
            Substring(String(reflecting: $0).split(separator: ".").last ?? ""))
        }
    }

    func cases() throws -> [FaultCase] {
      switch self {
      case .service: ServiceFaults.cases(answers: isWhole ? 24 : 1)
      case .module: ModuleFaults.cases(step: isWhole ? 1 : 41)
      case .plugins: PluginFaults.cases(step: isWhole ? 1 : 13)
      case .files: try CutFiles.cases(step: isWhole ? 7 : 997)
      case .limits: LimitFaults.cases(step: isWhole ? 1 : 6)
      case .signals: MomentFaults.signals(moments: isWhole ? 40 : 1)
      case .clocks: MomentFaults.clocks
      case .surroundings: MomentFaults.surroundings
      case .crowds: CrowdFaults.cases(count: isWhole ? 50 : 8)
      }
    }
  }

  static var runner: FaultRunner { FaultRunner(program: asked ?? BuiltProgram.path, limit: 60) }
}

@Suite("No fault ends in 0, outlasts its deadline, or leaves anything", .serialized, .blocking)
struct FaultCampaignTests {
  @Test(arguments: FaultCampaign.Family.asked)
  func family(_ family: FaultCampaign.Family) async throws {
    let results = try await FaultCampaign.run(family)
    #expect(!results.isEmpty)
    for result in results { #expect(result.problems.isEmpty, "\(result)") }
    if FaultCampaign.isWhole { try FaultPage.write(results, of: family) }
  }
}

@Suite("A crash is an internal error")
struct CrashTests {
  @Test(
    "70, one line that says so, no core dump",
    arguments: ["SEGV", "BUS", "ILL", "TRAP", "ABRT", "FPE", "SYS"])
  func crash(signal: String) async throws {
    let gate = try GateCase()
    // It waits for its facts; SIGSYS is the last signal that it takes.
    let line = """
      ulimit -c unlimited; mkfifo facts
      $P check --rules rules.yaml --facts - --offline --lang en <facts >output & run=$!; exec 3>facts
      until [ $((0x$(sed -n 's/^SigCgt:[^0-9a-f]*//p' /proc/$run/status) & 0x40000000)) -ne 0 ]; do :; done
      kill -\(signal) $run; wait $run
      """
    let run = try await gate.shell(line)
    #expect(run.code == 70, "\(run)")
    #expect(run.errors.contains("internal error (crash), nothing is judged; report a bug\n"), "\(run)")
    #expect(try gate.text(of: "output") == "" && !gate.has("core"))
  }
}

/// How one case ended.
struct FaultResult: Sendable, CustomStringConvertible {
  let one: FaultCase
  let run: FaultRun?
  let problems: [String]

  var description: String {
    "\(one.fault), \(one.moment): \(problems.joined(separator: ", ")): \(run?.output.suffix(600) ?? "") \(run?.errors.suffix(600) ?? "")"
  }
}

extension FaultCampaign {
  /// Runs the cases of a family, a few at a time; results are in the order of the cases.
  static func run(_ family: Family) async throws -> [FaultResult] {
    let cases = try family.cases()
    let runner = runner
    return await withTaskGroup(of: (Int, FaultResult).self) { group in
      var results: [FaultResult?] = Array(repeating: nil, count: cases.count)
      var next = 0
      func add() {
        guard next < cases.count else { return }
        let (index, one) = (next, cases[next])
        next += 1
        group.addTask { (index, await result(of: one, runner)) }
      }
      // Cases with a card block a thread; among other tests, one at a time.
      for _ in 0..<(isWhole ? 4 : 1) { add() }
      for await (index, result) in group {
        results[index] = result
        add()
      }
      return results.compactMap(\.self)
    }
  }

  private static func result(of one: FaultCase, _ runner: FaultRunner) async -> FaultResult {
    // A stage that falls (a service that does not start on a busy machine) says nothing of the program, once.
    for attempt in 1...2 {
      do {
        let run = try await one.run(runner)
        return FaultResult(one: one, run: run, problems: run.problems(of: one, grace: grace))
      } catch {
        if attempt == 2 { return FaultResult(one: one, run: nil, problems: ["the stage: \(error)"]) }
      }
    }
    return FaultResult(one: one, run: nil, problems: [])
  }
}

/// docs/reliability.md, whose parts are written by the families as they run.
enum FaultPage {
  private static var folder: String { "\(BuiltProgram.root)/.build/faults" }

  private static let head = """
    # What becomes of a run when something fails

    Written by `make faults` (`Tests/cps-preflightTests/Faults`): the release build, with a real pcscd and its virtual reader, a Cryptoki
    module with faults, bad plugins, files that end too early, limits, signals and wrong clocks. Each run must end in a code of
    [the table](exit-codes.md), not 0 unless a reason stands here, at most a second after its deadline, and leave no process, no
    temporary file and no half verdict. A line counts the runs of a fault at all its moments: functions, bytes, answers, milliseconds.
    `make test` runs a part of it.


    """

  static func write(_ results: [FaultResult], of family: FaultCampaign.Family) throws {
    var rows:
      [(fault: String, runs: Int, codes: [Int: Int], slowest: Int, reasons: Set<String>, problems: Int)] = []
    for result in results {
      let at = rows.firstIndex { $0.fault == result.one.fault } ?? rows.count
      if at == rows.count { rows.append((result.one.fault, 0, [:], 0, [], 0)) }
      rows[at].runs += 1
      if let run = result.run {
        rows[at].codes[run.code, default: 0] += 1
        rows[at].slowest = max(rows[at].slowest, run.milliseconds)
        if run.code == 0, let why = result.one.harmless { rows[at].reasons.insert(why) }
      }
      rows[at].problems += result.problems.isEmpty ? 0 : 1
    }
    let table = rows.map { row in
      let codes = row.codes.sorted { $0.key < $1.key }.map { code, count in
        (code > 1000 && code < 2000 ? "signal \(code - 1000)" : "\(code)") + " (\(count))"
      }
      return "| \(row.fault) | \(row.runs) | \(codes.joined(separator: ", ")) | \(row.slowest) | "
        + "\(row.reasons.sorted().joined(separator: "; ")) | \(row.problems) |"
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let index = FaultCampaign.Family.allCases.firstIndex(of: family) ?? 0
    let text = """
      ## \(family.rawValue)

      | fault | runs | exit codes | slowest, ms | why 0 | problems |
      |---|---|---|---|---|---|
      \(table.joined(separator: "\n"))


      """
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(index).md"))
    let parts = FaultCampaign.Family.allCases.indices.compactMap {
      try? String(contentsOf: URL(filePath: "\(folder)/\($0).md"), encoding: .utf8)
    }
    guard parts.count == FaultCampaign.Family.allCases.count else { return }
    try Data((head + parts.joined()).utf8).write(
      to: URL(filePath: "\(BuiltProgram.root)/docs/reliability.md"))
  }
}
