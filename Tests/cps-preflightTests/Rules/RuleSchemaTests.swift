import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// check-jsonschema, an independent validator of JSON Schemas.
enum SchemaChecker {
  /// Returns whether the files conform to that schema, and the validator's output.
  static func accepts(_ files: [String], schema: String) async throws -> (Bool, String) {
    let result = try await Subprocess.run(
      .path(FilePath("\(BuiltProgram.root)/.build/tools/bin/check-jsonschema")),
      arguments: Arguments(["--schemafile", schema] + files), output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 20))
    return (result.terminationStatus.isSuccess, result.standardOutput + result.standardError)
  }

  /// Returns the validator's JSON report, which names each refused file.
  static func report(_ files: [String], schema: String) async throws -> String {
    try await Subprocess.run(
      .path(FilePath("\(BuiltProgram.root)/.build/tools/bin/check-jsonschema")),
      arguments: Arguments(["--output-format", "json", "--schemafile", schema] + files),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20)
    ).standardOutput
  }
}

@Suite("The JSON Schema of rule files says what the program says")
struct RuleSchemaTests {
  @Test("The schema is itself a JSON Schema, and takes the shipped rules and what rules init writes")
  func sound() async throws {
    let schema = try await BuiltProgram.run(["rules", "schema"]).output
    let folder = try Folder(["schema.json": schema])
    _ = try await BuiltProgram.run(["rules", "init", "\(folder.path)/new.yaml"])
    let meta = try await Subprocess.run(
      .path(FilePath("\(BuiltProgram.root)/.build/tools/bin/check-jsonschema")),
      arguments: ["--check-metaschema", "\(folder.path)/schema.json"], output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 20))
    #expect(meta.terminationStatus.isSuccess, "\(meta.standardOutput)")
    let (isAccepted, words) = try await SchemaChecker.accepts(
      ["\(BuiltProgram.root)/rules.yaml", "\(folder.path)/new.yaml"], schema: "\(folder.path)/schema.json")
    #expect(isAccepted, "\(words)")
  }

  @Test("It refuses what the program refuses, as far as a schema can")
  func broken() async throws {
    let schema = try await BuiltProgram.run(["rules", "schema"]).output
    let folder = try Folder(["schema.json": schema])
    let broken = "\(BuiltProgram.root)/Tests/Rules/Broken"
    let names = try FileManager.default.contentsOfDirectory(atPath: broken).sorted()
    #expect(!names.isEmpty)
    // The validator is slow to start, so it is called once.
    let report = try await SchemaChecker.report(
      names.map { "\(broken)/\($0)" }, schema: "\(folder.path)/schema.json")
    for name in names {
      #expect(report.contains("/Broken/\(name)\""), "\(name): the schema takes it")
      #expect(
        try await BuiltProgram.run(["rules", "lint", "\(broken)/\(name)"]).code == 78,
        "\(name): the program takes it")
    }
  }

  @Test("Every check, parameter and source of the program is in it")
  func complete() async throws {
    let schema = try await BuiltProgram.run(["rules", "schema", "--lang", "en"]).output
    for name in [
      "card.validity", "billing.sign_lots", "fact", "days_left", "issued_from", "expected", "cryptoki",
      "module", "root",
    ] {
      #expect(schema.contains("\"\(name)\""), "\(name)")
    }
  }
}
