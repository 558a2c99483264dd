import FoundationEssentials
import Testing

/// An independent JSON validator, with the schemas of docs/schemas.
enum SchemaValidator {
  static let schemas = "\(BuiltProgram.root)/docs/schemas"

  /// Returns the faults that it finds in documents, by file name; empty if there are none.
  ///
  /// - Parameter closed: whether a field that the schema does not describe is a fault. Readers must skip fields that
  ///   are added later, but all fields written today are described.
  static func faults(
    of documents: [String: String], by schema: String, closed: Bool = false
  ) async throws -> String {
    let folder = try Folder(documents)
    var file = "\(schemas)/\(schema).json"
    if closed {
      let shipped = try String(contentsOfFile: file, encoding: .utf8)
      file = try folder.write(
        shipped.replacing(
          "\"type\": \"object\",", with: "\"type\": \"object\", \"additionalProperties\": false,"),
        to: "closed.schema")
    }
    let run = try await JSONSchemaChecker.run(
      ["--schemafile", file] + documents.keys.sorted(), in: folder.path)
    return run.code == 0 ? "" : run.output
  }

  /// Returns the names of the documents that the schema refuses.
  static func refused(by schema: String, _ documents: [String: String]) async throws -> Set<String> {
    let folder = try Folder(Dictionary(uniqueKeysWithValues: documents.map { ("\($0).json", $1) }))
    let run = try await JSONSchemaChecker.run(
      ["--output-format", "json", "--schemafile", "\(schemas)/\(schema).json"]
        + documents.keys.sorted().map { "\($0).json" }, in: folder.path)
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    let refused = (report.errors + (report.parse_errors ?? [])).map { $0.filename.dropLast(".json".count) }
    return Set(refused.map(String.init))
  }

  private struct Report: Decodable {
    struct Refusal: Decodable { let filename: String }

    let errors: [Refusal]
    let parse_errors: [Refusal]?
  }
}
