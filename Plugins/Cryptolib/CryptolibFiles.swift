import Installation
package import Preflight

/// The source `cryptolib-files`: the Cryptolib's module and folders, who owns them and who may write to them.
/// Nothing is loaded; docs/doctor.md.
package struct CryptolibFiles: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "cryptolib-files",
    summary: LocalizedText(
      fr: "le module et les dossiers de la Cryptolib, et leurs droits",
      en: "the Cryptolib's module and folders, and their permissions"),
    options: [
      Root.option,
      Parameter(
        "module", .string, fr: "chemin du module, à la place des chemins usuels",
        en: "path of the module, in place of the usual ones"),
    ],
    readsCard: false
  ) { parameters throws(ParameterError) in try CryptolibFiles(parameters) }

  /// The name in rule files and reports.
  package let name = "cryptolib-files"
  /// The module's files, the folders, and what the installer recorded.
  package let provides = Set(FactDeclaration.ofCryptolibFiles.map(\.name))
  private let root: Root
  private let module: String?

  /// Makes the source from its options.
  ///
  /// - Throws: `ParameterError` if `root` is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    root = try Root(parameters)
    module = parameters.string("module")
  }

  /// Looks at the files and folders.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let (root, module, name) = (root, module, name)
    return await workstation.reading {
      var facts = [
        Fact(.cryptolibModules, .list(Self.modules(module, under: root, of: workstation)), source: name),
        Fact(.cryptolibFolders, .list(Self.folders(under: root, of: workstation)), source: name),
      ]
      let folders = ADMFolders(under: root, of: workstation).paths
      if let recorded = ADMFile.library(in: folders, of: workstation) {
        facts.append(
          Fact(
            .cryptolibRecordedLibrary, .version(recorded.version), source: name,
            note: LocalizedText(everywhere: Text(recorded.path))))
      } else {
        facts.append(Fact(absent: .cryptolibRecordedLibrary, source: name))
      }
      return facts.filter { wanted.contains($0.name) }
    }
  }

  // MARK: - The module

  /// A module is known by its path only if it has a slash: otherwise it is a name of p11-kit's.
  private static func modules(
    _ named: String?, under root: Root, of workstation: any WorkstationAccess
  ) -> [PlainValue] {
    let paths =
      if let named, named.contains("/") { [named] } else { CryptolibModule.usualPaths.map(root.path) }
    return paths.compactMap { path in
      do throws(FileFault) {
        let status = try workstation.status(of: path)
        var distrust: LocalizedText?
        var fault: LocalizedText?
        do throws(FileFault) {
          distrust = try workstation.distrust(
            of: path, consequence: LocalizedText(fr: "il n'est pas chargé", en: "it is not loaded"))
        } catch {
          fault = error.message
        }
        return .map([
          "path": .text(path), "owner": .integer(status.owner), "mode": .text(status.octalMode),
          "readable": .boolean(status.isReadable && status.kind == .file),
          "architecture": architecture(of: path, on: workstation).map { .integer($0.rawValue) },
          "distrust": distrust.map { .words($0) }, "fault": fault.map { .words($0) },
        ])
      } catch .missing {
        return nil
      } catch {
        return .map(["path": .text(path), "readable": .boolean(false), "fault": .words(error.message)])
      }
    }
  }

  /// Larger than any known module.
  private static let moduleLimit = 64 << 20

  /// The word size, by the file's header (elf(5), EI_CLASS). Nil if it is not an ELF file.
  private static func architecture(
    of path: String, on workstation: any WorkstationAccess
  ) -> InstalledCryptolib.Architecture? {
    guard let bytes = try? workstation.contents(of: path, limit: moduleLimit),
      bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), bytes.count > 4
    else { return nil }
    return bytes[4] == 2 ? .bits64 : bytes[4] == 1 ? .bits32 : nil
  }

  // MARK: - Folders

  private static let work = "/var/opt/santesocial"
  private static let adm = "/var/opt/santesocial/commun/adm"
  private static let cache = "/etc/opt/santesocial/CPS/cache"

  private static func folders(under root: Root, of workstation: any WorkstationAccess) -> [PlainValue] {
    [("work", work), ("adm", adm), ("cache", cache)].compactMap { role, folder in
      let path = root.path(folder)
      do throws(FileFault) {
        let status = try workstation.status(of: path)
        return .map([
          "role": .text(role), "path": .text(path), "owner": .integer(status.owner),
          "mode": .text(status.octalMode),
          "writable": .boolean(status.isWritable), "everybody": .boolean(status.isWritableByEverybody),
        ])
      } catch .missing {
        return nil
      } catch {
        return .map(["role": .text(role), "path": .text(path), "fault": .words(error.message)])
      }
    }
  }
}
