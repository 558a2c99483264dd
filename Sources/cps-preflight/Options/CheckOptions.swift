import Preflight
import Reports
import VerdictFile

/// What `check` is asked to do, plainly.
struct CheckOptions: Hashable {
  var inputs = Inputs()
  var language: Language?
  var reveal = false
  var use: Use?
  var am: String?
  var situation: Int?
  var format = VerdictFormat.text
  /// The file to write; standard output where `nil`.
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

  /// What is wrong with them together.
  var mistake: String? {
    if let mistake = inputs.mistake { return mistake }
    if allReaders, let mistake = AllReadersCheck.mistake(self) { return mistake }
    if nagiosExit, format != .nagios { return "--nagios-exit goes with --format nagios." }
    if let mistake = mistakeOfFilesWritten { return mistake }
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

  /// What is wrong with the files that are written: what is read would be lost, or they are none.
  private var mistakeOfFilesWritten: String? {
    let read =
      [("--rules", inputs.rules ?? "rules.yaml")] + inputs.facts.map { ("--facts", $0) }
      + [
        ("--report", inputs.report), ("--pin-file", inputs.pinFile),
        ("--pin-fd", inputs.pinDescriptor.map { "/proc/self/fd/\($0)" }), ("--key", key),
        ("--module", inputs.module),
      ].compactMap { name, path in path.map { (name, $0) } }
    for (name, path) in [("--output", output), ("--journal", journal)] {
      guard let path else { continue }
      if path.isEmpty || path == "-" { return "\(name) takes the path of a file." }
      let written = name == "--output" ? FilesWritten(output: path) : FilesWritten(journal: path)
      for (other, lost) in read {
        // Standard input may be a file as well.
        guard written.option(writing: lost == "-" ? "/proc/self/fd/0" : lost) != nil else { continue }
        return "\(name) would overwrite the file of \(other): it takes another one."
      }
    }
    if let output, let journal, FilesWritten(journal: journal).option(writing: output) != nil {
      return "--output would overwrite the file of --journal: it takes another one."
    }
    return nil
  }

  private static let mostLabels = 20

  /// Whether the report or the journal tells one card from another.
  var tellsCard: Bool { format == .json || format == .prometheus || journal != nil }

  /// The files that the run writes.
  var filesWritten: FilesWritten { FilesWritten(output: output, journal: journal) }

  /// The billing situation that was selected.
  var selection: SituationSelection {
    if let am { return .identifier(Personal(am, as: .identifier)) }
    if let situation { return .position(situation) }
    return .any
  }
}
