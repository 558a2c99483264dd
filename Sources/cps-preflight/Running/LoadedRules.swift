import Crypto
import Glibc
import Preflight
import RuleFile
import Workstation

/// A rule file that was found and read, with all that it builds on.
struct LoadedRules {
  let path: String
  /// What rules may name: what is built in, and what the plugins bring that these rules need.
  let registry: Registry
  let file: RuleFile

  /// Reads the file that was named, else `./rules.yaml`, else the shipped one, whatever is wrong in it, and asks the plugins
  /// that it needs what they are.
  ///
  /// Throws a failure: 66 where there is no such file, 77 where a plugin is refused.
  ///
  /// - Parameter searchesRepairs: whether the edits are looked for that would repair the file.
  static func read(
    _ named: String?, plugins: PluginInputs = PluginInputs(), searchesRepairs: Bool = false
  ) async throws(Failure) -> LoadedRules {
    let composition = try composition(named)
    let registry = try await plugins.registry(for: composition)
    return LoadedRules(
      path: composition.name, registry: registry,
      file: RuleFile(composition, registry: registry, searchesRepairs: searchesRepairs))
  }

  /// Reads the file that was named, else `./rules.yaml`, else the shipped one, and what it builds on.
  ///
  /// Throws a failure: 66 where there is none.
  static func composition(_ named: String?) throws(Failure) -> RuleComposition {
    let path = named ?? local ?? shippedPath
    let file: ReadFile
    do throws(FileFault) {
      file = if let path { ReadFile(name: path, bytes: try Self.contents(of: path)) } else { embedded }
    } catch {
      throw Failure(error, of: path ?? embedded.name, malformed: .invalidRules)
    }
    return RuleComposition(file.bytes, name: file.name, access: Files())
  }

  /// The rules. Throws a failure, 78, where the file is invalid.
  func ruleSet() throws(Failure) -> RuleSet {
    guard let ruleSet = file.ruleSet else { throw Failure(file) }
    return ruleSet
  }

  /// The file's SHA-256, in hexadecimal; where it builds on others, that of the digests of all, in the order in which
  /// they were read.
  var digest: String {
    let digests = file.files.map { Array(SHA256.hash(data: $0.bytes)) }
    let digest = digests.count == 1 ? digests[0] : Array(SHA256.hash(data: digests.flatMap { $0 }))
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  // MARK: - Files

  /// `./rules.yaml`, where there is one.
  private static var local: String? { access("rules.yaml", F_OK) == 0 ? "rules.yaml" : nil }

  private static func contents(of path: String) throws(FileFault) -> [UInt8] {
    try FileReading.contents(of: path, limit: RuleFile.sizeLimit, kinds: .anyButFolders, within: .seconds(10))
  }

  /// Where the shipped rules are installed: beside the program, else the system's.
  private static var shippedPath: String? {
    ["\(programFolder)/../share/cps-preflight/rules.yaml", "/usr/share/cps-preflight/rules.yaml"]
      .map(RelativePath.normalized).first { access($0, F_OK) == 0 }
  }

  /// The shipped rules as the program holds them, for one that is not installed.
  private static var embedded: ReadFile { ReadFile(name: "default", bytes: PackageResources.rules_yaml) }

  private static var programFolder: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "/usr/bin" }
    defer { free(path) }
    return String(cString: path).split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }

  /// Where rule files find those that they build on.
  private struct Files: RuleFileAccess {
    func contents(of path: String) throws(FileFault) -> [UInt8] { try LoadedRules.contents(of: path) }
    func shippedRules() throws(FileFault) -> ReadFile {
      guard let path = LoadedRules.shippedPath else { return LoadedRules.embedded }
      return ReadFile(name: path, bytes: try LoadedRules.contents(of: path))
    }
  }
}
