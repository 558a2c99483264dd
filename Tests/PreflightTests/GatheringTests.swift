import Preflight
import Synchronization
import Testing

/// An empty workstation; the sources of these tests do not use it.
private struct NoWorkstation: WorkstationAccess {
  func announce(_ words: LocalizedText) {}
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] { throw .missing }
  func names(in folder: String) throws(FileFault) -> [String] { throw .missing }
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput { throw .missing }
}

/// A source that gives one fact, or never answers.
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
      // Not even cancellation helps.
      while true { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
    }
    return [Fact(fact, value, source: name)]
  }
}

/// A source whose program others may write.
private struct Refused: Source {
  let name = "refused"
  let why: Unavailability
  var provides: Set<FactName> { [.cardKind] }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] { wanted.map { Fact($0, unavailable: why, source: name) } }
}

/// A source whose fact is the number of known facts among those it follows.
private struct Follower: Source {
  let name: String
  let fact: FactName
  let follows: Set<FactName>
  var provides: Set<FactName> { [fact] }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    [Fact(fact, .integer(follows.count { known[$0].value != nil }), source: name)]
  }
}

/// A source with two facts, each the number of known facts among those it follows.
private struct Pair: Source {
  let name: String
  let facts: [FactName]
  let follows: Set<FactName>
  var provides: Set<FactName> { Set(facts) }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    wanted.map { Fact($0, .integer(follows.count { known[$0].value != nil }), source: name) }
  }
}

/// A source that may start something before it is asked, and tells a workstation so.
private struct Starter: Source {
  let name: String
  let fact: FactName
  var follows: Set<FactName> = []
  var patience: Duration = .zero
  var provides: Set<FactName> { [fact] }

  func start(on workstation: any WorkstationAccess) {
    workstation.start(name, [], reaching: ProgramReach(writes: []))
  }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    workstation.announce(LocalizedText(everywhere: Text(name)))
    return [Fact(fact, .boolean(true), source: name)]
  }
}

/// A workstation that keeps what happens on it.
private final class Diary: WorkstationAccess {
  private let kept = Mutex<[String]>([])
  var entries: [String] { kept.withLock { $0 } }

  func announce(_ words: LocalizedText) {
    kept.withLock { $0.append("\(words.rendered(in: .english)) is asked") }
  }
  func start(_ program: String, _ arguments: [String], reaching reach: ProgramReach) {
    kept.withLock { $0.append("\(program) starts") }
  }
  func endPrograms() async { kept.withLock { $0.append("all end") } }
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] { throw .missing }
  func names(in folder: String) throws(FileFault) -> [String] { throw .missing }
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput { throw .missing }
}

@Suite("Gathering")
struct GatheringTests {
  @Test(
    "A source that waits for another one starts its programs meanwhile, unless a person is waited for",
    arguments: [
      (Duration.zero, ["second starts", "first is asked", "second is asked", "all end"]),
      (.seconds(1), ["first is asked", "second is asked", "all end"]),
    ])
  func programs(patience: Duration, expected: [String]) async {
    let diary = Diary()
    let sources = [
      Starter(name: "first", fact: .cardPresent, patience: patience),
      Starter(name: "second", fact: .cardKind, follows: [.cardPresent]),
    ]
    _ = await Gathered.gather(
      [.cardKind], by: sources.map { Inquiry($0, deadline: .seconds(20)) }, known: Facts(), from: diary,
      clock: ContinuousClock())
    #expect(diary.entries == expected)
  }

  private func gather(
    _ wanted: Set<FactName>, _ sources: any Source..., known: Facts = Facts(),
    deadline: Duration = .seconds(20)
  ) async -> Facts {
    await Gathered.gather(
      wanted, by: sources.map { Inquiry($0, deadline: deadline) }, known: known, from: NoWorkstation(),
      clock: ContinuousClock()
    ).facts
  }

