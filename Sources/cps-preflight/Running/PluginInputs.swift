import Glibc
import PluginHost
import Preflight
import RuleFile
import Workstation

/// Which plugins to look at, where to find them, and how to ask for their manifests.
struct PluginInputs {
  /// Which plugins a command needs to know.
  enum Scope {
    /// The plugins that the rules use.
    case used
    /// Also the plugins that the rule file lists.
    case listed
    /// All plugins that can be found.
    case all
  }

  /// The folders named on the command line.
  var folders: [String] = []
  var scope = Scope.used
  var language: Language?
  /// How long a plugin may take to describe itself, and how long the reading of each rule file may take, if the command
  /// line can set it.
  var timeout: Duration?
  /// Whether to show what plugins write on standard error.
  var isVerbose = false
  /// The files that the run writes, which must not be plugins.
  var written = FilesWritten()

  /// Finds the plugins that are needed; searches nothing if none are.
  ///
  /// - Throws: ``Failure``: 66 if a folder is missing, 77 if a plugin is refused.
  func found(for composition: RuleComposition) async throws(Failure) -> FoundPlugins {
    // Also those that no rule uses today.
    for plugin in composition.plugins { try written.spare(plugin.path) }
    var names = composition.neededPlugins
    let prefixes = composition.declaredPrefixes
    if names.isEmpty, prefixes.isEmpty,
      scope == .used || (scope == .listed && composition.plugins.isEmpty)
    {
      return FoundPlugins()
    }
    let search = try search(listed: composition.plugins)
    for path in search.candidates(named: names) { try written.spare(path) }
    var found = try await found(by: search, &names)
    do throws(PluginFault) {
      found.names = try await search.names(among: prefixes)
    } catch {
      throw Failure(error)
    }
    for plugin in found.plugins { try written.spare(plugin.program.file.path) }
    return found
  }

  private func found(
    by search: PluginSearch, _ names: inout Set<String>
  ) async throws(Failure) -> FoundPlugins {
    do throws(PluginFault) {
      if scope != .used {
        // A plugin that cannot be asked is reported where the rules use it.
        names.formUnion(try await search.names(everywhere: scope == .all))
      }
      return try await search.plugins(named: names)
    } catch {
      throw Failure(error)
    }
  }

  /// Returns a search among these plugins and in the folders of plugins.
  ///
  /// - Throws: ``Failure`` (66) if a folder of the command line is missing.
  func search(listed: [NamedPlugin]) throws(Failure) -> PluginSearch {
    for folder in folders {
      var status = stat()
      guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw Failure(
          .missingInput, at: folder,
          LocalizedText(
            fr: "n'est pas un dossier ; vérifier --plugin-dir", en: "is not a folder; check --plugin-dir"))
      }
    }
    let language = language ?? Surroundings.language
    Interruption.endsProgram(in: language)
    var listener: (@Sendable (String, String) -> Void)?
    if isVerbose {
      listener = { path, words in
        let lines = words.split(whereSeparator: \.isNewline).map { "\(path): \($0)" }
        try? FileWriting.write(lines.map { printable($0) + "\n" }.joined(), to: STDERR_FILENO)
      }
    }
    return PluginSearch(
      listed: listed.map { ListedPlugin(path: $0.path, environment: $0.environment, writes: $0.writes) },
      folders: folders,
      knowing: BuiltIn.registry.facts, language: language, deadline: timeout ?? PluginSearch.usualDeadline,
      listener: listener)
  }
}

extension Failure {
  /// Makes the failure for a plugin that cannot be used.
  init(_ fault: PluginFault) {
    self.init(
      fault.isUnsafe ? .unsafe : fault.unavailability.reason.exitCode, at: fault.path, fault.message)
  }
}

extension PluginOptions {
  /// Returns which plugins a command with these options looks at.
  func inputs(_ scope: PluginInputs.Scope = .used, in language: Language? = nil) -> PluginInputs {
    PluginInputs(folders: folders, scope: scope, language: language)
  }
}
