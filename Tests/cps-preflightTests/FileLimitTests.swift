import FoundationEssentials
import Testing

@Suite("A limit on the size of files is an error to report, and leaves nothing half written")
struct FileLimitTests {
  private static let sample =
    "--rules \(BuiltProgram.root)/rules.yaml --facts \(BuiltProgram.root)/docs/samples/card.json --offline --on 2026-03-15"

  @Test(
    "Whatever is written",
    arguments: [
      "check \(sample) --output verdict", "check \(sample) --journal journal",
      "check \(sample) --output verdict --format json", "run \(sample) -- true",
      "run \(sample) --journal journal -- true", "rules init rules.yaml",
      "plugins new erp --language sh",
    ])
  func limited(command: String) async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      "ulimit -f 0; exec $P \(command)", in: folder.path)
    #expect(run.code == 74, "\(run)")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    // An empty journal says nothing.
    #expect(left.filter { $0 != "journal" }.isEmpty)
    #expect(FileManager.default.contents(atPath: "\(folder.path)/journal")?.isEmpty ?? true)
  }

  @Test("Standard output that becomes too long")
  func standardOutput() async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.shell("ulimit -f 1; exec $P rules schema > \(folder.path)/schema")
    #expect(run.code == 74, "\(run)")
  }

  @Test(
    "The command of run gets the signals as they were",
    arguments: ["", "trap '' HUP INT QUIT PIPE TSTP XCPU XFSZ; "])
  func command(before: String) async throws {
    let shown = "grep Sig[BI] /proc/self/status"
    let direct = try await BuiltProgram.shell("\(before)exec \(shown)")
    let gated = try await BuiltProgram.shell("\(before)exec $P run \(Self.sample) -- \(shown)")
    #expect(direct.output == gated.output)
    #expect(gated.code == 0, "\(gated)")
  }
}
