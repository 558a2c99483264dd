import Testing

@Suite("The script by which many workstations tell what they know")
struct FleetFactsTests {
  private static let script = "\(BuiltProgram.root)/docs/examples/fleet-facts.sh"

  @Test("Each writes one masked line with its name, and all lines are judged as the cards themselves")
  func collected() async throws {
    let folder = try Folder([
      "1.json": Sample().json, "2.json": Sample().with("card.kind", "\"vitale\"").json,
      "3.json": Sample().with("billing.situations", "[{\"identifier\": \"692612345\", \"signFSE\": true}]")
        .json,
    ])
    var direct: [Int32] = []
    for number in 1...3 {
      let run = try await BuiltProgram.run(
        ["check", "--facts", "\(number).json", "--offline", "--on", Sample.day], in: folder.path)
      direct.append(run.code)
    }
    let lines = try await BuiltProgram.shell(
      """
      for n in 1 2 3; do CPS_PREFLIGHT=$P \(Self.script) poste-$n --facts $n.json --offline > $n.ndjson || exit 9; done
      cat *.ndjson
      """, in: folder.path)
    #expect(lines.code == 0 && lines.output.split(separator: "\n").count == 3, "\(lines)")
    for personal in ["692612344", "692612345", "2800001017", "TESTARD"] {
      #expect(!lines.output.contains(personal))
    }
    let judged = try await BuiltProgram.run(
      ["evaluate", "--on", Sample.day, "--brief", "--quiet"], input: lines.output, in: folder.path)
    let verdicts = try judged.output.split(separator: "\n").map { try JSONTree($0) }
    #expect(verdicts.map { $0["id"] } == [.text("poste-1"), .text("poste-2"), .text("poste-3")])
    #expect(verdicts.map { $0["exitCode"] } == direct.map { .number(Double($0)) }, "\(judged)")
  }

  @Test(
    "A name that JSON or sed would take for something else is refused, and half a line is never written",
    arguments: [
      ("", 2), ("'a\"b'", 64), ("a/b", 64), ("'a b'", 64), ("poste-1 --facts missing.json", 66),
    ] as [(String, Int32)])
  func refused(arguments: String, code: Int32) async throws {
    let run = try await BuiltProgram.shell("CPS_PREFLIGHT=$P \(Self.script) \(arguments)")
    #expect(run.code == code && run.output == "", "\(run)")
  }
}
