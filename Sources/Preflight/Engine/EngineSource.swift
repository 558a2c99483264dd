/// Something that gathers facts for an ``Engine``.
///
/// It never guesses: for a fact that it cannot know, it says why.
public protocol EngineSource: Sendable {
  /// The name that messages show.
  var name: String { get }

  /// The names of the facts that it may give, such as `shop.open`.
  var facts: Set<String> { get }

  /// Gathers the `wanted` facts. One that is left out is not known.
  func gather(_ wanted: Set<String>) async -> [String: FactAnswer]
}

/// What a source says of a fact.
public enum FactAnswer: Sendable, Hashable {
  case boolean(Bool)
  case integer(Int)
  case text(String)
  /// A text about a person, which is masked wherever messages show it.
  case personal(String)
  /// There is none: the source looked.
  case absent
  /// It cannot be known now, for that reason; another time it may.
  case unavailable(String)
  /// It cannot be known, as a service is missing that has to be repaired first.
  case serviceMissing(String)
}

/// A source of another program, as the core asks it.
struct AskedSource: Source {
  private let source: any EngineSource

  init(_ source: any EngineSource) { self.source = source }

  var name: String { source.name }

  var provides: Set<FactName> { Set(source.facts.map { FactName($0) }) }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let answers = await source.gather(Set(wanted.map(\.rawValue)))
    // Facts that were not asked for do not count, and those that were asked for but not given are not known.
    return wanted.map { name in
      func unknown(_ reason: Unavailability.Reason, _ words: String) -> Fact {
        let why = Unavailability(reason, LocalizedText(everywhere: Text(words)))
        return Fact(name, unavailable: why, source: self.name)
      }
      return switch answers[name.rawValue] {
      case .boolean(let flag): Fact(name, .boolean(flag), source: self.name)
      case .integer(let number): Fact(name, .integer(number), source: self.name)
      case .text(let text): Fact(name, .text(text), source: self.name)
      case .personal(let text): Fact(name, .personal(Personal(text, as: .other)), source: self.name)
      case .absent: Fact(absent: name, source: self.name)
      case .unavailable(let words): unknown(.notGiven, words)
      case .serviceMissing(let words): unknown(.service, words)
      case nil: unknown(.notGiven, "\(self.name) does not say \(name.rawValue)")
      }
    }
  }
}

/// A workstation about which nothing is known: an engine's sources look for themselves.
struct NoWorkstation: WorkstationAccess {
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8] { throw .missing }
  func names(in folder: String) throws(FileFault) -> [String] { throw .missing }
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput { throw .missing }
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool,
    within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] { throw .missing }
  var hasCode: Bool { false }
  func announce(_ words: LocalizedText) {}
}
