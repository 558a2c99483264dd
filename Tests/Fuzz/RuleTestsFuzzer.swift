import FactsFile
import JSON
import Preflight

@testable import RuleDesk

/// Tests of rules are read or refused; the facts of each are a facts file, and are judged by the shipped rules.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRuleTests(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let source = RuleTestSource(Harness.bytes(start, count), name: "rules.test.yaml")
  _ = source.rules
  let file = RuleTestFile(
    source, facts: Harness.registry.facts, rules: Harness.rules.stages.flatMap(\.rules).map(\.id))
  for language in Language.allCases { _ = file.text(in: language) }
  guard file.diagnostics.isEmpty else { return 0 }
  Harness.demand(!file.tests.isEmpty, "no tests, and nothing wrong")
  var coverage = RuleCoverage()
  for test in file.tests.prefix(4) {
    let inline = Array(test.facts.inline.utf8)
    Harness.demand((try? JSONReader.read(inline)) != nil, "no JSON: \(test.facts.inline)")
    guard
      let facts = try? FactsFile(
        contents: inline, origin: test.place, catalogue: Harness.registry.facts
      ).facts
    else { continue }
    let result = RuleTestResult(test, Harness.rules, facts: facts, advice: { _ in nil }, coverage: &coverage)
    for failure in result.failures { _ = failure.rendered(in: .french) }
  }
  _ = coverage.gaps(in: Harness.rules)
  return 0
}
