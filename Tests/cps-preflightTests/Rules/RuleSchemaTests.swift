import FoundationEssentials
import Preflight
import Testing

@testable import cps_preflight

@Suite("The JSON Schema of rule files says what the program says")
struct RuleSchemaTests {
  @Test("The schema is itself a JSON Schema, and takes the shipped rules and what rules init writes")
  func sound() async throws {
    let schema = try await BuiltProgram.run(["rules", "schema"]).output
    let folder = try Folder(["schema.json": schema])
    _ = try await BuiltProgram.run(["rules", "init", "\(folder.path)/new.yaml"])
    let meta = try await JSONSchemaChecker.run(["--check-metaschema", "schema.json"], in: folder.path)
    #expect(meta.code == 0, "\(meta.output)")
    let taken = try await JSONSchemaChecker.run(
      ["--schemafile", "schema.json", "\(BuiltProgram.root)/rules.yaml", "new.yaml"], in: folder.path)
    #expect(taken.code == 0, "\(taken.output)")
  }

  @Test("It refuses what the program refuses, as far as a schema can")
  func broken() async throws {
    let schema = try await BuiltProgram.run(["rules", "schema"]).output
    let folder = try Folder(["schema.json": schema])
    let broken = "\(BuiltProgram.root)/Tests/Rules/Broken"
    let names = try FileManager.default.contentsOfDirectory(atPath: broken).sorted()
    #expect(!names.isEmpty)
    let report = try await JSONSchemaChecker.run(
      ["--output-format", "json", "--schemafile", "schema.json"] + names.map { "\(broken)/\($0)" },
      in: folder.path)
    for name in names {
      #expect(report.output.contains("/Broken/\(name)\""), "\(name): the schema takes it")
      let rules = try await LoadedRules.read("\(broken)/\(name)", .warns)
      let failure = #expect(throws: Failure.self, "\(name): the program takes it") { try rules.ruleSet() }
      #expect(failure?.code == .invalidRules, "\(name)")
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
