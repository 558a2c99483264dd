import Preflight

extension RuleSetDecoder {
  /// Reads the facts that the composed files declare; docs/rule-file.md, “Facts of one's own”.
  mutating func declaredFacts(_ composed: ComposedRules) -> [FactDeclaration] {
    var declared: [FactName: (declaration: FactDeclaration, span: Span)] = [:]
    var names: [FactName] = []
    var taken = registry.pluginNames.union(composed.calledPlugins)
    for entry in composed.facts {
      guard let declaration = declaredFact(entry, besides: &taken) else {
        if let name = entry.key.text { misdeclaredFacts.insert(name) }
        continue
      }
      if let first = declared[declaration.name] {
        guard first.declaration.type == declaration.type else {
          let place = place(first.span, from: entry.key.span)
          report(
            .contradictoryFact, entry.key.span,
            LocalizedText(
              fr: "« \(declaration.name.rawValue) » est déjà déclaré autrement\(place.french)",
              en: "“\(declaration.name.rawValue)” is already declared otherwise\(place.english)"),
            proposal: Proposal(
              LocalizedText(
                fr: "ne le déclarer qu'une fois, ou avec les mêmes « type » et « personal »",
                en: "declare it once, or with the same “type” and “personal”")))
          continue
        }
      } else {
        names.append(declaration.name)
      }
      declared[declaration.name] = (declaration, entry.key.span)
    }
    return names.compactMap { declared[$0]?.declaration }
  }

  /// - Parameter taken: the names of plugins; each is reported only once.
  private mutating func declaredFact(
    _ entry: YAMLNode.Entry, besides taken: inout Set<String>
  ) -> FactDeclaration? {
    guard let name = entry.key.text, OutsideName.isWellFormed(name), let prefix = OutsideName.plugin(of: name)
    else {
      report(
        .badFact, entry.key.span,
        LocalizedText(
          fr: """
            « \(entry.key.text ?? "") » n'est pas un nom comme lot/identifier : des minuscules, chiffres ou « - », une barre, \
            puis des lettres sans accent, chiffres, « - », « _ » ou « . »
            """,
          en: """
            “\(entry.key.text ?? "")” is not a name such as lot/identifier: lower-case letters, digits or “-”, a slash, then \
            plain letters, digits, “-”, “_” or “.”
            """))
      return nil
    }
    if taken.remove(prefix) != nil {
      report(
        .takenPrefix, entry.key.span,
        LocalizedText(
          fr: "« \(prefix) » est le nom d'un plugin : ses faits sont ceux qu'il déclare lui-même",
          en: "“\(prefix)” is the name of a plugin: its facts are those that it declares itself"),
        proposal: Proposal(
          LocalizedText(
            fr: "donner un autre début au nom de ce fait", en: "begin the name of this fact with another word"
          )))
    }
    let what = LocalizedText(fr: "le fait \(name)", en: "the fact \(name)")
    guard
      let keys = mapping(entry.value, keys: RuleFileKey.ofFact, required: ["type"], what: what),
      let type = keys["type"].flatMap({
        word($0, of: OutsideType.self, what: LocalizedText(everywhere: "type"))
      })
    else { return nil }
    var isPersonal = false
    if let node = keys["personal"] {
      guard
        case .boolean(let flag)? = parameterValue(
          node, of: .boolean, what: LocalizedText(everywhere: "personal"))
      else { return nil }
      isPersonal = flag
    }
    let title = keys["title"].flatMap { localizedText($0, what: LocalizedText(everywhere: "title")) }
    let factType = FactType(type)
    return FactDeclaration(
      FactName(name), isPersonal ? .concealed(factType) : factType,
      title ?? LocalizedText(everywhere: Text(name)))
  }
}
