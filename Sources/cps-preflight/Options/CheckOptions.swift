import Preflight
import Reports

/// What `check` is asked to do: its options, converted.
struct CheckOptions: Hashable {
  var inputs = Inputs()
  var language: Language?
  var reveal = false
  var use: Use?
  var am: String?
  var situation: Int?
  var format = VerdictFormat.text
  /// The file to write; standard output if nil.
  var output: String?
  var verbose = false
  /// Whether every card in every reader is judged.
  var allReaders = false
  /// What the caller says of the verdict, for monitoring and CI systems.
  var labels: [Label] = []
  /// The file of the key that signs the verdict.
  var key: String?
  /// The file to which the run adds a line.
  var journal: String?
  /// How large the journal may become.
  var journalSize: ByteCount?
  /// Whether the exit code is one for monitoring systems.
  var nagiosExit = false

  /// What is wrong with the options together, as far as it can be said without looking at any file.
  var mistake: String? {
    if let mistake = inputs.mistake { return mistake }
    if allReaders, let mistake = AllReadersCheck.mistake(self) { return mistake }
    if nagiosExit, format != .nagios { return "--nagios-exit goes with --format nagios." }
    for (name, path) in [("--output", output), ("--journal", journal)] where path == "" || path == "-" {
      return "\(name) takes the path of a file."
    }
    if journalSize != nil, journal == nil { return "--journal-size goes with --journal." }
    if labels.count > Self.mostLabels || Set(labels.map(\.name)).count < labels.count {
      return "--label gives each name once, \(Self.mostLabels) names at most."
    }
    if am != nil, situation != nil { return "--am and --situation exclude each other." }
    if let situation, situation < 1 { return "--situation counts from 1." }
    guard let am else { return nil }
    let isNumber = am.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isNumber, (1...10).contains(am.utf8.count), BillingIdentifier.number(in: am) != nil else {
      return "--am takes a billing identifier of at most ten digits, not all zeros."
    }
    return nil
  }

  private static let mostLabels = 20

  /// Whether the report or the journal tells one card from another.
  var tellsCard: Bool { format == .json || format == .prometheus || journal != nil }

  /// How a failure is told.
  var reply: Reply { Reply(in: language, isForNagios: nagiosExit) }

  /// The files that the run writes.
  var filesWritten: FilesWritten { FilesWritten(output: output, journal: journal) }

  /// The billing situation that was selected.
  var selection: SituationSelection {
    if let am { return .identifier(Personal(am, as: .identifier)) }
    if let situation { return .position(situation) }
    return .any
  }
}
