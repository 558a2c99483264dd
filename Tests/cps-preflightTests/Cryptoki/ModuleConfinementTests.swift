import CardStage
import FoundationEssentials
import Glibc
import Processes
import Testing

/// Whether this kernel has Landlock of that version of its ABI.
private func hasLandlock(_ version: Int) -> Bool {
  if case .version(let offered) = Landlock.support { offered >= version } else { false }
}

@Suite("A module does what reading a card needs, and nothing else")
struct ModuleConfinementTests {
  /// The numbers of the errors that say no (errno(3)).
  private static let refusals: Set<Int32> = [EPERM, EACCES]

  /// What came of each thing that a prying module tried, by its name.
  private func tried(by module: ModuleCase) -> [String: Int32] {
    Dictionary(
      module.tried.map { line in
        let words = line.split(separator: " ")
        return (String(words[0]), Int32(words[1]) ?? -1)
      }, uniquingKeysWith: max)
  }

  @Test(
    "It writes nowhere else, connects to nothing, and signals and reads no other process",
    .enabled(if: hasLandlock(6)))
  func prying() async throws {
    let module = try ModuleCase("pry@C_Initialize,pry@C_Login")
    let run = try await module.check()
    #expect(run.code == 0, "\(run)")
    let tried = tried(by: module)
    for deed in ["write", "connect", "signal", "memory"] {
      #expect(Self.refusals.contains(tried[deed] ?? 0), "\(deed): \(module.tried)")
    }
    #expect(tried["privileges"] == 0 && tried["core"] == 0, "\(module.tried)")
  }

  @Test(
    "Where the kernel has no Landlock, it runs as before, within its limits", arguments: ["none", "off"])
  func withoutLandlock(kernel: String) async throws {
    let module = try ModuleCase("pry@C_Login")
    let run = try await BuiltProgram.run(
      module.arguments + ["--pin-file", module.codeFile],
      environment: FaultySystem.environment(["FAULTY_LANDLOCK": kernel]))
    #expect(run.code == 0, "\(run)")
    let tried = tried(by: module)
    // Nobody serves that port.
    #expect(tried["write"] == 0 && tried["connect"] == ECONNREFUSED, "\(module.tried)")
    #expect(tried["privileges"] == 0 && tried["core"] == 0, "\(module.tried)")
  }

  @Test(
    "An older Landlock confines what it can", .enabled(if: hasLandlock(6)),
    arguments: [
      (1, ["write", "memory"]), (2, ["write", "memory"]), (3, ["write", "memory"]),
      (4, ["write", "memory", "connect"]), (5, ["write", "memory", "connect"]),
      (6, ["write", "memory", "connect", "signal"]),
    ])
  func olderLandlock(version: Int, refused: [String]) async throws {
    let module = try ModuleCase("pry@C_Login")
    let run = try await BuiltProgram.run(
      module.arguments + ["--pin-file", module.codeFile],
      environment: FaultySystem.environment(["FAULTY_LANDLOCK": "\(version)"]))
    #expect(run.code == 0, "\(run)")
    let found = tried(by: module).filter { Self.refusals.contains($0.value) }.keys
    #expect(Set(found) == Set(refused), "\(module.tried)")
  }

  @Test(
    "Without folders in the rule file, another module than the Cryptolib writes nothing, and its card is read all the same",
    .enabled(if: hasLandlock(1)))
  func noFolder() async throws {
    let module = try ModuleCase("healthy", mayNote: false)
    let run = try await module.check()
    #expect(run.code == 0, "\(run)")
    #expect(module.logins.isEmpty && module.calls.isEmpty)
  }

  @Test("A folder that is not an absolute path is an error of the rule file")
  func relative() async throws {
    let folder = try Folder(["rules.yaml": CardRules.text(writing: "cache")])
    let run = try await BuiltProgram.run(["check", "--rules", "\(folder.path)/rules.yaml", "--lang", "en"])
    #expect(run.code == 78 && run.errors.contains("“cache” is not an absolute path"), "\(run)")
  }

  @Test("A rule file that lets the module write the rules is warned of")
  func wide() async throws {
    let folder = try Folder()
    try folder.write(CardRules.text(writing: folder.path), to: "rules.yaml")
    let run = try await BuiltProgram.run(["rules", "lint", "\(folder.path)/rules.yaml", "--lang", "en"])
    #expect(run.code == 0 && run.errors.contains("[wide-writes]"), "\(run)")
  }
}
