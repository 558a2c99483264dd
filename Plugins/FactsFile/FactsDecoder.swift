import Preflight
import JSON

/// Decodes the JSON of a facts file, or of a line in a stream of facts.
struct FactsDecoder {
  let catalogue: FactCatalogue
  let origin: String
  /// Whether to decode a line of a stream, which may have an `id` and need not repeat the schema.
  var isLine = false

  /// The content of a file or a line.
  struct Document {
    var id: LineID?
    var facts: [Fact] = []
  }

  /// What is wrong, and the offset in bytes from the start of the file; `nil` if the fault is in the file as a whole.
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

  /// Decodes a file or a line.
  ///
  /// - Throws: ``Fault`` for the first thing that is wrong.
  func document(in bytes: [UInt8]) throws(Fault) -> Document {
    let root: JSONValue
    do throws(JSONFault) { root = try JSONReader.read(bytes) } catch { throw Fault(error) }
    var document = Document()
    var facts: JSONValue?
    var absent: JSONValue?
    var reasons: JSONValue?
    var schema: JSONValue?
    for member in try object(root, named: "") {
      switch member.name {
      case "schema": schema = member.value
      case "facts": facts = member.value
      case "absent": absent = member.value
      case "reasons": reasons = member.value
      case "id" where isLine: document.id = try id(member.value)
      // `cps-preflight facts --format json` adds these for information.
      case "sources", "unavailable": break
      default:
        throw unknown(member, among: ["schema", "facts", "absent", "reasons"] + (isLine ? ["id"] : []))
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
      guard let declaration = try declaration(member.name, at: member.nameOffset) else { continue }
      document.facts.append(
        Fact(declaration.name, given: try value(member.value, of: declaration), source: origin))
    }
    if let absent { try addAbsent(absent, to: &document) }
    if let reasons { try addReasons(reasons, to: &document) }
    document.addNewestCryptolib()
    return document
  }

  /// The declaration of the fact with that name. Returns `nil` for facts of a plugin that the rules do not use: their
  /// types are unknown, and no rule needs them.
  ///
  /// - Throws: ``Fault`` if no such fact exists.
  private func declaration(_ text: String, at offset: Int) throws(Fault) -> FactDeclaration? {
    let name = FactName(text)
    if name.plugin != nil, !catalogue.knows(pluginOf: name) { return nil }
    guard let declaration = catalogue[name] else {
      throw unknown(text, at: offset, among: catalogue.declarations.map(\.name.rawValue))
    }
    return declaration
  }

  /// Adds the facts that the file declares absent.
  private func addAbsent(_ json: JSONValue, to document: inout Document) throws(Fault) {
    guard case .array(let elements) = json.content else {
      throw wrongType(json, named: "absent", expected: FactType.texts.name)
    }
    for element in elements {
      let text = try string(element, named: "absent")
      guard let name = try declaration(text, at: element.offset)?.name else { continue }
      guard name != .today else {
        throw Fault(element.offset, fr: "il y a toujours un jour : today", en: "there always is a day: today")
      }
      try refuseSecond(name, in: document, at: element.offset)
      document.facts.append(Fact(absent: name, source: origin))
    }
  }

  /// Adds the reasons why the file's own sources did not know some facts. Facts without a reason are merely not given.
  private func addReasons(_ json: JSONValue, to document: inout Document) throws(Fault) {
    for member in try object(json, named: "reasons") {
      guard let name = try declaration(member.name, at: member.nameOffset)?.name else { continue }
      try refuseSecond(name, in: document, at: member.nameOffset)
      let word = try string(member.value, named: "reasons.\(name.rawValue)")
      guard let reason = Unavailability.Reason(rawValue: word) else {
        let words = Unavailability.Reason.allCases.map(\.rawValue)
        throw wrongType(
          member.value, named: "reasons.\(name.rawValue)", expected: FactType.choice(words).name)
      }
      let why = Unavailability(
        reason,
        LocalizedText(
          fr: "\(name.rawValue) n'était pas connu quand \(origin) a été écrit (\(word))",
          en: "\(name.rawValue) was not known when \(origin) was written (\(word))"))
      document.facts.append(Fact(name, unavailable: why, source: origin))
    }
  }

  private func refuseSecond(_ name: FactName, in document: Document, at offset: Int) throws(Fault) {
    guard document.facts.contains(where: { $0.name == name }) else { return }
    throw Fault(
      offset, fr: "\(name.rawValue) est donné deux fois, parmi « facts », « absent » et « reasons »",
      en: "\(name.rawValue) is given twice, among “facts”, “absent” and “reasons”")
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
      guard elements.count <= Self.mostSituations else {
        throw Fault(
          json.offset, fr: "\(name) : une carte a huit situations au plus",
          en: "\(name): a card has eight situations at most")
      }
      var situations: [BillingSituation] = []
      for (index, element) in elements.enumerated() {
        situations.append(try situation(element, named: "\(name)[\(index)]"))
      }
      value = .situations(situations)
    case (.cryptolibs, .array(let elements)):
      var found: [InstalledCryptolib] = []
      for (index, element) in elements.enumerated() {
        found.append(try cryptolib(element, named: "\(name)[\(index)]"))
      }
      value = .cryptolibs(found)
    default: value = declaration.type.value(of: json)
    }
    guard let value else {
      if case (.version, .string(let text)) = (declaration.type, json.content) {
        throw wrongVersion(json, text, named: name)
      }
      throw wrongType(json, named: name, expected: declaration.type.name)
    }
    return value
  }

