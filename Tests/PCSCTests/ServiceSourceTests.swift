import Preflight
import Testing

@testable import PCSC

/// A workstation that has only some files and folders, and some programs of the system.
private struct StubWorkstation: WorkstationAccess {
  var present: Set<String> = []
  /// What a program says and how it ends, by its name and last or second argument.
  var answers: [String: (text: String, status: Int)] = [:]

  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] { throw .missing }
  func names(in folder: String) throws(FileFault) -> [String] { throw .missing }
  func status(of path: String) throws(FileFault) -> FileStatus {
    guard present.contains(path) else { throw .missing }
    return FileStatus(path.hasSuffix(".policy") ? .file : .folder)
  }
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput {
    for (name, answer) in answers where name.hasPrefix(program) {
      if arguments.contains(where: { name.hasSuffix(" \($0)") }) {
        return ProgramOutput(text: answer.text, exitStatus: answer.status)
      }
    }
    throw .missing
  }
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func announce(_ words: LocalizedText) {}
}

@Suite("The source pcsc-service, of systemd and polkit")
struct ServiceSourceTests {
  private static let systemd = "/run/systemd/system"
  private static let policy = "/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy"

  private static func fact(_ name: FactName, on workstation: StubWorkstation) async throws -> Fact {
    let source = try PCSCServiceSource()
    let facts = await source.gather([name], knowing: Facts(), within: .seconds(5), from: workstation)
    return try #require(facts.first)
  }

  @Test(
    "systemd's socket, as systemctl shows it",
    arguments: [
      ("LoadState=loaded\nActiveState=active\n", "active"),
      ("LoadState=loaded\nActiveState=inactive\n", "inactive"),
      ("ActiveState=failed\nLoadState=loaded\n", "failed"),
      ("LoadState=not-found\nActiveState=inactive\n", "not-found"),
      ("", nil),
    ] as [(String, String?)])
  func unit(text: String, word: String?) async throws {
    let workstation = StubWorkstation(present: [Self.systemd], answers: ["systemctl pcscd.socket": (text, 0)])
    #expect(try await Self.fact(.pcscUnit, on: workstation).value == word.map { .text($0) })
    #expect(try await Self.fact(.pcscUnit, on: StubWorkstation()).isAbsent)
  }

  @Test(
    "polkit's answer for each action",
    arguments: [(0, true), (1, false), (2, false), (3, false), (127, nil)] as [(Int, Bool?)])
  func permissions(status: Int, allowed: Bool?) async throws {
    for (name, action) in [(FactName.pcscMayConnect, "access_pcsc"), (.pcscMayUseCards, "access_card")] {
      let workstation = StubWorkstation(
        present: [Self.policy], answers: ["pkcheck org.debian.pcsc-lite.\(action)": ("", status)])
      let fact = try await Self.fact(name, on: workstation)
      #expect(fact.value == allowed.map { .boolean($0) })
      #expect(!fact.isAbsent)
      // Where pcscd asks no polkit, or there is none, there is nothing to be allowed.
      #expect(try await Self.fact(name, on: StubWorkstation()).isAbsent)
      #expect(try await Self.fact(name, on: StubWorkstation(present: [Self.policy])).isAbsent)
    }
  }

  @Test("Without a package database nothing is known of packages")
  func packages() async throws {
    #expect(try await Self.fact(.pcscPackages, on: StubWorkstation()).isAbsent)
  }
}
