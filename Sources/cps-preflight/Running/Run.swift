import Cryptoki
import FactsFile
import PluginHost
import Preflight
import Reports
import Processes
import Workstation

/// One run: the sources to ask, and the facts gathered.
struct Run {
  let rules: LoadedRules
  let ruleSet: RuleSet
  private let sources: [any Source]
  private let options: Inputs
  /// Whether a facts file gives the day.
  private let isDayGiven: Bool
  /// Whether a report of the Gestionnaire takes the card's place.
  private let hasReport: Bool
  /// Whether only the command line and its files say something about the card.
  let takesOnlyWhatIsGiven: Bool

  /// Loads the rules and reads the given files.
  ///
  /// - Parameters:
  ///   - scope: which plugins must be known.
  ///   - written: the files that the run writes, which must not be input files.
  ///   - verbose: whether to show what plugins write on standard error.
  init(
    _ options: Inputs, plugins scope: PluginInputs.Scope = .used,
    sparing written: FilesWritten = FilesWritten(),
    language: Language, verbose: Bool = false
  ) async throws(Failure) {
    self.options = options
    let plugins = PluginInputs(
      folders: options.pluginFolders, scope: scope, language: language, timeout: options.timeout,
      isVerbose: verbose, written: written)
    try written.spareOwnPrograms()
    rules = try await LoadedRules.read(options.rules, plugins: plugins)
    ruleSet = try rules.ruleSet()
    let configured = Self.configured(ruleSet, options)
    for source in configured {
      // A path is first looked up in the working folder.
      guard case .source(let made) = source.made, let module = made.parameters.string("module") else {
        continue
      }
      try written.spare(module)
    }
    let given = try GivenFiles(
      options, rules.registry.facts.adding(ruleSet.answers), reportMaxAge: ruleSet.reportMaxAge,
      language: language)
    isDayGiven = given.sayTheDay
    hasReport = options.report != nil
    takesOnlyWhatIsGiven = given.takeTheCardsPlace || options.offline
    let asked = try Self.asked(configured, cardIsGiven: given.takeTheCardsPlace, options)
    // In the order of trust: the given files, then the sources of the rule file.
    sources = given.sources + asked
  }

  private init(_ run: Run, _ sources: [any Source], _ options: Inputs) {
    rules = run.rules
    ruleSet = run.ruleSet
    isDayGiven = run.isDayGiven
    hasReport = run.hasReport
    takesOnlyWhatIsGiven = run.takesOnlyWhatIsGiven
    self.sources = sources
    self.options = options
  }

  /// Returns a run with the same rules for the card in the reader with that exact name.
  ///
  /// It does not ask for a code porteur: a code belongs to one card, and would use up tries of any other.
  func ofCard(in reader: String) throws(Failure) -> Run {
    var options = options
    options.reader = reader
    options.isWholeReaderName = true
    // The card is there, whatever the rule file says about waiting.
    options.wait = .zero
    options.mayAskForCode = false
    return Run(
      self, try Self.asked(Self.configured(ruleSet, options), cardIsGiven: false, options), options)
  }

  /// The same run without asking for a code porteur.
  var withoutCode: Run {
    var options = options
    options.mayAskForCode = false
    return Run(self, sources, options)
  }

  /// A source of the rule file with the options of the command line, or the error in them.
  private struct Configured {
    enum Made {
      case source(NamedSource)
      case mistake(ParameterError)
    }

    let readsCard: Bool
    let made: Made
  }

  /// Makes the sources of the rule file, each once.
  private static func configured(_ ruleSet: RuleSet, _ options: Inputs) -> [Configured] {
    let said = options.ofSources
    return ruleSet.sources.map { named in
      Configured(
        readsCard: named.declaration.readsCard,
        made: made(named, said))
    }
  }

  private static func made(_ named: NamedSource, _ said: Parameters) -> Configured.Made {
    do throws(ParameterError) { return .source(try named.with(said)) } catch { return .mistake(error) }
  }

  /// Returns the sources that this run may ask.
  ///
  /// - Throws: ``Failure`` (64) if the options of the command line are invalid for one of them.
  private static func asked(
    _ configured: [Configured], cardIsGiven: Bool, _ options: Inputs
  ) throws(Failure) -> [any Source] {
    guard !options.offline else { return [] }
    var sources: [any Source] = []
    for source in configured where !(cardIsGiven && source.readsCard) {
      switch source.made {
      case .source(let made): sources.append(made.source)
      case .mistake(let error):
        let option = LocalizedText(everywhere: Text(error.name.map { "--\($0): " } ?? ""))
        throw Failure(
          .usage,
          LocalizedText(
            fr: "\(option.french)\(error.message.french)", en: "\(option.english)\(error.message.english)"))
      }
    }
    return sources
  }

