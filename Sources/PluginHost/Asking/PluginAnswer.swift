import Preflight
import JSON

/// Decodes the answers of plugins, in the format of ``PluginProtocol``. Throws the first mistake.
enum PluginAnswer {
  /// The answer of a check: a judgement, or why there is none.
  enum Judged: Sendable {
    case judgement(Judgement)
    case unknown(Unavailability)
  }

  ///
  /// - Parameter confidences: what must not be shown of the source's messages.
  static func facts(
    in bytes: [UInt8], declared: [FactDeclaration], plugin: String, source: String, confidences: Concealment
  ) throws(ProtocolMistake) -> [Fact] {
    let members = try members(of: bytes, concealing: confidences)
    switch (members["facts"], members["unavailable"]) {
    case (.some(let facts), nil):
      return try self.facts(
        facts, absent: members["absent"], declared: declared, plugin: plugin, source: source,
        confidences: confidences)
    case (nil, .some(let json)):
      let members = try object(json, at: "unavailable")
      let reason = try reason(members["reason"], at: "unavailable.reason")
      let message = try text(members["message"], at: "unavailable.message")
      let why = Unavailability(reason, words(message, concealing: confidences))
      return declared.map { Fact($0.name, unavailable: why, source: source) }
    default:
      throw ProtocolMistake(
        "",
        LocalizedText(
          fr: "un seul de « facts » et « unavailable » est attendu",
          en: "exactly one of “facts” and “unavailable” is expected"))
    }
  }

  ///
  /// - Parameter confidences: what must not be shown of the check's messages.
  static func judged(in bytes: [UInt8], confidences: Concealment) throws(ProtocolMistake) -> Judged {
    try judged(members(of: bytes, concealing: confidences), confidences: confidences)
  }

