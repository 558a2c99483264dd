import Preflight
import StrictJSON

/// Makes facts of the JSON of a facts file, or of a line of a stream of them.
struct FactsDecoder {
  let catalogue: FactCatalogue
  let origin: String
  /// Whether it is a line of a stream, which may say whose it is and need not repeat the schema.
  var isLine = false

  /// What a file or a line says.
  struct Document {
    var id: LineID?
    var facts: [Fact] = []
  }

  /// What is wrong, and where, in bytes from the start of the file; nothing where it is the file as a whole.
  struct Fault: Error, Sendable {
    let offset: Int?
    let message: LocalizedText

    init(_ offset: Int, fr: Text, en: Text) { self.init(offset, LocalizedText(fr: fr, en: en)) }

    init(_ offset: Int?, _ message: LocalizedText) {
      self.offset = offset
      self.message = message
    }

    init(_ fault: JSONFault) { self.init(fault.offset, fault.message) }
  }

  /// What the file or the line says. Throws the first thing that is wrong with it.
  func document(in bytes: [UInt8]) throws(Fault) -> Document {
    let root: JSONValue
    do throws(JSONFault) { root = try JSONReader.read(bytes) } catch { throw Fault(error) }
    var document = Document()
    var facts: JSONValue?
    var schema: JSONValue?
    for member in try object(root, named: "") {
      switch member.name {
      case "schema": schema = member.value
      case "facts": facts = member.value
      case "id" where isLine: document.id = try id(member.value)
      // What `cps-preflight facts --format json` adds for the reader's information.
      case "sources", "unavailable": break
      default: throw unknown(member, among: ["schema", "facts"] + (isLine ? ["id"] : []))
      }
    }
    if schema == nil, !isLine { throw missing("schema", in: root) }
    guard let facts else { throw missing("facts", in: root) }
    if let schema {
      guard case .string(FactsFile.schema) = schema.content else {
        throw Fault(
          schema.offset, fr: "« schema » doit valoir \"\(FactsFile.schema)\"",
          en: "“schema” must be \"\(FactsFile.schema)\"")
      }
    }
    for member in try object(facts, named: "facts") {
      let name = FactName(member.name)
      // The facts of a plugin that the rules do not use: nobody asks for them, nor knows their types.
      if name.plugin != nil, !catalogue.knows(pluginOf: name) { continue }
      guard let declaration = catalogue[name] else {
        throw unknown(member, among: catalogue.declarations.map(\.name.rawValue))
      }
      document.facts.append(Fact(name, try value(member.value, of: declaration), source: origin))
    }
    return document
  }

  private func id(_ json: JSONValue) throws(Fault) -> LineID {
    guard let id = LineID(json) else {
      throw wrongType(
        json, named: "id", expected: LocalizedText(fr: "un texte ou un nombre", en: "a string or a number"))
    }
    return id
  }

  private func value(_ json: JSONValue, of declaration: FactDeclaration) throws(Fault) -> FactValue {
    let name = declaration.name.rawValue
    var value: FactValue?
    switch (declaration.type, json.content) {
    case (.texts, .array(let elements)):
      var texts: [String] = []
      for element in elements { texts.append(try string(element, named: name)) }
      value = .texts(texts)
    case (.situations, .array(let elements)):
      guard elements.count <= 8 else {
        throw Fault(
          json.offset, fr: "\(name) : une carte a huit situations au plus",
          en: "\(name): a card has eight situations at most")
      }
      var situations: [BillingSituation] = []
      for (index, element) in elements.enumerated() {
        situations.append(try situation(element, named: "\(name)[\(index)]"))
      }
      value = .situations(situations)
    default: value = declaration.type.value(of: json)
    }
    guard let value else { throw wrongType(json, named: name, expected: declaration.type.name) }
    return value
  }

  private func situation(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault)
    -> BillingSituation
  {
    var link: Int?
    var identifier = BillingIdentifier.absent
    var speciality: String?
    var signFSE: Bool?
    var signLots: Bool?
    for member in try object(json, named: name()) {
      // Only messages name it.
      var field: String { "\(name()).\(member.name)" }
      switch member.name {
      case "link":
        guard case .number(let digits) = member.value.content, let number = Int(digits),
          (0...255).contains(number)
        else {
          throw wrongType(
            member.value, named: field,
            expected: LocalizedText(fr: "un entier de 0 à 255", en: "an integer from 0 to 255"))
        }
        link = number
      case "identifier":
        if case .null = member.value.content { continue }
        identifier = BillingIdentifier(try string(member.value, named: field))
      case "speciality": speciality = try string(member.value, named: field)
      case "signFSE": signFSE = try boolean(member.value, named: field)
      case "signLots": signLots = try boolean(member.value, named: field)
      default:
        throw unknown(member, among: ["link", "identifier", "speciality", "signFSE", "signLots"])
      }
    }
    return BillingSituation(
      link: link, identifier: identifier, speciality: speciality, signFSE: signFSE, signLots: signLots)
  }

  // MARK: - Plain values

  private func object(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault) -> [JSONValue
    .Member]
  {
    guard case .object(let members) = json.content else {
      throw wrongType(
        json, named: name().isEmpty ? "JSON" : name(),
        expected: LocalizedText(fr: "un objet { … }", en: "an object { … }"))
    }
    return members
  }

  private func string(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault) -> String {
    guard case .string(let text) = json.content else {
      throw wrongType(json, named: name(), expected: FactType.text.name)
    }
    return text
  }

  private func boolean(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault) -> Bool {
    guard case .boolean(let flag) = json.content else {
      throw wrongType(json, named: name(), expected: FactType.boolean.name)
    }
    return flag
  }

  // MARK: - Faults

  private func missing(_ field: String, in root: JSONValue) -> Fault {
    Fault(root.offset, fr: "le champ « \(field) » manque", en: "the field “\(field)” is missing")
  }

  private func wrongType(_ json: JSONValue, named name: String, expected: LocalizedText) -> Fault {
    Fault(
      json.offset, fr: "\(name) attend \(expected.french)", en: "\(name) takes \(expected.english)")
  }

  /// More of a name would only hide the message.
  private static let shownNameLength = 80

  private func unknown(_ member: JSONValue.Member, among known: [String]) -> Fault {
    let list = known.joined(separator: ", ")
    let nearest = nearestName(to: member.name, among: known)
    let french = nearest.map { "écrire « \($0) » ?" } ?? "connus : \(list)"
    let english = nearest.map { "did you mean “\($0)”?" } ?? "known: \(list)"
    let name = String(member.name.prefix(Self.shownNameLength))
    return Fault(
      member.nameOffset, fr: "champ inconnu « \(name) » ; \(french)",
      en: "unknown field “\(name)”; \(english)")
  }
}
