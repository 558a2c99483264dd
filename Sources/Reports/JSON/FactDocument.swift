import Preflight

/// The value of a fact, as facts files and verdicts write it.
struct FactValueDocument: Encodable {
  let value: FactValue
  let disclosure: Disclosure

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .boolean(let flag): try container.encode(flag)
    case .text(let text): try container.encode(text)
    case .personal(let personal): try container.encode(personal.shown(disclosure))
    case .date(let date): try container.encode(date.description)
    case .version(let version): try container.encode(version.description)
    case .texts(let texts): try container.encode(texts)
    case .integer(let number): try container.encode(number)
    case .duration(let duration): try container.encode(duration.measure)
    case .list(let items): try container.encode(items.map(PlainDocument.init))
    case .cryptolibs(let found): try container.encode(found.map { PlainDocument($0.plain) })
    case .map(let entries): try container.encode(PlainDocument(.map(entries)))
    case .concealed(let value):
      switch disclosure {
      case .revealed: try FactValueDocument(value: value, disclosure: disclosure).encode(to: encoder)
      case .masked: try container.encode(Personal.concealment)
      }
    case .judgement(let judgement): try container.encode(judgement.outcome.rawValue)
    case .situations(let situations):
      try container.encode(situations.map { SituationDocument($0, disclosure) })
    }
  }
}

/// A value of any shape, written as it was read: ``PlainEncoder`` takes the value itself.
struct PlainDocument: Encodable {
  let value: PlainValue

  init(_ value: PlainValue) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      value, .init(codingPath: encoder.codingPath, debugDescription: "only PlainEncoder writes it"))
  }
}

/// A billing situation, as facts files and verdicts write it.
///
/// What is not known is named: that a member is missing may mean that it is not set. docs/facts.md, “Masks”, says what
/// `masked` is for.
struct SituationDocument: Encodable {
  let link: Int?
  let identifier: String?
  let masked: String?
  let speciality: String?
  let practice: String?
  let signFSE: Bool?
  let signLots: Bool?
  let unknown: [String]?

  init(_ situation: BillingSituation, _ disclosure: Disclosure) {
    link = situation.link
    speciality = situation.speciality
    practice = situation.practice?.rawValue
    signFSE = situation.signFSE
    signLots = situation.signLots
    identifier = situation.identifier.map { $0.personal?.shown(disclosure) ?? "" }
    masked = situation.identifier?.writingToTell(disclosure)?.rawValue
    let members = situation.unknownMembers
    unknown = members.isEmpty ? nil : members
  }
}

/// A fact of a verdict: its value, or why there is none.
struct FactDocument: Encodable {
  let name: String
  let value: FactValueDocument?
  let unavailable: String?
  let absent: Bool?
  let source: String
  let note: String?

  init(_ fact: Fact, _ options: ReportOptions) {
    name = fact.name.rawValue
    source = fact.source
    note = fact.note.map { options.words($0) }
    switch fact.state {
    case .known(let known):
      value = FactValueDocument(value: known, disclosure: options.disclosure)
      unavailable = nil
      absent = nil
    // Also as what is not known: that is how it was told before `absent` was.
    case .absent:
      value = nil
      unavailable = options.words(fact.absence)
      absent = true
    case .unavailable(let why):
      value = nil
      unavailable = options.words(why.message)
      absent = nil
    }
  }
}
