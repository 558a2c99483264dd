import Glibc
import PluginHost
import Preflight
import Processes
import Reports
import RuleDesk
import RuleFile
import Synchronization
import VerdictFile
import Workstation

/// A rule file that was found and read, with all files that it builds on.
struct LoadedRules {
  let path: String
  /// The checks, sources and facts that the rules may name: the built-in ones, those of the plugins that the rules
  /// need, and the facts that they declare.
  let registry: Registry
  /// The plugins that these rules need.
  let plugins: [Plugin]
  let file: RuleFile

  /// How to treat rule files that others may have written.
  enum Distrust {
    /// They are refused (77): they would decide, or name what gets the code porteur.
    case refuses
    /// A warning is written: for commands that show or test rules, and for `evaluate`, which sends nothing (docs/evaluate.md).
    case warns
  }

  /// Reads the named file, otherwise the first that is found, whatever is wrong in it, and asks the plugins that it
  /// needs for their manifests.
  ///
  /// - Parameter searchesRepairs: whether to search for edits that would repair the file.
  /// - Throws: ``Failure``: 66 if there is no such file, 77 if it or a plugin is refused.
  static func read(
    _ named: String?, plugins: PluginInputs = PluginInputs(), _ distrust: Distrust = .refuses,
    searchesRepairs: Bool = false
  ) async throws(Failure) -> LoadedRules {
    let composition = try composition(
      named, distrust, sparing: plugins.written, within: plugins.timeout,
      in: plugins.language ?? Surroundings.language)
    let found = try await plugins.found(for: composition)
    let file = RuleFile(
      composition, registry: BuiltIn.registry.adding(found), searchesRepairs: searchesRepairs)
    return LoadedRules(
      path: composition.name, registry: file.registry, plugins: found.plugins, file: file)
  }

  /// Reads the named file, otherwise the first that is found, and the files that it builds on.
  ///
  /// - Parameter time: how long each file may take, if the command line can set it.
  /// - Throws: ``Failure``: 66 if there is none, 75 if one takes longer, 77 if one of them is refused.
  static func composition(
    _ named: String?, _ distrust: Distrust = .refuses, sparing written: FilesWritten = FilesWritten(),
    within time: Duration? = nil, in language: Language
  ) throws(Failure) -> RuleComposition {
    let files = Files(
      demand: named == nil ? .ownersOnly : .notEverybody, distrust, sparing: written,
      within: time ?? Self.usualPatience)
    let path: String?
    if let named { path = named } else { path = try found() }
    let file: ReadFile
    do throws(FileFault) {
      file = if let path { ReadFile(name: path, bytes: try files.contents(of: path)) } else { embedded }
    } catch {
      try files.refuse()
      throw Failure(error, of: path ?? embedded.name, malformed: .invalidRules, mayWaitLonger: time != nil)
    }
    let composition = RuleComposition(file, access: files)
    try files.refuse()
    files.warn(in: language)
    return composition
  }

  /// The rules.
  ///
  /// - Throws: ``Failure`` (78) if the file is invalid.
  func ruleSet() throws(Failure) -> RuleSet {
    guard let ruleSet = file.ruleSet else { throw Failure(file) }
    return ruleSet
  }

  /// The SHA-256 of the file, in hexadecimal. If it builds on other files, the SHA-256 of all their digests, in the
  /// order in which they were read.
  var digest: String {
    FileDigest.of(file.files.map { Array($0.bytes) })
  }

  /// The marks of the programs of the plugins that described themselves, and of no others.
  struct PluginMarks: Sendable {
    /// The marks, sorted by name. One that was replaced has no digest.
    fileprivate(set) var marks: [ProgramMark] = []
    /// Why they say nothing about who answered: the first plugin that was replaced meanwhile (69, or 77). Nil if none was.
    fileprivate(set) var failure: Failure?

