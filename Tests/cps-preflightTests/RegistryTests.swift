import FoundationEssentials
import Preflight
import Testing

@testable import cps_preflight

@Suite("Every registered check keeps the promises of its description")
struct RegistryTests {
  private static let examples = BuiltIn.registry.checks.flatMap { check in
    check.description.examples.map { (check.description.id, $0) }
  }

  @Test("Its examples come out as they say", arguments: examples)
  func example(id: String, example: CheckExample) throws {
    let check = try #require(BuiltIn.registry.check(id)).make(
      Parameters(example.parameters), in: CheckContext(registry: BuiltIn.registry))
    let facts = Facts(
      example.facts.map { Fact($0, $1, source: "example") }, selection: example.selection)
    let outcome: CheckExample.Outcome
    let found: FoundCase?
    do throws(Unavailability) {
      let judgement = try check.judge(facts)
      outcome = judgement.outcome == .pass ? .pass : .fail
      found = judgement.found
    } catch {
      outcome = .unknown
      found = error.found
    }
    #expect(outcome == example.outcome, "\(id): \(example.title)")
    if let name = example.caseName { #expect(found?.name == name, "\(id): \(example.title)") }
    guard let found else { return }
    // A text for the case may use each of its variables, and is checked against them when it is loaded.
    let declared = try #require(
      BuiltIn.registry.check(id)?.description.cases.first { $0.name == found.name }, "\(id): \(found.name)")
    #expect(declared.isUndecided == (outcome == .unknown), "\(id): \(found.name)")
    let measured = declared.variables.filter { $0.parameter == nil }.map(\.name)
    #expect(Set(found.values.keys) == Set(measured), "\(id): \(found.name)")
  }

  @Test("Its cases and their variables are documented")
  func documented() throws {
    let page = try String(contentsOfFile: "\(BuiltProgram.root)/docs/rule-file.md", encoding: .utf8)
    for check in BuiltIn.registry.checks.map(\.description) {
      for found in check.cases {
        let line = page.split(separator: "\n").first { $0.hasPrefix("| `\(check.id)` | `\(found.name)` |") }
        #expect(line != nil, "\(check.id): \(found.name)")
        for variable in found.variables {
          #expect(line?.contains("`{\(variable.name)}`") == true, "\(check.id): \(found.name)")
        }
      }
    }
  }

  @Test("It has an example of each outcome, both languages, and facts of the catalogue")
  func description() throws {
    for check in BuiltIn.registry.checks {
      let description = check.description
      #expect(
        Set(description.examples.map(\.outcome)) == [.pass, .fail, .unknown], "\(description.id)")
      for text in [description.summary, description.rationale] + description.parameters.map(\.summary) {
        #expect(text.rendered(in: .french) != "" && text.rendered(in: .english) != "", "\(description.id)")
      }
      for example in description.examples {
        for (name, value) in example.facts {
          let type = try #require(BuiltIn.registry.facts[name]?.type)
          #expect(value.conforms(to: type), "\(description.id): \(example.title): \(name)")
        }
        let facts = try check.make(
          Parameters(example.parameters), in: CheckContext(registry: BuiltIn.registry)
        ).facts
        #expect(!facts.isEmpty && facts.allSatisfy { BuiltIn.registry.facts[$0] != nil }, "\(description.id)")
      }
    }
  }

  @Test("What the core says names no option of the command line: that is for those who have one")
  func coreIsNoCommand() throws {
    let core = "\(BuiltProgram.root)/Sources/Preflight"
    for file in try FileManager.default.subpathsOfDirectory(atPath: core) where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(core)/\(file)", encoding: .utf8)
      let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      #expect(!code.contains { $0.contains(" --") || $0.contains("\"--") || $0.contains("(--") }, "\(file)")
    }
  }

  @Test("Every check of the plugins is registered, under a name of its own")
  func registered() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(BuiltProgram.root)/Plugins")
      .filter { $0.hasSuffix("Check.swift") }
      .compactMap { $0.split(separator: "/").last?.dropLast(".swift".count) }
    let context = CheckContext(registry: BuiltIn.registry)
    let names = try BuiltIn.registry.checks.map { check in
      let parameters = Parameters(check.description.examples[0].parameters)
      return "\(type(of: try check.make(parameters, in: context)))"
    }
    #expect(Set(names) == Set(files.map(String.init)))
    #expect(Set(BuiltIn.registry.checks.map { $0.description.id }).count == BuiltIn.registry.checks.count)
  }
}
