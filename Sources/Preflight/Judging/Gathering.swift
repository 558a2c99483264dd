/// The facts that the sources reported, and how long they took.
package struct Gathered: Sendable {
  /// The facts, gathered from all sources.
  package var facts: Facts
  /// How long the slowest source of each fact took, not counting the time granted to a person. Facts that needed no
  /// waiting have no entry.
  package var delays: [FactName: Duration] = [:]
  /// Why a source was refused as unsafe, even if other sources knew its facts. Nil if none was.
  package private(set) var refusal: Unavailability?

  /// The facts that a source was asked for, or would have been if it did not wait in a circle. What files give is not among them
  /// unless a source was asked as well.
  package private(set) var asked: Set<FactName> = []

  /// Creates the result for facts that needed no waiting.
  package init(facts: Facts) { self.facts = facts }
}

/// A source to ask, with its deadline.
package struct Inquiry: Sendable {
  /// The source to ask.
  package let source: any Source
  /// How long the source may take, in addition to its patience.
  package let deadline: Duration

  package init(_ source: any Source, deadline: Duration) {
    self.source = source
    self.deadline = deadline
  }
}

extension Gathered {
  /// Asks the sources for the `wanted` facts, concurrently and each under its own deadline.
  ///
  /// - Parameters:
  ///   - further: facts that a source may also provide if it is asked anyway; no source is asked for these alone.
  ///   - inquiries: the sources, in order of precedence.
  ///   - known: the facts known beforehand; no source is asked for them.
  ///   - clock: the clock that measures the time.
  package static func gather(
    _ wanted: Set<FactName>, alsoTelling further: Set<FactName> = [], by inquiries: [Inquiry], known: Facts,
    from workstation: any WorkstationAccess, clock: some Clock<Duration>
  ) async -> Gathered {
    var gathered = Gathered(facts: known)
    var wanted = wanted.filter { known[$0].value == nil }
    var waiting = inquiries.asked(for: &wanted, known: known)
    wanted.formUnion(further)
    let asked = waiting
    // If several sources report on a card, each has to say which one.
    if waiting.count(where: { $0.source.provides.contains(.cardNumber) }) > 1 { wanted.insert(.cardNumber) }
    let files = waiting.filter { $0.source.answersAtOnce && $0.source.provides.contains(.cardNumber) }
    waiting.startFollowers(on: workstation)
    while !waiting.isEmpty {
      var wave = waiting.withoutPredecessors()
      // In a circle, the facts that a source waits for may be known already, even if another source may report on
      // them too.
      if wave.isEmpty { wave = waiting.withoutPredecessors(knowing: gathered.facts) }
      if wave.isEmpty, let circle = SourceCircle(among: waiting.map(\.source), knowing: gathered.facts) {
        gathered.leaveUnasked(circle, among: waiting, for: wanted)
        waiting = waiting.indices.filter { !circle.members.contains($0) }.map { waiting[$0] }
        continue
      }
      await gathered.ask(wave.map { waiting[$0] }, for: wanted, from: workstation, by: clock)
      // Later sources must not mix up two cards.
      gathered.facts.distrustDifferentCards()
      if let mixUp = await files.mixUp(knowing: gathered.facts, from: workstation) {
        gathered.facts.distrustCards(of: mixUp)
      }
      waiting = waiting.indices.filter { !wave.contains($0) }.map { waiting[$0] }
    }
    for inquiry in asked
    where asked.contains(where: { !$0.source.follows.isDisjoint(with: inquiry.source.provides) }) {
      let why = await inquiry.source.doubt(
        knowing: gathered.facts, within: inquiry.deadline, from: workstation)
      if let why { gathered.facts.distrustCard(why, inquiry.source.name) }
    }
    await workstation.endPrograms()
    return gathered
  }

  /// Replaces a fact by one that says that it was not given, although a source was asked for it: a file may still give it.
  package mutating func leaveToFiles(_ fact: Fact) {
    facts.settle(fact)
    asked.remove(fact.name)
  }

  private mutating func add(_ fact: Fact) {
    facts.add(fact)
    if case .unavailable(let why) = fact.state, why.reason == .unsafe, refusal == nil { refusal = why }
  }

  /// Leaves the sources of a circle unasked, since each would have to wait for all the others.
  private mutating func leaveUnasked(
    _ circle: SourceCircle, among inquiries: [Inquiry], for wanted: Set<FactName>
  ) {
    for source in circle.members.map({ inquiries[$0].source }) {
      asked.formUnion(source.provides.intersection(wanted))
      for name in source.provides.intersection(wanted) {
        add(Fact(name, unavailable: circle.unavailability, source: source.name))
      }
    }
  }

