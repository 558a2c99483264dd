import Preflight
import RuleStage
import Testing

@testable import FactsFile

@Suite("Facts of the command line")
struct WrittenFactTests {
  private static let catalogue = FactCatalogue.forTests.adding([
    FactDeclaration(FactName("lot/identifier"), .concealed(.text), fr: "a", en: "a"),
    FactDeclaration(FactName("lot/test"), .boolean, fr: "b", en: "b"),
    FactDeclaration(FactName("lot/count"), .integer, fr: "c", en: "c"),
    FactDeclaration(FactName("lot/age"), .duration, fr: "d", en: "d"),
    FactDeclaration(FactName("lot/name"), .text, fr: "e", en: "e"),
  ])

  private func read(_ written: String...) throws -> FactsFile {
    try FactsFile(written.map { try #require(WrittenFact(notation: $0)) }, catalogue: Self.catalogue)
  }

  @Test(
    "A value is read by the type of its fact",
    arguments: [
      ("card.present=true", .boolean(true)), ("card.kind=cpe", .text("cpe")),
      ("card.issuedOn=2025-09-10", CivilDate("2025-09-10").map(FactValue.date)),
      ("cryptolib.version=5.10", Version("5.10").map(FactValue.version)),
      ("lot/test=false", .boolean(false)), ("lot/count=12", .integer(12)),
      ("lot/age=90d", .duration(.seconds(90 * 86_400))), ("lot/name=a=b", .text("a=b")),
      ("lot/name=", nil),
    ] as [(String, FactValue?)])
  func values(written: String, value: FactValue?) throws {
    let fact = try #require(try read(written).facts.first)
    #expect(fact.value == value)
    #expect(fact.source == "--with")
  }

  @Test(
    "What cannot be given is refused, and its value is not repeated",
    arguments: [
      ("card.number=2800001017", "personal"), ("holder.name=TESTARD", "personal"),
      ("billing.situations=[]", "personal"), ("lot/identifier=692612344", "personal"),
      ("reader.names=a", "in a file"), ("cryptolib.versions=5.2", "in a file"),
      ("card.presnt=true", "did you mean “card.present”?"), ("erp/open=true", "unknown fact"),
      ("692612344=true", "unknown fact “•••”"), ("card.present=oui", "true or false"),
      ("card.issuedOn=10/09/2025", "YYYY-MM-DD"), ("card.issuedOn=2025-02-30", "YYYY-MM-DD"),
      ("card.kind=CPS", "one of cps"), ("cryptolib.version=cinq", "such as 5.2.2"),
      ("cryptolib.version=050101", #"write "5.1.1""#), ("cryptolib.version=7391", "separated by dots"),
      ("lot/count=1.5", "an integer"),
    ])
  func refused(written: String, words: String) throws {
    let fault = #expect(throws: FactsFileFault.self) { try read(written) }
    let message = try #require(fault).message.rendered(in: .english)
    #expect(message.contains(words), "\(message)")
    let value = written.drop { $0 != "=" }.dropFirst()
    #expect(value == "true" || value == "a" || !message.contains(value), "\(message)")
  }

  @Test("A name and an equals sign are needed", arguments: ["", "=", "=true", "card.present"])
  func malformed(notation: String) { #expect(WrittenFact(notation: notation) == nil) }

  @Test("Facts that cannot all be true of one card are refused, as in a file")
  func contradiction() {
    #expect(throws: FactsFileFault.self) {
      try read("card.issuedOn=2025-09-10", "card.expiresOn=2024-09-10")
    }
  }

  @Test("They speak of a card as a file does")
  func card() throws {
    #expect(try read("card.kind=cps").speaksOfCard)
    #expect(try !read("cryptolib.version=5.2.4", "lot/test=true", "today=2026-03-15").speaksOfCard)
  }
}
