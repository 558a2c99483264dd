import FoundationEssentials

/// Writes the documents of the program as JSON: keys sorted, so that equal documents are equal texts.
enum JSONDocument {
  static func text(of document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}
