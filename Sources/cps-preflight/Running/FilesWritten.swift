import Cryptoki
import Preflight
import Processes
import Workstation

/// The files that a run writes, compared with those that it reads: an input file is never overwritten.
///
/// The comparison precedes any reading, so that even a run that has to stop writes no journal line into an input file.
struct FilesWritten: Sendable {
  private let files: [(option: String, path: String)]

  /// - Parameters:
  ///   - output: the file of `--output`.
  ///   - journal: the file of `--journal`. The names it takes when it is rotated count as well.
  init(output: String? = nil, journal: String? = nil) {
    var files: [(String, String)] = []
    if let output { files.append(("--output", output)) }
    if let journal {
      files.append(("--journal", journal))
      files += (1...Journal.kept).map { ("--journal", "\(journal).\($0)") }
    }
    self.files = files
  }

  /// Whether no file is written.
  var isEmpty: Bool { files.isEmpty }

  /// Returns the option that would overwrite that file, or `nil` if none would.
  func option(writing path: String) -> String? {
    files.first { WritablePath.isSameFile($0.path, path) }?.option
  }

  /// Makes sure that an input file is not overwritten.
  ///
  /// - Throws: ``Failure`` (64) if that file would be overwritten.
  func spare(_ path: String) throws(Failure) {
    if let option = option(writing: path) { throw Failure(overwriting: path, by: option) }
  }

  /// Makes sure that neither this program nor the one that loads the module is overwritten.
  func spareOwnPrograms() throws(Failure) {
    guard !isEmpty else { return }
    for path in ["/proc/self/exe"] + LocalWorkstation.ownPaths(of: CryptokiSource.reader) { try spare(path) }
  }

  /// Makes sure that no input file of the options is overwritten.
  ///
  /// - Throws: ``Failure`` (64) if an input file named by the options would be overwritten, or one file written twice.
  func spareFiles(of options: CheckOptions) throws(Failure) {
    guard !isEmpty else { return }
    let inputs = options.inputs
    let read =
      [("--rules", inputs.rules ?? LoadedRules.ownPath)] + inputs.facts.map { ("--facts", $0) }
      + [
        ("--report", inputs.report), ("--pin-file", inputs.pinFile),
        ("--pin-fd", inputs.pinDescriptor.map { "/proc/self/fd/\($0)" }), ("--key", options.key),
        ("--module", inputs.module),
      ].compactMap { name, path in path.map { (name, $0) } }
    for (other, path) in read {
      // Standard input may be a file too.
      guard let option = option(writing: path == "-" ? "/proc/self/fd/0" : path) else { continue }
      throw Failure(overwritingFileOf: other, by: option)
    }
    if let output = options.output, let journal = options.journal,
      FilesWritten(journal: journal).option(writing: output) != nil
    {
      throw Failure(overwritingFileOf: "--journal", by: "--output")
    }
  }

  /// Examines the symbolic links on the paths to the files.
  ///
  /// - Throws: ``Failure`` (77) if a symbolic link on the path to one of them belongs to another user.
  func examineLinks() throws(Failure) {
    for (option, path) in files {
      do throws(TrustFault) {
        try FileWriting.examineLinks(to: path)
      } catch {
        // Any other fault is reported when the file is written.
        guard error.isUnsafe else { continue }
        var failure = Failure(error, writing: path)
        // This failure is not written to that journal either.
        failure.leavesLine = option != "--journal"
        throw failure
      }
    }
  }
}

extension Failure {
  /// Makes the failure for an input file that would be overwritten.
  init(overwriting path: String, by option: String) {
    self.init(
      .usage, at: path,
      LocalizedText(
        fr:
          "\(Text(option)) écraserait ce fichier, qui est lu ou exécuté : donner un autre fichier à \(Text(option))",
        en:
          "\(Text(option)) would overwrite this file, which is read or executed: give \(Text(option)) another file"
      ))
    leavesLine = false
  }

  /// Makes the failure for a file that two options would write.
  fileprivate init(overwritingFileOf other: String, by option: String) {
    self.init(
      .usage,
      LocalizedText(
        fr: "\(option) écraserait le fichier de \(other) : lui donner un autre fichier",
        en: "\(option) would overwrite the file of \(other): give it another one"))
    leavesLine = false
  }

  /// Makes the failure for a link to an output file that is not followed.
  init(_ fault: TrustFault, writing path: String) {
    self.init(
      .unsafe, at: fault.path,
      fault.message(
        LocalizedText(fr: "\(path) n'est pas écrit", en: "\(path) is not written")))
  }
}

extension CheckOptions {
  /// The files that the run writes.
  var filesWritten: FilesWritten { FilesWritten(output: output, journal: journal) }
}
