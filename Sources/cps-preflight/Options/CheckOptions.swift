import FactsFile
import Preflight
import Reports
import VerdictFile

/// The options of `check`, converted.
struct CheckOptions: Hashable {
  var inputs = Inputs()
  var language: Language?
  var reveal = false
  var use: Use?
  var am: String?
  var situation: Int?
  var format = VerdictFormat.text
  /// The file to write; standard output if `nil`.
  var output: String?
  var verbose = false
  /// Whether to judge every card in every reader.
  var allReaders = false
  /// The labels that the caller attaches to the verdict, for monitoring and CI systems.
  var labels: [Label] = []
  /// The file of the key that signs the verdict.
  var key: String?
  /// The journal, to which the run adds a line.
  var journal: String?
  /// The size at which the journal is rotated.
  var journalSize: ByteCount?
  /// Whether to exit with a code for monitoring systems.
  var nagiosExit = false

  /// What is wrong with the combination of options, as far as can be known without reading any file; `nil` if nothing
  /// is.
  var mistake: LocalizedText? {
    if let mistake = inputs.mistake { return mistake }
    if allReaders, let mistake = mistakeWithAllReaders { return mistake }
    if nagiosExit, format != .nagios {
      return LocalizedText(
        fr: "--nagios-exit va avec --format nagios", en: "--nagios-exit goes with --format nagios")
    }
    for (name, path) in [("--output", output), ("--journal", journal)] where path == "" || path == "-" {
      return .noFile(name)
    }
    if journalSize != nil, journal == nil {
      return LocalizedText(fr: "--journal-size va avec --journal", en: "--journal-size goes with --journal")
    }
    if labels.count > Self.mostLabels || Set(labels.map(\.name)).count < labels.count {
      return LocalizedText(
        fr: "--label donne chaque nom une seule fois, \(Self.mostLabels) noms au plus",
        en: "--label gives each name once, \(Self.mostLabels) names at most")
    }
    if am != nil, situation != nil { return .exclusive("--am", "--situation") }
    if let situation, situation < 1 {
      return LocalizedText(fr: "--situation compte à partir de 1", en: "--situation counts from 1")
    }
    guard let am else { return nil }
    let isNumber = am.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isNumber, (1...10).contains(am.utf8.count), BillingIdentifier.number(in: am) != nil else {
      return LocalizedText(
        fr: "--am prend un identifiant de facturation de dix chiffres au plus, non tous nuls",
        en: "--am takes a billing identifier of at most ten digits, not all zeros")
    }
    return nil
  }

  /// What is wrong with the options for `check`, beyond ``mistake``; `nil` if nothing is.
  var mistakeInCheck: LocalizedText? {
    key != nil && format != .json
      ? LocalizedText(
        fr: "--key signe des verdicts : elle va avec --format json",
        en: "--key signs verdicts: it goes with --format json") : nil
  }

  /// What is wrong with the options for `run`, beyond ``mistake``; `nil` if nothing is.
  var mistakeInRun: LocalizedText? {
    if allReaders {
      return LocalizedText(
        fr: "--all-readers est pour check : une commande envoie avec une seule carte",
        en: "--all-readers is for check: a command is sent with one card")
    }
    if nagiosExit {
      return LocalizedText(
        fr: "--nagios-exit est pour check : les codes de run sont aussi ceux de la commande",
        en: "--nagios-exit is for check: the codes of run are the command's as well")
    }
    return nil
  }

  /// The option that cannot be combined with `--all-readers`, as a message; `nil` if there is none.
  private var mistakeWithAllReaders: LocalizedText? {
    if inputs.reader != nil { return .exclusive("--all-readers", "--reader") }
    if !inputs.facts.isEmpty || !inputs.with.isEmpty || inputs.report != nil || inputs.offline {
      return LocalizedText(
        fr: "--all-readers regarde les lecteurs : sans --facts, --with, --report ni --offline",
        en: "--all-readers looks at the readers: it takes no --facts, --with, --report or --offline")
    }
    if inputs.wait != nil {
      return LocalizedText(
        fr: "--all-readers juge les cartes présentes : sans --wait",
        en: "--all-readers judges the cards that are there: it takes no --wait")
    }
    // Each card has its own code, and another card's code uses up its tries.
    if inputs.pinDescriptor != nil || inputs.pinFile != nil {
      return LocalizedText(
        fr:
          "--all-readers ne présente aucun code porteur : un code est celui d'une seule carte. Employer check --reader NOM pour chacune",
        en: "--all-readers presents no code porteur: a code is one card's. Use check --reader NAME for each")
    }
    if am != nil || situation != nil {
      return LocalizedText(
        fr: "--am et --situation parlent d'une seule carte : elles excluent --all-readers",
        en: "--am and --situation are about one card: they exclude --all-readers")
    }
    if key != nil {
      return LocalizedText(
        fr: "--key signe un seul verdict : elle exclut --all-readers",
        en: "--key signs one verdict: it excludes --all-readers")
    }
    guard format == .text || format == .json else {
      return LocalizedText(fr: "--all-readers écrit text ou json", en: "--all-readers writes text or json")
    }
    return nil
  }

