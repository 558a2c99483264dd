import Preflight
import JSON

/// The requests that are tried with each source and each check.
extension PluginConformance {
  typealias Reading = (_ answer: [UInt8]) throws(ProtocolMistake) -> Void

  mutating func add(_ what: LocalizedText, _ fault: LocalizedText?) {
    findings.append(Finding(what: what, fault: fault))
  }

  /// Returns the program's answer, or why there is none.
  func answer(_ arguments: [String], to request: [UInt8]) async -> Result<[UInt8], PluginFault> {
    do throws(PluginFault) {
      return .success(try await program.answer(arguments, to: request, within: deadline))
    } catch {
      return .failure(error)
    }
  }

  /// Returns what is wrong with an answer. Nil if it is valid.
  func fault(_ answer: Result<[UInt8], PluginFault>, _ read: Reading) -> LocalizedText? {
    switch answer {
    case .failure(let fault): return fault.message
    case .success(let bytes):
      do throws(ProtocolMistake) {
        try read(bytes)
        return nil
      } catch {
        return error.text
      }
    }
  }

  /// Tries valid requests, which must be answered, and invalid ones, which may be answered or refused.
  mutating func tryRequests(_ arguments: [String], _ request: PluginRequest, _ read: Reading) async {
    let name = arguments.joined(separator: " ")
    var unknowing = request
    unknowing = PluginRequest(
      settings: request.settings, facts: request.facts, known: Facts(), deadline: deadline, language: .french)
    let good: [(what: LocalizedText, bytes: [UInt8])] = [
      (LocalizedText(fr: "une réponse", en: "an answer"), request.bytes),
      (LocalizedText(fr: "une réponse sans aucun fait", en: "an answer without any fact"), unknowing.bytes),
      (
        LocalizedText(fr: "des clés inconnues, ignorées", en: "unknown keys, ignored"),
        request.adding(#""later": {"a": [1]}"#)
      ),
      (
        LocalizedText(
          fr: "une demande de 100 Kio, plus qu'un tube n'en contient",
          en: "a request of 100 KiB, more than a pipe holds"),
        request.adding("\"later\": \"\(String(repeating: "x", count: 100 << 10))\"")
      ),
    ]
    for (what, bytes) in good {
      let fault = fault(await answer(arguments, to: bytes), read)
      add(LocalizedText(fr: "\(name) : \(what.french)", en: "\(name): \(what.english)"), fault)
    }
    let bad: [(what: LocalizedText, bytes: [UInt8])] = [
      (LocalizedText(fr: "une entrée vide", en: "an empty input"), []),
      (LocalizedText(fr: "ce qui n'est pas du JSON", en: "what is not JSON"), Array("{\"protocol\":\n".utf8)),
      (LocalizedText(fr: "un autre protocole", en: "another protocol"), Array("{\"protocol\": 2}\n".utf8)),
    ]
    for (what, bytes) in bad {
      let answer = await answer(arguments, to: bytes)
      // The program may refuse, with any status but 0, or answer. Anything else is a fault.
      var fault = fault(answer, read)
      if case .failure(let failure) = answer, case .failed(.ended, _) = failure.reason { fault = nil }
      add(
        LocalizedText(
          fr: "\(name) : \(what.french), une réponse ou un refus",
          en: "\(name): \(what.english), an answer or a refusal"),
        fault)
    }
  }
}

extension PluginRequest {
  /// Returns the request with a member added at its end.
  fileprivate func adding(_ member: String) -> [UInt8] {
    Array(bytes.dropLast(2)) + Array(", \(member)}\n".utf8)
  }
}
