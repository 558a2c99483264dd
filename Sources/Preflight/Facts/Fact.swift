/// One named thing known about the card or the workstation, or the reason why it is not known.
package struct Fact: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case known(FactValue)
    /// The source looked, and says that there is none. This is known, unlike ``unavailable(_:)``.
    case absent
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

  /// A fact of which the source says that there is none.
  package init(absent name: FactName, source: String) {
    self.name = name
    self.state = .absent
    self.source = source
    self.note = nil
  }

  /// The value, where it is known.
  package var value: FactValue? {
    if case .known(let value) = state { value } else { nil }
  }

  /// Whether a source says that there is none.
  package var isAbsent: Bool { state == .absent }

  /// That there is none, in words.
  package var absence: LocalizedText {
    LocalizedText(
      fr: "\(name.rawValue) : il n'y en a pas, d'après \(source)",
      en: "\(name.rawValue): there is none, according to \(source)")
  }
}

/// Why something is not known. Thrown by whoever needed it.
package struct Unavailability: Error, Sendable, Hashable {
  /// The raw values are the words of facts files and of tests of rules.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// A needed service or program is absent.
    case service
    /// It did not answer in time.
    case timeout
    /// Nobody was asked, or whoever was asked does not know.
    case notGiven = "not-given"
    /// Two sources contradict each other.
    case disagreement
    /// What was read makes no sense.
    case malformed
    /// The card was taken out while it was being read.
    case cardRemoved = "card-removed"
    /// Another program holds the card for itself.
    case cardInUse = "card-in-use"
    /// There are several, and nobody said which.
    case ambiguous
    /// A plugin could not say, for reasons of its own.
    case plugin
    /// Comparing took more work than is allowed.
    case limit
    /// Others could have changed the program or library that knows it, so that it was not run.
    case unsafe
  }

  package let reason: Reason
  package let message: LocalizedText
  /// Which of the check's cases it is, where a check says so.
  package let found: FoundCase?

  package init(_ reason: Reason, _ message: LocalizedText, case found: FoundCase? = nil) {
    self.reason = reason
    self.message = message
    self.found = found
  }

  /// The same, as a case of a check.
  package func `in`(_ found: FoundCase) -> Unavailability { Unavailability(reason, message, case: found) }
}

extension Unavailability.Reason {
  /// The exit code of a blocking rule that is undecided for this reason; docs/exit-codes.md.
  package var exitCode: ExitCode {
    switch self {
    case .service: .serviceAbsent
    case .unsafe: .unsafe
    case .timeout, .notGiven, .disagreement, .malformed, .cardRemoved, .cardInUse, .ambiguous, .plugin,
      .limit:
      .undecided
    }
  }
}
