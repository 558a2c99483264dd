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
    case .situations(let situations):
      list(situations) { json, situation in json.situation(SituationDocument(situation, disclosure)) }
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
