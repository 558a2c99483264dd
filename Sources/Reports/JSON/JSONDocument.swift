import FoundationEssentials
import Preflight

/// Writes the documents of the program as JSON: keys sorted, so that equal documents are equal texts. What nobody would see in a
/// terminal or an editor is escaped.
package enum JSONDocument {
  /// The document as text. Throws what Foundation's encoder throws.
  package static func text(of document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return escapingUnseen(inJSON: String(decoding: try encoder.encode(document), as: UTF8.self)) + "\n"
  }

  /// The document as one line, without its end. Throws what Foundation's encoder throws.
  package static func line(of document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return escapingUnseen(inJSON: String(decoding: try encoder.encode(document), as: UTF8.self))
  }
}
