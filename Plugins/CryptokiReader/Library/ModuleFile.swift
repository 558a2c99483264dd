import Glibc
import Preflight
import Trust

/// The file of a module, which nobody but root and the user could have put there, and which is not loaded yet.
struct ModuleFile {
  /// Without symbolic links.
  let path: String

  /// Looks for a module, and examines its file and the files that name it: a path, or a name that p11-kit knows; the Cryptolib's
  /// own where none is named.
  init(named name: String?) throws(CryptokiModule.LoadFault) {
    let usual = CryptolibModule.usualPaths.first { access($0, F_OK) == 0 }
    let wanted = name ?? usual ?? "cps3"
    let candidates: [String]
    if wanted.contains("/") {
      candidates = Self.candidates(wanted)
    } else if let configured = try ModuleConfiguration(named: wanted).path {
      candidates = configured.hasPrefix("/") ? [configured] : Self.inModuleFolder(configured)
    } else {
      let places = name ?? (CryptolibModule.usualPaths + [wanted]).joined(separator: ", ")
      throw .notLoaded("\(places): no such module")
    }
    let path = candidates.first { access($0, F_OK) == 0 } ?? candidates.first ?? wanted
    do throws(TrustFault) {
      self.path = try ExaminedFile(path).path
    } catch {
      throw .untrusted(error, named: wanted)
    }
  }

  /// Throws where it is no longer to be trusted.
  func examineAgain() throws(CryptokiModule.LoadFault) {
    do throws(TrustFault) {
      let now = try ExaminedFile(path)
      if now.path != path { throw TrustFault(path, .replaced) }
    } catch {
      throw .untrusted(error, named: path)
    }
  }

  /// A path is one from the working folder, or from the folder of p11-kit's modules.
  private static func candidates(_ path: String) -> [String] {
    path.hasPrefix("/") ? [path] : [path] + inModuleFolder(path)
  }

  /// p11-kit's modules are in a folder beside its own library.
  private static func inModuleFolder(_ name: String) -> [String] {
    let library = LoadedCode.paths.first { $0.split(separator: "/").last?.hasPrefix("libp11-kit.so") == true }
    guard let library, let slash = library.lastIndex(of: "/") else { return [] }
    return ["\(library[..<slash])/pkcs11/\(name)"]
  }
}

extension CryptokiModule.LoadFault {
  fileprivate static func untrusted(_ fault: TrustFault, named name: String) -> Self {
    switch fault.reason {
    case .missing: .notLoaded("\(name): no such file")
    case .notRegular: .notLoaded("\(name): not a file")
    default: .refused(fault, module: name)
    }
  }
}

/// What p11-kit's configuration says of the module of a name (pkcs11.conf(5)).
///
/// It is read here, as p11-kit would load every module there is before it could be asked for one.
private struct ModuleConfiguration {
  /// The module's file; nil where no module has that name.
  let path: String?

  private static let settings = "/etc/pkcs11/pkcs11.conf"
  private static let packages = "/usr/share/p11-kit/modules"
  private static let system = "/etc/pkcs11/modules"

  /// Reads it. Throws where others could have written a file that counts.
  init(named name: String) throws(CryptokiModule.LoadFault) {
    let ofUsers = try Self.values(in: Self.settings, module: name)?["user-config"] ?? "merge"
    var folders = ofUsers == "only" ? [] : [Self.packages, Self.system]
    if ofUsers != "none", let home = AccountFiles.home(of: geteuid()), home.hasPrefix("/") {
      folders.append("\(home)/.config/pkcs11/modules")
    }
    var values: [String: String] = [:]
    for folder in folders {
      // What is nearer to the user counts more.
      guard let more = try Self.values(in: "\(folder)/\(name).module", module: name) else { continue }
      values.merge(more) { $1 }
    }
    let own = "cps-preflight-cryptoki"
    let isDisabled =
      values["enable-in"].map { !Self.list($0).contains(own) } ?? false
      || values["disable-in"].map { Self.list($0).contains(own) } ?? false
    // A module that is a program elsewhere (`remote`) is none that can be loaded.
    path = isDisabled ? nil : values["module"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The `name: value` lines of a file; nil where there is no such file.
  private static func values(
    in path: String, module: String
  ) throws(CryptokiModule.LoadFault) -> [String: String]? {
    // A file that the user may not read names nothing, as for p11-kit.
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

/// The files whose code is in this process (proc(5), `maps`).
enum LoadedCode {
  /// Their paths.
  static var paths: Set<String> {
    guard let stream = fopen("/proc/self/maps", "re") else { return [] }
    defer { fclose(stream) }
    var paths: Set<String> = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, stream) > 0 {
      guard let line else { break }
      // Address, permissions, offset, device, inode, path.
      let fields = String(cString: line).split(separator: " ", maxSplits: 5)
      guard fields.count == 6, fields[1].contains("x") else { continue }
      let path = fields[5].drop { $0 == " " }.prefix { $0 != "\n" }
      if path.hasPrefix("/") { paths.insert(String(path)) }
    }
    return paths
  }

  /// What is wrong with a file whose code came into this process since then.
  static func fault(since before: Set<String>) -> TrustFault? {
    for path in paths.subtracting(before).sorted() {
      do throws(TrustFault) { _ = try ExaminedFile(path) } catch { return error }
    }
    return nil
  }
}
