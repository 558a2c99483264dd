import Cryptoki
import Preflight
import VerdictFile
import Workstation

extension ProgramMark {
  /// The PKCS#11 module that those facts were read through; `nil` if none was.
  init?(moduleOf facts: Facts) {
    guard let path = Self.pathOfModule(facts) else { return nil }
    self.init(fileAt: path)
  }

  /// The file of that module.
  static func pathOfModule(_ facts: Facts) -> String? {
    guard facts[.cryptolibModule].source == CryptokiSource.declaration.name else { return nil }
    return try? facts.text(.cryptolibModule)
  }
}

extension SigningKey {
  /// More than any key has.
  private static let sizeLimit = 4096

  /// The key in that file: all its bytes.
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