  /// The most situations of a card.
  static let mostSituations = 8

  private func situation(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault)
    -> BillingSituation
  {
    var link: Int?
    var identifier: JSONValue?
    var mask: JSONValue?
    var unknown: [String] = []
    var speciality: String?
    var practice: PracticeMode?
    var signFSE: Bool?
    var signLots: Bool?
    let members = try object(json, named: name())
    for member in members {
      // The name is only used in messages.
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
        _ = try string(member.value, named: field)
        identifier = member.value
      case "masked": mask = member.value
      case "unknown":
        guard case .array(let elements) = member.value.content else {
          throw wrongType(member.value, named: field, expected: FactType.texts.name)
        }
        for element in elements {
          let text = try string(element, named: field)
          guard Self.situationMembers.contains(text) else {
            throw self.unknown(text, at: element.offset, among: Self.situationMembers)
          }
          guard !members.contains(where: { $0.name == text }) else {
            throw Fault(
              element.offset, fr: "\(field) : « \(text) » est donné", en: "\(field): “\(text)” is given")
          }
          unknown.append(text)
        }
      case "speciality": speciality = try string(member.value, named: field)
      case "practice":
        let words = PracticeMode.allCases.map(\.rawValue)
        guard let mode = PracticeMode(rawValue: try string(member.value, named: field)) else {
          throw wrongType(member.value, named: field, expected: FactType.choice(words).name)
        }
        practice = mode
      case "signFSE": signFSE = try boolean(member.value, named: field)
      case "signLots": signLots = try boolean(member.value, named: field)
      default:
        throw self.unknown(member, among: Self.situationMembers + ["masked", "unknown"])
      }
    }
    return BillingSituation(
      link: link,
      identifier: unknown.contains("identifier")
        ? nil : try self.identifier(identifier, mask: mask, named: name()),
      speciality: speciality, practice: practice, isPracticeUnread: unknown.contains("practice"),
      signFSE: signFSE, signLots: signLots)
  }

  private static let situationMembers = [
    "link", "identifier", "speciality", "practice", "signFSE", "signLots",
  ]

  /// The identifier of a situation, or what its mask reveals; docs/facts.md, “Masks”.
  private func identifier(
    _ json: JSONValue?, mask: JSONValue?, named name: @autoclosure () -> String
  ) throws(Fault) -> BillingIdentifier {
    guard let mask else {
      guard let json else { return .absent }
      let identifier = BillingIdentifier(try string(json, named: name()))
      // The card's own fault is told by `masked`. Where that is not there, it is another program's, and no card is to be replaced for it.
      if identifier.isIllFormed {
        throw Fault(
          json.offset,
          fr: """
            \(name()).identifier : ce n'est pas un numéro AM, qui a neuf chiffres ; corriger le logiciel qui écrit ce fichier, ou donner \
            les neuf chiffres de la carte
            """,
          en: """
            \(name()).identifier: this is not a numéro AM, which has nine digits; correct the software that writes this file, or give \
            the nine digits that are on the card
            """)
      }
      return identifier
    }
    let words = IdentifierWriting.allCases.map(\.rawValue)
    guard case .string(let word) = mask.content, let writing = IdentifierWriting(rawValue: word) else {
      throw wrongType(mask, named: "\(name()).masked", expected: FactType.choice(words).name)
    }
    let text = try json.map { json throws(Fault) in try string(json, named: name()) } ?? ""
    guard let identifier = BillingIdentifier(fitting: text, writing) else {
      throw Fault(
        mask.offset, fr: "\(name()).masked : « identifier » n'est pas un masque de cette sorte",
        en: "\(name()).masked: “identifier” is not a mask of that kind")
    }
    return identifier
  }

  // MARK: - Plain values

  func object(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault) -> [JSONValue
    .Member]
  {
    guard case .object(let members) = json.content else {
      throw wrongType(
        json, named: name().isEmpty ? "JSON" : name(),
        expected: LocalizedText(fr: "un objet { … }", en: "an object { … }"))
    }
    return members
  }

  func string(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault) -> String {
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

  func missing(_ field: String, in root: JSONValue) -> Fault {
    Fault(root.offset, fr: "le champ « \(field) » manque", en: "the field “\(field)” is missing")
  }

  func wrongType(_ json: JSONValue, named name: String, expected: LocalizedText) -> Fault {
    Fault(
      json.offset, fr: "\(name) attend \(expected.french)", en: "\(name) takes \(expected.english)")
  }

  /// A text that is no version; six digits are one that an ADM file writes without its dots.
  func wrongVersion(_ json: JSONValue, _ text: String, named name: String) -> Fault {
    let takes = wrongType(json, named: name, expected: FactType.version.name).message
    return Fault(json.offset, takes.tellingVersion(of: text))
  }

  func unknown(_ member: JSONValue.Member, among known: [String]) -> Fault {
    unknown(member.name, at: member.nameOffset, among: known)
  }

  private func unknown(_ name: String, at offset: Int, among known: [String]) -> Fault {
    let list = known.joined(separator: ", ")
    let nearest = nearestName(to: name, among: known)
    let french: Text = nearest.map { "écrire « \($0) » ?" } ?? "connus : \(list)"
    let english = nearest.map { "did you mean “\($0)”?" } ?? "known: \(list)"
    let shown = shownKey(name)
    return Fault(
      offset, fr: "champ inconnu « \(shown) » ; \(french)", en: "unknown field “\(shown)”; \(english)")
  }
}

