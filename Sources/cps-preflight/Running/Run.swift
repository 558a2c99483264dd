import Preflight
import Reports
import Workstation

/// One run: what is asked of whom, and what was learnt.
struct Run {
  let rules: LoadedRules
  let given: [any Source]
  let options: Inputs

  /// Loads the rules and reads the files that were given.
  init(_ options: Inputs) throws(Failure) {
    self.options = options
    rules = try LoadedRules.load(options.rules)
    given = try GivenFiles.sources(options)
  }

  /// Gathers the `wanted` facts from the files given and the sources of the rule file.
  func gather(
    _ wanted: Set<FactName>, selection: SituationSelection = .any, deadline: (any Source) -> Duration
  ) async -> Gathered {
    var known = Facts(selection: selection)
    if let date = options.on { known.add(Fact(.today, .date(date), source: FactSourceName.option)) }
    var gathered = await Gathered.gather(
      wanted, by: sources.map { Inquiry($0, deadline: deadline($0)) }, known: known,
      from: LocalWorkstation(), clock: ContinuousClock())
    if gathered.facts[.today].value == nil { gathered.facts.add(today) }
    return gathered
  }

  /// In the order in which they are believed: what was given, then what the rule file names.
  private var sources: [any Source] {
    if options.offline { return given }
    let cardIsGiven = !given.isEmpty
    return given
      + rules.ruleSet.sources.filter { !(cardIsGiven && $0.declaration.readsCard) }.map(\.source)
  }

  private var today: Fact {
    if let date = FrenchCalendar.today { return Fact(.today, .date(date), source: FactSourceName.clock) }
    let why = Unavailability(
      .service,
      LocalizedText(fr: "l'horloge du poste est illisible", en: "the workstation's clock cannot be read"))
    return Fact(.today, unavailable: why, source: FactSourceName.clock)
  }
}
