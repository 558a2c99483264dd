import Preflight

extension JSONBytes {
  /// A fact, as ``FactDocument`` has it.
  mutating func fact(_ fact: Fact, _ options: ReportOptions) {
    raw("{\"name\":")
    string(fact.name.rawValue)
    switch fact.state {
    case .known(let known):
      raw(",\"value\":")
      value(known, options.disclosure)
    case .unavailable(let why):
      raw(",\"unavailable\":")
      string(options.words(why.message))
    }
    raw(",\"source\":")
    string(fact.source)
    if let note = fact.note {
      raw(",\"note\":")
      string(options.words(note))
    }
    raw("}")
  }

  private mutating func value(_ value: FactValue, _ disclosure: Disclosure) {
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
    case .map(let entries): plain(.map(entries))
    case .concealed(let concealed):
      switch disclosure {
      case .revealed: self.value(concealed, disclosure)
      case .masked: string("\(Personal("", as: .other))")
      }
    case .judgement(let judgement): string(judgement.outcome.rawValue)
    case .situations(let situations):
      list(situations) { json, situation in json.situation(SituationDocument(situation, disclosure)) }
    }
  }

  private mutating func plain(_ value: PlainValue) {
    switch value {
    case .null: raw("null")
    case .boolean(let flag): boolean(flag)
    case .number(let digits): raw(digits)
    case .text(let text): string(text)
    case .list(let items): list(items) { $0.plain($1) }
    case .map(let entries):
      raw("{")
      for (index, entry) in entries.enumerated() {
        if index > 0 { raw(",") }
        string(entry.name)
        raw(":")
        plain(entry.value)
      }
      raw("}")
    }
  }

  /// What is not known is left out.
  private mutating func situation(_ situation: SituationDocument) {
    raw("{")
    var isFirst = true
    let begin = { (json: inout JSONBytes, name: StaticString) in
      if !isFirst { json.raw(",") }
      isFirst = false
      json.raw(name)
    }
    if let link = situation.link {
      begin(&self, "\"link\":")
      number(link)
    }
    if let identifier = situation.identifier {
      begin(&self, "\"identifier\":")
      string(identifier)
    }
    if let speciality = situation.speciality {
      begin(&self, "\"speciality\":")
      string(speciality)
    }
    if let flag = situation.signFSE {
      begin(&self, "\"signFSE\":")
      boolean(flag)
    }
    if let flag = situation.signLots {
      begin(&self, "\"signLots\":")
      boolean(flag)
    }
    raw("}")
  }
}
