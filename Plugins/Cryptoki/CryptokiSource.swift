import Installation
import JSON
package import Preflight

/// The source `cryptoki`: what the card holds, read by the Cryptolib's module in a process of its own.
package struct CryptokiSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "cryptoki",
    summary: LocalizedText(
      fr: "contenu de la carte, par la Cryptolib (PKCS#11)",
      en: "what the card holds, through the Cryptolib (PKCS#11)"),
    options: [
      Parameter(
        "module", .string, fr: "nom connu de p11-kit, ou chemin", en: "a name that p11-kit knows, or a path"),
      Parameter(
        "writes", .list(of: .string),
        fr: "dossiers où le module peut écrire, en plus de ceux de la Cryptolib : des chemins absolus",
        en: "folders in which the module may write, besides those of the Cryptolib: absolute paths"),
      Parameter(
        "whole_name", .boolean, isPublic: false, fr: "seulement un emplacement nommé comme le lecteur",
        en: "only the slot with the reader's name"),
    ],
    readsCard: true
  ) { parameters throws(ParameterError) in try CryptokiSource(parameters) }

  /// The name of the program that loads the module.
  package static let reader = "cps-preflight-cryptoki"

  /// The name in rule files and reports.
  package let name = "cryptoki"
  /// The facts listed in ``CardFact/all``: the module, the token, and the objects of the card.
  package let provides = Set(CardFact.all.map(\.name))
  /// The facts that say which reader's card is meant; without the source `pcsc`, there must be only one card.
  package let follows: Set<FactName> = [
    .cardPresent, .cardReader, .cardKind, .cardInUse, .readerNames, .readerEvents,
  ]
  private let module: String?
  private let writes: [String]
  private let isSlotNamed: Bool

  /// Makes the source from its options.
  ///
  /// - Throws: ``ParameterError`` if the module's name is empty, or a folder is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    module = parameters.string("module")
    writes = try Self.folders(parameters)
    isSlotNamed = parameters.boolean("whole_name") ?? false
    guard module?.isEmpty != true else {
      throw ParameterError("module", fr: "le nom du module est vide", en: "the module's name is empty")
    }
  }

  private static func folders(_ parameters: Parameters) throws(ParameterError) -> [String] {
    guard case .list(let items) = parameters["writes"] else { return [] }
    let folders = items.compactMap { if case .string(let path) = $0 { path } else { nil } }
    if let folder = folders.first(where: { absolute($0) == nil }) {
      throw ParameterError(
        "writes", fr: "« \(folder) » n'est pas un chemin absolu", en: "“\(folder)” is not an absolute path")
    }
    return folders
  }

  /// The arguments of the program that loads the module: it does so before it is asked about a card.
  private var arguments: [String] { ["gather", "card"] + (module.map { [$0] } ?? []) }
  private var reach: ProgramReach { ProgramReach(ofModule: module, writing: writes) }

  /// Starts the program that loads the module. Neither touches a card before it is asked.
  package func start(on workstation: any WorkstationAccess) {
    workstation.start(Self.reader, arguments, reaching: reach)
  }

  /// Reads the card once for all the wanted facts, in a process of its own that has to answer within `deadline`.
  ///
  /// Every fact that could not be read is returned with the reason. The code porteur is presented at most once, and only
  /// if a wanted fact needs it.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    do throws(Unavailability) {
      let reader = try Self.reader(known)
      var options = self.options(for: reader, knowing: known)
      let isUsedByOthers = Self.isUsedByOthers(known)
      options.releaseMs = Self.release(knowing: known, within: deadline).milliseconds
      options.settleMs = Self.settling(within: deadline).milliseconds
      options.publicObjects = CardFact.objects(for: wanted)
      if asksForCode(for: wanted) {
        options.privateObjects = [BillingData.label]
        options.furtherObjects = Activity.labels
        options.readsFurtherObjects = wanted.contains(.billingPractice)
        options.hasCode = workstation.hasCode
      }
      options.provingObjects = [CardFacts.neverCached]
      let reading = try await read(options, within: deadline, from: workstation)
      return CardFacts(reading, in: reader, usedByOthers: isUsedByOthers, source: name).facts(wanted)
    } catch {
      return wanted.map { Fact($0, unavailable: error, source: name) }
    }
  }

  func options(for reader: String?, knowing known: Facts) -> ReadingRequest.Options {
    var options = ReadingRequest.Options()
    options.reader = reader
    options.isSlotNamed = isSlotNamed
    if case .texts(let names)? = known[.readerNames].value { options.readers = names }
    return options
  }

  /// The reason why the module would be refused as unsafe. Neither the module nor its program is loaded to find out.
  package func refusal(from workstation: any WorkstationAccess) -> Unavailability? {
    if let words = workstation.refusal(of: Self.reader) { return Unavailability(.unsafe, words) }
    return ModuleFile.refusal(named: module).map { Unavailability($0) }
  }

  /// Whether a wanted fact is in a private object of the card, which needs the code porteur (docs/card-data.md).
  package func asksForCode(for wanted: Set<FactName>) -> Bool {
    CardFact.named(wanted).contains { $0.place == .privateObjects }
  }

  /// How long to leave a CPS4 alone so that pcscd powers it off, which takes five seconds (pcsc-lite,
  /// PCSCLITE_POWER_OFF_GRACE_PERIOD). Returns zero if too little time would be left to read the card afterwards, or if
  /// another program uses it.
  static func release(knowing known: Facts, within deadline: Duration) -> Duration {
    deadline >= .seconds(9) && isUsedByOthers(known) != true ? .seconds(6) : .zero
  }

  /// How long to wait until pcscd has noticed that a card was taken out of a reader that does not say so itself: pcscd asks it every
  /// 400 ms (pcsc-lite, PCSCLITE_STATUS_POLL_RATE). Returns zero if too little time would be left.
  static func settling(within deadline: Duration) -> Duration {
    deadline >= .seconds(2) ? .milliseconds(600) : .zero
  }

  private static func isUsedByOthers(_ known: Facts) -> Bool? {
    if case .boolean(let used)? = known[.cardInUse].value { used } else { nil }
  }

  /// The reader whose card is read.
  ///
  /// - Throws: ``Unavailability`` if there is no card to read.
  static func reader(_ known: Facts) throws(Unavailability) -> String? {
    let present = known[.cardPresent]
    // No source looked: the rule file does not name `pcsc`.
    if present.source == Facts.nobody { return nil }
    guard try known.boolean(.cardPresent) else {
      throw Unavailability(
        .notGiven, LocalizedText(fr: "aucune carte n'est lue", en: "no card is being read"))
    }
    if case .text(let kind)? = known[.cardKind].value, kind == "vitale" || kind == "unknown" {
      throw Unavailability(
        .notGiven,
        LocalizedText(fr: "la carte du lecteur n'est pas une CPS", en: "the card in the reader is not a CPS"))
    }
    return try known.text(.cardReader)
  }

  func read(
    _ options: ReadingRequest.Options, within deadline: Duration, from workstation: any WorkstationAccess
  ) async throws(Unavailability) -> Reading {
    let request = ReadingRequest(options, deadlineMs: deadline.milliseconds)
    let answer: [UInt8]
    do throws(ProgramFault) {
      answer = try await workstation.answer(
        of: Self.reader, arguments, to: request.framed, reaching: reach, withCode: options.hasCode,
        within: deadline)
    } catch {
      throw Unavailability(error, within: deadline)
    }
    guard let reading = ReadingAnswer(answer)?.reading else {
      throw Unavailability(
        .service,
        LocalizedText(
          fr: "la lecture par la Cryptolib a donné une réponse incompréhensible",
          en: "reading through the Cryptolib gave an answer that makes no sense"))
    }
    return reading
  }
}

