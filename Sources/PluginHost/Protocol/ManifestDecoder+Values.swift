import Preflight
import JSON

/// Decodes the plain values of manifests.
extension ManifestDecoder {
  mutating func fail<Value>(_ path: String, _ message: LocalizedText) -> Value? {
    mistakes.append(ProtocolMistake(path, message))
    return nil
  }

  mutating func object(_ json: JSONValue, at path: String, keys: [String]) -> [String: JSONValue]? {
    guard case .object(let members) = json.content else {
      return fail(path, LocalizedText(fr: "un objet { … } est attendu", en: "an object { … } is expected"))
    }
    for member in members where !keys.contains(member.name) {
      let hint = nearestName(to: member.name, among: keys)
      remarks.append(
        ProtocolMistake(
          path.isEmpty ? shownName(member.name) : "\(path).\(shownName(member.name))",
          LocalizedText(
            fr: "clé inconnue, ignorée\(hint.map { " ; écrire « \($0) » ?" as Text } ?? "")",
            en: "unknown key, ignored\(hint.map { "; did you mean “\($0)”?" } ?? "")")))
    }
    return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func list(_ json: JSONValue, at path: String) -> [JSONValue]? {
    guard case .array(let items) = json.content else {
      return fail(path, LocalizedText(fr: "une liste [ … ] est attendue", en: "a list [ … ] is expected"))
    }
    return items
  }

  mutating func required(_ json: JSONValue?, at path: String) -> [JSONValue]? {
    guard let json else { return missing(path) }
    return list(json, at: path)
  }

  mutating func boolean(_ json: JSONValue, at path: String) -> Bool? {
    guard case .boolean(let flag) = json.content else {
      return fail(path, LocalizedText(fr: "true ou false est attendu", en: "true or false is expected"))
    }
    return flag
  }

  mutating func text(_ json: JSONValue?, at path: String) -> String? {
    guard let json else { return missing(path) }
    guard case .string(let text) = json.content, text.contains(where: { !$0.isWhitespace }),
      text.utf8.count <= 1000
    else {
      return fail(
        path,
        LocalizedText(
          fr: "un texte de 1 à 1000 octets est attendu", en: "a string of 1 to 1000 bytes is expected"))
    }
    return text
  }

  mutating func localizedText(_ json: JSONValue, at path: String) -> LocalizedText? {
    guard case .object = json.content else {
      return text(json, at: path).map { LocalizedText(everywhere: Text($0)) }
    }
    let languages = Language.allCases.map(\.rawValue)
    guard let members = object(json, at: path, keys: languages) else { return nil }
    let french = members["fr"].flatMap { text($0, at: "\(path).fr") }
    let english = members["en"].flatMap { text($0, at: "\(path).en") }
    guard let some = french ?? english else { return missing("\(path).fr") }
    return LocalizedText(fr: Text(french ?? some), en: Text(english ?? some))
  }

  mutating func summary(_ json: JSONValue?, at path: String) -> LocalizedText? {
    guard let json else { return missing(path) }
    return localizedText(json, at: path)
  }

  /// Returns the name of a plugin, which is short and can be part of a file name. Nil, with a mistake recorded, if
  /// it is not valid.
  mutating func pluginName(_ json: JSONValue?) -> String? {
    guard let name = text(json, at: "name") else { return nil }
    guard PluginName.isWellFormed(name) else {
      return fail(
        "name",
        LocalizedText(
          fr:
            "« \(shownName(name)) » ne tient pas en 32 lettres minuscules, chiffres et « - », une lettre d'abord",
          en:
            "“\(shownName(name))” is not made of at most 32 lower-case letters, digits and “-”, a letter first"
        ))
    }
    return name
  }

  /// Returns the name of a source, check, fact or parameter. Nil, with a mistake recorded, if it is not valid.
  mutating func identifier(_ json: JSONValue?, at path: String) -> String? {
    guard let name = text(json, at: path) else { return nil }
    guard OutsideName.isName(name) else {
      return fail(
        path,
        LocalizedText(
          fr:
            "« \(shownName(name)) » ne tient pas en 64 lettres sans accent, chiffres, « - », « _ » ou « . », une lettre d'abord",
          en:
            "“\(shownName(name))” is not made of at most 64 plain letters, digits, “-”, “_” or “.”, a letter first"
        ))
    }
    return name
  }

  /// Returns the name of an environment variable. Nil, with a mistake recorded, if it is not valid.
  mutating func variable(_ json: JSONValue, at path: String) -> String? {
    guard let name = text(json, at: path) else { return nil }
    guard EnvironmentName.isWellFormed(name) else {
      return fail(
        path,
        LocalizedText(
          fr: "« \(shownName(name)) » n'est pas le nom d'une variable",
          en: "“\(shownName(name))” is not the name of a variable"))
    }
    return name
  }

  mutating func typeName(_ json: JSONValue?, at path: String) -> OutsideType? {
    guard let word = text(json, at: path) else { return nil }
    guard let type = OutsideType(rawValue: word) else {
      let known = OutsideType.allCases.map(\.rawValue).joined(separator: ", ")
      return fail(
        path,
        LocalizedText(
          fr: "type inconnu « \(shownName(word)) » ; l'un de : \(known)",
          en: "unknown type “\(shownName(word))”; one of: \(known)")
      )
    }
    return type
  }

  mutating func factNames(_ json: JSONValue?, at path: String) -> [FactName] {
    guard let items = json.flatMap({ list($0, at: path) }) else { return [] }
    return items.enumerated().compactMap { index, item in
      text(item, at: "\(path)[\(index)]").map { FactName($0) }
    }
  }

  // MARK: - The whole

  mutating func refuseDuplicates(_ names: [String], at path: String) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      mistakes.append(
        ProtocolMistake(
          path,
          LocalizedText(
            fr: "« \(shownName(name)) » est donné deux fois", en: "“\(shownName(name))” is given twice")))
    }
  }

  /// Records a mistake for each fact that does not exist. The facts of other plugins are not checked.
  mutating func refuseUnknownFacts(
    _ checks: [PluginManifest.OfferedCheck], _ sources: [PluginManifest.OfferedSource]
  ) {
    let catalogue = self.catalogue.adding(sources.flatMap(\.facts))
    let named =
      checks.map { ("checks.\($0.name).facts", $0.facts) }
      + sources.map { ("sources.\($0.name).needs", $0.needs) }
    for (path, names) in named {
      for fact in names where catalogue[fact] == nil && (fact.plugin == nil || fact.plugin == name) {
        let hint = nearestName(to: fact.rawValue, among: catalogue.declarations.map(\.name.rawValue))
        mistakes.append(
          ProtocolMistake(
            path,
            LocalizedText(
              fr:
                "fait inconnu « \(shownName(fact.rawValue)) »\(hint.map { " ; écrire « \($0) » ?" as Text } ?? "")",
              en: "unknown fact “\(shownName(fact.rawValue))”\(hint.map { "; did you mean “\($0)”?" } ?? "")")
          ))
      }
    }
  }

  private mutating func missing<Value>(_ path: String) -> Value? {
    fail(path, LocalizedText(fr: "manque", en: "is missing"))
  }
}