  /// Asks sources that do not depend on each other, concurrently.
  private mutating func ask(
    _ inquiries: [Inquiry], for wanted: Set<FactName>, from workstation: any WorkstationAccess,
    by clock: some Clock<Duration>
  ) async {
    let known = facts
    var pending: [(inquiry: Inquiry, wanted: Set<FactName>)] = []
    for inquiry in inquiries {
      let source = inquiry.source
      let sought = source.provides.intersection(wanted)
      if !source.answersAtOnce { asked.formUnion(sought) }
      if source.answersAtOnce {
        let answer = await source.gather(sought, knowing: known, within: inquiry.deadline, from: workstation)
        for fact in answer { add(fact) }
      } else if await prepare(inquiry, for: sought, knowing: known, with: workstation) {
        pending.append((inquiry, sought))
      }
    }
    guard !pending.isEmpty else { return }

    let answers = await withTaskGroup(of: (Int, Answer).self) { [pending] group in
      for (index, item) in pending.enumerated() {
        group.addTask {
          let source = item.inquiry.source
          let deadline = item.inquiry.deadline
          let answer = await source.answer(
            item.wanted, knowing: known, from: workstation, within: deadline, by: clock)
          return (index, answer)
        }
      }
      var answers: [Int: Answer] = [:]
      for await (index, answer) in group { answers[index] = answer }
      return answers
    }
    for index in pending.indices {
      guard let answer = answers[index] else { continue }
      for fact in answer.facts {
        add(fact)
        delays[fact.name] = max(delays[fact.name] ?? .zero, answer.delay)
      }
    }
  }
}

extension Gathered {
  /// Lets a source ask a person for what it needs. Returns whether the source may be asked then.
  private mutating func prepare(
    _ inquiry: Inquiry, for wanted: Set<FactName>, knowing known: Facts,
    with workstation: any WorkstationAccess
  ) async -> Bool {
    do throws(Unavailability) {
      try await inquiry.source.prepare(
        for: wanted, knowing: known, within: inquiry.deadline, with: workstation)
      return true
    } catch {
      for name in wanted { add(Fact(name, unavailable: error, source: inquiry.source.name)) }
      return false
    }
  }
}

extension Gathered {
  /// Returns the facts that the sources are asked for if `wanted` are wanted: those and the facts that their
  /// sources need first.
  package static func facts(asked wanted: Set<FactName>, of sources: [any Source], known: Facts) -> Set<
    FactName
  > {
    var wanted = wanted
    _ = sources.map { Inquiry($0, deadline: .zero) }.asked(for: &wanted, known: known)
    return wanted
  }
}

extension [Inquiry] {
  /// Returns what two of the sources, which all answer at once, say of different cards. Nil if nothing shows that they do.
  fileprivate func mixUp(
    knowing known: Facts, from workstation: any WorkstationAccess
  ) async -> (Fact, Fact)? {
    guard count > 1 else { return nil }
    var marks: [Fact] = []
    for inquiry in self {
      marks += await inquiry.source.gather(
        CardMixUp.marks.intersection(inquiry.source.provides), knowing: known, within: inquiry.deadline,
        from: workstation)
    }
    return CardMixUp.first(among: marks)
  }

  /// Lets the sources that will be asked after others start what takes long. Not while a person is waited for.
  fileprivate func startFollowers(on workstation: any WorkstationAccess) {
    guard allSatisfy({ $0.source.patience == .zero }) else { return }
    let first = withoutPredecessors()
    for index in indices where !first.contains(index) { self[index].source.start(on: workstation) }
  }

  /// Returns the sources that know a wanted fact, or one that another of them needs first.
  fileprivate func asked(for wanted: inout Set<FactName>, known: Facts) -> [Inquiry] {
    while true {
      let asked = filter { !$0.source.provides.isDisjoint(with: wanted) }
      let followed = asked.reduce(into: wanted) { $0.formUnion($1.source.follows) }
        .filter { known[$0].value == nil }
      if followed == wanted { return asked }
      wanted = followed
    }
  }

  /// Returns the sources to ask first: those that need no fact which another one may still provide. Empty if all
  /// wait in a circle.
  fileprivate func withoutPredecessors(knowing known: Facts = Facts()) -> [Int] {
    let sources = map(\.source)
    return indices.filter { sources.predecessors(of: $0, knowing: known).isEmpty }
  }
}

/// What one source reported in time.
private struct Answer: Sendable {
  let facts: [Fact]
  let delay: Duration
}

extension Source {
  /// Returns what the source reports before the deadline. After it, the facts are unavailable, whatever the source
  /// still does.
  fileprivate func answer(
    _ wanted: Set<FactName>, knowing known: Facts, from workstation: any WorkstationAccess,
    within deadline: Duration, by clock: some Clock<Duration>
  ) async -> Answer {
    let start = clock.now
    let (results, continuation) = AsyncStream<[Fact]?>.makeStream()
    // Neither task is a child task: a source that never returns must not hold up the run.
    let work = Task {
      continuation.yield(await gather(wanted, knowing: known, within: deadline, from: workstation))
    }
    let alarm = Task {
      try? await clock.sleep(for: deadline + patience + lateness)
      continuation.yield(nil)
    }
    defer {
      work.cancel()
      alarm.cancel()
    }
    for await facts in results {
      guard let facts else { break }
      return Answer(facts: facts, delay: max(.zero, start.duration(to: clock.now) - patience))
    }
    let why = Unavailability(
      .timeout,
      LocalizedText(
        fr: "la source « \(name) » n'a pas répondu en \(deadline.milliseconds) ms",
        en: "the source “\(name)” did not answer within \(deadline.milliseconds) ms"))
    return Answer(
      facts: wanted.map { Fact($0, unavailable: why, source: name) },
      delay: start.duration(to: clock.now))
  }
}
