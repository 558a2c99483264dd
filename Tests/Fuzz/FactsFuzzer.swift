import JSON
import Preflight
import Reports

@testable import FactsFile

private let catalogue = Harness.registry.facts

private func decoded(_ bytes: [UInt8]) -> [Fact]? {
  try? FactsFile(contents: bytes, origin: "facts.json", catalogue: catalogue).facts
}

private func account(_ facts: [Fact]) -> [String] {
  facts.map { fact in
    switch fact.state {
    case .known(let value):
      "\(fact.name.rawValue) = \(LocalizedText(value).rendered(in: .english, .revealed))"
    case .absent: "\(fact.name.rawValue) absent"
    case .unavailable(let why): "\(fact.name.rawValue) unavailable: \(why.reason)"
    }
  }.sorted()
}

/// Facts are the same when they are written and read again, and the plain way of reading lines is the careful one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFacts(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Harness.bytes(start, count)
  if let skimmed = FactsSkimming(catalogue: catalogue, origin: "-").document(in: bytes) {
    do {
      let careful = try FactsDecoder(catalogue: catalogue, origin: "-", isLine: true).document(in: bytes)
      Harness.demand(
        skimmed.facts == careful.facts && skimmed.id == careful.id,
        "\(account(skimmed.facts))\n\(account(careful.facts))")
    } catch {
      Harness.demand(false, "taken, and refused: \(error)")
    }
  }
  guard let facts = decoded(bytes) else { return 0 }
  for language in Language.allCases {
    let text = FactsJSON(ReportOptions(language: language, disclosure: .revealed)).text(of: facts)
    guard let again = decoded(Array(text.utf8)) else { fatalError("not readable:\n\(text)") }
    Harness.demand(account(facts) == account(again), "\(account(facts))\n\(account(again))\n\(text)")
    let values = facts.filter { $0.value != nil }.map { "\($0.name.rawValue) \($0.state)" }.sorted()
    Harness.demand(
      values == again.filter { $0.value != nil }.map { "\($0.name.rawValue) \($0.state)" }.sorted(), text)
  }
  return 0
}
