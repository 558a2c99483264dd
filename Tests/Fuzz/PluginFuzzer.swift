import Preflight

@testable import PluginHost

private let declared = [
  FactDeclaration(
    FactName("erp/identifier"), .concealed(.text), fr: "numéro du compte", en: "account number"),
  FactDeclaration(FactName("erp/open"), .boolean, fr: "compte ouvert", en: "account open"),
  FactDeclaration(FactName("erp/since"), .date, fr: "depuis", en: "since"),
  FactDeclaration(FactName("erp/tags"), .list, fr: "mots", en: "words"),
  FactDeclaration(FactName("erp/more"), .map, fr: "autres", en: "others"),
]
private let confidence = "691234567"

private func demandSilence(_ words: LocalizedText) {
  for language in Language.allCases {
    let text = words.rendered(in: language, .masked)
    Harness.demand(!text.contains(confidence), "told: \(text)")
  }
}

/// Manifests and answers are taken or refused with a mistake, and no message has what was told in confidence.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPlugin(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Harness.bytes(start + 1, count - 1)
  do throws(ProtocolMistake) {
    switch start[0] % 4 {
    case 0:
      var decoder = ManifestDecoder(knowing: Harness.registry.facts)
      let manifest = decoder.manifest(in: bytes)
      Harness.demand((manifest == nil) == !decoder.mistakes.isEmpty, "\(decoder.mistakes)")
      for words in decoder.mistakes + decoder.remarks { _ = words.text.rendered(in: .french) }
    case 1:
      let facts = try PluginAnswer.facts(
        in: bytes, declared: declared, plugin: "erp", source: "erp/account", confidences: [confidence])
      Harness.demand(facts.map(\.name) == declared.map(\.name), "\(facts)")
      for fact in facts { if case .unavailable(let why) = fact.state { demandSilence(why.message) } }
    case 2: tell(try PluginAnswer.judged(in: bytes, confidences: [confidence]))
    default:
      for answer in try PluginAnswer.judged(inBatch: bytes, of: 2, confidences: [confidence]) { tell(answer) }
    }
  } catch {
    demandSilence(error.text)
  }
  return 0
}

private func tell(_ answer: PluginAnswer.Judged) {
  switch answer {
  case .judgement(let judgement):
    demandSilence(judgement.message)
    if let remedy = judgement.remedy { demandSilence(remedy) }
  case .unknown(let why): demandSilence(why.message)
  }
}
