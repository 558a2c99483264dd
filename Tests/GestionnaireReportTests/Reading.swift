import Preflight

@testable import GestionnaireReport

/// The facts of a report, gathered as the program does.
struct Reading {
  let facts: [FactName: Fact]

  /// - Parameters:
  ///   - today: the day on which the report is read.
  ///   - days: the greatest age that is asked for; nil asks for none.
  init(_ contents: [UInt8], on today: String = "2026-11-26", notOlderThan days: Int? = nil) async throws {
    let report = try GestionnaireReport(
      contents: contents, origin: "rapport.txt",
      maxAge: days.map { ReportAge(.seconds($0 * 86_400)) } ?? .usual)
    var known = Facts()
    if let date = CivilDate(today) { known.add(Fact(.today, .date(date), source: "test")) }
    let gathered = await report.gather(
      report.provides, knowing: known, within: .seconds(20), from: NoWorkstation())
    facts = Dictionary(uniqueKeysWithValues: gathered.map { ($0.name, $0) })
  }

  init(_ text: String, on today: String = "2026-11-26", notOlderThan days: Int? = nil) async throws {
    try await self.init(Array(text.utf8), on: today, notOlderThan: days)
  }

  subscript(name: FactName) -> FactValue? { facts[name]?.value }

  /// Returns the reason why a fact is unknown.
  func reason(_ name: FactName) -> Unavailability.Reason? {
    guard case .unavailable(let why) = facts[name]?.state else { return nil }
    return why.reason
  }

  var situations: [BillingSituation]? {
    guard case .situations(let situations) = self[.billingSituations] else { return nil }
    return situations
  }
}

/// An empty workstation: the report needs none.
struct NoWorkstation: WorkstationAccess {
  func announce(_ words: LocalizedText) {}
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] { throw .missing }
  func names(in folder: String) throws(FileFault) -> [String] { throw .missing }
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput { throw .missing }
}

extension FactValue {
  /// The value of a personal fact.
  var unmasked: String? {
    guard case .personal(let value) = self else { return nil }
    return value.unmasked
  }
}

extension String {
  /// The text in Latin-1, as the Gestionnaire writes it, with CR LF.
  var latin1: [UInt8] {
    replacing("\n", with: "\r\n").unicodeScalars.map { UInt8(exactly: $0.value) ?? 0x3F }
  }
}
