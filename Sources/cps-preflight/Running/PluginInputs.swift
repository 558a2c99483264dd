import Glibc
import PluginHost
import Preflight
import RuleFile
import Workstation

/// Which plugins are looked at, where they are looked for, and how they are asked what they are.
struct PluginInputs {
  /// Which plugins a command needs to know.
  enum Scope {
    /// Those of which the rules use something.
    case used
    /// Those that the rule file lists as well.
    case listed
    /// Every one there is.
    case all
  }

  /// The folders that the command line names.
  var folders: [String] = []
  var scope = Scope.used
  var language: Language?
  /// How long a plugin may take to say what it is, and each rule file to be read, where the command line may say so.
  var timeout: Duration?
  /// Whether to show what plugins write on standard error.
  var isVerbose = false
  /// The files that the run writes, which are no plugins.
  var written = FilesWritten()

  /// The plugins that are needed; nothing is looked for where none are.
  ///
  /// - Throws: ``Failure``: 66 if a folder is missing, 77 if a plugin is refused.
  func found(for composition: RuleComposition) async throws(Failure) -> FoundPlugins {
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
        // What cannot be asked is told where something of it is used.
        names.formUnion(try await search.names(everywhere: scope == .all))
      }
      return try await search.plugins(named: names)
    } catch {
      throw Failure(error)
    }
  }

  /// A search among these and in the folders of plugins.
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
      listed: listed.map { ListedPlugin(path: $0.path, environment: $0.environment) }, folders: folders,
      language: language, deadline: timeout ?? PluginSearch.usualDeadline, listener: listener)
  }
}

extension Failure {
  /// A plugin that cannot be used.
  init(_ fault: PluginFault) {
    self.init(
      fault.isUnsafe ? .unsafe : fault.unavailability.reason.exitCode, at: fault.path, fault.message)
  }
}
