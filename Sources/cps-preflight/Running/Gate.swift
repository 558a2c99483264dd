import Glibc
import Preflight
import Reports
import VerdictFile
import Workstation

/// The gate before a command: judges, then becomes the command if and only if the lot may be sent.
struct Gate {
  /// The environment variable that tells the command where the verdict is.
  static let variable = "CPS_PREFLIGHT_VERDICT"

  private let options: CheckOptions
  private let command: GatedCommand

  init(_ options: CheckOptions, _ command: GatedCommand) {
    self.options = options
    self.command = command
  }

  /// Judges, and becomes the command if the lot may be sent.
  ///
  /// - Throws: ``Ending`` with the verdict's code, or a ``Failure``.
  @MainActor
  func perform() async throws -> Never {
    let descriptors = InheritedDescriptors()
    let journaling = Journaling(options, command: "run")
    var assessment: Assessment?
    let file: CommandFile
    let made: Assessment
    let reports: [(output: Output, text: String)]
    let verdict: String?
    do {
      try options.filesWritten.spareFiles(of: options)
      try spareStandardOutput()
      try options.filesWritten.examineLinks()
      try spareCommand()
      file = try find()
      for interpreter in file.interpreters { try options.filesWritten.spare(interpreter) }
      made = try await Assessment(options, tellingCard: true)
      assessment = made
      reports = self.reports(on: made)
      verdict = made.isReady ? verdictForCommand(made) : nil
    } catch {
      await journaling?.record(assessment, ending: error)
      throw error
    }
    // Nothing is reported or done that is not in the journal.
    try await journaling?.record(made, ending: made.verdict.exitCode)
    let passage: (launch: Launch, verdict: String)?
    do {
      for (output, text) in reports { try output.write(text) }
      passage = try verdict.map { try prepare(Launch(file, descriptors), holding: $0) }
    } catch {
      await journaling?.record(.notWritten, ending: error)
      throw error
    }
    guard let passage else { throw Ending(code: made.verdict.exitCode) }
    do throws(CommandFault) {
      try passage.launch.become(command, adding: (Self.variable, passage.verdict))
    } catch {
      let failure = Failure(error, of: command)
      await journaling?.record(.notExecuted, ending: failure)
      throw failure
    }
  }

  /// Makes sure that standard output is left to the command.
  ///
  /// - Throws: ``Failure`` (64) if the verdict would be written to standard output, by any of its names: /dev/stdout,
  ///   /proc/self/fd/1, the file that it is redirected to.
  private func spareStandardOutput() throws(Failure) {
    guard let path = options.output, Output.isStandardOutput(path) else { return }
    var failure = Failure(
      .usage, at: path,
      LocalizedText(
        fr: "la sortie standard n’est qu’à la commande : donner un autre fichier à --output",
        en: "standard output is the command's alone: give --output another file"))
    // It is treated as a mistake on the command line.
    failure.leavesLine = false
    throw failure
  }

  /// Makes sure that the command's file is not overwritten.
  ///
  /// - Throws: ``Failure`` (64) if the command's file would be overwritten.
  @MainActor
  private func spareCommand() throws(Failure) {
    for path in command.candidates { try options.filesWritten.spare(path) }
  }

  /// Finds the file of the command.
  ///
  /// - Throws: ``Failure``: 127 if there is none, 126 if it cannot be executed.
  @MainActor
  private func find() throws(Failure) -> CommandFile {
    do throws(CommandFault) {
      return try command.find()
    } catch {
      throw Failure(error, of: command)
    }
  }

  /// The report for the requested output, and for standard error what a person has to read.
  private func reports(on assessment: Assessment) -> [(output: Output, text: String)] {
    var reports: [(Output, String)] = []
    func add(_ format: VerdictFormat, to output: Output) {
      let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
      reports.append((output, assessment.report(format, shown)))
    }
    if options.output != nil {
      add(options.format, to: Output(path: options.output, isOwnersAlone: options.reveal))
    }
    // What goes with a warning, such as a test card, or by a waiver, goes not without a word.
    let reserves = assessment.verdict.reserves
    if !assessment.isReady || options.verbose || reserves != (0, 0, 0) {
      add(options.output == nil ? options.format : .text, to: Output(descriptor: STDERR_FILENO))
    }
    return reports
  }

  /// The verdict for the command, if no output file was named that it could read.
  private func verdictForCommand(_ assessment: Assessment) -> String {
    assessment.report(.json, Output().reportOptions(options.language, reveal: options.reveal))
  }

  /// Prepares the launch, and tells the command where the verdict is: in the named file, otherwise in one of our own.
  private func prepare(_ launch: Launch, holding verdict: String) throws -> (Launch, String) {
    var launch = launch
    launch.withheld = options.inputs.pinDescriptor
    if options.format == .json, let path = options.output.flatMap(Output.absolutePath) {
      return (launch, path)
    }
    do throws(WriteFault) {
      let file = try MemoryFile("cps-preflight-verdict", holding: verdict)
      launch.handedOn = file
      return (launch, file.path)
    } catch {
      throw Failure(error, writing: nil)
    }
  }
}

extension Failure {
  /// Makes the failure for a command that cannot be started.
  @MainActor
  fileprivate init(_ fault: CommandFault, of command: GatedCommand) {
    self.init(
      fault.kind == .notFound ? .commandNotFound : .commandNotExecutable,
      at: command.shownName.isEmpty ? nil : command.shownName, fault.message)
  }
}
