import Crypto
package import JSON
package import Preflight

/// The circumstances of a verdict, as all reports show them.
package struct RunDetails: Sendable {
  /// The path of the rule file, as the user wrote it.
  package let rulesPath: String
  /// The SHA-256 of the rule file, in hexadecimal.
  package var rulesDigest: String { digestOfRules() }
  private let digestOfRules: @Sendable () -> String
  /// When the run began.
  package let startedAt: Moment
  /// How long the run took, in milliseconds.
  package let durationMs: Int
  /// Whether the caller named the rule file; otherwise other commands find the same one.
  package var rulesAreNamed = false
  /// The card that was judged. Nil if no rule needed one.
  package var card: CardMark?
  /// The billing situation that was selected. Nil if none was.
  package var selection: SelectionMark?
  /// The labels that distinguish the metrics from those of other verdicts.
  package var marks: [Label] = []
  /// The labels that the caller gave.
  package var labels: [Label] = []
  /// The plugins that the rules use, sorted by name.
  package var plugins: [ProgramMark] = []
  /// The PKCS#11 module that read the card. Nil if none did.
  package var module: ProgramMark?
  /// The facts that were not given, if files take the card's place, and without which no decision is
  /// possible.
  package var missing: [FactDeclaration] = []

  /// - Parameter rulesDigest: computed each time that it is written, because most reports do without it.
  package init(
    rulesPath: String, rulesDigest: @autoclosure @escaping @Sendable () -> String, startedAt: Moment,
    durationMs: Int
  ) {
    self.rulesPath = rulesPath
    digestOfRules = rulesDigest
    self.startedAt = startedAt
    self.durationMs = durationMs
  }
}

/// Third-party code that took part in a verdict: a plugin, or the PKCS#11 module.
package struct ProgramMark: Sendable, Hashable {
  /// The name of the plugin. Nil for a module.
  package let name: String?
  /// The path of its file.
  package let path: String
  /// The SHA-256 of its file, in hexadecimal. Nil if the file may be executed but not read.
  package let sha256: String?

  package init(name: String? = nil, path: String, sha256: String?) {
    self.name = name
    self.path = path
    self.sha256 = sha256
  }

  /// Creates the mark of the file at `path` in its present state.
  package init(name: String? = nil, fileAt path: String) {
    self.init(name: name, path: path, sha256: FileDigest.of(fileAt: path))
  }
}

/// Identifies a card and its reader without revealing the card's number.
package struct CardMark: Sendable, Hashable {
  /// The name of the reader. Nil if it is not known.
  package let reader: String?
  /// The ATR, in hexadecimal. Nil if it is not known.
  package let atr: String?
  /// The check value of the card's number. Nil if the number is not known.
  package let numberCheck: String?

  package init(reader: String?, atr: String?, numberCheck: String?) {
    self.reader = reader
    self.atr = atr
    self.numberCheck = numberCheck
  }

  /// Creates the mark of the card that the facts are about. Returns nil if its reader, ATR and number are not known.
  package init?(_ facts: Facts, key: SigningKey?) {
    // The check value of a mask would be the same for many cards.
    let number: Personal? =
      if case .personal(let number)? = facts[.cardNumber].value, !number.isMask { number } else { nil }
    self.init(
      reader: try? facts.text(.cardReader), atr: try? facts.text(.cardATR),
      numberCheck: number.map { CheckValue.of($0, key: key) })
    if reader == nil, atr == nil, numberCheck == nil { return nil }
  }

  /// Whether the mark distinguishes the card from other cards. The reader alone does not, since it takes any card.
  package var tellsCard: Bool { atr?.isEmpty == false || numberCheck?.isEmpty == false }
}

/// Identifies the selected billing situation: by `--situation`, or by the check value of `--am`.
package struct SelectionMark: Sendable, Hashable {
  /// The position of the situation in the card's list, counted from 1. Nil if it was selected by its identifier.
  package let situation: Int?
  /// The check value of the billing identifier. Nil if the situation was selected by its position.
  package let identifierCheck: String?

  /// Creates a mark from the members of a verdict file.
  package init(situation: Int? = nil, identifierCheck: String? = nil) {
    self.situation = situation
    self.identifierCheck = identifierCheck
  }

  /// Creates the mark of a selection. Returns nil if no situation was selected.
  package init?(_ selection: SituationSelection, key: SigningKey?) {
    switch selection {
    case .any: return nil
    case .position(let number): self.init(situation: number)
    case .identifier(let identifier):
      // The check value is the same with any padding, and with the key or without.
      let number = BillingIdentifier.mostLikelyNumber(in: identifier.unmasked) ?? identifier.unmasked
      self.init(identifierCheck: CheckValue.of(Personal(number, as: .identifier), key: key))
    }
  }
}

// MARK: - As the document has them

extension ProgramMark: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("path", path)
      json.member("sha256", sha256)
    }
  }
}

extension CardMark: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("reader", reader)
      json.member("atr", atr)
      json.member("numberCheck", numberCheck)
    }
  }
}

extension SelectionMark: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("situation", situation)
      json.member("identifierCheck", identifierCheck)
    }
  }
}

// MARK: - Check values

/// A value that distinguishes card numbers or billing identifiers without revealing them.
enum CheckValue {
  /// With a key, this is an HMAC: as good as the number for comparing, but of no use to anyone without the key.
  ///
  /// Without a key, it is a few bits of a digest, which many numbers share. With more bits, or with a salt that
  /// changes from verdict to verdict, the number could be found by trying all of them.
  static func of(_ number: Personal, key: SigningKey?) -> String {
    let bytes = Array("cps-preflight/number/1\0\(number.unmasked)".utf8)
    guard let key else { return Hexadecimal.text(of: Array(SHA256.hash(data: bytes)).prefix(length(number))) }
    return Hexadecimal.text(of: key.code(of: bytes))
  }

  /// The length in bytes. Masks show two of the nine digits of a billing identifier and one digit is a key, so a
  /// million numbers are possible.
  private static func length(_ number: Personal) -> Int { number.kind == .cardNumber ? 2 : 1 }
}
