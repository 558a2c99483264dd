import FoundationEssentials
import Glibc

/// Expiry of an X.509 certificate file. A plugin of cps-preflight, protocol 1: docs/plugins.md of that project.
@main
enum Plugin {
  static func main() {
    do {
      switch Array(CommandLine.arguments.dropFirst()) {
      case ["describe"]: print(manifest)
      case ["gather", "file"]: try answer(CertificateFile.gather)
      case ["check", "valid"]: try answer(Validity.judge)
      default: refuse("usage: cps-preflight-certificate describe | gather file | check valid", status: 64)
      }
    } catch {
      refuse("this request cannot be answered: \(error)", status: 65)
    }
  }

  /// Writes why there is no answer, and exits with `status`.
  private static func refuse(_ why: String, status: Int32) -> Never {
    _ = (why + "\n").withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
  }

  /// Reads the request on standard input, and writes the answer to standard output.
  private static func answer<Request: Decodable, Answer: Encodable>(_ make: (Request) -> Answer) throws {
    var request = ""
    while let line = readLine(strippingNewline: false) { request += line }
    let answer = make(try JSONDecoder().decode(Request.self, from: Data(request.utf8)))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  }

  /// The manifest: what the plugin provides.
  private static let manifest = """
    {
      "protocol": 1,
      "name": "certificate",
      "version": "1.0",
      "summary": { "fr": "l'échéance d'un certificat X.509", "en": "the expiry of an X.509 certificate" },
      "sources": [
        {
          "name": "file",
          "summary": {
            "fr": "le premier certificat d'un fichier PEM, ou celui d'un fichier DER",
            "en": "the first certificate of a PEM file, or that of a DER file"
          },
          "options": [
            {
              "name": "path", "type": "string", "required": true,
              "summary": { "fr": "chemin du fichier", "en": "path of the file" }
            }
          ],
          "facts": [
            {
              "name": "subject", "type": "string", "personal": true,
              "summary": { "fr": "à qui le certificat a été délivré", "en": "whom the certificate was issued to" }
            },
            {
              "name": "validFrom", "type": "date",
              "summary": { "fr": "premier jour de validité", "en": "first day of validity" }
            },
            {
              "name": "expiresOn", "type": "date",
              "summary": { "fr": "jour où le certificat expire (UTC)", "en": "day on which it expires (UTC)" }
            }
          ]
        }
      ],
      "checks": [
        {
          "name": "valid",
          "summary": {
            "fr": "le certificat est valable, et pour assez de jours encore",
            "en": "the certificate is valid, and for enough days yet"
          },
          "parameters": [
            {
              "name": "days_left", "type": "integer", "required": false, "default": 0,
              "summary": { "fr": "échouer dès qu'il n'en reste pas plus", "en": "fail when no more are left" }
            }
          ],
          "facts": ["certificate/validFrom", "certificate/expiresOn", "today"]
        }
      ]
    }
    """
}
