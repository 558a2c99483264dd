import Preflight
import RuleStage
import Testing

@testable import FactsFile

/// Makes a facts file with these members beside its schema.
private func file(_ members: String) throws -> FactsFile {
  try FactsFile(
    contents: Array("{\"schema\": \"cps-preflight/facts/1\", \(members)}".utf8), origin: "f",
    catalogue: .forTests)
}

@Suite("The identifier of a situation in a facts file")
struct WrittenIdentifierTests {
  private func situation(_ members: String) throws -> BillingSituation? {
    let facts = try file("\"facts\": {\"billing.situations\": [{\(members)}]}").facts
    guard case .situations(let situations)? = facts.first?.value else { return nil }
    return situations.first
  }

  @Test(
    "Is refused where no card would have it so, as what wrote the file is wrong",
    arguments: [
      "1000123", "99-00-00036", "n°990000036", "00990000036", "990000O36", "0x9910862", "?????????", "AM",
      "990000036;",
      "1", "9,9E8",
    ])
  func refused(identifier: String) throws {
    #expect(throws: FactsFileFault.self) { try situation(#""identifier": "\#(identifier)""#) }
  }

  @Test(
    "Is that of the card, in whatever way the card has it, where it is said how it is written",
    arguments: [
      ("9910862", "wrong-length", true), ("99108Z265", "letters", true), ("9910862", "letters", false),
      ("991086265", "letters", false),
    ])
  func told(identifier: String, writing: String, isAccepted: Bool) throws {
    let members = #""identifier": "\#(identifier)", "masked": "\#(writing)""#
    if isAccepted {
      #expect(try situation(members)?.identifier?.writing?.rawValue == writing)
    } else {
      #expect(throws: FactsFileFault.self) { try situation(members) }
    }
  }

  @Test(
    "Is a number, or not set, in each of their writings",
    arguments: [
      "991086265", "99108626", "0991086265", "991 086 265", "", " ", "FFFFFFFFFF", "000000000", "xxx26xxxxx",
    ])
  func accepted(identifier: String) throws {
    #expect(try situation(#""identifier": "\#(identifier)""#)?.identifier != nil)
  }
}

@Suite("Several facts files")
struct SeveralFilesTests {
  @Test(
    "A file speaks of the card where it says anything of it, or of the reader",
    arguments: [
      (#""facts": {}"#, false), (#""facts": {"cryptolib.version": "5.2.4", "today": "2026-03-15"}"#, false),
      (#""facts": {}, "absent": ["report.createdOn"]"#, false), (#""facts": {"card.present": false}"#, true),
      (#""facts": {"reader.names": []}"#, true), (#""facts": {"card.reader": "Twin"}"#, true),
      (#""facts": {"holder.name": "X"}"#, true), (#""facts": {"billing.dam": true}"#, true),
      (#""facts": {}, "absent": ["billing.dam"]"#, true),
      (#""facts": {}, "reasons": {"card.pin": "timeout"}"#, true),
    ])
  func speaks(members: String, expected: Bool) throws {
    #expect(try file(members).speaksOfCard == expected)
  }

  @Test(
    "What was masked is a mask, whatever kind of mask it has",
    arguments: ["•••", "•••61••••", "•••••••017", "T••• A•••", "TESTARD •••"])
  func masks(name: String) throws {
    let facts = try file("\"facts\": {\"holder.name\": \"\(name)\"}").facts
    #expect(facts.first?.value?.isMask == true)
  }

  @Test("What all of them say has to be possible together")
  func contradictions() throws {
    let issued = try file(#""facts": {"card.issuedOn": "2026-01-01"}"#)
    let expired = try file(#""facts": {"card.expiresOn": "2025-01-01"}"#)
    let gone = try file(#""facts": {"card.present": false}"#)
    #expect(throws: FactsFileFault.self) {
      try FactsFile.refuseContradictions(among: issued.facts + expired.facts)
    }
    #expect(throws: FactsFileFault.self) {
      try FactsFile.refuseContradictions(among: gone.facts + issued.facts)
    }
    try FactsFile.refuseContradictions(
      among: issued.facts + file(#""facts": {"card.expiresOn": "2027-01-01"}"#).facts)
    // Two values of one fact are left to the resolution of sources.
    try FactsFile.refuseContradictions(
      among: issued.facts + file(#""facts": {"card.issuedOn": "2025-01-01"}"#).facts)
  }
}
