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
    case .absent:
      raw(",\"unavailable\":")
      string(options.words(fact.absence))
      raw(",\"absent\":true")
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
    case .cryptolibs(let found): plain(.list(found.map(\.plain)))
    case .map(let entries): plain(.map(entries))
    case .concealed(let concealed):
      switch disclosure {
      case .revealed: self.value(concealed, disclosure)
      case .masked: string(Personal.concealment)
      }
    case .judgement(let judgement): string(judgement.outcome.rawValue)
    case .situations(let situations):
      list(situations) { json, situation in json.situation(SituationDocument(situation, disclosure)) }
    }
  }

  /// As ``SituationDocument`` has it.
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
    if let masked = situation.masked {
      begin(&self, "\"masked\":")
      string(masked)
    }
    if let speciality = situation.speciality {
      begin(&self, "\"speciality\":")
      string(speciality)
    }
    if let practice = situation.practice {
      begin(&self, "\"practice\":")
      string(practice)
    }
    if let flag = situation.signFSE {
      begin(&self, "\"signFSE\":")
      boolean(flag)
    }
    if let flag = situation.signLots {
      begin(&self, "\"signLots\":")
      boolean(flag)
    }
    if let unknown = situation.unknown {
      begin(&self, "\"unknown\":")
      list(unknown) { $0.string($1) }
    }
    raw("}")
  }
}
