import FoundationEssentials
import Testing

@Suite("The scripts of docs/examples/scaling say what one process says")
struct ScalingTests {
  private static let scripts = "\(BuiltProgram.root)/docs/examples/scaling"
  private static let arguments =
    "--rules \(BuiltProgram.root)/docs/samples/fleet-rules.yaml --on \(Sample.day) --brief --lang en"
  /// The parts that depend on how lines are split, and on the time.
  private static let varying = #"s/"line":[0-9]*,//; s/"startedAt":"[^"]*",//"#

  /// The sample fleet, many times over.
  private func folder(times: Int = 500) throws -> Folder {
    let fleet = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/samples/fleet.ndjson"), encoding: .utf8)
    return try Folder([
      "fleet": String(repeating: fleet, count: times), "good": Sample().json, "empty": "",
      "bad.yaml": "version: 2",
    ])
  }

  private func parallel(_ line: String, in folder: Folder) async throws -> BuiltProgram.Run {
    try await BuiltProgram.shell(
      "CPS_PREFLIGHT=$P BLOCK=20k \(Self.scripts)/evaluate-parallel.sh \(line)", in: folder.path)
  }

  @Test("GNU parallel: the same verdicts in the same order, and the same end")
  func parallelAgrees() async throws {
    let folder = try folder()
    let run = try await BuiltProgram.shell(
      """
      $P evaluate --quiet \(Self.arguments) <fleet >one; echo $?
      CPS_PREFLIGHT=$P BLOCK=20k \(Self.scripts)/evaluate-parallel.sh \(Self.arguments) <fleet >many; echo $?
      for name in one many; do sed '\(Self.varying)' $name >$name.same; done
      cmp one.same many.same && grep -c '"exitCode":32' many
      """, in: folder.path)
    #expect(run.output == "65\n65\n1000\n", "\(run)")
  }

  @Test(
    "GNU parallel: whatever keeps verdicts from being given or written is told by its code",
    arguments: [
      ("\(arguments) <good", 0), ("\(arguments) <empty", 65), ("--rules bad.yaml <fleet", 78),
      ("--rules missing.yaml <fleet", 66), ("--nonsense <fleet", 64), ("\(arguments) <good >/dev/full", 74),
      ("\(arguments) --lang 'x;touch pwned' <good", 64),
    ])
  func parallelEnds(line: String, code: Int) async throws {
    let folder = try folder()
    #expect(try await parallel(line, in: folder).code == Int32(code))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 4)
  }

  @Test("GNU parallel: a program that is missing is told by its code")
  func missing() async throws {
    let folder = try folder()
    let run = try await BuiltProgram.shell(
      "CPS_PREFLIGHT=/missing \(Self.scripts)/evaluate-parallel.sh <fleet", in: folder.path)
    #expect(run.code == 127)
  }

  @Test("Apache Spark: the same verdicts, and a task that cannot judge fails", .enabled(if: hasSpark))
  func spark() async throws {
    let folder = try folder(times: 20)
    let run = try await BuiltProgram.shell(
      """
      $P evaluate --quiet \(Self.arguments) <fleet | sed '\(Self.varying)' >one
      export CPS_PREFLIGHT=$P PATH=$SPARK_PATH:$PATH
      python3 \(Self.scripts)/evaluate_spark.py $PWD/fleet $PWD/many \(Self.arguments) 2>errors; echo $?
      cat many/part-* | sed '\(Self.varying)' | cmp - one; grep -o "code [0-9]*: [0-9]*" errors
      python3 \(Self.scripts)/evaluate_spark.py $PWD/fleet $PWD/none --rules bad.yaml 2>/dev/null; echo $?
      """.replacing("$SPARK_PATH", with: Self.sparkPath), in: folder.path)
    #expect(
      run.output == "65\ncode 0: 20\ncode 30: 20\ncode 32: 40\ncode 65: 20\ncode 75: 20\n70\n", "\(run)")
  }

  /// The search path for a Python with PySpark. It is too large to be installed for a test, and is used if present.
  private static let sparkPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

  private static let hasSpark = sparkPath.split(separator: ":").contains { folder in
    let python = "\(folder)/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    return FileManager.default.fileExists(atPath: "\(folder)/spark-submit")
  }
}
