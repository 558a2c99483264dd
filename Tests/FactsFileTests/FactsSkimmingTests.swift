import Preflight
import RuleStage
import SeededNumbers
import Testing

@testable import FactsFile

@Suite("Lines taken straight from their bytes")
struct FactsSkimmingTests {
  private let skimming = FactsSkimming(catalogue: .forTests, origin: "-")
  private let decoder = FactsDecoder(catalogue: .forTests, origin: "-", isLine: true)

  /// Members of `facts` that are right, rare and wrong.
  private static let facts = [
    #""card.present": true"#, #""card.present":false"#, #""card.kind": "cps""#, #""card.kind": "cp""#,
    #""card.number": "2800001017""#, #""card.number": "•••••••017""#, #""card.number": "…""#,
    #""card.issuedOn": "2025-09-10""#, #""card.issuedOn": "2025-02-29""#, #""card.issuedOn": "2025-9-10""#,
    #""card.expiresOn" : "2028-09-30""#, #""card.pin": "ok""#, #""card.pin": "\u006fk""#,
    #""card.pin": null"#,
    #""holder.name": "DUPONT \u00c9LISE""#, #""holder.name": "É«•»""#, #""holder.name": "•••""#,
    #""holder.name": "\ud800""#, #""holder.name": """#, #""billing.dam": true"#, #""billing.dam": "true""#,
    #""billing.situations": []"#, #""billing.practice": ["liberal", "é"]"#, #""reader.names": ["A", 1]"#,
    #""billing.situations": [{"link": 1, "identifier": "692612344", "signFSE": true, "signLots": false}]"#,
    #""billing.situations": [{"identifier": "•••26••••", "masked": "sound"}, {"identifier": null}]"#,
    #""billing.situations": [{"identifier": "•••", "masked": "sound"}, {"practice": "locum"}]"#,
    #""billing.situations": [{"identifier": "9910862"}, {"identifier": "99-108"}]"#,
    #""billing.situations": [{"identifier": "9910862", "masked": "wrong-length"}]"#,
    #""billing.situations": [{"identifier": "991-086-265", "masked": "letters"}]"#,
    #""billing.situations": [{"unknown": ["signFSE"], "speciality": "Médecine"}]"#,
    #""billing.situations": [{"link": 256}]"#, #""billing.situations": [{"link": 1, "link": 1}]"#,
    #""billing.situations": [{},{},{},{},{},{},{},{},{}]"#, #""billing.situations": [{"identifier": "x"},]"#,
    #""cryptolib.version": "5.2.4""#, #""cryptolib.version": "5.2.""#, #""cryptolib.version": 5"#,
    #""cryptolib.versions": [{"version": "5.2.4", "place": "/a"}]"#, #""reader.events": 12"#,
    #""reader.events": 1.0"#, #""reader.events": 99999999999999999999"#, #""today": "2026-03-15""#,
    #""unknown.fact": 1"#, #""erp/open": {"a": 1}"#, #""card.pre\u0073ent": true"#, #""card.présent": true"#,
  ]

  /// Members of the line beside `facts`.
  private static let others = [
    #""id": "cabinet-1""#, #""id": 1.50"#, #""id": null"#, #""id": "\"é""#, #""id": {}"#,
    #""schema": "cps-preflight/facts/1""#, #""schema": "cps-preflight/facts/2""#, #""absent": ["card.atr"]"#,
    #""absent": ["card.present"]"#, #""reasons": {"card.pin": "service"}"#,
    #""sources": {"a": [1, {"b": null}]}"#,
    #""sources": {"a": 1, "a": 2}"#, #""unavailable": {"card.atr": "no\n"}"#, #""unavailable": [[[[[]]]]]"#,
    #""facts": {}"#, #""other": 1"#,
  ]

  private static func line(_ numbers: inout SeededNumbers) -> [UInt8] {
    let facts = Self.facts.shuffled(using: &numbers).prefix(Int.random(in: 0...4, using: &numbers))
    var members = ["\"facts\": {\(facts.joined(separator: ", "))}"]
    for _ in 0..<(Int.random(in: 0...4, using: &numbers) / 2) {
      members.insert(
        Self.others.randomElement(using: &numbers) ?? "",
        at: Int.random(in: 0...members.count, using: &numbers))
    }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  /// Changes a byte, takes some out, or puts some in.
  private static func mutate(_ line: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var line = line
    let place = Int.random(in: 0..<line.count, using: &numbers)
    let signs = Array("\"\\{}[],: \t\r0e-.tu".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xFF]
    let sign = signs.randomElement(using: &numbers) ?? 0
    switch Int.random(in: 0...4, using: &numbers) {
    case 0: line[place] = sign
    case 1: line.insert(sign, at: place)
    case 2: line.remove(at: place)
    case 3: line.removeSubrange(place...)
    default: line.insert(contentsOf: line[place..<min(line.count, place + 24)], at: place)
    }
    return line
  }

  private func strict(_ line: [UInt8]) -> FactsDecoder.Document? {
    do throws(FactsDecoder.Fault) { return try decoder.document(in: line) } catch { return nil }
  }

  @Test("What is taken is what the strict decoder takes, in thousands of lines and what may become of them")
  func agreement() {
    var numbers = SeededNumbers(18)
    var (taken, left) = (0, 0)
    for _ in 0..<8000 {
      var line = Self.line(&numbers)
      for _ in 0..<(Int.random(in: 0...4, using: &numbers) / 2) where !line.isEmpty {
        line = Self.mutate(line, &numbers)
      }
      let strict = strict(line)
      guard let skimmed = skimming.document(in: line) else {
        if strict != nil { left += 1 }
        continue
      }
      taken += 1
      #expect(skimmed.id == strict?.id, "\(String(decoding: line, as: UTF8.self))")
      #expect(skimmed.facts == strict?.facts, "\(String(decoding: line, as: UTF8.self))")
    }
    // Both ways are tried often.
    #expect(taken > 500)
    #expect(left > 100)
  }

  @Test("Ordinary lines are taken, those of other programs and those of this one, with masks and sources")
  func ordinary() {
    for line in [
      #"{"id": "a", "facts": {"card.present": true, "card.issuedOn": "2025-09-10", "card.pin": "ok"}}"#,
      #"{"facts":{"billing.situations":[{"link":1,"identifier":"•••26••••","masked":"sound","signFSE":true}]}}"#,
      #"{"schema": "cps-preflight/facts/1", "facts": {"holder.name": "\u00c9LISE"}, "sources": {"a": "b"}, "id": 7}"#,
      "\u{FEFF}{\"facts\": {}} ",
    ] {
      #expect(skimming.document(in: Array(line.utf8)) != nil, "\(line)")
    }
  }

  @Test("It gives up early on what is deep or has very many members")
  func limits() {
    let deep = String(repeating: "[", count: 1 << 20)
    let wide = (0..<100_000).map { "\"a\($0)\": 1" }.joined(separator: ",")
    for line in [deep, "{\"sources\": \(deep)", "{\"sources\": {\(wide)}, \"facts\": {}}"] {
      #expect(skimming.document(in: Array(line.utf8)) == nil)
    }
  }
}
