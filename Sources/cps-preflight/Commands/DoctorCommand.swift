import ArgumentParser
import Preflight
import VerdictFile
import Reports
import Workstation

/// Examines everything that could keep the workstation from billing.
struct DoctorCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examine all that could keep this workstation from billing, and say what mends it.",
    discussion: """
      No card, no code porteur and no rule file is needed. Ends with 1 where something is at fault, otherwise with 69 where \
      something could not be looked at, otherwise with 0.
      """)

  /// How the findings are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(.rules) var rules: String?
  @Option(.reader) var reader: String?
  @Option(.module) var module: String?
  @Option(
    help: ArgumentHelp(
      "The folder under which files are looked for; what runs is this machine's.", valueName: "folder"),
    completion: .directory)
  var root: String?
  @Option(
    help: ArgumentHelp("The journal that check adds to: can it be written?", valueName: "file"),
    completion: .file())
  var journal: String?
  @Option(.timeout) var timeout = DurationArgument(.seconds(10))
  @Option(help: "How the findings are written.") var format = Format.text
  @Option(
    help: ArgumentHelp("Write all of it, masked, into a new archive for support.", valueName: "file"),
    completion: .file())
  var bundle: String?
  @Option(.language) var lang: Language?
  @OptionGroup var plugins: PluginOptions

  var reply: Reply { Reply(in: lang) }

  var mistake: LocalizedText? {
    if let root, !root.hasPrefix("/") {
      return LocalizedText(fr: "--root prend un chemin absolu", en: "--root takes an absolute path")
    }
    if reader?.isEmpty == true { return .unnamedReader }
    if module?.isEmpty == true {
      return LocalizedText(fr: "--module prend un chemin, ou un nom", en: "--module takes a path, or a name")
    }
    return [("--bundle", bundle), ("--journal", journal)].first { $0.1 == "" || $0.1 == "-" }.map {
      .noFile($0.0)
    }
  }

  func perform() async throws {
    let language = lang ?? Surroundings.language
    Interruption.endsProgram(in: language)
    if let root { try Self.refuseMissing(root, in: language) }
    var inputs = plugins.inputs(in: language)
    inputs.timeout = timeout.duration
    let examined = try await WorkstationExamination(
      rules: rules, plugins: inputs, reader: reader, module: module, root: root, journal: journal,
      timeout: timeout.duration, language: language
    ).examine()
    let report = DoctorReport(
      examined.diagnosis, version: ProgramVersion.current, Output().reportOptions(lang, reveal: false))
    // A code porteur that was typed in the place of a name is not repeated.
    try Output().write(format == .json ? report.json : Failure.withoutCodes(report.text))
    if let bundle { try SupportBundle(examined).write(to: bundle, in: language) }
    let code = examined.diagnosis.exitCode
    if code != .ready { throw Ending(code: code) }
  }

  /// Refuses a root that is no folder: nothing would be found under it, as on an empty workstation.
  private static func refuseMissing(_ root: String, in language: Language) throws(Failure) {
    let status: FileStatus
    do throws(FileFault) { status = try LocalWorkstation(language: language).status(of: root) } catch {
      throw Failure(error, of: root, mayWaitLonger: false)
    }
    guard status.kind == .folder else {
      throw Failure(
        .missingInput, at: root, LocalizedText(fr: "ce n'est pas un dossier", en: "this is no folder"))
    }
  }
}
