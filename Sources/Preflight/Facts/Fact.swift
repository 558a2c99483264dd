/// One named thing known about the card or the workstation, or the reason why it is not known.
package struct Fact: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case known(FactValue)
    case unavailable(Unavailability)
  }

  package let name: FactName
  package let state: State
  /// The source that spoke, such as `cryptolib` or the path of a facts file.
  package let source: String
  /// What else the source has to say about it, such as which of several places it was read from.
  package let note: LocalizedText?

  package init(_ name: FactName, _ value: FactValue, source: String, note: LocalizedText? = nil) {
    self.name = name
    self.state = .known(value)
    self.source = source
    self.note = note
  }

  package init(_ name: FactName, unavailable why: Unavailability, source: String) {
    self.name = name
    self.state = .unavailable(why)
    self.source = source
    self.note = nil
  }

  /// The value, where it is known.
  package var value: FactValue? {
    if case .known(let value) = state { value } else { nil }
  }
}

/// Why something is not known. Thrown by whoever needed it.
package struct Unavailability: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// A needed service or program is absent.
    case service
    /// It did not answer in time.
    case timeout
    /// Nobody was asked, or whoever was asked does not know.
    case notGiven
    /// Two sources contradict each other.
    case disagreement
    /// What was read makes no sense.
    case malformed
  }

  package let reason: Reason
  package let message: LocalizedText

  package init(_ reason: Reason, _ message: LocalizedText) {
    self.reason = reason
    self.message = message
  }

  /// The exit code of a blocking rule that is undecided for this reason; docs/exit-codes.md.
  package var exitCode: ExitCode {
    switch reason {
    case .service, .malformed: .serviceAbsent
    case .timeout, .notGiven, .disagreement: .undecided
    }
  }
}
