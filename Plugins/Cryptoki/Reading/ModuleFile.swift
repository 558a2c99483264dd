import Glibc
import Preflight
package import Processes

/// The file of a module that only root and the user could have put there. It is not loaded yet.
package struct ModuleFile {
  /// The path with symbolic links resolved.
  package let path: String

  /// Finds a module, and examines its file and the files that name it.
  ///
  /// - Parameter name: a path, or a name that p11-kit knows; the Cryptolib's module if `nil`.
  ///
  /// - Parameter folder: the folder of p11-kit's own modules.
  package init(named name: String?, inModuleFolder folder: @autoclosure () -> String?) throws(Fault) {
    let usual = CryptolibModule.usualPaths.first { access($0, F_OK) == 0 }
    let wanted = name ?? usual ?? "cps3"
    // For a relative path: the working folder, then the folder of p11-kit's modules.
    let candidates: [String]
    if wanted.contains("/") {
      candidates = wanted.hasPrefix("/") ? [wanted] : [wanted] + Self.inFolder(folder(), wanted)
    } else if let configured = try ModuleConfiguration(named: wanted).path {
      candidates = configured.hasPrefix("/") ? [configured] : Self.inFolder(folder(), configured)
    } else {
      let places = name ?? (CryptolibModule.usualPaths + [wanted]).joined(separator: ", ")
      throw .notLoaded("\(places): no such module")
    }
    guard let path = candidates.first(where: { access($0, F_OK) == 0 }) ?? candidates.first else {
      throw .notLoaded("\(wanted): no folder of modules")
    }
    do throws(TrustFault) {
      self.path = try ExaminedFile(path).path
    } catch {
      throw .untrusted(error, named: wanted)
    }
  }

  /// Examines the file again.
  ///
  /// - Throws: ``Fault`` if it can no longer be trusted.
  package func examineAgain() throws(Fault) {
    do throws(TrustFault) {
      let now = try ExaminedFile(path)
      if now.path != path { throw TrustFault(path, .replaced) }
    } catch {
      throw .untrusted(error, named: path)
    }
  }

  /// Why a module is not loaded.
  package enum Fault: Error {
    /// The module was not found.
    case notLoaded(String)
    /// Others could have changed the module, or a file that names it.
    case refused(TrustFault, module: String)
  }

  private static func inFolder(_ folder: String?, _ name: String) -> [String] {
    folder.map { ["\($0)/\(name)"] } ?? []
  }

  /// The reason why the module of that name would be refused, without loading it. Returns `nil` if it is sound or not
  /// found.
  static func refusal(named name: String?) -> Reading.Refusal? {
    do throws(Fault) {
      _ = try ModuleFile(named: name, inModuleFolder: likelyModuleFolder)
    } catch {
      if case .refused(let fault, let module) = error { return Reading.Refusal(module: module, fault: fault) }
    }
    return nil
  }

  /// The name of the module's file, with links followed. Returns `nil` if it is not found, or not trusted.
  static func fileName(ofModule name: String?) -> String? {
    let module = try? ModuleFile(named: name, inModuleFolder: likelyModuleFolder)
    return module?.path.split(separator: "/").last.map(String.init)
  }

  /// The likely folder of p11-kit's modules, found without its library.
  private static var likelyModuleFolder: String? {
    #if arch(arm64)
      let machine = "aarch64"
    #else
      let machine = "x86_64"
    #endif
    return ["/usr/lib/\(machine)-linux-gnu", "/usr/lib64", "/usr/lib"]
      .first { access("\($0)/libp11-kit.so.0", F_OK) == 0 }.map { "\($0)/pkcs11" }
  }
}

extension ModuleFile.Fault {
  fileprivate static func untrusted(_ fault: TrustFault, named name: String) -> Self {
    switch fault.reason {
    case .missing: .notLoaded("\(name): no such file")
    case .notRegular: .notLoaded("\(name): not a file")
    default: .refused(fault, module: name)
    }
  }
}

/// The p11-kit configuration of a named module (pkcs11.conf(5)).
///
/// It is read here because p11-kit would load every configured module before answering for one.
struct ModuleConfiguration {
  /// The module's file; `nil` if no module has that name.
  let path: String?

  private static let settings = "/etc/pkcs11/pkcs11.conf"
  private static let packages = "/usr/share/p11-kit/modules"
  private static let system = "/etc/pkcs11/modules"

  /// Reads the configuration.
  ///
  /// - Throws: ``ModuleFile.Fault`` if others could have written a file that matters.
  ///
  /// - Parameter prefix: stands before every path; empty for the workstation itself.
  init(named name: String, under prefix: String = "") throws(ModuleFile.Fault) {
    var values: [String: String] = [:]
    for folder in try Self.folders(under: prefix, module: name) {
      // The user's own files take precedence.
      guard let more = try Self.values(in: "\(folder)/\(name).module", module: name) else { continue }
      values.merge(more) { $1 }
    }
    let own = "cps-preflight-cryptoki"
    let isDisabled =
      values["enable-in"].map { !Self.list($0).contains(own) } ?? false
      || values["disable-in"].map { Self.list($0).contains(own) } ?? false
    // A module that runs in another program (`remote`) cannot be loaded.
    path = isDisabled ? nil : values["module"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The names of all modules that are configured.
  ///
  /// - Throws: ``ModuleFile.Fault`` if others could have written the settings.
  static func names(under prefix: String) throws(ModuleFile.Fault) -> [String] {
    var names: Set<String> = []
    for folder in try folders(under: prefix, module: "") {
      let files = (try? FolderListing.names(in: folder)) ?? []
      names.formUnion(files.filter { $0.hasSuffix(".module") }.map { String($0.dropLast(".module".count)) })
    }
    return names.sorted()
  }

  /// The folders of configurations; those further on take precedence.
  private static func folders(under prefix: String, module: String) throws(ModuleFile.Fault) -> [String] {
    let ofUsers = try values(in: prefix + settings, module: module)?["user-config"] ?? "merge"
    var folders = ofUsers == "only" ? [] : [prefix + packages, prefix + system]
    // Another root has other users.
    if prefix.isEmpty, ofUsers != "none", let home = AccountFiles.home(of: geteuid()), home.hasPrefix("/") {
      folders.append("\(home)/.config/pkcs11/modules")
    }
    return folders
  }

  /// The `name: value` lines of a file; `nil` if there is no such file.
  private static func values(
    in path: String, module: String
  ) throws(ModuleFile.Fault) -> [String: String]? {
    // As in p11-kit, a file that the user may not read names no module.
    if access(path, R_OK) != 0, errno == EACCES { return nil }
    do throws(TrustFault) {
      let file = try ExaminedFile(path)
      guard let text = AccountFiles.text(of: file.path) else {
        throw TrustFault(path, .notReadable(words: String(cString: strerror(EFBIG))))
      }
      var values: [String: String] = [:]
      for line in text.split(whereSeparator: \.isNewline) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
          trimmed($0)
        }
        if parts.count == 2, !parts[0].hasPrefix("#") { values[parts[0]] = parts[1] }
      }
      return values
    } catch {
      if error.reason == .missing { return nil }
      throw .refused(error, module: module)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func list(_ text: String) -> [String] {
    text.split { $0 == "," || $0.isWhitespace }.map(String.init)
  }
}
