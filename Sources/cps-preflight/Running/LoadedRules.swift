import Glibc
import PluginHost
import Preflight
import Processes
import Reports
import RuleDesk
import RuleFile
import Synchronization
import SystemPackage
import VerdictFile
import Workstation

/// A rule file that was found and read, with all that it builds on.
struct LoadedRules {
  let path: String
  /// What rules may name: what is built in, what the plugins bring that these rules need, and the facts that they declare.
  let registry: Registry
  /// The plugins that these rules need.
  let plugins: [Plugin]
  let file: RuleFile

  /// What becomes of rule files that others may have written.
  enum Distrust {
    /// They are refused (77): what they say would decide, or name what the code porteur is given to.
    case refuses
    /// It is told, for commands that only show or try rules.
    case warns
  }

  /// Reads the file that was named, else the first that is found, whatever is wrong in it, and asks the plugins that it needs
  /// what they are.
  ///
  /// Throws a failure: 66 where there is no such file, 77 where it or a plugin is refused.
  ///
  /// - Parameter searchesRepairs: whether the edits are looked for that would repair the file.
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

  /// Reads the file that was named, else the first that is found, and what it builds on.
  ///
  /// Throws a failure: 66 where there is none, 75 where one takes longer, 77 where one of them is refused.
  ///
  /// - Parameter time: how long each may take, where the command line may say so.
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

  /// The rules. Throws a failure, 78, where the file is invalid.
  func ruleSet() throws(Failure) -> RuleSet {
    guard let ruleSet = file.ruleSet else { throw Failure(file) }
    return ruleSet
  }

  /// The file's SHA-256, in hexadecimal; where it builds on others, that of the digests of all, in the order in which
  /// they were read.
  var digest: String {
    FileDigest.of(file.files.map { Array($0.bytes) })
  }

  /// The programs of the plugins, as they are now.
  var pluginMarks: [ProgramMark] {
    plugins.map { ProgramMark(name: $0.manifest.name, fileAt: $0.program.file.path) }
  }

  // MARK: - Files

  /// The rules of the working folder.
  static let ownPath = "rules.yaml"
  /// How long a file may take to be read where no option says it.
  private static let usualPatience = Duration.seconds(10)

  /// The rules of the house, for every user and folder of this machine.
  static let housePath = "/etc/cps-preflight/rules.yaml"

  /// The first rule file there is where none was named; nil where not even the shipped one is installed.
  ///
  /// Throws a failure, 66, where it cannot be known whether there is one.
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

  /// Whether there is something of a name, readable or not: another file must not quietly take its place.
  private enum Place {
    case taken
    case free
    /// The folder does not let the user look.
    case hidden

    /// - Parameters:
    ///   - path: the file.
    ///   - folder: the folder that it is in, where the path does not say it.
    init(of path: String, in folder: String? = nil) {
      var status = stat()
      guard lstat(path, &status) != 0 else {
        self = .taken
        return
      }
      switch errno {
      case EACCES: self = .hidden
      case ENOENT, ENOTDIR:
        // Where a link to nothing or a file stands in the place of the folder, somebody meant something by it.
        let folder = folder ?? FilePath(path).removingLastComponent().string
        let isSomething = lstat(folder, &status) == 0
        let isFolder = isSomething && stat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        self = isSomething && !isFolder ? .taken : .free
      default: self = .taken
      }
    }
  }

  /// Where the shipped rules are installed: by the program's prefix, else the system's.
  static var shippedPath: String? {
    let folders = [LocalWorkstation.ownFolder?.pushing("../share/cps-preflight"), "/usr/share/cps-preflight"]
    return folders.compactMap { $0?.appending("rules.yaml").lexicallyNormalized().string }
      .first { Place(of: $0) != .free }
  }

  /// The shipped rules as the program holds them, for one that is not installed.
  private static var embedded: ReadFile {
    ReadFile(name: "default", bytes: PackageResources.rules_yaml, isBuiltIn: true)
  }

  /// Reads a rule file and those that it builds on, and keeps in mind which of them others may have written.
  private final class Files: RuleFileAccess {
    /// What is asked of the first file, and of those that it includes.
    private let demand: ExaminedFile.Demand
    private let distrust: Distrust
    private let written: FilesWritten
    /// How long each may take to be read.
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

    /// A file has as many names as there are links to it.
    func identity(of path: String) -> String {
      var status = stat()
      guard stat(path, &status) == 0 else { return RelativePath.normalized(path) }
      return "\(status.st_dev):\(status.st_ino)"
    }

    func shippedRules() throws(FileFault) -> ReadFile {
      guard let path = LoadedRules.shippedPath else { return LoadedRules.embedded }
      // Nobody named it.
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

    /// Throws a failure where a file was refused, 77, or would be written over, 64: nothing in the others counts either.
    func refuse() throws(Failure) {
      if let overwriting = overwritten.withLock(\.self) { throw overwriting }
      guard distrust == .refuses, let (file, fault) = faults.withLock(\.first) else { return }
      throw Failure(
        .unsafe, at: fault.path,
        fault.message(
          LocalizedText(
            fr: "les règles de \(file) ne sont pas suivies", en: "the rules in \(file) are not followed")))
    }

    /// Tells, on standard error, which files would be refused.
    func warn(in language: Language) {
      for (file, fault) in faults.withLock(\.self) {
        let message = fault.message(
          LocalizedText(
            fr: "check refuserait les règles de \(file)", en: "check would refuse the rules in \(file)"))
        let line = "\(printable(fault.path)): warning: \(printable(message.rendered(in: language)))\n"
        // Only a hint, where nothing is decided.
        try? FileWriting.write(Failure.withoutCodes(line), to: STDERR_FILENO)
      }
    }
  }
}
