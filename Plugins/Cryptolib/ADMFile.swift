import Installation
import Preflight

/// An ADM file, in which the installer records what it installed; docs/cryptolib.md, “ADM files”.
struct ADMFile: Sendable {
  /// The 64-bit package, then the 32-bit one.
  private static let kinds: [(name: String, architecture: InstalledCryptolib.Architecture)] = [
    ("155.adm", .bits64), ("154.adm", .bits32),
  ]
  /// The names of ADM files.
  static let names = kinds.map(\.name)
  private static let sizeLimit = 64 * 1024
  /// The product whose version a file gives; the raw value begins its label. The parts of the package have version
  /// numbers of their own.
  enum Product: String {
    case package = "INSTALLEUR_CRYPTOLIB_CPS"
    case library = "PKCS#11_CPS"
  }

  /// The version of the package.
  let version: Version
  /// The architecture that the label names, if any.
  private let labelled: InstalledCryptolib.Architecture?

  /// Reads a file in either format: the version and label of the product, or the version alone.
  init(_ bytes: [UInt8], of product: Product = .package) throws(Fault) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map(Self.withoutTrailingBlanks)
    guard let first = lines.first, lines.contains(where: { !$0.isEmpty }) else { throw .empty }
    guard let version = Self.version(first) else { throw .noVersion }
    // Anything after the version is its label, even after blank lines: such a file must not pass for the old format.
    let label = lines.dropFirst().first { !$0.isEmpty }.map { String(latin1: $0) }
    if let label, !label.utf8.starts(with: product.rawValue.utf8) { throw .otherLabel(label) }
    self.version = version
    labelled = InstalledCryptolib.Architecture.allCases.first {
      label?.hasSuffix("_\($0.rawValue)B") == true
    }
  }

  /// The architecture according to the file's name. Returns `nil` if the label contradicts it.
  private func architecture(
    named: InstalledCryptolib.Architecture
  ) -> InstalledCryptolib.Architecture? {
    labelled == nil || labelled == named ? named : nil
  }

  private static func version(_ line: ArraySlice<UInt8>) -> Version? {
    Version(sixDigits: String(decoding: line, as: UTF8.self))
  }

  private static func withoutTrailingBlanks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let last = line.lastIndex { !" \t\r".utf8.contains($0) }
    return last.map { line[...$0] } ?? []
  }
}

extension ADMFile {
  /// Why a file gives no version of the package.
  enum Fault: Error, Sendable {
    case empty
    case noVersion
    /// The version is that of another product, with this label.
    case otherLabel(String)

    /// What is wrong, phrased to follow the path.
    var predicate: LocalizedText {
      switch self {
      case .empty: LocalizedText(fr: "est vide", en: "is empty")
      case .noVersion:
        LocalizedText(
          fr: "ne commence pas par une version de six chiffres",
          en: "does not begin with a version of six digits")
      case .otherLabel(let label):
        LocalizedText(
          fr: "n'est pas la version du paquet (« \(printable(label, limit: 40)) »)",
          en: "is not the version of the package (“\(printable(label, limit: 40))”)")
      }
    }
  }

  /// The names of the files for the PKCS#11 library.
  private static let ofLibrary = ["174.adm", "157.adm"]

  /// The newest version of the PKCS#11 library that the files in these folders give, with its file. Nil if none does.
  static func library(in folders: [String], of workstation: any WorkstationAccess) -> (
    version: Version, path: String
  )? {
    folders.flatMap { folder in ofLibrary.map { "\(folder)/\($0)" } }.compactMap { path in
      guard let bytes = try? workstation.contents(of: path, limit: sizeLimit),
        let file = try? ADMFile(bytes, of: .library)
      else { return nil }
      return (file.version, path)
    }.max { $0.version < $1.version }
  }

  private static let leadsNowhere = LocalizedText(
    fr: "est un lien qui ne mène nulle part", en: "is a link that leads nowhere")

  /// What the ADM files in these folders say. Missing files are not an error.
  static func findings(in folders: [String], of workstation: any WorkstationAccess) -> Findings {
    var findings = Findings()
    for folder in folders {
      for (name, named) in kinds {
        let path = "\(folder)/\(name)"
        do throws(FileFault) {
          let bytes = try workstation.contents(of: path, limit: sizeLimit)
          do throws(Fault) {
            let file = try ADMFile(bytes)
            findings.versions.append(
              .init(version: file.version, architecture: file.architecture(named: named), place: path))
          } catch {
            findings.addUnread(Remark(path, error.predicate, isOfADMFile: true), named)
          }
        } catch .missing {
          // A link that leads nowhere is not a file that is not there.
          guard (try? workstation.names(in: folder))?.contains(name) == true else { continue }
          findings.addUnread(Remark(path, Self.leadsNowhere, isOfADMFile: true), named)
        } catch {
          findings.addUnread(Remark(path, error.message, isOfADMFile: true), named)
        }
      }
    }
    return findings
  }
}
