import FoundationEssentials
import Preflight
import Testing

@testable import cps_preflight

@Suite("The JSON Schemas in docs/schemas")
struct SchemaTests {
  @Test("They are JSON Schemas themselves")
  func metaschema() async throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: SchemaValidator.schemas)
      .filter { $0.hasSuffix(".json") }
    try #require(!names.isEmpty)
    let run = try await JSONSchemaChecker.run(["--check-metaschema"] + names, in: SchemaValidator.schemas)
    #expect(run.code == 0, "\(run.output)")
  }

  @Test("Every verdict is valid, and has no field that the schema does not describe")
  func verdicts() async throws {
    var documents: [String: String] = [:]
    for (index, one) in VerdictCase.all.enumerated() {
      documents["\(index).json"] = try await one.report("--format", "json").output
      documents["\(index)-revealed.json"] = try await one.report(
        "--format", "json", "--reveal", language: "en"
      ).output
    }
    for closed in [false, true] {
      #expect(try await SchemaValidator.faults(of: documents, by: "verdict-1", closed: closed) == "")
    }
  }

  @Test("So are signed verdicts, those of one billing situation, and the lines of the journal")
  func gate() async throws {
    let gate = try GateCase()
    _ = try await gate.shell(
      """
      head -c 32 /dev/urandom > key; chmod 600 key
      $P check $READY --format json --am 692612344 --journal j > plain.json
      $P check $READY --format json --situation 1 --key key --for adri --journal j > signed.json
      $P check $BLOCKED --journal j; $P run $BROKEN --journal j -- true; $P run $READY --journal j -- true
      $P check $READY --journal j > /dev/full
      echo no > script; chmod +x script; $P run $READY --journal j -- ./script
      """)
    let verdicts = [
      "plain.json": try gate.text(of: "plain.json"), "signed.json": try gate.text(of: "signed.json"),
    ]
    let lines = try gate.text(of: "j").split(separator: "\n").enumerated()
      .map { ("\($0.offset).json", String($0.element)) }
    #expect(lines.count == 9)
    for (name, documents) in [
      ("verdict-1", verdicts), ("journal-1", Dictionary(uniqueKeysWithValues: lines)),
    ] {
      #expect(try await SchemaValidator.faults(of: documents, by: name, closed: true) == "")
    }
  }

  @Test("The lines of evaluate are valid verdicts: whole, brief, and of what cannot be judged")
  func lines() async throws {
    var documents: [String: String] = [:]
    for more in [[], ["--brief"]] {
      let run = try await BuiltProgram.run(
        ["evaluate"] + more,
        input: "\(Sample().json)\nnonsense\n{\"id\": 1, \"facts\": {}}\n{\"id\": \"a\", \"fact\": 1}")
      for (index, line) in run.output.split(separator: "\n").enumerated() {
        documents["\(more.count)-\(index).json"] = String(line)
      }
    }
    #expect(documents.count == 8)
    #expect(try await SchemaValidator.faults(of: documents, by: "verdict-1") == "")
  }

  @Test("Facts are valid, as they are written and as they are given")
  func facts() async throws {
    let sample = try String(contentsOfFile: "\(BuiltProgram.root)/docs/samples/card.json", encoding: .utf8)
    let written = try await BuiltProgram.run(
      ["facts", "--facts", "docs/samples/card.json", "--offline", "--format", "json"])
    let little = try await BuiltProgram.run(
      ["facts", "--facts", "-", "--offline", "--format", "json"],
      input: Sample().with("card.pin", nil).with("card.number", nil).json)
    let several = try await BuiltProgram.run(
      ["facts", "--facts", "-", "--offline", "--format", "json"],
      input: Sample().with(
        "cryptolib.versions",
        #"[{"version": "5.2.4", "architecture": 32, "place": "/a/154.adm"}, {"version": "5.2.1", "place": "b"}]"#
      ).json)
    #expect(several.output.contains(#""architecture" : 32"#))
    let documents = [
      "several.json": several.output, "sample.json": sample, "written.json": written.output,
      "little.json": little.output,
      "given.json": VerdictCase.hostile.facts.json,
    ]
    #expect(try await SchemaValidator.faults(of: documents, by: "facts-1") == "")
  }

  @Test("What a facts file may not say is not valid either")
  func badFacts() async throws {
    let bad = [
      ("card.pin", "\"fine\""), ("card.present", "\"yes\""), ("card.issuedOn", "\"10/09/2025\""),
      ("cryptolib.version", "5.2"), ("billing.situations", "[{\"number\": \"1\"}]"),
      ("card.colour", "\"blue\""), ("cryptolib.versions", "[{\"version\": \"5.2.4\"}]"),
      ("cryptolib.versions", "[{\"version\": \"5.2.4\", \"place\": \"a\", \"architecture\": 16}]"),
    ].enumerated().map { (file: "\($0)", facts: Sample().with($1.0, $1.1)) }
    for (_, facts) in bad { #expect(try await facts.check().code == 65, "\(facts.json)") }
    let documents = Dictionary(uniqueKeysWithValues: bad.map { ($0.file, $0.facts.json) })
    #expect(try await SchemaValidator.refused(by: "facts-1", documents) == Set(documents.keys))
  }

  @Test("The reasons of the schema, and of the page, are those of the program")
  func reasons() throws {
    let names = Unavailability.Reason.allCases.map(\.rawValue)
    let schema = try JSONTree(
      String(contentsOf: URL(filePath: "\(SchemaValidator.schemas)/facts-1.json"), encoding: .utf8))
    let listed = schema["properties"]?["reasons"]?["additionalProperties"]?["enum"]
    #expect(listed == .list(names.map { .text($0) }))
    let page = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/facts.md"), encoding: .utf8)
    let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `reasons` |") })
    for name in names { #expect(line.contains("`\(name)`"), "\(name)") }
  }

  @Test("The facts of the schema are those of the program, with their types")
  func catalogue() throws {
    let data = try Data(contentsOf: URL(filePath: "\(SchemaValidator.schemas)/facts-1.json"))
    let properties = try JSONDecoder().decode(FactsSchema.self, from: data).properties.facts.properties
    let declared = BuiltIn.registry.facts.declarations
    #expect(Set(properties.keys) == Set(declared.map(\.name.rawValue)))
    for fact in declared {
      let property = try #require(properties[fact.name.rawValue])
      switch fact.type {
      case .boolean: #expect(property.type == "boolean")
      case .text, .personal: #expect(property.type == "string")
      case .choice(let words): #expect(property.enum == words)
      case .date: #expect(property.ref == "#/$defs/date")
      case .version: #expect(property.ref == "#/$defs/version")
      case .texts, .situations, .cryptolibs, .list: #expect(property.type == "array")
      case .map: #expect(property.type == "object")
      case .integer: #expect(property.type == "integer")
      case .duration, .concealed, .judgement:
        Issue.record("only plugins have facts of that type: \(fact.name)")
      }
    }
  }
}

/// The part of the schema of facts that the test needs.
private struct FactsSchema: Decodable {
  struct Properties: Decodable { let facts: Facts }
  struct Facts: Decodable { let properties: [String: Property] }

  struct Property: Decodable {
    let type: String?
    let `enum`: [String]?
    let ref: String?

    enum CodingKeys: String, CodingKey {
      case type
      case `enum`
      case ref = "$ref"
    }
  }

  let properties: Properties
}
