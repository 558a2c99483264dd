import Preflight
import RuleStage
import Testing

@testable import FactsFile

@Suite("A line of a stream of facts")
struct FactsLineTests {
  private let reader = FactsLine.Reader(origin: "-", catalogue: .forTests)

  private func fault(in line: String) -> FactsLineFault? {
    do throws(FactsLineFault) {
      _ = try reader.read(Array(line.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test("It is a facts file on one line; the schema may be left out, whose it is may be said")
  func sound() throws {
    let line = try reader.read(Array(#"{"id": "a", "facts": {"card.present": true}}"#.utf8))
    #expect(line.id == .text("a"))
    #expect(line.facts[.cardPresent].value == .boolean(true))
    #expect(line.facts[.cardPresent].source == "-")
    #expect(fault(in: #"{"schema": "cps-preflight/facts/1", "facts": {}}"#) == nil)
    #expect(fault(in: #"{"facts": {}, "sources": {}, "unavailable": {}}"#) == nil)
  }

  @Test("A file says no id, and has to say its schema")
  func file() {
    for json in [
      #"{"schema": "cps-preflight/facts/1", "id": 1, "facts": {}}"#, #"{"facts": {}}"#,
    ] {
      #expect(throws: FactsFileFault.self) {
        try FactsFile(contents: Array(json.utf8), origin: "f", catalogue: .forTests)
      }
    }
  }

  @Test(
    "Whose a faulty line is stands in what was sound before the fault, or anywhere where all of it is JSON")
  func identity() {
    #expect(fault(in: #"{"id": 1, "facts": }"#)?.id == .number("1"))
    #expect(fault(in: #"{"facts": }, "id": 1"#)?.id == nil)
    #expect(fault(in: #"{"facts": {"x": 1}, "id": "z"}"#)?.id == .text("z"))
    #expect(fault(in: #"{"id": {"id": 1}, "facts": {}}"#)?.id == nil)
    #expect(fault(in: "nonsense")?.id == nil)
  }

  @Test("What cannot be true of one card is refused")
  func contradiction() {
    let fault = fault(in: #"{"facts": {"card.issuedOn": "2025-01-01", "card.expiresOn": "2024-01-01"}}"#)
    #expect(fault?.column == nil)
    #expect(fault?.message.rendered(in: .english).contains("is before card.issuedOn") == true)
  }
}