extension Unavailability {
  /// The reason why the module's process gave no answer.
  fileprivate init(_ fault: ProgramFault, within deadline: Duration) {
    let module = LocalizedText(fr: "la Cryptolib (module PKCS#11)", en: "the Cryptolib (PKCS#11 module)")
    switch fault {
    case .timeout:
      self.init(
        .timeout,
        LocalizedText(
          fr: """
            \(module.french) n'a pas répondu en \(deadline.milliseconds) ms : si cela persiste, la carte est sans doute \
            muette ou occupée par un autre programme ; la retirer et la remettre
            """,
          en: """
            \(module.english) did not answer within \(deadline.milliseconds) ms: if it goes on, the card is probably mute \
            or used by another program; take it out and put it back
            """))
    case .missing:
      self.init(
        .service,
        LocalizedText(
          fr: "le programme « \(CryptokiSource.reader) » n'est pas installé avec celui-ci",
          en: "the program “\(CryptokiSource.reader)” is not installed with this one"))
    case .ended(let status):
      self.init(
        .service,
        LocalizedText(
          fr: "\(module.french) a mis fin à son processus (code \(status))",
          en: "\(module.english) ended its process (status \(status))"))
    case .killed(let signal):
      self.init(
        .service,
        LocalizedText(
          fr: "\(module.french) a planté (signal \(signal))",
          en: "\(module.english) crashed (signal \(signal))"))
    case .untrusted(let words): self.init(.unsafe, words)
    case .tooMuchOutput, .notAProgram, .failed:
      self.init(
        .service,
        LocalizedText(
          fr: "la lecture par \(module.french) n'a pas pu se faire",
          en: "reading through \(module.english) could not be done"))
    }
  }
}
