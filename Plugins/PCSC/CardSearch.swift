import Preflight

/// A search for the card: connects, lists the readers, chooses one, waits for a better one if allowed, and makes sure
/// that the card answers.
struct CardSearch {
  /// What was found, as far as possible.
  struct Result: Sendable {
    /// The names of the readers, or why the service could not be asked.
    var readerNames: Swift.Result<[String], Unavailability>
    var choice: Swift.Result<ReaderChoice, Unavailability>
    /// The readers whose card another program was already connected to.
    var readersInUse: Set<String> = []
    /// The card that was chosen, while the service is still connected. Whoever takes it ends the connection.
    var card: WatchedCard?
  }

  private let asked: String?
  private let isWholeName: Bool
  private let announce: (LocalizedText) -> Void
  /// The end of the time given to a person.
  private let patienceEnd: ContinuousClock.Instant
  /// The time that the service may still take.
  private var budget: Duration
  private let time: Duration
  private var names: [ReaderName]?
  private var readersInUse: Set<String> = []
  private var states: [ReaderState] = []
  private var card: WatchedCard?

  /// - Parameters:
  ///   - asked: the name of a reader, or part of it; any reader if `nil`.
  ///   - isWholeName: whether the name must match in full.
  ///   - patience: how long to wait for a card.
  ///   - time: how long the service itself may take, waiting aside.
  ///   - announce: called with what the search is waiting for, to show to a person.
  init(
    asked: String?, isWholeName: Bool, patience: Duration, within time: Duration,
    announce: @escaping (LocalizedText) -> Void
  ) {
    self.asked = asked
    self.isWholeName = isWholeName
    patienceEnd = ContinuousClock.now + patience
    self.time = time
    self.announce = announce
    budget = time
  }

  /// Runs the search. A service that was restarted meanwhile is asked once more.
  mutating func find(onlyReaders: Bool) async -> Result {
    var mayRetry = true
    while true {
      do throws(PCSCFault) {
        let choice = try await look(onlyReaders: onlyReaders)
        return Result(
          readerNames: .success(names?.map(\.text) ?? []), choice: choice, readersInUse: readersInUse,
          card: card)
      } catch {
        if error.mayPass {
          // What was known about the readers no longer holds.
          names = nil
          if mayRetry {
            mayRetry = false
            continue
          }
        }
        let why = Unavailability(error, within: time)
        return Result(
          readerNames: names.map { .success($0.map(\.text)) } ?? .failure(why), choice: .failure(why))
      }
    }
  }

  /// Connects to the service and asks it. The connection stays if there is a card that can be watched.
  private mutating func look(
    onlyReaders: Bool
  ) async throws(PCSCFault) -> Swift.Result<ReaderChoice, Unavailability> {
    let service = try await timed { time throws(PCSCFault) in try await PCSCService.connect(within: time) }
    do throws(PCSCFault) {
      let found = try await look(onlyReaders: onlyReaders, through: service)
      if case .success(.card(_, _, let reader)) = found,
        let state = states.first(where: { $0.name.text == reader })
      {
        card = WatchedCard(service: service, state: state)
      } else {
        await service.release()
      }
      return found
    } catch {
      await service.release(after: error)
      throw error
    }
  }

  private mutating func look(
    onlyReaders: Bool, through service: PCSCService
  ) async throws(PCSCFault) -> Swift.Result<ReaderChoice, Unavailability> {
    while true {
      let names = try await timed { time throws(PCSCFault) in try await service.readerNames(within: time) }
      self.names = names
      if onlyReaders { return .success(names.isEmpty ? .noReader : .empty(readers: names.map(\.text))) }
      let states = try await timed { time throws(PCSCFault) in
        try await service.states(of: names, within: time)
      }
      readersInUse = Set(states.filter(\.isInUse).map(\.name.text))
      self.states = states
      var choice = ReaderChoice(among: states.map(\.reader), asked: asked, isWholeName: isWholeName)
      let patience = ContinuousClock.now.duration(to: patienceEnd)
      if choice.isFinal || patience <= .zero {
        let reached = try await reach(choice, among: names, through: service)
        switch reached {
        // The person may still put the card back, or turn over one that does not answer.
        case .failure(let why) where why.reason == .cardRemoved && patience > .zero: continue
        case .success(let found) where !found.isFinal && patience > .zero: choice = found
        default: return reached
        }
      }
      announce(choice.announcement(waiting: patience))
      let start = ContinuousClock.now
      _ = try await service.change(from: states, waiting: patience, within: budget)
      budget -= max(.zero, start.duration(to: .now) - patience)
    }
  }

  /// Makes sure that a CPS answers, and leaves any other card alone.
  private mutating func reach(
    _ choice: ReaderChoice, among names: [ReaderName], through service: PCSCService
  ) async throws(PCSCFault) -> Swift.Result<ReaderChoice, Unavailability> {
    guard case .card(.cps, let seen, let reader) = choice,
      let name = names.first(where: { $0.text == reader })
    else { return .success(choice) }
    do throws(PCSCFault) {
      let atr = try await timed { time throws(PCSCFault) in
        try await service.reachCard(in: name, within: time)
      }
      // It is another card now: the one that was seen is gone.
      return atr == seen ? .success(choice) : .failure(.removed(from: reader))
    } catch {
      switch error {
      case .status(.noCard), .status(.removedCard), .status(.unknownReader), .status(.readerUnavailable):
        return .failure(.removed(from: reader))
      // Any protocol was accepted, so pcsc-lite's “protocol mismatch” means that the card gave no ATR this time.
      case .status(.unresponsiveCard), .status(.unpoweredCard), .status(.protocolMismatch):
        return .success(.mute(reader: reader))
      case .status(.sharingViolation): return .failure(.inUse(in: reader))
      default: throw error
      }
    }
  }

  /// Calls the service, and takes the time from the budget.
  private mutating func timed<Value>(
    _ ask: (Duration) async throws(PCSCFault) -> Value
  ) async throws(PCSCFault) -> Value {
    let start = ContinuousClock.now
    defer { budget -= start.duration(to: .now) }
    return try await ask(budget)
  }
}
