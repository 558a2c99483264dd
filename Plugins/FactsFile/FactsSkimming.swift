import JSON
import Preflight

/// Decodes the lines of a stream that are written plainly, as nearly all are, straight from their bytes.
///
/// What it cannot take it leaves to ``FactsDecoder``, which says what is wrong and where. So it only has to know what is right, and
/// no rule of the format may be looser here.
struct FactsSkimming: Sendable {
  private let origin: String
  /// The names of all facts as members, and their types in the same order.
  private let members: [JSONSkimmer.KnownName]
  private let names: [FactName]
  private let types: [FactType]
  /// The places of the ``names``, by the digests of their names. -1 stands for an empty slot.
  private let slots: [Int]

  init(catalogue: FactCatalogue, origin: String) {
    self.origin = origin
    names = catalogue.declarations.map(\.name)
    members = names.map { JSONSkimmer.KnownName($0.rawValue) }
    types = catalogue.declarations.map(\.type)
    var count = 64
    while count < 4 * names.count { count *= 2 }
    var slots = [Int](repeating: -1, count: count)
    for index in names.indices {
      var slot = Self.slot(names[index].digest, of: count)
      while slots[slot] >= 0 { slot = (slot + 1) % count }
      slots[slot] = index
    }
    self.slots = slots
  }

  private static func slot(_ digest: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: (digest &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
  }

  private let known = Names()

  /// The members of a line and of a situation: not static, so that threads do not count references to the same ones.
  private struct Names: Sendable {
    let facts = JSONSkimmer.KnownName("facts")
    let id = JSONSkimmer.KnownName("id")
    let schema = JSONSkimmer.KnownName("schema")
    let sources = JSONSkimmer.KnownName("sources")
    let unavailable = JSONSkimmer.KnownName("unavailable")
    let signFSE = JSONSkimmer.KnownName("signFSE")
    let signLots = JSONSkimmer.KnownName("signLots")
    let identifier = JSONSkimmer.KnownName("identifier")
    let link = JSONSkimmer.KnownName("link")
    let speciality = JSONSkimmer.KnownName("speciality")
    let practice = JSONSkimmer.KnownName("practice")
    let masked = JSONSkimmer.KnownName("masked")
  }

  /// Returns what the line says. Nil if it is not plain, or wrong.
  ///
  /// - Parameter range: where the line is in the bytes; nil if it is all of them.
  func document(in bytes: [UInt8], _ range: Range<Int>? = nil) -> FactsDecoder.Document? {
    guard var json = JSONSkimmer(bytes, in: range) else { return nil }
    do throws(JSONSkimmer.GivenUp) {
      let document = try document(&json)
      try json.end()
      return document
    } catch {
      return nil
    }
  }

  private func document(_ json: inout JSONSkimmer) throws(JSONSkimmer.GivenUp) -> FactsDecoder.Document {
    var document = FactsDecoder.Document()
    document.facts.reserveCapacity(12)
    var hasFacts = false
    try json.object { json, name throws(JSONSkimmer.GivenUp) in
      if json.isName(name, known.facts) {
        hasFacts = true
        try addFacts(&json, to: &document)
      } else if json.isName(name, known.id) {
        document.id = json.isAtString() ? .text(try json.text()) : .number(try json.digits())
      } else if json.isName(name, known.schema) {
        guard try json.text() == FactsFile.schema else { throw JSONSkimmer.GivenUp() }
      } else if json.isName(name, known.sources) || json.isName(name, known.unavailable) {
        try json.skip()
      } else {
        throw JSONSkimmer.GivenUp()
      }
    }
    guard hasFacts else { throw JSONSkimmer.GivenUp() }
    return document
  }

  private func addFacts(
    _ json: inout JSONSkimmer, to document: inout FactsDecoder.Document
  ) throws(JSONSkimmer.GivenUp) {
    try json.object { json, name throws(JSONSkimmer.GivenUp) in
      guard let index = index(of: name, in: json) else { throw JSONSkimmer.GivenUp() }
      document.facts.append(Fact(names[index], given: try value(&json, of: types[index]), source: origin))
    }
  }

  private func index(of name: JSONSkimmer.Name, in json: borrowing JSONSkimmer) -> Int? {
    var slot = Self.slot(name.digest, of: slots.count)
    while slots[slot] >= 0 {
      let index = slots[slot]
      if json.isName(name, members[index]) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func value(
    _ json: inout JSONSkimmer, of type: FactType
  ) throws(JSONSkimmer.GivenUp) -> FactValue {
    switch type {
    case .boolean: return .boolean(try json.boolean())
    case .date: return .date(try json.date())
    case .integer:
      guard let number = Int(try json.digits()) else { throw JSONSkimmer.GivenUp() }
      return .integer(number)
    case .text, .choice, .personal, .version, .duration, .judgement:
      let text = try json.text()
      guard let value = type.given(text) else { throw JSONSkimmer.GivenUp() }
      return value
    case .situations:
      var situations: [BillingSituation] = []
      try json.array { json throws(JSONSkimmer.GivenUp) in
        guard situations.count < FactsDecoder.mostSituations else { throw JSONSkimmer.GivenUp() }
        situations.append(try situation(&json))
      }
      return .situations(situations)
    case .texts:
      var texts: [String] = []
      try json.array { json throws(JSONSkimmer.GivenUp) in texts.append(try json.text()) }
      return .texts(texts)
    case .list, .map, .cryptolibs, .concealed: throw JSONSkimmer.GivenUp()
    }
  }

  private func situation(_ json: inout JSONSkimmer) throws(JSONSkimmer.GivenUp) -> BillingSituation {
    var link: Int?
    var identifier: String?
    var mask: IdentifierWriting?
    var speciality: String?
    var practice: PracticeMode?
    var signFSE: Bool?
    var signLots: Bool?
    try json.object { json, name throws(JSONSkimmer.GivenUp) in
      if json.isName(name, known.signFSE) {
        signFSE = try json.boolean()
      } else if json.isName(name, known.signLots) {
        signLots = try json.boolean()
      } else if json.isName(name, known.identifier) {
        if !json.null() { identifier = try json.text() }
      } else if json.isName(name, known.link) {
        guard let number = Int(try json.digits()), (0...255).contains(number) else {
          throw JSONSkimmer.GivenUp()
        }
        link = number
      } else if json.isName(name, known.speciality) {
        speciality = try json.text()
      } else if json.isName(name, known.practice) {
        guard let mode = PracticeMode(rawValue: try json.text()) else { throw JSONSkimmer.GivenUp() }
        practice = mode
      } else if json.isName(name, known.masked) {
        guard let writing = IdentifierWriting(rawValue: try json.text()) else { throw JSONSkimmer.GivenUp() }
        mask = writing
      } else {
        throw JSONSkimmer.GivenUp()
      }
    }
    return BillingSituation(
      link: link, identifier: try Self.identifier(identifier, mask), speciality: speciality,
      practice: practice, signFSE: signFSE, signLots: signLots)
  }

  private static func identifier(
    _ text: String?, _ mask: IdentifierWriting?
  ) throws(JSONSkimmer.GivenUp) -> BillingIdentifier {
    guard let mask else {
      let identifier = text.map { BillingIdentifier($0) } ?? .absent
      if identifier.isIllFormed { throw JSONSkimmer.GivenUp() }
      return identifier
    }
    guard let identifier = BillingIdentifier(fitting: text ?? "", mask) else { throw JSONSkimmer.GivenUp() }
    return identifier
  }
}
