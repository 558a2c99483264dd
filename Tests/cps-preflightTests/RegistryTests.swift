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
    let check = try #require(BuiltIn.registry.check(id)).make(Parameters(example.parameters))
    let facts = Facts(
      example.facts.map { Fact($0, $1, source: "example") }, selection: example.selection)
    let outcome: CheckExample.Outcome
    do throws(Unavailability) {
      outcome = try check.judge(facts).outcome == .pass ? .pass : .fail
    } catch {
      outcome = .unknown
    }
    #expect(outcome == example.outcome, "\(id): \(example.title)")
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
        let facts = try check.make(Parameters(example.parameters)).facts
        #expect(!facts.isEmpty && facts.allSatisfy { BuiltIn.registry.facts[$0] != nil }, "\(description.id)")
      }
    }
  }

  @Test("Every check of the plugins is registered, under a name of its own")
  func registered() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(BuiltProgram.root)/Plugins")
      .filter { $0.hasSuffix("Check.swift") }
      .compactMap { $0.split(separator: "/").last?.dropLast(".swift".count) }
    let names = try BuiltIn.registry.checks.map { check in
      "\(type(of: try check.make(Parameters(check.description.examples[0].parameters))))"
    }
    #expect(Set(names) == Set(files.map(String.init)))
    #expect(Set(BuiltIn.registry.checks.map { $0.description.id }).count == BuiltIn.registry.checks.count)
  }
}
