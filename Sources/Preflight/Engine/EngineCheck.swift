/// What a rule of an ``Engine`` judges with: a pure function of facts, without input, output or clock.
public protocol EngineCheck: Sendable {
  /// The names of the facts that it may read. Only the sources of these are asked.
  var facts: Set<String> { get }

  /// Judges the facts.
  ///
  /// - Throws: ``NotKnown`` if a fact that the judgement depends on is not known: the rule is then undecided. It is what
  ///   ``KnownFacts`` throws.
  func judge(_ facts: KnownFacts) throws(NotKnown) -> CheckAnswer
}

/// What a check found, in words for people.
public enum CheckAnswer: Sendable, Hashable {
  case pass(String)
  case fail(String)
}

/// Why a fact is not known.
public struct NotKnown: Error, Sendable {
  let why: Unavailability

  /// The reason in words.
  public var message: String { why.message.rendered(in: .english) }
}

/// What is known when a check judges.
public struct KnownFacts: Sendable {
  private let facts: Facts

  init(_ facts: Facts) { self.facts = facts }

  /// Returns the value of a fact that is a boolean.
  ///
  /// - Throws: ``NotKnown`` if it is not known, absent, or not a boolean.
  public func boolean(_ name: String) throws(NotKnown) -> Bool {
    guard case .boolean(let flag) = try value(name) else { throw otherType(name, "a boolean") }
    return flag
  }

  /// Returns the value of a fact that is an integer.
  ///
  /// - Throws: ``NotKnown`` if it is not known, absent, or not an integer.
  public func integer(_ name: String) throws(NotKnown) -> Int {
    guard case .integer(let number) = try value(name) else { throw otherType(name, "an integer") }
    return number
  }

  /// Returns the value of a fact that is a text, whether about a person or not.
  ///
  /// A message does not mask what it says about a person: do not put such text there.
  ///
  /// - Throws: ``NotKnown`` if it is not known, absent, or not a text.
  public func text(_ name: String) throws(NotKnown) -> String {
    switch try value(name) {
    case .text(let text): return text
    case .personal(let text): return text.unmasked
    default: throw otherType(name, "a text")
    }
  }

  /// Returns whether a source looked for the fact and found none.
  public func isAbsent(_ name: String) -> Bool { facts[FactName(name)].isAbsent }

  private func value(_ name: String) throws(NotKnown) -> FactValue {
    let fact = facts[FactName(name)]
    switch fact.state {
    case .known(let value): return value
    case .absent: throw NotKnown(why: Unavailability(.notGiven, fact.absence))
    case .unavailable(let why): throw NotKnown(why: why)
    }
  }

  private func otherType(_ name: String, _ type: String) -> NotKnown {
    NotKnown(
      why: Unavailability(.malformed, LocalizedText(everywhere: Text("\(name) is not \(type)"))))
  }
}

/// A check of another program, as the core calls it.
struct FactJudge: Judge {
  private let check: any EngineCheck

  init(_ check: any EngineCheck) { self.check = check }

  var facts: Set<FactName> { Set(check.facts.map { FactName($0) }) }

  func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    do throws(NotKnown) {
      switch try check.judge(KnownFacts(facts)) {
      case .pass(let words): return .pass(fr: Text(words), en: Text(words))
      case .fail(let words): return .fail(fr: Text(words), en: Text(words))
      }
    } catch {
      throw error.why
    }
  }
}
