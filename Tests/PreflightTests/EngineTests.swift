import Preflight
import Testing

@Suite("The engine, as other programs embed it")
struct EngineTests {
  private struct Told: EngineSource {
    let name = "told"
    var facts: Set<String> { Set(answers.keys).union(["a", "b"]) }
    var answers: [String: FactAnswer] = [:]
    var delay = Duration.zero

    func gather(_ wanted: Set<String>) async -> [String: FactAnswer] {
      try? await Task.sleep(for: delay)
      return answers
    }
  }

  private struct IsTrue: EngineCheck {
    let name: String
    var facts: Set<String> { [name] }

    func judge(_ facts: KnownFacts) throws(NotKnown) -> CheckAnswer {
      try facts.boolean(name) ? .pass("so it is") : .fail("it is not")
    }
  }

  private static func rule(_ name: String, blocks: Bool = true, _ code: Int32? = nil) -> Engine.Rule {
    Engine.Rule(
      id: name, title: name, check: IsTrue(name: name), blocks: blocks, exitCode: code, remedy: "see to it")
  }

  private static func verdict(
    _ answers: [String: FactAnswer], _ stages: [[Engine.Rule]], delay: Duration = .zero
  ) async throws -> Engine.Verdict {
    let stages = stages.map { Engine.Stage(title: "s", rules: $0) }
    return try await Engine(
      stages: stages, sources: [Told(answers: answers, delay: delay)],
      deadline: delay == .zero ? .seconds(20) : .milliseconds(50)
    ).judge()
  }

  @Test(
    "Only what passed lets it go on",
    arguments: [
      (["a": .boolean(true)], .ready, 0), (["a": .boolean(false)], .blocked, 10), ([:], .undecided, 75),
      (["a": .absent], .undecided, 75), (["a": .unavailable("later")], .undecided, 75),
      (["a": .serviceMissing("no meter")], .undecided, 69), (["a": .integer(1)], .undecided, 75),
      (["a": .text("true")], .undecided, 75),
    ] as [([String: FactAnswer], Engine.Verdict.Decision, Int32)])
  func decision(answers: [String: FactAnswer], decision: Engine.Verdict.Decision, code: Int32) async throws {
    let verdict = try await Self.verdict(answers, [[Self.rule("a", 10)]])
    #expect(verdict.decision == decision && verdict.exitCode == code, "\(verdict)")
    #expect(verdict.lines.map(\.remedy) == [decision == .blocked ? "see to it" : nil])
  }

  @Test("After a stage that did not pass, nothing is judged; a warning changes nothing")
  func stages() async throws {
    let verdict = try await Self.verdict(
      ["a": .boolean(false), "b": .boolean(true)], [[Self.rule("a")], [Self.rule("b")]])
    #expect(verdict.exitCode == 1 && verdict.lines.map(\.outcome) == [.fail, .skipped])
    let warned = try await Self.verdict(
      ["a": .boolean(false), "b": .boolean(true)], [[Self.rule("a", blocks: false), Self.rule("b")]])
    #expect(warned.exitCode == 0 && warned.lines.map(\.outcome) == [.fail, .pass])
  }

  @Test("A source that takes longer than its deadline leaves the rule undecided")
  func late() async throws {
    let verdict = try await Self.verdict(["a": .boolean(true)], [[Self.rule("a")]], delay: .seconds(30))
    #expect(verdict.decision == .undecided && verdict.exitCode == 75)
  }

  @Test("Rules that could let something pass unjudged make no engine")
  func faults() {
    func fault(_ rules: [Engine.Rule]) -> Engine.Fault? {
      do throws(Engine.Fault) {
        _ = try Engine(stages: [Engine.Stage(title: "s", rules: rules)], sources: [])
        return nil
      } catch {
        return error
      }
    }
    #expect(fault([]) == .nothingBlocks)
    #expect(fault([Self.rule("a", blocks: false)]) == .nothingBlocks)
    #expect(fault([Self.rule("a"), Self.rule("a")]) == .sameID("a"))
    #expect(fault([Self.rule("a", 64)]) == .badExitCode(64))
    #expect(fault([Self.rule("a", 10), Self.rule("b", 10)]) == .badExitCode(10))
  }
}
