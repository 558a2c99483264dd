import Preflight

@testable import VerdictFile

private let key = SigningKey([UInt8](repeating: 1, count: 32))
private let rules = Harness.rules
private let signed: [UInt8] = {
  let facts = Facts([Fact(.today, .date(CivilDate(daysSince1970: 20527)), source: "clock")])
  let details = RunDetails(
    rulesPath: "rules.yaml", rulesDigest: FileDigest.of("rules".utf8),
    startedAt: Moment(secondsSince1970: 20527 * 86400), durationMs: 7)
  let document = VerdictDocument(
    Plan(rules, for: nil).judge(Gathered(facts: facts)), details, Wording(.english, .masked))
  return Array(document.text(signedWith: key).utf8)
}()

/// Any file is a verdict or is refused, and a signed one that was altered is never one that was signed.
///
/// The first byte says whether the rest is a file, or changes of a signed one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzVerdictFile(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  var bytes = Harness.bytes(start + 1, count - 1)
  if start[0] % 4 == 0 {
    var choices = Choices(bytes)
    bytes = signed
    while !choices.isEmpty {
      // The signature is at the end, and so are most of the changes.
      let isLate = choices.byte() % 2 == 0
      let place =
        isLate
        ? bytes.count - min(bytes.count, Int(choices.byte())) : choices.number(below: bytes.count + 1)
      let removed = min(Int(choices.byte() % 8), bytes.count - place)
      let added = choices.bytes(Int(choices.byte() % 8))
      bytes.replaceSubrange(place..<(place + removed), with: added)
    }
  }
  guard let verdict = try? RecordedVerdict(bytes) else { return 0 }
  let verification = VerdictVerification(verdict, VerdictVerification.Demands(), key: key)
  Harness.demand(
    bytes == signed || !verification.signatureFaults.isEmpty,
    "verified: \(String(decoding: bytes, as: UTF8.self))")
  let now = VerdictVerification.Circumstances(
    moment: Moment(secondsSince1970: 20527 * 86400), today: CivilDate(daysSince1970: 20527),
    rulesPath: "rules.yaml", rulesDigest: FileDigest.of("rules".utf8), ruleSet: rules, plugins: [],
    digest: { _ in nil })
  for fault in verification.faults(now) { _ = fault.rendered(in: .french) }
  _ = try? verification.cardFault(Facts(), readThrough: nil)
  return 0
}
