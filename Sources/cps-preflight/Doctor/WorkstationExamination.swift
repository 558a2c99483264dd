import Cryptoki
import Cryptolib
import GALSS
import Machine
import PCSC
import Preflight
import Processes
import USB
import Workstation

/// One examination of the workstation: the facts are gathered without a code porteur, then examined.
struct WorkstationExamination {
  /// The rule file that the command line names.
  let rules: String?
  let plugins: PluginInputs
  let reader: String?
  let module: String?
  /// The folder under which files are looked for; the workstation itself if `nil`.
  let root: String?
  let journal: String?
  /// How long each source may take.
  let timeout: Duration
  let language: Language

  /// What was found.
  struct Examined {
    let diagnosis: Diagnosis
    let facts: Facts
  }

  /// Everything that is asked of the card: nothing of it needs the code porteur.
  private static let ofCard: Set<FactName> = [
    .cardPIN, .cardKind, .cardTest, .cardCategory, .cardIssuedOn, .cardExpiresOn, .cardNumber, .holderName,
    .cryptolibLibrary, .cryptolibModule,
  ]

  /// Gathers the facts, and examines them.
  ///
  /// - Throws: ``Failure`` (64) if an option is invalid for a source.
  func examine() async throws(Failure) -> Examined {
    let examinations = BuiltIn.plugins.flatMap(\.examinations) + Self.rules
    let workstation = LocalWorkstation(language: language)
    let wanted = examinations.reduce(into: SystemAtHand.facts) { $0.formUnion($1.facts) }
    let sources = try self.sources()
    let card = try source(CryptokiSource.declaration)
    let gathered = await Gathered.gather(
      wanted.subtracting([.cryptolibLibrary, .cryptolibModule]),
      by: sources.map { Inquiry($0, deadline: timeout) },
      known: Facts([Run.today]), from: workstation, clock: ContinuousClock())
    var facts = gathered.facts
    for fact in await ofCard(card, knowing: facts, from: workstation) { facts.add(fact) }
    return Examined(
      diagnosis: Diagnosis(examinations, of: facts, on: SystemAtHand(facts)), facts: facts)
  }

  /// The shipped rules that need no code porteur. They are in the program, whatever rule file is in use.
  private static var rules: [Examination] {
    LoadedRules.shippedRules.map(\.rules).map { $0.filter(Examination.canExamine).map { Examination($0) } }
      ?? []
  }

  // MARK: - Sources

  private func sources() throws(Failure) -> [any Source] {
    var sources: [any Source] = [
      ProgramSource(), RuleFileSource(rules: rules, plugins: plugins, language: language),
    ]
    for declaration in [
      PCSCSource.declaration, PCSCServiceSource.declaration, USBSource.declaration,
      CryptolibInstallation.declaration,
      CryptolibFiles.declaration, ModulesSource.declaration, GALSSSource.declaration,
      MachineSource.declaration,
    ] {
      sources.append(try source(declaration))
    }
    return sources
  }

  /// Makes a source with those of the command line's options that it has.
  private func source(_ declaration: SourceDeclaration) throws(Failure) -> any Source {
    let given = ["root": root, "reader": reader, "module": module, "journal": journal]
    let names = Set(declaration.options.map(\.name))
    let values = given.compactMapValues { $0 }.filter { names.contains($0.key) }
    do throws(ParameterError) {
      return try declaration.make(Parameters(values.mapValues { .string($0) }))
    } catch {
      throw Failure(
        .usage, at: error.name.map { "--\($0)" }, error.message)
    }
  }

  // MARK: - The card

  /// Asks the Cryptolib's module for what it says of itself, and of the card if there is one.
  private func ofCard(
    _ source: any Source, knowing facts: Facts, from workstation: LocalWorkstation
  ) async -> [Fact] {
    // The program that would ask it has an examination of its own.
    guard facts[.programReader].value != nil else {
      let why = Unavailability(
        .notGiven,
        LocalizedText(
          fr: "le module n'est pas essayé : le programme isolé qui le charge ne peut pas servir",
          en: "the module is not tried: the isolated program that loads it cannot be run"))
      return [Fact(.cryptolibLibrary, unavailable: why, source: source.name)]
    }
    var source = source
    // Under another root, the module there is meant, and not one of this machine.
    if root.map({ $0 != "/" }) == true, module == nil {
      guard let path = (try? facts.entries(.cryptolibModules))?.first?.text("path"),
        let there = try? CryptokiSource.declaration.make(Parameters(["module": .string(path)]))
      else { return [] }
      source = there
    }
    let isThere = facts[.cardPresent].value == .boolean(true)
    // Without a card, the module is asked for nothing else, whatever the readers hold.
    let wanted = isThere ? Self.ofCard : [.cryptolibLibrary, .cryptolibModule]
    let gathered = await Gathered.gather(
      wanted.filter { facts[$0].value == nil }, by: [Inquiry(source, deadline: timeout)],
      known: isThere ? facts : Facts(),
      from: workstation, clock: ContinuousClock())
    return wanted.map { gathered.facts[$0] }.filter { $0.source != Facts.nobody }
  }
}