  private static let mostLabels = 20

  /// Whether the report or the journal identifies the card.
  var tellsCard: Bool { format == .json || format == .prometheus || journal != nil }

  /// The selected billing situation.
  var selection: SituationSelection {
    if let am { return .identifier(Personal(am, as: .identifier)) }
    if let situation { return .position(situation) }
    return .any
  }
}

/// Where facts come from, and which rules need them: the options of a command, converted.
struct Inputs: Hashable {
  /// The named rule file, if any.
  var rules: String?
  /// The facts files; `-` is standard input.
  var facts: [String] = []
  /// The facts that the command line itself gives.
  var with: [WrittenFact] = []
  /// The Gestionnaire's report; `-` is standard input.
  var report: String?
  /// The greatest age of the report; `nil` if not given.
  var reportMaxAge: Duration?
  /// The name of the reader to use, or a part of it.
  var reader: String?
  /// Whether ``reader`` is the whole name.
  var isWholeReaderName = false
  /// How long to wait for a card.
  var wait: Duration?
  /// The PKCS#11 module: a path, or a name that p11-kit knows.
  var module: String?
  /// The descriptor from which the code porteur is read.
  var pinDescriptor: Int32?
  /// The file from which the code porteur is read.
  var pinFile: String?
  /// Whether the user may be asked for the code porteur.
  var mayAskForCode = true
  /// Whether to use only the given files.
  var offline = false
  /// The day to judge on.
  var on: CivilDate?
  /// The time that a source may take.
  var timeout = Duration.seconds(10)
  /// The folders of plugins, besides the usual ones.
  var pluginFolders: [String] = []

  /// What is wrong with the combination of options; `nil` if nothing is.
  var mistake: LocalizedText? {
    let isFactsInput = facts.contains("-")
    if isFactsInput, report == "-" {
      return LocalizedText(
        fr: "--facts et --report ne peuvent pas être toutes deux l'entrée standard",
        en: "--facts and --report cannot both be standard input")
    }
    if facts.count(where: { $0 == "-" }) > 1 {
      return LocalizedText(
        fr: "--facts ne peut être l'entrée standard qu'une fois", en: "--facts can be standard input once")
    }
    if facts.contains("") { return .noFile("--facts") }
    if pinDescriptor != nil, pinFile != nil { return .exclusive("--pin-fd", "--pin-file") }
    if let pinDescriptor, pinDescriptor < 0 {
      return LocalizedText(
        fr: "--pin-fd prend le numéro d'un descripteur ouvert",
        en: "--pin-fd takes the number of an open descriptor")
    }
    if pinDescriptor == 1 || pinDescriptor == 2 {
      return LocalizedText(
        fr: "--pin-fd prend un descripteur à lire : 1 et 2 sont la sortie et l'erreur standard",
        en: "--pin-fd takes a descriptor to read: 1 and 2 are standard output and error")
    }
    if pinDescriptor == 0, isFactsInput || report == "-" {
      return LocalizedText(
        fr: "--pin-fd 0 et un fichier de l'entrée standard s'excluent",
        en: "--pin-fd 0 and a file from standard input exclude each other")
    }
    return reader?.isEmpty == true ? .unnamedReader : nil
  }

  /// The options for sources, under the names that sources give them. A rule file may also set them.
  var ofSources: Parameters {
    var values: [String: ParameterValue] = [:]
    values["reader"] = reader.map { .string($0) }
    if isWholeReaderName { values["whole_name"] = .boolean(true) }
    values["module"] = module.map { .string($0) }
    values["wait"] = wait.map { .duration($0) }
    return Parameters(values)
  }
}

// The messages about options that several commands share.
extension LocalizedText {
  /// Two options that exclude each other.
  static func exclusive(_ one: String, _ other: String) -> LocalizedText {
    LocalizedText(fr: "\(one) et \(other) s'excluent", en: "\(one) and \(other) exclude each other")
  }

  /// An option whose value is not the path of a file.
  static func noFile(_ option: String) -> LocalizedText {
    LocalizedText(fr: "\(option) prend le chemin d'un fichier", en: "\(option) takes the path of a file")
  }

  /// A reader without a name.
  static let unnamedReader = LocalizedText(
    fr: "--reader prend un nom, ou une partie d'un nom", en: "--reader takes a name, or a part of one")
}
