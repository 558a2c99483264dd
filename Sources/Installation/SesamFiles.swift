package import Preflight

/// The `SESAM.INI` files of a workstation: those of the FSV, version by version, and the one that all versions share;
/// docs/cryptolib.md, “Folders”.
package struct SesamFiles: Sendable {
  /// The folder of a `SESAM.INI` shared by all versions of the software.
  private static let shared = "/usr/local/sesam/etc"
  private static let fsv = "/etc/opt/santesocial/fsv"

  /// The paths under the root, in the order of the search.
  package private(set) var paths: [String] = []
  /// The folders that could not be listed, with the reason.
  package private(set) var faults: [(path: String, fault: FileFault)] = []

  /// Looks for the files. Folders that do not exist are passed over.
  package init(under root: Root, of workstation: any WorkstationAccess) {
    let fsv = root.path(Self.fsv)
    let versions = names(in: fsv, of: workstation).filter { $0.hasPrefix("1.40.") }
    for folder in versions.map({ "\(fsv)/\($0)/conf" }) + [root.path(Self.shared)] {
      for name in names(in: folder, of: workstation) where name.lowercased() == "sesam.ini" {
        paths.append("\(folder)/\(name)")
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
      faults.append((folder, error))
      return []
    }
  }
}
