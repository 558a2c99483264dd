import Preflight
import Synchronization

/// A card in a reader, with the connection through which it was seen.
struct WatchedCard: Sendable {
  let service: PCSCService
  /// What the service said of its reader.
  let state: ReaderState

  /// Whether no card has come or gone in the reader since, and it is still there.
  func isThere(within time: Duration) async throws(PCSCFault) -> Bool {
    let now: ReaderState?
    do throws(PCSCFault) {
      now = try await service.states(of: [state.name], within: time).first
    } catch {
      if case .status(let status) = error, status.isAboutReaders { return false }
      throw error
    }
    guard let now else { return false }
    return now.events == state.events && now.flags.contains(.present)
      && now.flags.isDisjoint(with: [.unknown, .unavailable])
  }
}

/// The card that a source has found, until it looks again or is no longer needed.
final class CardWatch: Sendable {
  private let card = Mutex<WatchedCard?>(nil)

  deinit { end() }

  /// Watches a card, or none, instead of the one before.
  func begin(_ card: WatchedCard?) {
    end()
    self.card.withLock { $0 = card }
  }

  /// Returns why the card may have been exchanged meanwhile; nil if it was not, or none is watched. The watch ends.
  func doubt(within time: Duration) async -> Unavailability? {
    guard let card = card.withLock({ $0.take() }) else { return nil }
    do throws(PCSCFault) {
      let isThere = try await card.isThere(within: time)
      card.service.releaseLater()
      return isThere ? nil : .exchanged(in: card.state.name.text)
    } catch {
      await card.service.release(after: error)
      return Unavailability(error, within: time)
    }
  }

  private func end() { card.withLock { $0.take() }?.service.releaseLater() }
}
