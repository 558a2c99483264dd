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
    #expect(fault?.column == 43)
    #expect(fault?.message.rendered(in: .english).contains("is before card.issuedOn") == true)
  }

  private static let vitale = "3B 75 13 00 00 43 09 EA 90 00"
  private static let contactless = "3B8F80010031B86404B0ECC1739401808290000E"
  private static let cps3 = "3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00"
  private static let cps4 = "3b:9b:18:80:01:00:12:25:00:64:80:04:01:00:00:90:44"

  @Test(
    "An ATR has to be that of the card which the other facts describe",
    arguments: [
      (vitale, #""card.kind": "cps""#, "card.kind"), (vitale, #""card.kind": "unknown""#, "card.kind"),
      (vitale, #""card.kind": "vitale""#, nil), (vitale, #""card.contactless": false"#, nil),
      (contactless, #""card.contactless": false"#, "card.contactless"),
      (contactless, #""card.contactless": true"#, nil), (contactless, #""card.kind": "cps""#, nil),
      (cps3, #""card.contactless": true"#, "card.contactless"), (cps3, #""card.kind": "cpe""#, nil),
      (cps3, #""card.kind": "vitale""#, "card.kind"),
      (cps3, #""card.generation": "cps4""#, "card.generation"),
      (cps3, #""card.generation": "cps3", "card.kind": "cps", "card.contactless": false"#, nil),
      (cps4, #""card.generation": "cps3""#, "card.generation"), (cps4, #""card.generation": "cps4""#, nil),
      (cps4, #""card.kind": "unknown""#, "card.kind"),
      // An ATR that nobody knows, or that is none, says nothing.
      ("3B 00", #""card.kind": "cps""#, nil), ("–", #""card.kind": "cps""#, nil),
      ("3B 7", #""card.kind": "cps""#, nil),
    ] as [(String, String, String?)])
  func atr(atr: String, facts: String, expected: String?) {
    let fault = fault(in: #"{"facts": {"card.atr": "\#(atr)", \#(facts)}}"#)
    let message = fault?.message.rendered(in: .english)
    #expect(message?.split(separator: " ").first.map(String.init) == expected, "\(message ?? "–")")
  }

  @Test(
    "A version that lost its dots is none",
    arguments: ["050101", "0501", "51", "511", "5.100", "692612344", "5.202"])
  func version(text: String) throws {
    for facts in [
      #""cryptolib.version": "\#(text)""#, #""cryptolib.library": "\#(text)""#,
      #""cryptolib.versions": [{"version": "\#(text)", "place": "x"}]"#,
    ] {
      let fault = try #require(self.fault(in: #"{"facts": {\#(facts)}}"#))
      let message = fault.message.rendered(in: .english)
      #expect(message.contains("takes a version") && fault.column != nil, "\(message)")
      #expect(message.hasSuffix(#"write "5.1.1""#) == (text == "050101"), "\(message)")
    }
  }
}
