import Preflight

/// Which Cryptolib a card needs, as far as is known.
struct CryptolibRequirements {
  /// A required version, and why it is required.
  struct Requirement {
    let version: Version
    let reason: LocalizedText
  }

  /// A doubt about what the card needs: the reason, and the highest version that it may need.
  struct Doubt {
    let why: Unavailability
    let highest: Version
  }

  /// The highest requirement that certainly applies.
  var highest: Requirement
  var doubts: [Doubt] = []
  /// The unknown facts that were left out of the judgement.
  var missing: [LocalizedText] = []
  /// The highest version that the card would need by those.
  var highestByMissing: Version?

  /// The highest version that the card may need, whatever is not known of it: the one to install.
  var mayNeed: Version { max(highestInDoubt.version, highestByMissing ?? highest.version) }

  /// Whether a version is recent enough for the card.
  enum Standing: Int, Comparable {
    case tooOld
    case inDoubt
    case enough

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Compares a version with the requirements.
  func standing(of version: Version) -> Standing {
    if version < highest.version { return .tooOld }
    return doubts.contains { version < $0.highest } ? .inDoubt : .enough
  }

  /// The highest version that the card may need.
  var highestInDoubt: Requirement {
    doubts.filter { $0.highest > highest.version }.max { $0.highest < $1.highest }.map {
      Requirement(version: $0.highest, reason: $0.why.message)
    } ?? highest
  }

  mutating func add(_ version: Version, _ reason: LocalizedText) {
    if version > highest.version { highest = Requirement(version: version, reason: reason) }
  }

  /// Records a fact that is unknown. A fact that was not given is left out of the judgement; a contradictory, malformed
  /// or late one leaves the requirement in doubt.
  mutating func add(_ why: Unavailability, upTo version: Version, withoutIt missing: LocalizedText) {
    switch why.reason {
    case .disagreement, .malformed, .timeout, .cardRemoved, .cardInUse, .ambiguous, .plugin, .limit, .unsafe:
      doubts.append(Doubt(why: why, highest: version))
    case .notGiven, .service:
      self.missing.append(missing)
      highestByMissing = max(version, highestByMissing ?? version)
    }
  }
}
