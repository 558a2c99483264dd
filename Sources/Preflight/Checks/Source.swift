/// Something that gathers facts: a library, a folder of the workstation, a file.
///
/// A source never guesses: what it could not learn it gives as unavailable, with the reason.
package protocol Source: Sendable {
  /// How reports name it.
  var name: String { get }

  /// The facts it may know about.
  var provides: Set<FactName> { get }

  /// Whether the answer is at hand, so that no deadline is needed.
  var answersAtOnce: Bool { get }

  /// How long it may wait for a person to do something, besides the time it takes itself.
  var patience: Duration { get }

  /// How long after its deadline its answer may still come, where it keeps the time itself: what it started has to be
  /// ended before the run goes on, on a busy machine as well.
  var lateness: Duration { get }

  /// The facts it has to know before it is asked, where another source gives them; that one is then asked for them.
  var follows: Set<FactName> { get }

  /// Whether it asks for the code porteur to learn those facts.
  func asksForCode(for wanted: Set<FactName>) -> Bool

  /// Why what it needs would be refused as unsafe, as far as that can be known before anything is asked; nil if nothing is.
  func refusal(from workstation: any WorkstationAccess) -> Unavailability?

  /// Learns what it can about the `wanted` facts, from what the workstation offers.
  ///
  /// - Parameter known: what is known by then, with the facts that it ``follows``.
  /// - Parameter deadline: how long it may take, besides its ``patience``. A source that takes longer is left
  ///   alone, and its facts are unavailable: one that keeps the time itself can say more of the reason.
  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact]
}

extension Source {
  package var answersAtOnce: Bool { false }
  package var patience: Duration { .zero }
  package var lateness: Duration { .seconds(2) }
  package var follows: Set<FactName> { [] }
  package func asksForCode(for wanted: Set<FactName>) -> Bool { false }
  package func refusal(from workstation: any WorkstationAccess) -> Unavailability? { nil }
}

/// What a rule file may say under `sources:`, and how the source is made of it.
package struct SourceDeclaration: Sendable {
  package let name: String
  package let summary: LocalizedText
  /// What may be said of it in a rule file.
  package let options: [Parameter]
  /// The options that are offered to those who write rules.
  package var publicOptions: [Parameter] { options.filter(\.isPublic) }
  /// Whether its facts are those of a card, whose place `--facts` and `--report` take.
  package let readsCard: Bool
  /// Makes the source.
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
