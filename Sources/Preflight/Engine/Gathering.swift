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
    var pending: [(inquiry: Inquiry, wanted: Set<FactName>)] = []
    for inquiry in inquiries {
      let source = inquiry.source
      let asked = source.provides.intersection(wanted)
      guard !asked.isEmpty else { continue }
      if source.answersAtOnce {
        for fact in await source.gather(asked, within: inquiry.deadline, from: workstation) {
          gathered.facts.add(fact)
        }
      } else {
        pending.append((inquiry, asked))
      }
    }
    guard !pending.isEmpty else { return gathered }

    let answers = await withTaskGroup(of: (Int, Answer).self) { group in
      for (index, item) in pending.enumerated() {
        group.addTask {
          let source = item.inquiry.source
          let deadline = item.inquiry.deadline
          return (index, await source.answer(item.wanted, from: workstation, within: deadline, by: clock))
        }
      }
      var answers: [Int: Answer] = [:]
      for await (index, answer) in group { answers[index] = answer }
      return answers
    }
    for index in pending.indices {
      guard let answer = answers[index] else { continue }
      for fact in answer.facts {
        gathered.facts.add(fact)
        gathered.delays[fact.name] = max(gathered.delays[fact.name] ?? .zero, answer.delay)
      }
    }
    return gathered
  }
}

/// How long after its deadline a source may still answer: one that keeps the time itself must get its word in.
private let lateness = Duration.milliseconds(100)

/// What one source said in time.
private struct Answer: Sendable {
  let facts: [Fact]
  let delay: Duration
}

extension Source {
  /// What the source says before the deadline; afterwards its facts are unavailable, whatever it still does.
  fileprivate func answer(
    _ wanted: Set<FactName>, from workstation: any WorkstationAccess, within deadline: Duration,
    by clock: some Clock<Duration>
  ) async -> Answer {
    let start = clock.now
    let (results, continuation) = AsyncStream<[Fact]?>.makeStream()
    // Neither task is a child: a source that never returns must not hold up the run.
    let work = Task { continuation.yield(await gather(wanted, within: deadline, from: workstation)) }
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
