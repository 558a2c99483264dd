import Preflight
import Processes
import Workstation

/// The files that a run writes, held against those that it reads: what is read is never written over.
///
/// It is asked before a file is read, so that a run that has to end leaves no line in what it would have read either.
struct FilesWritten: Sendable {
  private let files: [(option: String, path: String)]

  /// - Parameters:
  ///   - output: the file of `--output`.
  ///   - journal: the file of `--journal`. Those that it becomes when it is put aside count as well.
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

  /// The option that would write over that file.
  func option(writing path: String) -> String? {
    files.first { WritablePath.isSameFile($0.path, path) }?.option
  }

  /// - Throws: ``Failure`` (64) if that file would be written over.
  func spare(_ path: String) throws(Failure) {
    if let option = option(writing: path) { throw Failure(overwriting: path, by: option) }
  }

  /// - Throws: ``Failure`` (64) if what the options name to be read would be written over, or one file written twice.
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
      // Standard input may be a file as well.
      guard let option = option(writing: path == "-" ? "/proc/self/fd/0" : path) else { continue }
      throw Failure(overwritingFileOf: other, by: option)
    }
    if let output = options.output, let journal = options.journal,
      FilesWritten(journal: journal).option(writing: output) != nil
    {
      throw Failure(overwritingFileOf: "--journal", by: "--output")
    }
  }

  /// - Throws: ``Failure`` (77) if a symbolic link on the way to one of them is another user's.
  func examineLinks() throws(Failure) {
    for (option, path) in files {
      do throws(TrustFault) {
        try FileWriting.examineLinks(to: path)
      } catch {
        // Any other fault is told where it is written.
        guard error.isUnsafe else { continue }
        var failure = Failure(error, writing: path)
        // Nor is that failure written there.
        failure.leavesLine = option != "--journal"
        throw failure
      }
    }
  }
}

extension Failure {
  /// A file that is read and would be written over.
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

  /// A file of another option that would be written over.
  fileprivate init(overwritingFileOf other: String, by option: String) {
    self.init(
      .usage,
      LocalizedText(
        fr: "\(option) écraserait le fichier de \(other) : lui donner un autre fichier",
        en: "\(option) would overwrite the file of \(other): give it another one"))
    leavesLine = false
  }

  /// A link that is not followed to a file that is to be written.
  init(_ fault: TrustFault, writing path: String) {
    self.init(
      .unsafe, at: fault.path,
      fault.message(
        LocalizedText(fr: "\(path) n'est pas écrit", en: "\(path) is not written")))
  }
}