  @Test("That a source was refused as unsafe is kept, whatever another one knows")
  func refusal() async {
    let why = Unavailability(.unsafe, LocalizedText(everywhere: "others may write it"))
    let inquiries = [
      Inquiry(OneFact(name: "a", fact: .cardKind, value: .text("cps")), deadline: .seconds(20)),
      Inquiry(Refused(why: why), deadline: .seconds(20)),
    ]
    let gathered = await Gathered.gather(
      [.cardKind], by: inquiries, known: Facts(), from: NoWorkstation(), clock: ContinuousClock())
    #expect(gathered.refusal == why)
    #expect(why.reason.exitCode == .unsafe)
  }

  @Test("Only the sources of what is wanted are asked")
  func planned() async {
    let facts = await gather(
      [.cardKind], OneFact(name: "a", fact: .cardKind, value: .text("cps")),
      // It would block the test forever.
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

  @Test(
    "Sources come after those they build on, which are asked for their sake, in as many waves as it takes")
  func waves() async {
    let third = Follower(name: "c", fact: FactName("x/c"), follows: [FactName("x/b"), .cardKind])
    let second = Follower(name: "b", fact: FactName("x/b"), follows: [.cardKind])
    let first = OneFact(name: "a", fact: .cardKind, value: .text("cps"))
    let facts = await gather([FactName("x/c")], third, second, first)
    #expect(facts[FactName("x/c")].value == .integer(2))
    #expect(facts[FactName("x/b")].value == .integer(1))
  }

  @Test(
    "Sources that wait for each other are not asked, and their facts name the circle; all others are asked")
  func circle() async {
    let one = Follower(name: "a", fact: FactName("x/a"), follows: [FactName("x/b")])
    let other = Follower(name: "b", fact: FactName("x/b"), follows: [FactName("x/c")])
    let third = Follower(name: "c", fact: FactName("x/c"), follows: [FactName("x/a"), .cardKind])
    let after = Follower(name: "d", fact: FactName("x/d"), follows: [FactName("x/a"), .cardKind])
    let kind = OneFact(name: "kind", fact: .cardKind, value: .text("cps"))
    let facts = await gather([FactName("x/d")], after, one, other, third, kind)
    for name in ["x/a", "x/b", "x/c"] {
      guard case .unavailable(let why) = facts[FactName(name)].state else {
        Issue.record("\(name) is known")
        continue
      }
      #expect(why.reason.exitCode == .undecided)
      let words = why.message.rendered(in: .english)
      #expect(words.contains("in a circle: a → b → c → a"), "\(words)")
    }
    #expect(facts[FactName("x/d")].value == .integer(1))
  }

  @Test("A circle in which nothing is left to be known is none")
  func knownCircle() async {
    let one = Follower(name: "a", fact: FactName("x/a"), follows: [FactName("x/b")])
    let other = Follower(name: "b", fact: FactName("x/b"), follows: [FactName("x/a")])
    let given = Facts([Fact(FactName("x/b"), .integer(7), source: "given")])
    #expect(await gather([FactName("x/a")], one, other, known: given)[FactName("x/a")].value == .integer(1))
    // Both are asked: the source whose fact is already known, for its other facts.
    let more = Pair(name: "b", facts: [FactName("x/b"), FactName("x/b2")], follows: [FactName("x/a")])
    let both = await gather([FactName("x/a"), FactName("x/b2")], one, more, known: given)
    #expect(both[FactName("x/a")].value == .integer(1))
    #expect(both[FactName("x/b2")].value == .integer(1))
  }

  @Test("What is known of two cards is not told to those who follow")
  func twoCards() async {
    func card(_ number: String) -> OneFact {
      OneFact(name: number, fact: .cardNumber, value: .personal(Personal(number, as: .cardNumber)))
    }
    let kind = OneFact(name: "kind", fact: .cardKind, value: .text("cps"))
    let follower = Follower(name: "f", fact: FactName("x/f"), follows: [.cardNumber, .cardKind])
    let facts = await gather([FactName("x/f")], card("2800001017"), card("2800009017"), kind, follower)
    #expect(facts[FactName("x/f")].value == .integer(0))
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