  /// Returns the answers of checks that were asked together, one per line. Each line has the number of its request,
  /// in order.
  ///
  /// - Parameters:
  ///   - count: how many checks were asked.
  ///   - confidences: what must not be shown of any line: the program was told all of it.
  static func judged(
    inBatch bytes: [UInt8], of count: Int, confidences: Concealment
  ) throws(ProtocolMistake) -> [Judged] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard lines.count == count else {
      throw ProtocolMistake(
        "",
        LocalizedText(
          fr: "\(count) lignes de réponse sont attendues, pas \(lines.count)",
          en: "\(count) lines of answer are expected, not \(lines.count)"))
    }
    var answers: [Judged] = []
    for (index, line) in lines.enumerated() {
      let members = try members(of: Array(line), concealing: confidences)
      guard case .number("\(index)")? = members["id"]?.content else {
        throw ProtocolMistake(
          "id",
          LocalizedText(fr: "\(index) est attendu à cette place", en: "\(index) is expected at this place"))
      }
      answers.append(try judged(members, confidences: confidences))
    }
    return answers
  }

  // MARK: - Facts and judgements

  private static func facts(
    _ json: JSONValue, absent: JSONValue?, declared: [FactDeclaration], plugin: String, source: String,
    confidences: Concealment
  ) throws(ProtocolMistake) -> [Fact] {
    let given = try object(json, at: "facts")
    let absent = try absentFacts(absent, declared: declared, plugin: plugin)
    for name in given.keys.sorted()
    where !declared.contains(where: { $0.name.rawValue == "\(plugin)/\(name)" }) {
      throw ProtocolMistake(
        "facts.\(shownName(name, concealing: confidences))",
        LocalizedText(
          fr: "ce fait n'est pas déclaré par le manifeste", en: "this fact is not declared by the manifest"))
    }
    var facts: [Fact] = []
    for declaration in declared {
      let name = String(declaration.name.rawValue.dropFirst(plugin.count + 1))
      guard let json = given[name], !json.isNull else {
        guard !absent.contains(name) else {
          facts.append(Fact(absent: declaration.name, source: source))
          continue
        }
        let words = LocalizedText(
          fr: "\(declaration.name.rawValue) n'est pas connu du plugin",
          en: "\(declaration.name.rawValue) is not known to the plugin")
        facts.append(Fact(declaration.name, unavailable: Unavailability(.notGiven, words), source: source))
        continue
      }
      guard !absent.contains(name) else {
        throw ProtocolMistake(
          "absent",
          LocalizedText(fr: "« \(name) » est donné dans « facts »", en: "“\(name)” is given in “facts”"))
      }
      guard let value = declaration.type.value(of: json) else {
        throw ProtocolMistake(
          "facts.\(name)",
          LocalizedText(
            fr: "n'est pas \(declaration.type.name.french), comme le manifeste le dit",
            en: "is not \(declaration.type.name.english), as the manifest says"))
      }
      facts.append(Fact(declaration.name, given: value, source: source))
    }
    return facts
  }

  /// Returns the names under `absent`, which must be declared facts. Empty if the member is null or missing.
  private static func absentFacts(
    _ json: JSONValue?, declared: [FactDeclaration], plugin: String
  ) throws(ProtocolMistake) -> Set<String> {
    guard let json, !json.isNull else { return [] }
    guard case .array(let items) = json.content else {
      throw ProtocolMistake(
        "absent", LocalizedText(fr: "une liste de noms est attendue", en: "a list of names is expected"))
    }
    var names: Set<String> = []
    for item in items {
      guard case .string(let name) = item.content,
        declared.contains(where: { $0.name.rawValue == "\(plugin)/\(name)" })
      else {
        throw ProtocolMistake(
          "absent",
          LocalizedText(
            fr: "seuls des faits que le manifeste déclare peuvent y être",
            en: "only facts that the manifest declares can be there"))
      }
      names.insert(name)
    }
    return names
  }

  private static func judged(
    _ members: [String: JSONValue], confidences: Concealment
  ) throws(ProtocolMistake) -> Judged {
    let message = words(try text(members["message"], at: "message"), concealing: confidences)
    switch members["outcome"]?.content {
    case .string("pass"): return .judgement(.pass(fr: message.french, en: message.english))
    case .string("fail"):
      var remedy: LocalizedText?
      if let json = members["remedy"] {
        remedy = words(try text(json, at: "remedy"), concealing: confidences)
      }
      return .judgement(.fail(fr: message.french, en: message.english, remedy: remedy))
    case .string("unknown"):
      guard let json = members["reason"] else { return .unknown(Unavailability(.plugin, message)) }
      return .unknown(Unavailability(try reason(json, at: "reason"), message))
    default:
      throw ProtocolMistake(
        "outcome",
        LocalizedText(fr: "pass, fail ou unknown est attendu", en: "pass, fail or unknown is expected"))
    }
  }

  private static func reason(
    _ json: JSONValue?, at path: String
  ) throws(ProtocolMistake) -> Unavailability.Reason {
    switch json?.content {
    case .string("service"): return .service
    case .string("timeout"): return .timeout
    case .string("input"): return .notGiven
    case .string("other"): return .plugin
    default:
      throw ProtocolMistake(
        path,
        LocalizedText(
          fr: "service, timeout, input ou other est attendu",
          en: "service, timeout, input or other is expected"))
    }
  }

  // MARK: - Plain values

  /// Returns the words of a plugin, shortened after everything confidential was concealed.
  private static func words(_ text: String, concealing confidences: Concealment) -> LocalizedText {
    LocalizedText(everywhere: Text(text, concealing: confidences, limit: 1000))
  }

  private static func members(
    of bytes: [UInt8], concealing confidences: Concealment
  ) throws(ProtocolMistake) -> [String: JSONValue] {
    guard bytes.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw ProtocolMistake("", LocalizedText(fr: "rien n'a été répondu", en: "nothing was answered"))
    }
    let json: JSONValue
    do throws(JSONFault) {
      json = try JSONReader.read(bytes)
    } catch {
      throw ProtocolMistake("", error.message(concealing: confidences))
    }
    return try object(json, at: "")
  }

  private static func object(
    _ json: JSONValue, at path: String
  ) throws(ProtocolMistake) -> [String: JSONValue] {
    guard case .object(let members) = json.content else {
      throw ProtocolMistake(
        path, LocalizedText(fr: "un objet { … } est attendu", en: "an object { … } is expected"))
    }
    return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  private static func text(_ json: JSONValue?, at path: String) throws(ProtocolMistake) -> String {
    guard case .string(let text)? = json?.content, text.contains(where: { !$0.isWhitespace }) else {
      throw ProtocolMistake(path, LocalizedText(fr: "un texte est attendu", en: "a string is expected"))
    }
    return text
  }
}

extension JSONValue {
  fileprivate var isNull: Bool {
    if case .null = content { true } else { false }
  }
}
