import Glibc
import Preflight
import Reports
import Workstation

/// The gate before a command: judges, then becomes the command if and only if it may be sent.
struct Gate {
  /// Where the command finds the verdict.
  static let variable = "CPS_PREFLIGHT_VERDICT"

  private let options: CheckOptions
  private let command: GatedCommand

  init(_ options: CheckOptions, _ command: GatedCommand) {
    self.options = options
    self.command = command
  }

  /// What is wrong with the options for a gate.
  static func mistake(_ options: CheckOptions) -> String? {
    if options.allReaders { return "--all-readers is for check: a command is sent with one card." }
    if options.nagiosExit { return "--nagios-exit is for check: the codes of run are the command's as well." }
    // Through any of its names: /dev/stdout, /proc/self/fd/1, the file it is redirected to.
    guard let path = options.output, Output.isStandardOutput(path) else { return nil }
    return "Standard output is the command's alone: --output takes another file."
  }

  /// Does it. Throws an ``Ending`` with the verdict's code, or a ``Failure``.
  @MainActor
  func perform() async throws -> Never {
    let descriptors = InheritedDescriptors()
    let journaling = Journaling(options, command: "run")
    var assessment: Assessment?
    let code: ExitCode
    let passage: (launch: Launch, verdict: String)?
    do {
      let file = try find()
      let made = try await Assessment(options, tellingCard: true)
      assessment = made
      try report(made)
      passage = made.isReady ? try prepare(Launch(file, descriptors), with: made) : nil
      code = made.verdict.exitCode
    } catch {
      await journaling?.record(assessment, ending: error)
      throw error
    }
    // What is not in the journal does not happen.
    try await journaling?.record(assessment, ending: code)
    guard let passage else { throw Ending(code: code) }
    do throws(CommandFault) {
      try passage.launch.become(command, adding: (Self.variable, passage.verdict))
    } catch {
      throw Failure(error, of: command)
    }
  }

  /// Finds the command's file. Throws a failure: 127 where there is none, 126 where it cannot be executed.
  @MainActor
  private func find() throws(Failure) -> CommandFile {
    do throws(CommandFault) {
      return try command.find()
    } catch {
      throw Failure(error, of: command)
    }
  }

  /// Writes the verdict where that was asked for, and on standard error what a person has to read.
  private func report(_ assessment: Assessment) throws {
    if options.output != nil { try write(assessment, options.format, to: Output(path: options.output)) }
    if !assessment.isReady || options.verbose {
      let format = options.output == nil ? options.format : .text
      try write(assessment, format, to: Output(descriptor: STDERR_FILENO))
    }
  }

  /// What the command gets, and where it finds the verdict: the file that was named, else one of our own.
  private func prepare(_ launch: Launch, with assessment: Assessment) throws -> (Launch, String) {
    var launch = launch
    launch.withheld = options.inputs.pinDescriptor
    if options.format == .json, let path = options.output.flatMap(Output.absolutePath) {
      return (launch, path)
    }
    let file = try memoryFile(assessment)
    launch.handedOn = file
    return (launch, file.path)
  }

  private func write(_ assessment: Assessment, _ format: VerdictFormat, to output: Output) throws {
    let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
    try output.write(try assessment.report(format, shown))
  }

  /// The verdict file of a command for which none was named.
  private func memoryFile(_ assessment: Assessment) throws -> MemoryFile {
    let shown = Output().reportOptions(options.language, reveal: options.reveal)
    let text = try assessment.report(.json, shown)
    do throws(WriteFault) {
      return try MemoryFile("cps-preflight-verdict", holding: text)
    } catch {
      throw Failure(error, writing: nil)
    }
  }
}

extension Failure {
  /// A command that cannot be started.
  @MainActor
  fileprivate init(_ fault: CommandFault, of command: GatedCommand) {
    self.init(
      fault.kind == .notFound ? .commandNotFound : .commandNotExecutable,
      at: command.shownName.isEmpty ? nil : command.shownName, fault.message)
  }
}
