package import Preflight

extension NodeReading {
  /// Reads the parameters of a check or a source, and makes it from them.
  ///
  /// - Parameters:
  ///   - declared: the parameters that it takes.
  ///   - node: the map of given parameters, if any.
  ///   - span: the place where it is named, for findings about missing parameters.
  mutating func make<Product>(
    _ declared: [Parameter], of node: YAMLNode?, at span: Span, what: LocalizedText,
    with make: (Parameters) throws(ParameterError) -> Product
  ) -> Product? {
    let findingsBefore = findings.count
    var values: [String: ParameterValue] = [:]
    var spans: [String: Span] = [:]
    if let node {
      guard case .mapping(let entries) = node.content else {
        reportType(node, expected: ParameterType.mapName, for: what)
        return nil
      }
      for entry in entries {
        let name = entry.key.text ?? ""
        guard let parameter = declared.first(where: { $0.name == name }) else {
          reportUnknown(
            .unknownParameter, name, at: entry.key.span, among: declared.filter(\.isPublic).map(\.name),
            message: LocalizedText(
              fr: "paramètre inconnu « \(name) » pour \(what.french)",
              en: "unknown parameter “\(name)” for \(what.english)"))
          continue
        }
        spans[name] = (entry.value.referredFact ?? entry.value).span
        let about = LocalizedText(everywhere: Text(name))
        values[name] = parameterValue(entry.value, of: parameter.type, what: about)
      }
    }
    for parameter in declared where parameter.isRequired && spans[parameter.name] == nil {
      report(
        .missingKey, span,
        LocalizedText(
          fr: "le paramètre « \(parameter.name) » manque pour \(what.french)",
          en: "the parameter “\(parameter.name)” is missing for \(what.english)"))
    }
    guard findings.count == findingsBefore else { return nil }
    do throws(ParameterError) {
      return try make(Parameters(values))
    } catch {
      let place = error.name.flatMap { spans[$0] } ?? span
      let text = error.name.flatMap { node?[$0]?.text }
      let proposal: Proposal? =
        switch error.hint {
        case .name(let name, let isOnly): .name(name, at: place, isOnly: isOnly)
        case .type(let type): text.flatMap { MeantValue.proposal(for: $0, of: type, at: place) }
        case .fact(let name): .fact(name, at: place)
        case .undeclared(let name):
          Proposal(
            LocalizedText(
              fr: "le déclarer en tête du fichier : facts: { \(name.rawValue): { type: … } }",
              en: "declare it at the top of the file: facts: { \(name.rawValue): { type: … } }"))
        case nil: nil
        }
      report(.badParameter, place, error.message, proposal: proposal)
      return nil
    }
  }

  /// Reads a value of that type.
  package mutating func parameterValue(
    _ node: YAMLNode, of type: ParameterType, what: LocalizedText
  ) -> ParameterValue? {
    switch type {
    case .list(let element):
      return list(node, what: what).map { nodes in
        .list(nodes.compactMap { parameterValue($0, of: element, what: what) })
      }
    case .map(let keys, let values):
      guard case .mapping(let entries) = node.content else {
        reportType(node, expected: type.name, for: what)
        return nil
      }
      return .map(
        entries.compactMap { entry in
          guard let key = parameterValue(entry.key, of: keys, what: what),
            let value = parameterValue(entry.value, of: values, what: what)
          else { return nil }
          return ParameterValue.Entry(key, value)
        })
    case .orFact(let value):
      guard case .mapping = node.content else { return parameterValue(node, of: value, what: what) }
      guard let keys = mapping(node, keys: ["fact"], required: ["fact"], what: what), let name = keys["fact"]
      else { return nil }
      return text(name, what: LocalizedText(everywhere: "fact")).map { .fact(FactName($0)) }
    default:
      return scalarValue(node, of: type, what: what)
    }
  }

  private mutating func scalarValue(
    _ node: YAMLNode, of type: ParameterType, what: LocalizedText
  ) -> ParameterValue? {
    guard case .scalar(let text, let isPlain) = node.content, !node.isNull else {
      reportType(node, expected: type.name, for: what)
      return nil
    }
    switch type {
    case .boolean: return boolean(text, isPlain: isPlain, node, what: what)
    case .integer(let range):
      guard let number = integer(node, what: what) else { return nil }
      if range.contains(number) { return .integer(number) }
    case .string, .scalar: return self.text(node, what: what).map(ParameterValue.string)
    case .choice(let words):
      if words.contains(text) { return .string(text) }
      reportUnknown(
        .unknownValue, text, at: node.span, among: words,
        message: LocalizedText(
          fr: "« \(text) » n'est pas admis pour \(what.french)",
          en: "“\(text)” is not allowed for \(what.english)"))
      return nil
    case .date: return date(text, node, what: what)
    case .version: return version(text, isPlain: isPlain, node, what: what)
    case .duration, .wait:
      let limit = type == .wait ? Duration.longestWait : nil
      if let duration = Duration(notation: text, atMost: limit) { return .duration(duration) }
      let most = LocalizedText(
        fr: limit == nil ? "" : " ; une heure au plus", en: limit == nil ? "" : "; one hour at most")
      report(
        .badDuration, node.span,
        LocalizedText(
          fr: "« \(text) » n'est pas une durée (500ms, 3s, 2m, 12h, 30d\(most.french))",
          en: "“\(text)” is not a duration (500ms, 3s, 2m, 12h, 30d\(most.english))"),
        proposal: MeantValue.duration(text, atMost: limit).map { .write($0, at: node.span) })
      return nil
    case .list, .map, .orFact: break
    }
    reportType(node, expected: type.name, for: what)
    return nil
  }

  private mutating func boolean(
    _ text: String, isPlain: Bool, _ node: YAMLNode, what: LocalizedText
  ) -> ParameterValue? {
    if isPlain, text == "true" { return .boolean(true) }
    if isPlain, text == "false" { return .boolean(false) }
    reportType(
      node, expected: ParameterType.boolean.name, for: what,
      proposal: MeantValue.boolean(text).map { .write($0, at: node.span) })
    return nil
  }

  private mutating func date(_ text: String, _ node: YAMLNode, what: LocalizedText) -> ParameterValue? {
    if let date = CivilDate(text) { return .date(date) }
    report(
      .badDate, node.span,
      LocalizedText(
        fr: "« \(text) » n'est pas une date AAAA-MM-JJ du calendrier",
        en: "“\(text)” is not a date YYYY-MM-DD of the calendar"),
      proposal: MeantValue.date(text).map { .write($0, at: node.span) })
    return nil
  }

  private mutating func version(
    _ text: String, isPlain: Bool, _ node: YAMLNode, what: LocalizedText
  ) -> ParameterValue? {
    guard let version = Version(text) else {
      report(
        .badVersion, node.span,
        LocalizedText(
          fr: "« \(text) » n'est pas une version (des nombres jusqu'à 99, séparés par des points)",
          en: "“\(text)” is not a version (numbers up to 99, separated by dots)"),
        proposal: MeantValue.version(text).map { .write($0, at: node.span) })
      return nil
    }
    // Every other YAML reader takes an unquoted 5.10 as the number 5.1.
    if isPlain, version.numbers.count < 3 {
      report(
        .badVersion, node.span,
        LocalizedText(
          fr: "sans guillemets, \(text) se lit comme un nombre",
          en: "without quotes, \(text) reads as a number"),
        proposal: .write("\"\(text)\"", at: node.span))
      return nil
    }
    return .version(version)
  }
}
