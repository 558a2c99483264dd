import Cryptoki
import Preflight
import VerdictFile
import Workstation

extension ProgramMark {
  /// The PKCS#11 module through which those facts were read; `nil` if there was none.
  init?(moduleOf facts: Facts) {
    guard let path = Self.pathOfModule(facts) else { return nil }
    self.init(fileAt: path)
  }

  /// The path of that module's file.
  static func pathOfModule(_ facts: Facts) -> String? {
    guard facts[.cryptolibModule].source == CryptokiSource.declaration.name else { return nil }
    return try? facts.text(.cryptolibModule)
  }
}

extension SigningKey {
  /// The largest key file, in bytes: larger than any key.
  private static let sizeLimit = 4096

  /// Reads the key: all bytes of the file.
  ///
  /// - Throws: ``Failure``: 66 if it cannot be read, 77 if it is not safe.
  static func read(_ path: String) throws(Failure) -> SigningKey {
    do throws(OwnerOnlyFile.Fault) {
      if let key = SigningKey(try OwnerOnlyFile.contents(of: path, limit: sizeLimit)) { return key }
    } catch {
      switch error {
      case .unreadable(let fault, _): throw Failure(fault, of: path)
      case .unsafe(let words): throw Failure(.unsafe, at: path, words)
      }
    }
    throw Failure(
      .unsafe, at: path,
      LocalizedText(
        fr: "la clé a moins de \(fewestBytes) octets : head -c 32 /dev/urandom en fait une",
        en: "the key has fewer than \(fewestBytes) bytes: head -c 32 /dev/urandom makes one"))
  }
}
