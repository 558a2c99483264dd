import Preflight

/// Looks for the card: connects, lists the readers, chooses one, waits for a better one if it may, and makes sure
/// that the card answers.
struct CardSearch {
  /// What was found, as far as it could be.
  struct Result: Sendable {
    /// Unavailable where the service could not be asked.
    var readerNames: Swift.Result<[String], Unavailability>
    var choice: Swift.Result<ReaderChoice, Unavailability>
  }

  private let asked: String?
  private let announce: (LocalizedText) -> Void
  /// How long a person may still take.
  private var patience: Duration
  /// How long the service may still take.
  private var budget: Duration
  private let time: Duration
  private var names: [String]?

  /// - Parameters:
  ///   - asked: the name of a reader, or a part of it.
  ///   - patience: how long to wait for a card.
  ///   - time: how long the service may take besides.
  ///   - announce: tells a person what is being waited for.
  init(
    asked: String?, patience: Duration, within time: Duration, announce: @escaping (LocalizedText) -> Void
  ) {
    self.asked = asked
    self.patience = patience
    self.time = time
    self.announce = announce
    budget = time
  }

  /// Looks. A service that was restarted meanwhile is asked again, once.
  mutating func find(onlyReaders: Bool) async -> Result {
    var mayRetry = true
    while true {
      do throws(PCSCFault) {
        let choice = try await look(onlyReaders: onlyReaders)
        return Result(readerNames: .success(names ?? []), choice: choice)
      } catch {
        if mayRetry, case .status(let status) = error, status.isLossOfService {
          mayRetry = false
          continue
        }
        let why = Unavailability(error, within: time)
        return Result(readerNames: names.map { .success($0) } ?? .failure(why), choice: .failure(why))
      }
    }
  }

  private mutating func look(
    onlyReaders: Bool
  ) async throws(PCSCFault) -> Swift.Result<ReaderChoice, Unavailability> {
    let service = try await timed { time throws(PCSCFault) in try await PCSCService.connect(within: time) }
    while true {
      let names = try await timed { time throws(PCSCFault) in try await service.readerNames(within: time) }
      self.names = names
      if onlyReaders {
        await service.release()
        return .success(names.isEmpty ? .noReader : .empty(readers: names))
      }
      let states = try await timed { time throws(PCSCFault) in
        try await service.states(of: names, within: time)
      }
      var choice = ReaderChoice(among: states.map(\.reader), asked: asked)
      if choice.isFinal || patience <= .zero {
        let reached = try await reach(choice, through: service)
        // A card that turns out not to answer may still be turned over by the person who is waited for.
        guard case .success(let found) = reached, !found.isFinal, patience > .zero else {
          await service.release()
          return reached
        }
        choice = found
      }
      announce(choice.announcement(waiting: patience))
      let start = ContinuousClock.now
      _ = try await service.change(from: states, waiting: patience, within: budget)
      patience -= start.duration(to: .now)
    }
  }

  /// Makes sure that a CPS answers; any other card is left alone.
  private mutating func reach(
    _ choice: ReaderChoice, through service: PCSCService
  ) async throws(PCSCFault) -> Swift.Result<ReaderChoice, Unavailability> {
    guard case .card(.cps, _, let reader) = choice else { return .success(choice) }
    do throws(PCSCFault) {
      try await timed { time throws(PCSCFault) in try await service.reachCard(in: reader, within: time) }
      return .success(choice)
    } catch {
      switch error {
      case .status(.noCard), .status(.removedCard), .status(.unknownReader), .status(.readerUnavailable):
        return .failure(.removed(from: reader))
      // pcsc-lite says “protocol mismatch” of a card that gave no ATR this time: any protocol was welcome.
      case .status(.unresponsiveCard), .status(.unpoweredCard), .status(.protocolMismatch):
        return .success(.mute(reader: reader))
      case .status(.sharingViolation): return .failure(.inUse(in: reader))
      default: throw error
      }
    }
  }

  /// Asks the service something, at the expense of the budget.
  private mutating func timed<Value>(
    _ ask: (Duration) async throws(PCSCFault) -> Value
  ) async throws(PCSCFault) -> Value {
    let start = ContinuousClock.now
    defer { budget -= start.duration(to: .now) }
    return try await ask(budget)
  }
}
