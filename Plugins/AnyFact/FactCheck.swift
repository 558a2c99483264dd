package import Preflight

/// The check `fact`: any fact, compared as the rule says, so that a rule needs no code.
package struct FactCheck: Check {
  private let fact: FactDeclaration
  private let demand: Demand

  /// What the rule requires of the fact.
  private enum Demand: Sendable {
    /// The value that the rule gives.
    case comparison(FactComparison)
    /// The value of another fact.
    case relation(FactRelation)
    case age(FactAge)
  }

  /// Makes the check without a rule's context, so that only facts of the program itself are known.
  ///
  /// - Throws: ``ParameterError`` as for a rule.
  package init(_ parameters: Parameters) throws(ParameterError) {
    try self.init(parameters, in: CheckContext())
  }

  /// Makes the check for a rule.
  ///
  /// - Throws: ``ParameterError`` if the fact is unknown, if there is not exactly one comparison, or if the comparison
  ///   makes no sense for the type of the fact.
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    fact = try context.declaration(of: FactName(parameters.string("fact") ?? ""), for: "fact")
    let operators = parameters.names.subtracting(["fact"]).sorted()
    guard operators.count == 1, let name = operators.first, let operand = parameters[name] else {
      let names = Self.operators.dropLast().joined(separator: ", ")
      let last = Self.operators.last ?? ""
      throw ParameterError(
        nil, fr: "il faut une comparaison et une seule : \(names) ou \(last)",
        en: "exactly one comparison is needed: \(names) or \(last)")
    }
    if let other = parameters.fact(name) {
      let declaration = try context.declaration(of: other, for: name)
      demand = .relation(try FactRelation(name, of: fact, with: declaration))
    } else if name == FactAge.name {
      demand = .age(try FactAge(operand, of: fact.type))
    } else {
      do throws(ParameterError) {
        demand = .comparison(try FactComparison(name, operand, of: fact.type))
      } catch {
        throw context.meaningFact(operand, instead: error)
      }
    }
  }

  /// The parameters of which a rule must give exactly one.
  private static let operators = description.parameters.map(\.name).filter { $0 != "fact" }

  /// The fact, and the one it is compared with or today, if the comparison needs it.
  package var facts: Set<FactName> {
    switch demand {
    case .comparison: [fact.name]
    case .relation(let relation): [fact.name, relation.other.name]
    case .age: [fact.name, .today]
    }
  }

  /// The operand of a comparison with a personal fact may be that very number or name.
  package var personalParameters: [String: Personal.Kind] {
    guard let kind = fact.type.mask else { return [:] }
    let operands = Self.operators.filter { $0 != "present" && $0 != FactAge.name }
    return Dictionary(uniqueKeysWithValues: operands.map { ($0, kind) })
  }

  /// Passes if the comparison holds.
  ///
  /// - Throws: ``Unavailability`` if a value is unknown or masked, or if a regular expression reaches its limits.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    switch demand {
    case .comparison(.present(let wanted)): return try judgePresence(facts, wanted: wanted)
    case .comparison(let comparison):
      let value = try known(fact, facts)
      return judgement(
        try comparison.holds(for: value), found: LocalizedText(value), asked: comparison.words)
    case .relation(let relation):
      let value = try known(fact, facts)
      let asked = try known(relation.other, facts)
      return judgement(
        try relation.holds(for: value, as: asked), found: relation.shown(value), asked: relation.words(asked),
        by: relation.other.name)
    case .age(let age): return try age.judge(try known(fact, facts), of: fact, on: facts.date(.today))
    }
  }

  /// - Parameter other: the fact that gives the expected value, if any.
  private func judgement(
    _ holds: Bool, found: @autoclosure @escaping @Sendable () -> LocalizedText,
    asked: @autoclosure @escaping @Sendable () -> LocalizedText, by other: FactName? = nil
  ) -> Judgement {
    let summary = fact.summary
    let french: @Sendable () -> Text = {
      let said: Text = other.map { ", d'après \($0.rawValue)" } ?? ""
      return "\(summary.french) : \(found().french) (demandé : \(asked().french)\(said))"
    }
    let english: @Sendable () -> Text = {
      let said: Text = other.map { ", as \($0.rawValue) says" } ?? ""
      return "\(summary.english): \(found().english) (asked for: \(asked().english)\(said))"
    }
    return holds
      ? .pass(fr: french(), en: english())
      : .fail(
        fr: french(), en: english(), case: FoundCase("differs", ["found": found(), "wanted": asked()]))
  }

  /// The value of a fact.
  ///
  /// - Throws: ``Unavailability`` if it is unknown. The case of another check is dropped, as it means nothing here.
  private func known(_ fact: FactDeclaration, _ facts: Facts) throws(Unavailability) -> FactValue {
    let value: FactValue
    do throws(Unavailability) { value = try facts.value(fact.name) } catch {
      throw error.reason == .notGiven
        ? error.in(FoundCase("fact_not_given")) : error.inNoCase
    }
    guard !value.isMask else {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "\(fact.summary.french) : la valeur est masquée, elle ne peut être comparée à rien",
          en: "\(fact.summary.english): the value is masked, it cannot be compared with anything"))
    }
    return value
  }

  private func judgePresence(_ facts: Facts, wanted: Bool) throws(Unavailability) -> Judgement {
    let state: LocalizedText
    let isPresent: Bool
    switch facts[fact.name].state {
    case .known: (isPresent, state) = (true, LocalizedText(fr: "connu", en: "known"))
    case .absent: (isPresent, state) = (false, LocalizedText(fr: "il n'y en a pas", en: "there is none"))
    // No source gives the expected fact. That is enough to refuse, but does not prove that there is no such fact.
    case .unavailable(let why) where why.reason == .notGiven && wanted:
      (isPresent, state) = (false, LocalizedText(fr: "non connu", en: "not known"))
    case .unavailable(let why): throw why.inNoCase
    }
    let summary = fact.summary
    let french: @Sendable () -> Text = { [state] in "\(summary.french) : \(state.french)" }
    let english: @Sendable () -> Text = { [state] in "\(summary.english): \(state.english)" }
    return isPresent == wanted
      ? .pass(fr: french(), en: english())
      : .fail(fr: french(), en: english(), case: FoundCase(isPresent ? "fact_present" : "fact_absent"))
  }
}

