import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// Reads the marked rules and expects exactly these diagnostics, each at its marker.
func expectDiagnostics(
  _ marked: String, _ expected: DiagnosticID..., sourceLocation: SourceLocation = #_sourceLocation
) {
  let rules = MarkedRules(marked)
  let file = RuleFile(Array(rules.text.utf8), name: "rules.yaml", registry: .forTests, searchesRepairs: true)
  let found = file.diagnostics.map { "\($0.span.start.line):\($0.span.start.column) \($0.id.rawValue)" }
  let wanted = zip(rules.places, expected).map { "\($0.line):\($0.column) \($1.rawValue)" }
  #expect(found == wanted, sourceLocation: sourceLocation)
  #expect(
    rules.places.count == expected.count, "as many markers as diagnostics", sourceLocation: sourceLocation)
  #expect((file.ruleSet == nil) == !expected.isEmpty, sourceLocation: sourceLocation)
}

/// Returns the proposal of the only diagnostic of these rules, in English.
func proposal(for yaml: String) -> String? {
  let file = RuleFile(Array(yaml.utf8), name: "rules.yaml", registry: .forTests, searchesRepairs: true)
  guard file.diagnostics.count == 1 else { return "\(file.diagnostics.count) diagnostics" }
  return file.diagnostics[0].proposal?.words.rendered(in: .english)
}
