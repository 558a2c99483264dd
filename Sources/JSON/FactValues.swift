package import Preflight

extension FactType {
  /// Returns the value of this type that a JSON value stands for, which may be only a mask. Nil if it is of another type.
  /// Situations are read by the facts file plugin.
  package func value(of json: JSONValue) -> FactValue? {
    switch (self, json.content) {
    case (.boolean, .boolean(let flag)): .boolean(flag)
    case (.integer, .number(let digits)): Int(digits).map(FactValue.integer)
    case (.list, .array(let items)): .list(items.map(\.plain))
    case (.map, .object(let members)):
      .map(members.map { PlainValue.Entry($0.name, $0.value.plain) })
    case (.concealed(let type), .string(let text)):
      mask(text) ?? type.value(of: json).map(FactValue.concealed)
    case (.concealed(let type), _): type.value(of: json).map(FactValue.concealed)
    case (.boolean, _), (.integer, _): nil
    case (_, .string(let text)): given(text)
    default: nil
    }
  }
}

extension JSONValue {
  /// The value without its place in the text.
  package var plain: PlainValue {
    switch content {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .number(let digits): .number(digits)
    case .string(let text): .text(text)
    case .array(let items): .list(items.map(\.plain))
    case .object(let members): .map(members.map { PlainValue.Entry($0.name, $0.value.plain) })
    }
  }
}

// MARK: - Writing

extension JSONWriter {
  /// Writes the value of a fact, in the format of facts files and verdicts.
  package mutating func fact(_ value: FactValue, _ disclosure: Disclosure) {
    switch value {
    case .boolean(let flag): boolean(flag)
    case .text(let text): string(text)
    case .personal(let personal): string(personal.shown(disclosure))
    case .date(let date): string(date.description)
    case .version(let version): string(version.description)
    case .texts(let texts): list(texts) { $0.string($1) }
    case .integer(let number): self.number(number)
    case .duration(let duration): string(duration.measure)
    case .list(let items): plain(.list(items))
    case .cryptolibs(let found): plain(.list(found.map(\.plain)))
    case .map(let entries): plain(.map(entries))
    case .concealed(let concealed):
      switch disclosure {
      case .revealed: fact(concealed, disclosure)
      case .masked: string(Personal.concealment)
      }
    case .judgement(let judgement): string(judgement.outcome.rawValue)
    case .situations(let situations): list(situations) { $0.situation($1, disclosure) }
    }
  }

  /// Writes a billing situation.
  ///
  /// Members that are not known are listed by name, because a missing member could mean that it is not set.
  /// docs/facts.md, “Masks”, explains `masked`.
  private mutating func situation(_ situation: BillingSituation, _ disclosure: Disclosure) {
    object { json in
      json.member("link", situation.link)
      json.member("identifier", situation.identifier.map { $0.personal?.shown(disclosure) ?? "" })
      json.member("masked", situation.identifier?.writingToTell(disclosure)?.rawValue)
      json.member("speciality", situation.speciality)
      json.member("practice", situation.practice?.rawValue)
      json.member("signFSE", situation.signFSE)
      json.member("signLots", situation.signLots)
      let unknown = situation.unknownMembers
      if !unknown.isEmpty { json.member("unknown", unknown) }
    }
  }
}
