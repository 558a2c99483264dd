import Installation
import Preflight

/// The folders that may hold ADM files; docs/cryptolib.md, “Folders”.
struct ADMFolders: Sendable {
  private static let usual = ["/var/opt/santesocial/commun/adm", "/usr/local/sesam/etc/adm"]

  /// The paths of the folders under the root, without duplicates, in the order of the search.
  private(set) var paths: [String]
  /// The problems met on the way.
  private(set) var remarks: [Remark] = []

  /// Finds the usual folders and those that the `SESAM.INI` files name.
  init(under root: Root, of workstation: any WorkstationAccess) {
    paths = Self.usual.map(root.path)
    let files = SesamFiles(under: root, of: workstation)
    remarks = files.faults.map { Remark($0.path, $0.fault.message) }
    for path in files.paths { addFolders(namedBy: path, under: root, of: workstation) }
  }

  private mutating func addFolders(
    namedBy file: String, under root: Root, of workstation: any WorkstationAccess
  ) {
    do throws(FileFault) {
      let bytes = try workstation.contents(of: file, limit: INIFile.sizeLimit)
      for written in INIFile(bytes).values(of: "repertoiretravail", in: "commun") {
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
