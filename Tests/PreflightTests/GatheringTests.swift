import Preflight
import Testing

/// A workstation with nothing on it; the sources of these tests do not look.
private struct NoWorkstation: WorkstationAccess {
  func announce(_ words: LocalizedText) {}
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] { throw .missing }
  func names(in folder: String) throws(FileFault) -> [String] { throw .missing }
  func output(of program: String, _ arguments: [String]) async throws(ProgramFault) -> ProgramOutput {
    throw .missing
  }
}

/// A source that says one thing, or never answers.
private struct OneFact: Source {
  let name: String
  let fact: FactName
  let value: FactValue?
  var provides: Set<FactName> { [fact] }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    guard let value else {
      // Not even cancelling it helps.
      while true { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
    }
    return [Fact(fact, value, source: name)]
  }
}

@Suite("Gathering")
struct GatheringTests {
  private func gather(
    _ wanted: Set<FactName>, _ sources: OneFact..., known: Facts = Facts(), deadline: Duration = .seconds(20)
  ) async -> Facts {
    await Gathered.gather(
      wanted, by: sources.map { Inquiry($0, deadline: deadline) }, known: known, from: NoWorkstation(),
      clock: ContinuousClock()
    ).facts
  }

  @Test("Only the sources of what is wanted are asked")
  func planned() async {
    let facts = await gather(
      [.cardKind], OneFact(name: "a", fact: .cardKind, value: .text("cps")),
      // It would hold the test up for ever.
      OneFact(name: "b", fact: .cardPIN, value: nil), deadline: .seconds(3600))
    #expect(facts[.cardKind].value == .text("cps"))
  }

  @Test("What is known beforehand is not asked for")
  func known() async {
    let known = Facts([Fact(.cardKind, .text("cpe"), source: "given")])
    let facts = await gather(
      [.cardKind], OneFact(name: "a", fact: .cardKind, value: nil), known: known, deadline: .seconds(3600))
    #expect(facts[.cardKind].value == .text("cpe"))
  }

  @Test("A source that never answers costs its facts, not the run")
  func hanging() async {
    let facts = await gather(
      [.cardKind, .cardPIN], OneFact(name: "mute", fact: .cardKind, value: nil),
      OneFact(name: "b", fact: .cardPIN, value: .text("ok")), deadline: .milliseconds(50))
    #expect(facts[.cardPIN].value == .text("ok"))
    guard case .unavailable(let why) = facts[.cardKind].state else {
      Issue.record("known")
      return
    }
    #expect(why.reason == .timeout)
    #expect(why.message.rendered(in: .english).contains("mute"))
  }
}
