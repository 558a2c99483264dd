import Preflight
import Testing

@testable import PluginHost

@Suite("Answers of plugins")
struct PluginAnswerTests {
  private static let declared = [
    FactDeclaration(
      FactName("erp/identifier"), .concealed(.text), fr: "numéro du compte", en: "account number"),
    FactDeclaration(FactName("erp/open"), .boolean, fr: "compte ouvert", en: "account open"),
  ]

  private func facts(_ json: String) -> String {
    do throws(ProtocolMistake) {
      let facts = try PluginAnswer.facts(
        in: Array(json.utf8), declared: Self.declared, plugin: "erp", source: "erp/account",
        confidences: ["691234567"])
      return facts.map { fact in
        if fact.isAbsent { return "\(fact.name.rawValue) absent" }
        return fact.value == nil ? "\(fact.name.rawValue) unavailable" : "\(fact.name.rawValue) known"
      }.joined(separator: ", ")
    } catch {
      return error.text.rendered(in: .english)
    }
  }

  private func judged(_ json: String) -> String {
    do throws(ProtocolMistake) {
      switch try PluginAnswer.judged(in: Array(json.utf8), confidences: ["691234567"]) {
      case .judgement(let judgement):
        return "\(judgement.outcome): \(judgement.message.rendered(in: .english))"
      case .unknown(let why): return "unknown: \(why.message.rendered(in: .english))"
      }
    } catch {
      return error.text.rendered(in: .english)
    }
  }

  @Test(
    "A source says each declared fact, or why there is none; anything else is a mistake with its place",
    arguments: [
      ("{\"facts\": {\"open\": true, \"identifier\": \"12\"}}", "erp/identifier known, erp/open known"),
      ("{\"facts\": {\"open\": true}}", "erp/identifier unavailable, erp/open known"),
      ("{\"facts\": {\"open\": null}}", "erp/identifier unavailable, erp/open unavailable"),
      ("{\"facts\": {}, \"absent\": [\"open\"]}", "erp/identifier unavailable, erp/open absent"),
      (
        "{\"unavailable\": {\"reason\": \"timeout\", \"message\": \"slow\"}}",
        "erp/identifier unavailable, erp/open unavailable"
      ),
      ("", "nothing was answered"), (" \n", "nothing was answered"),
      ("{}", "exactly one of “facts” and “unavailable” is expected"),
      (
        "{\"facts\": {}, \"unavailable\": {\"reason\": \"other\", \"message\": \"m\"}}",
        "exactly one of “facts” and “unavailable” is expected"
      ),
      ("{\"facts\": {\"open\": \"yes\"}}", "facts.open: is not"),
      ("{\"facts\": {\"other\": 1}}", "facts.other: this fact is not declared by the manifest"),
      ("{\"facts\": {\"open\": true}, \"absent\": [\"open\"]}", "absent: “open” is given in “facts”"),
      (
        "{\"facts\": {}, \"absent\": [\"card.kind\"]}",
        "absent: only facts that the manifest declares can be there"
      ),
      ("{\"facts\": {}, \"absent\": \"open\"}", "absent: a list of names is expected"),
      (
        "{\"unavailable\": {\"reason\": \"lunch\", \"message\": \"m\"}}",
        "unavailable.reason: service, timeout, input or other is expected"
      ),
      ("{\"unavailable\": {\"reason\": \"other\"}}", "unavailable.message: a string is expected"),
      ("{\"facts\": {\"open\": true}", "the JSON ends too early"), ("[]", "an object { … } is expected"),
    ])
  func gathered(json: String, words: String) {
    let found = facts(json)
    #expect(found.hasPrefix(words), "\(found)")
  }

  @Test(
    "A check says pass, fail or unknown, and in its words nothing of what it was told in confidence",
    arguments: [
      ("{\"outcome\": \"pass\", \"message\": \"fine\"}", "pass: fine"),
      ("{\"outcome\": \"fail\", \"message\": \"closed\"}", "fail: closed"),
      ("{\"outcome\": \"unknown\", \"message\": \"who knows\"}", "unknown: who knows"),
      ("{\"outcome\": \"PASS\", \"message\": \"m\"}", "outcome: pass, fail or unknown is expected"),
      ("{\"outcome\": true, \"message\": \"m\"}", "outcome: pass, fail or unknown is expected"),
      ("{\"message\": \"m\"}", "outcome: pass, fail or unknown is expected"),
      ("{\"outcome\": \"pass\"}", "message: a string is expected"),
      ("{\"outcome\": \"pass\", \"message\": \" \"}", "message: a string is expected"),
    ])
  func said(json: String, words: String) {
    #expect(judged(json) == words)
  }

  @Test("What a check was told in confidence is masked in its words, however it is spaced")
  func concealed() {
    for number in ["691234567", "69 123 45 67", "691.234.567"] {
      let found = judged("{\"outcome\": \"fail\", \"message\": \"account \(number) is closed\"}")
      #expect(found.hasPrefix("fail: account ") && !found.contains(number), "\(found)")
    }
  }

  @Test(
    "Checks that are asked together answer line by line, in order, and all of them",
    arguments: [
      ([0, 1], "pass, pass"), ([1, 0], "id: 0 is expected at this place"),
      ([0, 0], "id: 1 is expected at this place"), ([0], "2 lines of answer are expected, not 1"),
      ([0, 1, 2], "2 lines of answer are expected, not 3"), ([], "2 lines of answer are expected, not 0"),
    ])
  func batch(ids: [Int], words: String) {
    let lines = ids.map { "{\"id\": \($0), \"outcome\": \"pass\", \"message\": \"m\"}\n" }.joined()
    var found: String
    do throws(ProtocolMistake) {
      found = try PluginAnswer.judged(inBatch: Array(lines.utf8), of: 2, confidences: []).map { answer in
        if case .judgement(let judgement) = answer { "\(judgement.outcome)" } else { "unknown" }
      }.joined(separator: ", ")
    } catch {
      found = error.text.rendered(in: .english)
    }
    #expect(found == words)
  }
}