// MARK: - Documentation

extension FactCheck {
  /// `fact` names the fact; exactly one other parameter is the comparison. docs/rule-file.md, “fact”.
  package static let description = CheckDescription(
    id: "fact",
    summary: LocalizedText(fr: "un fait est ce que la règle demande", en: "a fact is what the rule asks for"),
    rationale: LocalizedText(
      fr: "une règle propre à un cabinet s'écrit ainsi sans programmer",
      en: "a practice's own rule is written this way without programming"),
    parameters: [
      Parameter("fact", .string, required: true, fr: "nom du fait", en: "name of the fact"),
      Parameter("equals", .orFact(.scalar), fr: "égal à cette valeur", en: "equal to this value"),
      Parameter("in", .list(of: .scalar), fr: "l'une de ces valeurs", en: "one of these values"),
      Parameter(
        "matches", .string, fr: "texte entier conforme à cette expression régulière",
        en: "the whole text matches this regular expression"),
      Parameter(
        "at_least", .orFact(.scalar), fr: "date, version, entier ou durée, au moins",
        en: "a date, version, integer or duration, at least"),
      Parameter(
        "at_most", .orFact(.scalar), fr: "date, version, entier ou durée, au plus",
        en: "a date, version, integer or duration, at most"),
      Parameter("before", .orFact(.scalar), fr: "date strictement avant", en: "a date strictly before"),
      Parameter("after", .orFact(.scalar), fr: "date strictement après", en: "a date strictly after"),
      Parameter(
        FactAge.name, .duration, fr: "date passée depuis tant de jours au plus : 8d",
        en: "a date that many days ago at most: 8d"),
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
        "fact_too_old", fr: "« not_older_than », et la date est plus ancienne",
        en: "“not_older_than”, and the date is longer ago",
        variables: [
          CaseVariable("found", fr: "la date trouvée", en: "the date that was found"),
          CaseVariable("wanted", fr: "ce qui est demandé", en: "what is asked for"),
          CaseVariable("age", fr: "depuis combien de jours", en: "how many days ago that was"),
        ]),
      CheckCase(
        "fact_absent", fr: "« present: true », et le fait n'est pas connu",
        en: "“present: true”, and the fact is not known"),
      CheckCase(
        "fact_present", fr: "« present: false », et le fait est connu",
        en: "“present: false”, and the fact is known"),
      .undecided(
        "fact_not_given", fr: "aucune source ne donne le fait, ou celui auquel il est comparé",
        en: "no source gives the fact, or the one that it is compared with"),
      .undecided(
        "fact_from_the_future", fr: "« not_older_than », et la date est après la date du jour",
        en: "“not_older_than”, and the date is after today",
        variables: [
          CaseVariable("found", fr: "la date trouvée", en: "the date that was found"),
          CaseVariable("today", fr: "la date du poste", en: "the workstation's date"),
        ]),
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
      example(
        "What another fact says", "card.expiresOn", "after", .fact(.cardIssuedOn), date("2028-09-30"),
        beside: [.cardIssuedOn: date("2025-09-10")], is: .pass),
      example(
        "Not what another fact says", "card.expiresOn", "before", .fact(.today), date("2028-09-30"),
        beside: [.today: date("2026-03-15")], is: .fail),
      example(
        "The other fact is not known", "card.expiresOn", "after", .fact(.cardIssuedOn), date("2028-09-30"),
        is: .unknown),
      example(
        "Recent enough", "report.createdOn", FactAge.name, .duration(.seconds(8 * 86_400)),
        date("2026-03-07"),
        beside: [.today: date("2026-03-15")], is: .pass),
      example(
        "Too old", "report.createdOn", FactAge.name, .duration(.seconds(8 * 86_400)), date("2026-03-06"),
        beside: [.today: date("2026-03-15")], is: .fail),
      example(
        "Of tomorrow", "report.createdOn", FactAge.name, .duration(.seconds(8 * 86_400)), date("2026-03-16"),
        beside: [.today: date("2026-03-15")], is: .unknown),
    ])

  private static func date(_ iso: String) -> FactValue? { CivilDate(iso).map(FactValue.date) }

  private static func example(
    _ title: String, _ fact: String, _ comparison: String, _ operand: ParameterValue, _ value: FactValue?,
    beside others: [FactName: FactValue?] = [:], is outcome: CheckExample.Outcome
  ) -> CheckExample {
    var facts = others.compactMapValues(\.self)
    facts[FactName(fact)] = value
    return CheckExample(
      title, parameters: ["fact": .string(fact), comparison: operand], facts: facts, is: outcome)
  }
}
