import FoundationEssentials

/// What the gate and the examples are tried with: one facts file for each class of exit codes, and a folder of the
/// test's own in which the shell runs.
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
    let today = Today.date
    let issued = Sample().with("card.issuedOn", "\"\(today.adding(days: -30))\"")
      .with("card.expiresOn", "\"\(today.adding(days: 365))\"")
    folder = try Folder([
      "ready.json": issued.json,
      "blocked.json": issued.with("card.pin", "\"blocked\"").json,
      "undecided.json": issued.with("card.pin", nil).json,
      "broken.yaml": "version: [",
    ])
    let rules = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/rules.yaml"), encoding: .utf8)
    try folder.write(rules, to: "rules.yaml")
  }

  /// The options that make a run of that class.
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

  /// Whether the folder holds that file.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder.path)/\(name)") }

  /// The text of a file of the folder.
  func text(of name: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(folder.path)/\(name)"), encoding: .utf8)
  }
}

/// The day on which the tests run, for what may not be asked about another one.
enum Today {
  /// Days by number, as the civil calendar counts them.
  struct Day: CustomStringConvertible {
    let number: Int

    func adding(days: Int) -> Day { Day(number: number + days) }

    /// YYYY-MM-DD (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
    var description: String {
      let shifted = number + 719_468
      let era = shifted / 146_097
      let dayOfEra = shifted - era * 146_097
      let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
      let shiftedMonth = (5 * dayOfYear + 2) / 153
      let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
      let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "\(year + era * 400 + (month <= 2 ? 1 : 0))-\(two(month))-\(two(day))"
    }
  }

  static var date: Day { Day(number: Int(Date().timeIntervalSince1970 / 86_400)) }
}