    /// Returns the marks.
    ///
    /// - Throws: ``Failure`` if a plugin was replaced.
    func get() throws(Failure) -> [ProgramMark] {
      if let failure { throw failure }
      return marks
    }
  }

  /// Returns the marks of the plugins, whose files are read for it.
  func pluginMarks() -> PluginMarks {
    var result = PluginMarks()
    for plugin in plugins {
      let file = plugin.program.file
      let mark = ProgramMark(name: plugin.manifest.name, fileAt: file.path)
      // After the reading, so that it was still the same file then.
      do throws(PluginFault) {
        try file.requireUnchanged()
        result.marks.append(mark)
      } catch {
        result.marks.append(ProgramMark(name: mark.name, path: mark.path, sha256: nil))
        if result.failure == nil { result.failure = Failure(error) }
      }
    }
    return result
  }

  // MARK: - Files

  /// The path of the rule file in the working folder.
  static let ownPath = "rules.yaml"
  /// How long the reading of a file may take if no option sets it.
  private static let usualPatience = Duration.seconds(10)

  /// The path of the machine's rule file, for all users and folders.
  static let housePath = "/etc/cps-preflight/rules.yaml"

  /// Returns the first existing rule file if none was named, or `nil` if not even the shipped one is installed.
  ///
  /// - Throws: ``Failure`` (66) if it cannot be determined whether there is one.
  private static func found() throws(Failure) -> String? {
    switch Place(of: ownPath, in: ".") {
    case .taken: return ownPath
    case .free: return Place(of: housePath) == .free ? shippedPath : housePath
    case .hidden:
      throw Failure(
        .missingInput, at: "./rules.yaml",
        LocalizedText(
          fr: """
            le dossier de travail ne peut pas être parcouru : on ne sait pas s'il contient un fichier de règles ; lancer la \
            commande d'un autre dossier, ou nommer le fichier par --rules
            """,
          en: """
            the working folder cannot be searched: whether it holds a rule file is not known; start from another folder, or \
            name the file with --rules
            """))
    }
  }

  /// Whether something with a name exists, readable or not: another file must not silently take its place.
  private enum Place {
    case taken
    case free
    /// The user may not search the folder.
    case hidden

    /// - Parameters:
    ///   - path: the file.
    ///   - folder: the folder of the file, if not part of the path.
    init(of path: String, in folder: String? = nil) {
      var status = stat()
      guard lstat(path, &status) != 0 else {
        self = .taken
        return
      }
      switch errno {
      case EACCES: self = .hidden
      case ENOENT, ENOTDIR:
        // A dangling link or a file in place of the folder was put there on purpose.
        let folder = folder ?? LocalWorkstation.parent(of: path)
        let isSomething = lstat(folder, &status) == 0
        let isFolder = isSomething && stat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        self = isSomething && !isFolder ? .taken : .free
      default: self = .taken
      }
    }
  }

  /// The path of the shipped rules: under the program's prefix, otherwise under the system's.
  static var shippedPath: String? { shared("rules.yaml") { Place(of: $0) != .free } }

  /// The path of the installed JSON Schema of rule files, beside the shipped rules. Nil if there is none.
  static var installedSchemaPath: String? { shared("docs/schemas/rules-1.json") { access($0, R_OK) == 0 } }

  private static func shared(_ name: String, where isThere: (String) -> Bool) -> String? {
    let folders = [LocalWorkstation.sharedFolder, "/usr/share/cps-preflight"]
    return folders.compactMap { $0.map { "\($0)/\(name)" } }.first(where: isThere)
  }

  /// The shipped rules embedded in the program, for a program that is not installed.
  private static var embedded: ReadFile {
    ReadFile(name: "default", bytes: PackageResources.rules_yaml, isBuiltIn: true)
  }

  /// The shipped rules, as they are in the program; `nil` if they are invalid, which a test rules out.
  static var shippedRules: RuleSet? {
    RuleFile(RuleComposition(embedded, access: NoOtherFiles()), registry: BuiltIn.registry).ruleSet
  }

