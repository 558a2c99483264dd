package import Preflight

/// A watch on the readers and their content. No card is touched.
package struct ReaderWatch: Sendable {
  private let asked: String?
  private let time: Duration

  /// - Parameters:
  ///   - reader: part of the names of the readers to watch; all readers if `nil`.
  ///   - time: how long the service may take.
  package init(reader: String?, within time: Duration) {
    asked = reader
    self.time = time
  }

  /// The readers and their current content.
  ///
  /// - Throws: ``Unavailability`` with the reason why that cannot be known.
  package func readers() async throws(Unavailability) -> [CardReader] {
    do throws(PCSCFault) { return try await found() } catch { throw Unavailability(error, within: time) }
  }

  /// The readers and their current content.
  func found() async throws(PCSCFault) -> [CardReader] {
    let end = ContinuousClock.now + time
    let service = try await PCSCService.connect(within: time)
    do throws(PCSCFault) {
      let states = try await states(service, until: end)
      await service.release()
      return states.map(\.reader)
    } catch {
      await service.release(after: error)
      throw error
    }
  }

  /// Calls `tell` with the readers and their content now and after each change, forever.
  ///
  /// - Throws: ``Unavailability`` if the service goes away, and any error that `tell` throws.
  @MainActor
  package func follow(_ tell: @MainActor ([CardReader]) throws -> Void) async throws {
    do {
      let service = try await PCSCService.connect(within: time)
      var told: [CardReader]?
      while true {
        let states = try await states(service, until: .now + time)
        let readers = states.map(\.reader)
        if readers != told { try tell(readers) }
        told = readers
        // Waits for a minute at most, so that a service that hangs is noticed.
        _ = try await service.change(from: states, waiting: .seconds(60), within: time)
      }
    } catch let fault as PCSCFault {
      throw Unavailability(fault, within: time)
    }
  }

  private func states(
    _ service: PCSCService, until end: ContinuousClock.Instant
  ) async throws(PCSCFault) -> [ReaderState] {
    var mayRetry = true
    while true {
      let names = try await service.readerNames(within: ContinuousClock.now.duration(to: end))
      do throws(PCSCFault) {
        let wanted = names.filter { isWanted($0.text) }
        return try await service.states(of: wanted, within: ContinuousClock.now.duration(to: end))
      } catch {
        // A reader went away between the two calls.
        guard mayRetry, case .status(let status) = error, status.isAboutReaders else { throw error }
        mayRetry = false
      }
    }
  }

  private func isWanted(_ name: String) -> Bool {
    asked.map { name.lowercased().contains($0.lowercased()) } ?? true
  }
}
