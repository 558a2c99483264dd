/// One named thing known about the card or the workstation, or the reason why it is not known.
package struct Fact: Sendable, Hashable {
  /// What is known about a fact.
  package enum State: Sendable, Hashable {
    case known(FactValue)
    /// The source looked and found none. This is knowledge, unlike ``unavailable(_:)``.
    case absent
    /// Indirect, so that the many facts that are known take less memory.
    indirect case unavailable(Unavailability)
  }

  /// The name, unique in a run.
  package let name: FactName
  /// The value, its absence, or why it is not known.
  package let state: State
  /// The source that reported the fact, such as `cryptolib` or the path of a facts file.
  package private(set) var source: String
  /// Further detail from the source, such as which of several places the value was read from. Nil if there is none.
  package var note: LocalizedText? { notes.first }
  /// The note, if there is one. Few facts have one, and a list takes less memory.
  private let notes: [LocalizedText]

  /// Creates a fact whose value is known.
  package init(_ name: FactName, _ value: FactValue, source: String, note: LocalizedText? = nil) {
    self.name = name
    self.state = .known(value)
    self.source = source
    notes = note.map { [$0] } ?? []
  }

  /// Creates a fact that is not known, with the reason.
  package init(_ name: FactName, unavailable why: Unavailability, source: String) {
    self.name = name
    self.state = .unavailable(why)
    self.source = source
    notes = []
  }

  /// Returns the same fact, reported by several sources, which are named together.
  func from(_ sources: String) -> Fact {
    var fact = self
    fact.source = sources
    return fact
  }

  /// Creates a fact of which the source says that there is none.
  package init(absent name: FactName, source: String) {
    self.name = name
    self.state = .absent
    self.source = source
    notes = []
  }

  /// The value. Nil if it is absent or not known.
  package var value: FactValue? {
    if case .known(let value) = state { value } else { nil }
  }

  /// Whether a source reports that there is none.
  package var isAbsent: Bool { state == .absent }

  /// The sentence that says that there is none.
  package var absence: LocalizedText {
    LocalizedText(
      fr: "\(name.rawValue) : il n'y en a pas, d'après \(source)",
      en: "\(name.rawValue): there is none, according to \(source)")
  }
}

/// The reason why something is not known. Thrown by the code that needed it.
package struct Unavailability: Error, Sendable, Hashable {
  /// The kinds of reasons. Facts files and tests of rules use the raw values.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// A required service or program is missing.
    case service
    /// It did not answer in time.
    case timeout
    /// No source was asked, or the source that was asked does not know.
    case notGiven = "not-given"
    /// Two sources contradict each other.
    case disagreement
    /// What was read is malformed.
    case malformed
    /// The card was removed while it was being read.
    case cardRemoved = "card-removed"
    /// Another program has exclusive use of the card.
    case cardInUse = "card-in-use"
    /// There are several candidates, and none was chosen.
    case ambiguous
    /// A plugin could not answer, for a reason of its own.
    case plugin
    /// The comparison needed more work than is allowed.
    case limit
    /// The program or library that knows it was not run, because other users could have changed it.
    case unsafe

    /// Whether there seems to be nothing to know, rather than a reading that failed or was contradicted.
    package var isLackOfKnowledge: Bool { self == .notGiven || self == .service || self == .malformed }
  }

  /// Who has to correct something, where the kind of reason does not tell it.
  package enum Correction: Sendable, Hashable {
    /// Whoever maintains the plugin: it does not do what the protocol says, or ends with an error.
    case plugin
    /// Whoever runs what gives the fact, which is no card.
    case giver
  }

  /// The kind of reason, which decides the exit code.
  package let reason: Reason
  private let sentence: Sentence
  /// Whether no other source's value is taken in its place: what was read speaks against it.
  let stands: Bool
  /// Which of the check's cases this is. Nil unless a check reports one.
  package let found: FoundCase?
  /// Who has to correct something. Nil if the kind of reason tells it.
  package let correction: Correction?

  /// The sentence, or what it is made of: most facts that nobody gives are never mentioned.
  private enum Sentence: Sendable, Hashable {
    case told(LateText)
    case nobodyGives(FactName)
  }

  /// The sentence that reports show.
  package var message: LocalizedText {
    switch sentence {
    case .told(let message): message.made
    case .nobodyGives(let name):
      LocalizedText(
        fr: "\(name.rawValue) n'est pas connu : aucune source ne le donne",
        en: "\(name.rawValue) is not known: no source gives it")
    }
  }

  /// - Parameters:
  ///   - reason: the kind of reason.
  ///   - message: the sentence that reports show. It is made when it is read.
  ///   - found: the case of the check, if this is one.
  ///   - correction: who has to correct something, where the kind of reason does not tell it.
  package init(
    _ reason: Reason, _ message: @autoclosure @escaping @Sendable () -> LocalizedText,
    case found: FoundCase? = nil, by correction: Correction? = nil
  ) {
    self.init(reason, .told(LateText(message)), found, by: correction)
  }

  /// Creates the reason why something that was read is not known, and no value of another source is believed.
  package init(
    standing reason: Reason, _ message: @autoclosure @escaping @Sendable () -> LocalizedText,
    by correction: Correction? = nil
  ) {
    self.init(reason, .told(LateText(message)), nil, stands: true, by: correction)
  }

  private init(
    _ reason: Reason, _ sentence: Sentence, _ found: FoundCase?, stands: Bool = false,
    by correction: Correction? = nil
  ) {
    self.stands = stands
    self.correction = correction
    self.reason = reason
    self.sentence = sentence
    self.found = found
  }

  /// Creates the reason why a fact is not known that no source gives.
  init(nobodyGives name: FactName) { self.init(.notGiven, .nobodyGives(name), nil) }

  /// The ``message``, not made yet.
  var lateMessage: LateText {
    if case .told(let message) = sentence { return message }
    let why = self
    return LateText { why.message }
  }

  /// Returns the same reason as no case of a check.
  package var inNoCase: Unavailability {
    Unavailability(reason, sentence, nil, stands: stands, by: correction)
  }

  /// Returns the same reason as a case of a check.
  package func `in`(_ found: FoundCase) -> Unavailability {
    Unavailability(reason, sentence, found, stands: stands, by: correction)
  }
}

extension Unavailability.Reason {
  /// The exit code of a run in which a blocking rule is undecided for this reason; see docs/exit-codes.md.
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

extension Unavailability.Reason {
  /// How much weight the reason has if several sources do not know a fact. That one source read something
  /// doubtful must not be lost because another one was not there: some rules do without a fact that nobody
  /// could give.
  var weight: Int {
    switch self {
    case .notGiven: 0
    case .service: 1
    case .timeout, .malformed, .cardRemoved, .cardInUse, .ambiguous, .plugin, .limit: 2
    case .unsafe: 3
    case .disagreement: 4
    }
  }
}
