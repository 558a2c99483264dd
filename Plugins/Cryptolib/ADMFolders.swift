import Preflight

/// The folders that may hold ADM files; docs/cryptolib.md, “Folders”.
struct ADMFolders: Sendable {
  private static let usual = ["/var/opt/santesocial/commun/adm", "/usr/local/sesam/etc/adm"]
  /// The folder of a `SESAM.INI` shared by all versions of the software.
  private static let sesam = "/usr/local/sesam/etc"
  private static let fsv = "/etc/opt/santesocial/fsv"
  private static let sizeLimit = 64 * 1024

  /// The paths of the folders under the root, without duplicates, in the order of the search.
  private(set) var paths: [String]
  /// The problems met on the way.
  private(set) var remarks: [Remark] = []

  /// Finds the usual folders and those that the `SESAM.INI` files name.
  init(under root: Root, of workstation: any WorkstationAccess) {
    paths = Self.usual.map(root.path)
    let fsv = root.path(Self.fsv)
    let versions = names(in: fsv, of: workstation).filter { $0.hasPrefix("1.40.") }
    for folder in versions.map({ "\(fsv)/\($0)/conf" }) + [root.path(Self.sesam)] {
      for name in names(in: folder, of: workstation) where name.lowercased() == "sesam.ini" {
        addFolders(namedBy: "\(folder)/\(name)", under: root, of: workstation)
      }
    }
  }

  /// The names in a folder, which need not exist.
  private mutating func names(in folder: String, of workstation: any WorkstationAccess) -> [String] {
    do throws(FileFault) {
      return try workstation.names(in: folder)
    } catch .missing {
      return []
    } catch {
      remarks.append(Remark(folder, error.message))
      return []
    }
  }

  private mutating func addFolders(
    namedBy file: String, under root: Root, of workstation: any WorkstationAccess
  ) {
    do throws(FileFault) {
      let bytes = try workstation.contents(of: file, limit: Self.sizeLimit)
      for written in SesamINI(bytes).workFolders {
        guard let folder = Self.safe(written) else {
          remarks.append(Remark(file, Self.unsafePredicate(written)))
          continue
        }
        let path = root.path(folder)
        if !paths.contains(path) { paths.append(path) }
      }
    } catch .missing {
      return
    } catch {
      remarks.append(Remark(file, error.message))
    }
  }

  /// Returns the path if it is absolute and stays under the root; a relative path would depend on the working folder.
  private static func safe(_ written: String) -> String? {
    guard let folder = absolute(written), !folder.split(separator: "/").contains("..") else { return nil }
    return folder
  }

  private static func unsafePredicate(_ written: String) -> LocalizedText {
    LocalizedText(
      fr: "nomme un RepertoireTravail ignoré, relatif ou remontant par « .. » (« \(printable(written)) »)",
      en: "names a RepertoireTravail that is ignored, relative or with “..” in it (“\(printable(written))”)")
  }
}
