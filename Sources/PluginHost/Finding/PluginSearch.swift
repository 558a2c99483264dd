import Glibc
package import Preflight
import Processes
import SystemPackage

/// A plugin that a rule file lists under `plugins:`.
package struct ListedPlugin: Sendable, Hashable {
  /// The path of its file.
  package let path: String
  /// The names of the environment variables that the rule file lets it see.
  package let environment: [String]
  /// The folders in which it may write; nil if the rule file does not say.
  package let writes: [String]?

  package init(path: String, environment: [String] = [], writes: [String]? = nil) {
    self.path = path
    self.environment = environment
    self.writes = writes
  }
}

/// The result of a search for plugins.
package struct FoundPlugins: Sendable {
  /// The plugins that were found and can be used.
  package fileprivate(set) var plugins: [Plugin] = []
  /// The plugins that cannot be used, by name, with the reasons.
  package fileprivate(set) var unusable: [String: UnusablePlugin] = [:]
  /// The requested names that belong to plugins.
  package var names: Set<String> = []

  /// Creates an empty result.
  package init() {}
}

/// Searches for plugins: those that the rule file lists, then those in the plugin folders. Only requested plugins
/// are examined.
package struct PluginSearch: Sendable {
  /// How long a plugin may take to describe itself, by default.
  package static let usualDeadline = Duration.seconds(10)

  private let listed: [ListedPlugin]
  private let folders: [String]
  private let catalogue: FactCatalogue
  private let language: Language
  private let deadline: Duration
  private let listener: (@Sendable (String, String) -> Void)?
  private let cache = ManifestCache()

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - listed: the plugins that the rule file lists, which come first.
  ///   - folders: the plugin folders of the command line.
  ///   - catalogue: the facts that exist without plugins.
  ///   - deadline: how long a plugin may take to describe itself.
  ///   - listener: called with a plugin's path and what it wrote on standard error.
  package init(
    listed: [ListedPlugin], folders: [String], knowing catalogue: FactCatalogue, language: Language,
    deadline: Duration = Self.usualDeadline,
    listener: (@Sendable (String, String) -> Void)? = nil
  ) {
    self.listed = listed
    let own = UserFolder.path(variable: "XDG_DATA_HOME", inHome: ".local/share")
    self.folders =
      folders + ["/usr/lib/cps-preflight/plugins"] + (own.map { ["\($0)/cps-preflight/plugins"] } ?? [])
    self.catalogue = catalogue
    self.language = language
    self.deadline = deadline
    self.listener = listener
  }

  /// Returns the plugin in that file, without searching.
  package static func file(
    _ path: String, knowing catalogue: FactCatalogue, language: Language
  ) async -> Result<Plugin, PluginFault> {
    let search = PluginSearch(listed: [], folders: [], knowing: catalogue, language: language)
    return await search.describe(ListedPlugin(path: path), named: nil)
  }

  /// Returns the files that may be plugins of these names, and those that the rule file lists.
  package func candidates(named names: Set<String>) -> [String] {
    listed.map(\.path) + folders.flatMap { folder in names.map { "\(folder)/\(PluginName.filePrefix)\($0)" } }
  }

  /// Returns the plugins of these names, and in turn the plugins whose facts they need.
  ///
  /// - Throws: `PluginFault` if one of them is refused as unsafe. No plugin is run then.
  package func plugins(named names: Set<String>) async throws(PluginFault) -> FoundPlugins {
    let described = await describe(listed)
    for (_, result) in described {
      if case .failure(let fault) = result, fault.isUnsafe { throw fault }
    }
    var found = FoundPlugins()
    var wanted = names
    var seen: Set<String> = []
    while !wanted.isEmpty {
      seen.formUnion(wanted)
      let candidates = wanted.sorted().map { ($0, candidate(named: $0, among: described)) }
      wanted = []
      for (name, result) in await describe(candidates) {
        switch result {
        case .success(.success(let plugin)):
          found.plugins.append(plugin)
          wanted.formUnion(plugin.manifest.neededPlugins)
        case .success(.failure(let fault)):
          if fault.isUnsafe { throw fault }
          found.unusable[name] = .silent(fault.unavailability)
        case .failure(let why): found.unusable[name] = why.reason
        }
      }
      wanted.subtract(seen)
    }
    found.plugins.sort { $0.manifest.name < $1.manifest.name }
    return found
  }

  /// Returns the names of the listed plugins and, if `everywhere` is true, of all plugins in the folders.
  ///
  /// - Throws: `PluginFault` if a plugin is refused as unsafe, or if a folder cannot be listed completely, because
  ///   a plugin could be missed.
  package func names(everywhere: Bool) async throws(PluginFault) -> Set<String> {
    if everywhere {
      for case .failure(let fault) in folders.map(Self.contents) { throw fault }
    }
    var names: Set<String> = []
    for (_, result) in everywhere ? await all() : await describe(listed).map({ ($0.path, $1) }) {
      switch result {
      case .success(let plugin): names.insert(plugin.manifest.name)
      case .failure(let fault): if fault.isUnsafe { throw fault }
      }
    }
    return names
  }

  /// Returns those of the given names that belong to plugins: listed ones, or ones in the folders. The latter are
  /// not run.
  ///
  /// - Throws: `PluginFault` if a listed plugin is refused as unsafe.
  package func names(among names: Set<String>) async throws(PluginFault) -> Set<String> {
    guard !names.isEmpty else { return [] }
    let listedNames = try await self.names(everywhere: false).union(
      listed.compactMap { Self.name(ofFile: $0.path) })
    return names.filter { name in
      listedNames.contains(name)
        || folders.contains { access("\($0)/\(PluginName.filePrefix)\(name)", F_OK) == 0 }
    }
  }

  /// Returns all plugins by path, each with the reason if it cannot be used. Folders that cannot be listed
  /// completely are included with the reason.
  package func all() async -> [(path: String, result: Result<Plugin, PluginFault>)] {
    var paths: Set<String> = []
    var candidates: [ListedPlugin] = []
    var lying: [ListedPlugin] = []
    var unread: [(path: String, result: Result<Plugin, PluginFault>)] = []
    for folder in folders {
      switch Self.contents(of: folder) {
      case .success(let paths): lying += paths.map { ListedPlugin(path: $0) }
      case .failure(let fault): unread.append((folder, .failure(fault)))
      }
    }
    for candidate in listed + lying where paths.insert(Self.resolved(candidate.path)).inserted {
      candidates.append(candidate)
    }
    return await describe(candidates).map { ($0.path, $1) } + unread
  }

  /// Returns the message that several plugins have this name.
  package static func several(_ name: String) -> LocalizedText {
    LocalizedText(
      fr: "plusieurs plugins s'appellent « \(name) »", en: "several plugins are called “\(name)”")
  }

  // MARK: - One name

  private struct Unusable: Error, Sendable {
    let reason: UnusablePlugin
  }

  /// The only file that may be the plugin of a name.
  private enum Candidate {
    /// It was asked already.
    case described(Result<Plugin, PluginFault>)
    /// It is in a plugin folder.
    case lying(String)
  }

  /// Returns the file that may be the plugin of that name, or why there is none.
  private func candidate(
    named name: String, among described: [(plugin: ListedPlugin, result: Result<Plugin, PluginFault>)]
  ) -> Result<Candidate, Unusable> {
    var candidates: [(path: String, candidate: Candidate)] = []
    func add(_ path: String, _ candidate: Candidate) {
      if !candidates.contains(where: { Self.resolved($0.path) == Self.resolved(path) }) {
        candidates.append((path, candidate))
      }
    }
    for (listed, result) in described {
      switch result {
      case .success(let plugin): if plugin.manifest.name == name { add(listed.path, .described(result)) }
      // A listed plugin that cannot be used is not replaced by another one of the same name.
      case .failure: if Self.name(ofFile: listed.path) == name { add(listed.path, .described(result)) }
      }
    }
    for folder in folders {
      let path = "\(folder)/\(PluginName.filePrefix)\(name)"
      if name != PluginName.ownHelper, access(path, F_OK) == 0 { add(path, .lying(path)) }
    }
    guard candidates.count < 2 else {
      let paths = candidates.map(\.path).joined(separator: ", ")
      return .failure(
        Unusable(
          reason: .ambiguous(
            LocalizedText(
              fr: "\(Self.several(name).french) : \(paths)", en: "\(Self.several(name).english): \(paths)"))))
    }
    guard let found = candidates.first else {
      return .failure(Unusable(reason: .silent(absence(of: name, among: described))))
    }
    return .success(found.candidate)
  }

  /// Asks the files that lie in folders for what they are, all at once: each may take its time.
  private func describe(
    _ candidates: [(name: String, found: Result<Candidate, Unusable>)]
  ) async -> [(name: String, result: Result<Result<Plugin, PluginFault>, Unusable>)] {
    await withTaskGroup(of: (Int, Result<Plugin, PluginFault>).self) { group in
      for (index, candidate) in candidates.enumerated() {
        guard case .success(.lying(let path)) = candidate.found else { continue }
        group.addTask { (index, await describe(ListedPlugin(path: path), named: candidate.name)) }
      }
      var asked: [Int: Result<Plugin, PluginFault>] = [:]
      for await (index, result) in group { asked[index] = result }
      return candidates.enumerated().compactMap { index, candidate in
        switch candidate.found {
        case .success(.described(let result)): (candidate.name, .success(result))
        case .success(.lying): asked[index].map { (candidate.name, .success($0)) }
        case .failure(let why): (candidate.name, .failure(why))
        }
      }
    }
  }

  /// Returns why there is no plugin of that name. A listed plugin that cannot be used may be the one.
  private func absence(
    of name: String, among described: [(plugin: ListedPlugin, result: Result<Plugin, PluginFault>)]
  ) -> Unavailability {
    let faults = described.compactMap { listed, result -> (path: String, fault: PluginFault)? in
      if case .failure(let fault) = result { (listed.path, fault) } else { nil }
    }
    let file = faults.first { FilePath($0.path).lastComponent?.string.contains(name) == true } ?? faults.first
    if let file { return file.fault.unavailability }
    let places = (listed.map(\.path) + folders).joined(separator: ", ")
    return Unavailability(
      .service,
      LocalizedText(
        fr: "le plugin « \(name) » n'est pas là ; cherché dans : \(places)",
        en: "the plugin “\(name)” is not there; looked for in: \(places)"))
  }

  // MARK: - Describing

  private func describe(
    _ listed: [ListedPlugin]
  ) async -> [(plugin: ListedPlugin, result: Result<Plugin, PluginFault>)] {
    guard listed.count > 1 else {
      var results: [(plugin: ListedPlugin, result: Result<Plugin, PluginFault>)] = []
      for plugin in listed { results.append((plugin, await describe(plugin, named: nil))) }
      return results
    }
    return await withTaskGroup(of: (Int, Result<Plugin, PluginFault>).self) { group in
      for (index, plugin) in listed.enumerated() {
        group.addTask { (index, await describe(plugin, named: nil)) }
      }
      var results: [(Int, Result<Plugin, PluginFault>)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map { (listed[$0], $1) }
    }
  }

  /// - Parameter name: the plugin's name according to its file name. Nil if the file name gives none.
  private func describe(_ listed: ListedPlugin, named name: String?) async -> Result<Plugin, PluginFault> {
    do throws(PluginFault) {
      let file = try PluginFile(listed.path)
      let listener = listener
      let others = self.listed.flatMap { $0.writes ?? [] }
      let program = PluginProgram(file, writes: listed.writes, othersWrite: others) {
        listener?(listed.path, $0)
      }
      let manifest = try await manifest(of: program)
      if let name = name ?? Self.name(ofFile: listed.path), manifest.name != name {
        throw PluginFault(listed.path, .otherName(manifest.name))
      }
      let variables = manifest.environment.filter(listed.environment.contains)
      return .success(Plugin(manifest, program.seeing(variables), in: language))
    } catch {
      return .failure(error)
    }
  }

  private func manifest(of program: PluginProgram) async throws(PluginFault) -> PluginManifest {
    if let kept = cache.manifest(of: program.file),
      let manifest = try? ManifestDecoder.manifest(in: kept, knowing: catalogue)
    {
      return manifest
    }
    let bytes = try await program.answer(["describe"], to: [], within: deadline)
    do throws(ManifestFault) {
      let manifest = try ManifestDecoder.manifest(in: bytes, knowing: catalogue)
      cache.keep(bytes, of: program.file)
      return manifest
    } catch {
      throw PluginFault(program.file.path, .badManifest(error.mistakes))
    }
  }

  // MARK: - Files

  /// Returns the plugin's name according to its file name. Nil if the file name gives none.
  private static func name(ofFile path: String) -> String? {
    let file = FilePath(path).lastComponent?.string ?? ""
    return file.hasPrefix(PluginName.filePrefix)
      ? file.dropFirst(PluginName.filePrefix.count).split(separator: ".").first.map(String.init) : nil
  }

  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Returns the files in a folder whose names are those of plugins. Empty if there is no such folder.
  private static func contents(of folder: String) -> Result<[String], PluginFault> {
    do throws(FolderListing.Fault) {
      let names = try FolderListing.names(in: folder).filter { name in
        name.hasPrefix(PluginName.filePrefix)
          && PluginName.isWellFormed(String(name.dropFirst(PluginName.filePrefix.count)))
          && name != PluginName.filePrefix + PluginName.ownHelper
      }
      return .success(names.map { "\(folder)/\($0)" })
    } catch {
      if error.isAbsence { return .success([]) }
      return .failure(
        PluginFault(folder, .untrusted(.notReadable(words: String(cString: strerror(error.code))))))
    }
  }
}