extension LocalizedText {
  /// Returns the text, followed by the version that an ADM file writes as `written`, if it does.
  func tellingVersion(of written: String) -> LocalizedText {
    guard let version = Version(sixDigits: written) else {
      return LocalizedText(
        fr: "\(french) : deux à six nombres séparés par des points, jusqu'à 99 chacun",
        en: "\(english): two to six numbers separated by dots, each up to 99")
    }
    return LocalizedText(
      fr: "\(french) ; six chiffres sont l'écriture d'un fichier ADM : écrire \"\(version)\"",
      en: "\(english); six digits are how an ADM file writes it: write \"\(version)\"")
  }
}

extension BillingIdentifier {
  /// Creates the identifier that is shown as `mask`, or that the card has in an ill-formed way. Returns nil if it does not fit the
  /// declared form: it must not make an unsound identifier look sound.
  init?(fitting mask: String, _ writing: IdentifierWriting) {
    let shown = BillingIdentifier(mask)
    if shown.isIllFormed, shown.writing == writing {
      self = shown
      return
    }
    guard Personal.isMask(mask, of: .identifier), writing.fits(mask) else { return nil }
    self.init(mask: mask, writing)
  }
}

extension IdentifierWriting {
  /// Whether `mask` may be the mask of an identifier in this form: only a number of a certain length shows digits.
  fileprivate func fits(_ mask: String) -> Bool {
    switch self {
    case .sound, .wrongKey, .keyless, .withoutKey, .set:
      mask.count >= 8 && mask.allSatisfy { $0 == "•" || ("0"..."9").contains($0) }
    case .unset, .letters, .wrongLength: true
    }
  }
}
