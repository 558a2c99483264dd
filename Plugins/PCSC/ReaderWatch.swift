package import Preflight

/// The readers and what is in them, now and from then on; no card is touched.
package struct ReaderWatch: Sendable {
  private let asked: String?
  private let time: Duration

  /// - Parameters:
  ///   - reader: only readers whose name contains it; all where `nil`.
  ///   - time: how long the service may take.
  package init(reader: String?, within time: Duration) {
    asked = reader
    self.time = time
  }

  /// What is in the readers now. Throws why that cannot be known.
  package func readers() async throws(Unavailability) -> [CardReader] {
    do throws(PCSCFault) {
      let service = try await PCSCService.connect(within: time)
      let states = try await states(service)
      await service.release()
      return states.map(\.reader)
    } catch {
      throw Unavailability(error, within: time)
    }
  }

  /// Tells what is in the readers, and again at each change, for ever.
  ///
  /// Throws what `tell` throws, and an ``Unavailability`` where the service goes away.
  @MainActor
  package func follow(_ tell: @MainActor ([CardReader]) throws -> Void) async throws {
    do {
      let service = try await PCSCService.connect(within: time)
      var told: [CardReader]?
      while true {
        let states = try await states(service)
        let readers = states.map(\.reader)
        if readers != told { try tell(readers) }
        told = readers
        _ = try await service.change(from: states, waiting: nil, within: time)
      }
    } catch let fault as PCSCFault {
      throw Unavailability(fault, within: time)
    }
  }

  private func states(_ service: PCSCService) async throws(PCSCFault) -> [ReaderState] {
    let names = try await service.readerNames(within: time)
    return try await service.states(of: names.filter(isWanted), within: time)
  }

  private func isWanted(_ name: String) -> Bool {
    asked.map { name.lowercased().contains($0.lowercased()) } ?? true
  }
}
