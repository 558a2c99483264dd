package import Preflight

/// The check `fact`: any fact, compared as the rule says, so that a rule needs no code.
package struct FactCheck: Check {
  private let fact: FactDeclaration
  private let comparison: FactComparison

  package init(_ parameters: Parameters) throws(ParameterError) {
    try self.init(parameters, in: CheckContext())
  }

  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    let name = parameters.string("fact") ?? ""
    guard let declaration = context.registry.facts[FactName(name)] else {
      let known = context.registry.facts.declarations.map(\.name.rawValue)
      throw ParameterError(
        "fact", fr: "fait inconnu « \(name) »", en: "unknown fact “\(name)”",
        hint: nearestName(to: name, among: known).map { .name($0) })
    }
    let operators = parameters.names.subtracting(["fact"]).sorted()
    guard operators.count == 1, let name = operators.first, let operand = parameters[name] else {
      throw ParameterError(
        nil,
        fr:
          "il faut une comparaison et une seule : equals, in, matches, at_least, at_most, before, after ou present",
        en:
          "exactly one comparison is needed: equals, in, matches, at_least, at_most, before, after or present"
      )
    }
    fact = declaration
    comparison = try FactComparison(name, operand, of: declaration.type)
  }

  package var facts: Set<FactName> { [fact.name] }

  /// What a personal fact is compared with may be the very number or name.
  package var personalParameters: [String: Personal.Kind] {
    let kind: Personal.Kind
    switch fact.type {
    case .personal(let own): kind = own
    case .concealed: kind = .other
    default: return [:]
    }
    let operands = Self.description.parameters.map(\.name).filter { $0 != "fact" && $0 != "present" }
    return Dictionary(uniqueKeysWithValues: operands.map { ($0, kind) })
  }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    if case .present(let wanted) = comparison { return try judgePresence(facts, wanted: wanted) }
    let value = try known(facts)
    guard !value.isMask else {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "\(fact.summary.french) : la valeur est masquée, elle ne peut être comparée à rien",
          en: "\(fact.summary.english): the value is masked, it cannot be compared with anything"))
    }
    let found = LocalizedText(value)
    let asked = comparison.words
    let french: Text = "\(fact.summary.french) : \(found.french) (demandé : \(asked.french))"
    let english: Text = "\(fact.summary.english): \(found.english) (asked for: \(asked.english))"
    return try comparison.holds(for: value)
      ? .pass(fr: french, en: english)
      : .fail(fr: french, en: english, case: FoundCase("differs", ["found": found, "wanted": asked]))
  }

  /// The fact's value. Why it is not known is no case of this check, whatever it was of another one.
  private func known(_ facts: Facts) throws(Unavailability) -> FactValue {
    do throws(Unavailability) { return try facts.value(fact.name) } catch {
      throw error.reason == .notGiven
        ? error.in(FoundCase("fact_not_given")) : Unavailability(error.reason, error.message)
    }
  }

  private func judgePresence(_ facts: Facts, wanted: Bool) throws(Unavailability) -> Judgement {
    let state: LocalizedText
    let isPresent: Bool
    switch facts[fact.name].state {
    case .known: (isPresent, state) = (true, LocalizedText(fr: "connu", en: "known"))
    case .absent: (isPresent, state) = (false, LocalizedText(fr: "il n'y en a pas", en: "there is none"))
    // Nobody gives what is asked for: that is enough to refuse it, and no proof that there is none.
    case .unavailable(let why) where why.reason == .notGiven && wanted:
      (isPresent, state) = (false, LocalizedText(fr: "non connu", en: "not known"))
    case .unavailable(let why): throw Unavailability(why.reason, why.message)
    }
    let french: Text = "\(fact.summary.french) : \(state.french)"
    let english: Text = "\(fact.summary.english): \(state.english)"
    return isPresent == wanted
      ? .pass(fr: french, en: english)
      : .fail(fr: french, en: english, case: FoundCase(isPresent ? "fact_present" : "fact_absent"))
  }
}

// MARK: - Documentation

extension FactCheck {
  package static let description = CheckDescription(
    id: "fact",
    summary: LocalizedText(fr: "un fait est ce que la règle demande", en: "a fact is what the rule asks for"),
    rationale: LocalizedText(
      fr: "une règle propre à un cabinet s'écrit ainsi sans programmer",
      en: "a practice's own rule is written this way without programming"),
    parameters: [
      Parameter("fact", .string, required: true, fr: "nom du fait", en: "name of the fact"),
      Parameter("equals", .scalar, fr: "égal à cette valeur", en: "equal to this value"),
      Parameter("in", .list(of: .scalar), fr: "l'une de ces valeurs", en: "one of these values"),
      Parameter(
        "matches", .string, fr: "texte entier conforme à cette expression régulière",
        en: "the whole text matches this regular expression"),
      Parameter(
        "at_least", .scalar, fr: "date, version, entier ou durée, au moins",
        en: "a date, version, integer or duration, at least"),
      Parameter(
        "at_most", .scalar, fr: "date, version, entier ou durée, au plus",
        en: "a date, version, integer or duration, at most"),
      Parameter("before", .scalar, fr: "date strictement avant", en: "a date strictly before"),
      Parameter("after", .scalar, fr: "date strictement après", en: "a date strictly after"),
      Parameter(
        "present", .boolean, fr: "connu (true), ou dit absent par une source (false)",
        en: "known (true), or said by a source to be absent (false)"),
    ],
    cases: [
      CheckCase(
        "differs", fr: "le fait n'est pas ce qui est demandé", en: "the fact is not what is asked for",
        variables: [
          CaseVariable("found", fr: "ce qui a été trouvé", en: "what was found"),
          CaseVariable("wanted", fr: "ce qui est demandé", en: "what is asked for"),
        ]),
      CheckCase(
        "fact_absent", fr: "« present: true », et le fait n'est pas connu",
        en: "“present: true”, and the fact is not known"),
      CheckCase(
        "fact_present", fr: "« present: false », et le fait est connu",
        en: "“present: false”, and the fact is known"),
      .undecided(
        "fact_not_given", fr: "aucune source ne donne le fait", en: "no source gives the fact"),
    ],
    examples: [
      example("A kind of card", "card.kind", "equals", .string("cps"), .text("cps"), is: .pass),
      example("Another kind", "card.kind", "equals", .string("cpe"), .text("cps"), is: .fail),
      example(
        "One of two", "card.kind", "in", .list([.string("cps"), .string("cpe")]), .text("cpe"), is: .pass),
      example(
        "A pattern", "card.reader", "matches", .string("Ingenico.*"), .text("Ingenico 21 B"), is: .pass),
      example(
        "Only a part of it", "card.reader", "matches", .string("Ingenico"), .text("Ingenico 21 B"), is: .fail),
      example(
        "A version", "cryptolib.version", "at_least", .string("5.2"), .version(Version(5, 10)), is: .pass),
      example("Known", "card.test", "present", .boolean(true), .boolean(false), is: .pass),
      example("Not known to be absent", "card.test", "present", .boolean(false), nil, is: .unknown),
      example("Not known", "card.test", "equals", .string("false"), nil, is: .unknown),
    ])

  private static func example(
    _ title: String, _ fact: String, _ comparison: String, _ operand: ParameterValue, _ value: FactValue?,
    is outcome: CheckExample.Outcome
  ) -> CheckExample {
    var facts: [FactName: FactValue] = [:]
    facts[FactName(fact)] = value
    return CheckExample(
      title, parameters: ["fact": .string(fact), comparison: operand], facts: facts, is: outcome)
  }
}
