import FactsFile
import GestionnaireReport
import Preflight
import Reports

private let today = Facts([Fact(.today, .date(CivilDate(daysSince1970: 20780)), source: "clock")])

/// Any report is read or refused, and what it gives is as good in a facts file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReport(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let report = try? GestionnaireReport(contents: Harness.bytes(start, count), origin: "report.txt")
  else { return 0 }
  let facts = Harness.facts(of: report, on: FuzzedWorkstation(), knowing: today)
  for fact in facts {
    if case .unavailable(let why) = fact.state { _ = why.message.rendered(in: .french) }
    if let note = fact.note { _ = note.rendered(in: .english) }
  }
  let text = FactsJSON(ReportOptions(language: .french, disclosure: .revealed)).text(of: facts)
  do throws(FactsFileFault) {
    let again = try FactsFile(
      contents: Array(text.utf8), origin: "report.txt", catalogue: Harness.registry.facts
    ).facts
    let known = facts.filter { $0.value != nil }
    for fact in known {
      Harness.demand(
        again.contains { $0.name == fact.name && $0.state == fact.state }, "\(fact)\nis not in\n\(text)")
    }
  } catch {
    fatalError("\(error.message.english)\n\(text)")
  }
  return 0
}
