import FoundationEssentials
import SwiftASN1
import X509

/// The source `file`: the certificate in a file.
enum CertificateFile {
  struct Request: Decodable {
    struct Options: Decodable { let path: String }

    let options: Options
    let language: String?
  }

  /// The facts, or why they are unknown.
  struct Answer: Encodable {
    struct Facts: Encodable {
      let subject: String
      let validFrom: String
      let expiresOn: String
    }

    struct Unavailable: Encodable {
      let reason = "input"
      let message: String
    }

    var facts: Facts?
    var unavailable: Unavailable?
  }

  static func gather(_ request: Request) -> Answer {
    let path = request.options.path
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      return unavailable(
        Words(fr: "\(path) : ce fichier ne peut pas être lu", en: "\(path): this file cannot be read"),
        request)
    }
    guard let certificate = certificate(in: Array(bytes)) else {
      return unavailable(
        Words(
          fr: "\(path) : ce n'est pas un certificat X.509, en PEM ou DER",
          en: "\(path): this is not an X.509 certificate, in PEM or DER"),
        request)
    }
    return Answer(
      facts: Answer.Facts(
        subject: "\(certificate.subject)", validFrom: Day(certificate.notValidBefore).text,
        expiresOn: Day(certificate.notValidAfter).text))
  }

  private static func unavailable(_ words: Words, _ request: Request) -> Answer {
    Answer(unavailable: Answer.Unavailable(message: words.text(in: request.language)))
  }

  /// The first certificate of a file: a PEM file may also hold keys and the certificates of issuers.
  private static func certificate(in bytes: [UInt8]) -> Certificate? {
    if let text = String(validating: bytes, as: UTF8.self),
      let documents = try? PEMDocument.parseMultiple(pemString: text),
      let document = documents.first(where: { $0.discriminator == Certificate.defaultPEMDiscriminator })
    {
      return try? Certificate(pemDocument: document)
    }
    return try? Certificate(derEncoded: bytes)
  }
}
