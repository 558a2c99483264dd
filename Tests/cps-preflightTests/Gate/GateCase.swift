import FoundationEssentials
import Glibc

/// The setup for tests of the gate and the examples: a facts file for each class of exit codes, and a folder in which
/// the shell runs.
struct GateCase {
  /// The class of a run.
  enum Class: String, CaseIterable, Sendable {
    case ready
    case blocked
    case undecided
    case broken
  }

  let folder: Folder

  init() throws {
    // Verified verdicts are of today, so this card must be valid on any day.
    let year = Self.year
    let issued = Sample().with("card.issuedOn", "\"\(year - 1)-01-10\"")
      .with("card.expiresOn", "\"\(year + 2)-01-31\"")
    folder = try Folder([
      "ready.json": issued.json,
      "blocked.json": issued.with("card.pin", "\"blocked\"").json,
      "undecided.json": issued.with("card.pin", nil).json,
      "broken.yaml": "version: [",
    ])
    let rules = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/rules.yaml"), encoding: .utf8)
    try folder.write(rules, to: "rules.yaml")
  }

  /// The year in which the tests run.
  private static var year: Int {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    return Int(parts.tm_year) + 1900
  }

  /// Returns the options for a run of that class.
  static func options(_ one: Class) -> String {
    switch one {
    case .ready, .blocked, .undecided: "--rules rules.yaml --facts \(one.rawValue).json --offline"
    case .broken: "--rules broken.yaml --facts ready.json --offline"
    }
  }

  /// Runs a line of shell in the folder: `$P` is the program, `$READY`, `$BLOCKED`, … are options.
  func shell(_ line: String) async throws -> BuiltProgram.Run {
    let settings = Class.allCases.map { "\($0.rawValue.uppercased())='\(Self.options($0))'; " }.joined()
    return try await BuiltProgram.shell(settings + line, in: folder.path)
  }

  /// Returns whether the folder contains that file.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder.path)/\(name)") }

  /// The text of a file of the folder.
  func text(of name: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(folder.path)/\(name)"), encoding: .utf8)
  }
}
