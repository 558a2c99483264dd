/// What the sources said, and how long they took to say it.
package struct Gathered: Sendable {
  package var facts: Facts
  /// How long the slowest source of each fact took, the time granted to a person left out; facts at hand are
  /// not in it.
  package var delays: [FactName: Duration] = [:]

  package init(facts: Facts) { self.facts = facts }
}

/// A source to ask, and how long it may take.
package struct Inquiry: Sendable {
  package let source: any Source
  package let deadline: Duration

  package init(_ source: any Source, deadline: Duration) {
    self.source = source
    self.deadline = deadline
  }
}

extension Gathered {
  /// Asks the sources for the `wanted` facts: all at once, each under its deadline.
  ///
  /// - Parameters:
  ///   - inquiries: the sources, in the order in which they are believed.
  ///   - known: what is known beforehand; nobody is asked for that.
  ///   - clock: what measures the time.
  package static func gather(
    _ wanted: Set<FactName>, by inquiries: [Inquiry], known: Facts,
    from workstation: any WorkstationAccess, clock: some Clock<Duration>
  ) async -> Gathered {
    var gathered = Gathered(facts: known)
    let wanted = wanted.filter { known[$0].value == nil }
    let asked = inquiries.filter { !$0.source.provides.isDisjoint(with: wanted) }
    // Those that build on what another one says come after it, and make its facts wanted too.
    var followed = asked.reduce(into: Set<FactName>()) { $0.formUnion($1.source.follows) }
    // Where several speak of a card, each has to say which.
    if asked.count(where: { $0.source.provides.contains(.cardNumber) }) > 1 { followed.insert(.cardNumber) }
    for inquiries in [asked.filter(\.source.follows.isEmpty), asked.filter { !$0.source.follows.isEmpty }] {
      await gathered.ask(inquiries, for: wanted.union(followed), from: workstation, by: clock)
    }
    gathered.facts.distrustDifferentCards()
    return gathered
  }

  /// Asks sources that need nothing of each other, all at once.
  private mutating func ask(
    _ inquiries: [Inquiry], for wanted: Set<FactName>, from workstation: any WorkstationAccess,
    by clock: some Clock<Duration>
  ) async {
    let known = facts
    var pending: [(inquiry: Inquiry, wanted: Set<FactName>)] = []
    for inquiry in inquiries {
      let source = inquiry.source
      let asked = source.provides.intersection(wanted)
      if source.answersAtOnce {
        let answer = await source.gather(asked, knowing: known, within: inquiry.deadline, from: workstation)
        for fact in answer { facts.add(fact) }
      } else {
        pending.append((inquiry, asked))
      }
    }
    guard !pending.isEmpty else { return }

    let answers = await withTaskGroup(of: (Int, Answer).self) { group in
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
        facts.add(fact)
        delays[fact.name] = max(delays[fact.name] ?? .zero, answer.delay)
      }
    }
  }
}

/// How long after its deadline a source may still answer: one that keeps the time itself must get its word in, and what it
/// started has to be ended before the run goes on, on a busy machine as well.
private let lateness = Duration.milliseconds(500)

/// What one source said in time.
private struct Answer: Sendable {
  let facts: [Fact]
  let delay: Duration
}

extension Source {
  /// What the source says before the deadline; afterwards its facts are unavailable, whatever it still does.
  fileprivate func answer(
    _ wanted: Set<FactName>, knowing known: Facts, from workstation: any WorkstationAccess,
    within deadline: Duration, by clock: some Clock<Duration>
  ) async -> Answer {
    let start = clock.now
    let (results, continuation) = AsyncStream<[Fact]?>.makeStream()
    // Neither task is a child: a source that never returns must not hold up the run.
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