  /// Gathers the `wanted` facts from the given files and the sources of the rule file, and the answers of plugins to
  /// rules.
  ///
  /// - Parameter further: facts to take from sources that are asked anyway; no source is asked for them alone.
  func gather(
    _ wanted: Set<FactName>, selection: SituationSelection = .any, alsoTelling further: Set<FactName> = [],
    language: Language, asking judges: [any Judge] = [], deadline: (any Source) -> Duration
  ) async throws(Failure) -> Gathered {
    var wanted = wanted
    // The number may be that of the professional whom a locum replaces.
    if case .identifier = selection, wanted.contains(.billingSituations) { wanted.insert(.billingPractice) }
    let sources = self.sources + (options.offline ? [] : OutsideCheck.sources(asking: judges))
    var known = Facts(selection: selection)
    if let date = options.on { known.add(Fact(.today, .date(date), source: FactSourceName.option)) }
    if known[.today].value == nil, !isDayGiven { known.add(Self.today) }
    let asked = Gathered.facts(asked: wanted, of: sources, known: known)
    // This is checked before any source is asked, even for sources that another one might make superfluous.
    for source in sources where !source.provides.isDisjoint(with: asked) {
      if let refusal = source.refusal(from: LocalWorkstation(language: language)) {
        throw Failure(.unsafe, refusal.message)
      }
    }
    let code = try code(for: asked, of: sources, language)
    if sources.contains(where: { !$0.answersAtOnce }) { Interruption.endsProgram(in: language) }
    var gathered = await Gathered.gather(
      wanted, alsoTelling: further,
      by: sources.map { Inquiry($0, deadline: $0.answersAtOnce ? .zero : deadline($0)) }, known: known,
      from: LocalWorkstation(language: language, code: code), clock: ContinuousClock())
    // What a source could not do without a thread, it tells as if the service were at fault.
    if ThreadSupply.wasRefused { throw .noThreads }
    if let fault = code.refusal { throw Failure(fault, file: nil) }
    // As with plugins, anything that others could have changed ends the run, whatever else is known.
    if let refusal = gathered.refusal { throw Failure(.unsafe, refusal.message) }
    if gathered.facts[.today].value == nil { gathered.facts.add(Self.today) }
    if hasReport { gathered.askForCryptolibOfReport() }
    return gathered
  }

  /// Returns the code porteur if a wanted fact needs it: from where the command line says. Without that, the terminal is
  /// asked later, if a card is there that needs it.
  private func code(
    for wanted: Set<FactName>, of sources: [any Source], _ language: Language
  ) throws(Failure) -> CodePorteur {
    guard options.mayAskForCode,
      sources.contains(where: { $0.asksForCode(for: wanted.intersection($0.provides)) })
    else {
      return CodePorteur()
    }
    let place =
      options.pinDescriptor.map { CodePorteurInput.Place.descriptor($0) }
      ?? options.pinFile.map { .file($0) }
    guard let place else { return CodePorteur(askingIn: language) }
    do throws(CodePorteurInput.Fault) {
      return CodePorteur(
        try CodePorteurInput.read(
          place, within: options.timeout, announcing: LocalWorkstation(language: language).announce))
    } catch {
      throw Failure(error, file: options.pinFile)
    }
  }

  /// The current day in France, by the workstation's clock.
  static var today: Fact {
    if let date = FrenchCalendar.today { return Fact(.today, .date(date), source: FactSourceName.clock) }
    let why = Unavailability(
      .service,
      LocalizedText(fr: "l'horloge du poste est illisible", en: "the workstation's clock cannot be read"))
    return Fact(.today, unavailable: why, source: FactSourceName.clock)
  }
}

extension Gathered {
  /// Says of a Cryptolib that was not found here that it was not given: the one that read the card into a report is that of
  /// another workstation, and nothing has to be repaired on this one.
  fileprivate mutating func askForCryptolibOfReport() {
    let version = facts[.cryptolibVersion]
    guard case .unavailable(let why) = version.state, why.reason == .service else { return }
    let words = LocalizedText(
      fr: "\(why.message.french), et le rapport du Gestionnaire ne dit pas laquelle a lu la carte",
      en: "\(why.message.english), and the Gestionnaire's report does not say which one has read the card")
    leaveToFiles(
      Fact(.cryptolibVersion, unavailable: Unavailability(.notGiven, words), source: version.source))
  }
}