  /// Reads a rule file and the files that it builds on, and remembers which of them others may have written.
  private final class Files: RuleFileAccess {
    /// The requirement on the first file and on those that it includes.
    private let demand: ExaminedFile.Demand
    private let distrust: Distrust
    private let written: FilesWritten
    /// How long the reading of each may take.
    private let time: Duration
    private let overwritten = Mutex<Failure?>(nil)
    private let faults = Mutex<[(file: String, fault: TrustFault)]>([])

    init(
      demand: ExaminedFile.Demand, _ distrust: Distrust, sparing written: FilesWritten, within time: Duration
    ) {
      self.time = time
      self.written = written
      self.demand = demand
      self.distrust = distrust
    }

    func contents(of path: String) throws(FileFault) -> [UInt8] { try contents(of: path, demand) }

    /// The identity of the file, as links may give it several names.
    func identity(of path: String) -> String {
      var status = stat()
      guard stat(path, &status) == 0 else { return RelativePath.normalized(path) }
      return "\(status.st_dev):\(status.st_ino)"
    }

    func shippedRules() throws(FileFault) -> ReadFile {
      guard let path = LoadedRules.shippedPath else { return LoadedRules.embedded }
      // The user did not name this file.
      return ReadFile(name: path, bytes: try contents(of: path, .ownersOnly))
    }

    private func contents(of path: String, _ demand: ExaminedFile.Demand) throws(FileFault) -> [UInt8] {
      do throws(Failure) {
        try written.spare(path)
      } catch {
        overwritten.withLock { $0 = error }
        throw .notPermitted
      }
      let (bytes, fault) = try FileReading.contents(
        of: path, limit: RuleFile.sizeLimit, within: time, demanding: demand,
        refusing: distrust == .refuses)
      guard let fault else { return bytes }
      faults.withLock { $0.append((path, fault)) }
      if distrust == .refuses { throw .notPermitted }
      return bytes
    }

    /// Ends the run if any file is refused, as the others do not count then either.
    ///
    /// - Throws: ``Failure``: 77 if a file was refused, 64 if it would be overwritten.
    func refuse() throws(Failure) {
      if let overwriting = overwritten.withLock({ $0 }) { throw overwriting }
      guard distrust == .refuses, let (file, fault) = faults.withLock({ $0.first }) else { return }
      throw Failure(
        .unsafe, at: fault.path,
        fault.message(
          LocalizedText(
            fr: "les règles de \(file) ne sont pas suivies", en: "the rules in \(file) are not followed")))
    }

    /// Warns on standard error about files that would be refused.
    func warn(in language: Language) {
      for (file, fault) in faults.withLock(\.self) {
        let message = fault.message(
          LocalizedText(
            fr: "check refuserait les règles de \(file)", en: "check would refuse the rules in \(file)"))
        let line = "\(printable(fault.path)): warning: \(printable(message.rendered(in: language)))\n"
        // This is only a hint: where it cannot be written, the command goes on.
        try? FileWriting.write(Failure.withoutCodes(line), to: STDERR_FILENO)
      }
    }
  }
}

extension RuleFileOption {
  /// Reads the rule file.
  ///
  /// - Parameter written: the files that the command writes, which must not be among those that it reads or runs.
  /// - Throws: ``Failure``: 64 if one of those would be overwritten, 66 if there is no rule file, 77 if it is refused.
  func read(
    _ scope: PluginInputs.Scope = .used, in language: Language? = nil,
    _ distrust: LoadedRules.Distrust = .refuses, sparing written: FilesWritten = FilesWritten()
  ) async throws(Failure) -> LoadedRules {
    try written.spareOwnPrograms()
    try written.examineLinks()
    var inputs = plugins.inputs(scope, in: language)
    inputs.written = written
    return try await LoadedRules.read(rules, plugins: inputs, distrust)
  }
}
