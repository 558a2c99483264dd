/// Writes the documents of the program as JSON: keys sorted, so that equal documents are equal texts. What nobody would see in a
/// terminal or an editor is escaped.
package enum JSONDocument {
  /// The document as text. Throws what a document throws that cannot be written.
  package static func text(of document: some Encodable) throws -> String {
    var json = JSONBytes()
    json.indented(try PlainEncoder.value(of: document))
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }

  /// The document as one line, without its end. Throws what a document throws that cannot be written.
  package static func line(of document: some Encodable) throws -> String {
    var json = JSONBytes()
    json.plain(try PlainEncoder.value(of: document))
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
