/// Something that gathers facts: a library, a folder of the workstation, a file.
///
/// A source never guesses: it returns a fact that it cannot determine as unavailable, with the reason.
package protocol Source: Sendable {
  /// The name that reports show.
  var name: String { get }

  /// The facts that it may provide.
  var provides: Set<FactName> { get }

  /// Whether it answers without waiting, so that it needs no deadline. False by default.
  var answersAtOnce: Bool { get }

  /// How long it may wait for a person to act, in addition to its deadline. Zero by default.
  var patience: Duration { get }

  /// How long after its deadline an answer is still accepted from a source that keeps the time itself: it must end
  /// what it started, even on a busy machine. Two seconds by default.
  var lateness: Duration { get }

  /// The facts that it needs to know before it is asked. If another source provides them, that one is asked first.
  /// None by default.
  var follows: Set<FactName> { get }

  /// Returns whether it asks for the code porteur to find the `wanted` facts. False by default.
  func asksForCode(for wanted: Set<FactName>) -> Bool

  /// Returns why something it needs would be refused as unsafe, as far as that can be known before asking. Nil if
  /// nothing is refused.
  func refusal(from workstation: any WorkstationAccess) -> Unavailability?

  /// Starts what the source will need and what takes long, while the sources that it follows are asked. It may never be asked
  /// then, so nothing that depends on a fact may happen. Does nothing by default.
  func start(on workstation: any WorkstationAccess)

  /// Asks a person for what the source needs, as long as that takes, just before the facts are gathered. Does nothing by
  /// default.
  ///
  /// - Parameters:
  ///   - wanted: the facts that will be looked for.
  ///   - known: the facts known so far.
  ///   - deadline: how long anything but the person may take.
  /// - Throws: `Unavailability` if the source must not be asked, with the reason.
  func prepare(
    for wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    with workstation: any WorkstationAccess
  ) async throws(Unavailability)

  /// Gathers the `wanted` facts, as far as the workstation provides them.
  ///
  /// - Parameters:
  ///   - wanted: the facts to look for; others may be returned as well.
  ///   - known: the facts known so far, among them those that it ``follows``.
  ///   - deadline: how long it may take, in addition to its ``patience``. A source that takes longer is abandoned
  ///     and its facts are unavailable; one that keeps the time itself can give a more precise reason.
  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact]

  /// Looks again, when all sources have answered, whether the card that they read was there all the time. Returns why it may not
  /// have been; nil by default.
  ///
  /// It is asked only if another source ``follows`` one of its facts.
  func doubt(
    knowing known: Facts, within deadline: Duration, from workstation: any WorkstationAccess
  ) async -> Unavailability?
}

extension Source {
  package var answersAtOnce: Bool { false }
  package var patience: Duration { .zero }
  package var lateness: Duration { .seconds(2) }
  package var follows: Set<FactName> { [] }
  package func asksForCode(for wanted: Set<FactName>) -> Bool { false }
  package func refusal(from workstation: any WorkstationAccess) -> Unavailability? { nil }
  package func start(on workstation: any WorkstationAccess) {}
  package func doubt(
    knowing known: Facts, within deadline: Duration, from workstation: any WorkstationAccess
  ) async -> Unavailability? { nil }
  package func prepare(
    for wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    with workstation: any WorkstationAccess
  ) async throws(Unavailability) {}
}

/// What a rule file may write under `sources:`, and how the source is created from it.
package struct SourceDeclaration: Sendable {
  /// The key under `sources:`.
  package let name: String
  /// One line about where its facts come from.
  package let summary: LocalizedText
  /// The options that a rule file may give.
  package let options: [Parameter]
  /// The options that schemas and listings show.
  package var publicOptions: [Parameter] { options.filter(\.isPublic) }
  /// Whether it provides the facts of a card. `--facts` and `--report` replace such a source.
  package let readsCard: Bool
  /// Creates the source from its options.
  ///
  /// - Throws: `ParameterError` if the options are invalid.
  package let make: @Sendable (Parameters) throws(ParameterError) -> any Source

  package init(
    name: String, summary: LocalizedText, options: [Parameter] = [], readsCard: Bool,
    make: @escaping @Sendable (Parameters) throws(ParameterError) -> any Source
  ) {
    self.name = name
    self.summary = summary
    self.options = options
    self.readsCard = readsCard
    self.make = make
  }
}
