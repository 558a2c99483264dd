import Preflight
import Testing

@testable import RuleFile

/// A rule file in which `1️⃣`, `2️⃣`… mark the places where something is wrong.
struct MarkedRules {
  let text: String
  /// The places of the markers, in order.
  let places: [Place]

  init(_ marked: String) {
    var text = ""
    var places: [Place] = []
    var line = 1
    var column = 1
    for character in marked {
      if character.unicodeScalars.contains("\u{20E3}") {
        places.append(Place(line: line, column: column))
        continue
      }
      text.append(character)
      if character.isNewline {
        (line, column) = (line + 1, 1)
      } else {
        column += character.unicodeScalars.count
      }
    }
    self.text = text
    self.places = places
  }
}

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
