import FactsFile
import JSON
import Preflight
import Reports
import VerdictFile
@testable import Workstation

@testable import cps_preflight

private let plan = Plan(Harness.rules, for: nil)
private let today = Fact(.today, .date(CivilDate(daysSince1970: 20527)), source: "clock")

/// Each line of a stream that is not blank has one line in the answer, which is JSON and has its number.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzStream(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Harness.bytes(start, count)
  guard let first = bytes.first else { return 0 }
  let details = RunDetails(
    rulesPath: "rules.yaml", rulesDigest: "", startedAt: Moment(secondsSince1970: 0), durationMs: 0)
  var judge = LineJudge(
    plan,
    reader: FactsLine.Reader(
      origin: "-", selection: first & 2 == 0 ? .any : .position(1), catalogue: Harness.registry.facts),
    day: .otherwise(today),
    verdicts: VerdictLines(
      plan, details, Wording(first & 4 == 0 ? .french : .english, .masked), isBrief: first & 1 == 0))
  let lines = Array(bytes.dropFirst())
  var written: [UInt8] = []
  let block = LineInput.Block(
    bytes: lines, index: 0, firstLine: 7, bytesRead: lines.count, isBeginningOnly: false)
  do throws(WriteFault) {
    try judge.judge(block) { written += $0 }
  } catch {
    fatalError("\(error)")
  }
  let given = lines.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    .filter { _, line in line.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } }.map { $0.offset + 7 }
  Harness.demand(written.isEmpty || written.last == 0x0A, "the last line has no end")
  let answers = written.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
  Harness.demand(answers.count == given.count, "\(given.count) lines, \(answers.count) answers")
  for (number, answer) in zip(given, answers) {
    guard let json = try? JSONReader.read(Array(answer)) else {
      fatalError("no JSON: \(String(decoding: answer, as: UTF8.self))")
    }
    guard case .number("\(number)")? = json["line"]?.content else {
      fatalError("line \(number) has another number")
    }
  }
  return 0
}
