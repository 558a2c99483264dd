import Crypto
package import JSON
package import Preflight

/// What a verdict is a verdict of, as every report says it.
package struct RunDetails: Sendable {
  /// The rule file as the user named it.
  package let rulesPath: String
  /// The SHA-256 of the rule file, in hexadecimal.
  package let rulesDigest: String
  /// When the run began.
  package let startedAt: Moment
  package let durationMs: Int
  /// Which card it was about; nil if no rule asked for one.
  package var card: CardMark?
  /// Which billing situation was selected; nil if none was.
  package var selection: SelectionMark?
  /// What tells its metrics from those of another card.
  package var cardLabel: Label?
  /// What the caller says of it.
  package var labels: [Label] = []
  /// The plugins that the rules use, by name.
  package var plugins: [ProgramMark] = []
  /// The PKCS#11 module that read the card; nil if none did.
  package var module: ProgramMark?

  package init(rulesPath: String, rulesDigest: String, startedAt: Moment, durationMs: Int) {
    self.rulesPath = rulesPath
    self.rulesDigest = rulesDigest
    self.startedAt = startedAt
    self.durationMs = durationMs
  }
}

/// A program of others that took part in a verdict: a plugin, or the PKCS#11 module.
package struct ProgramMark: Sendable, Hashable {
  /// The name of the plugin; a module has none.
  package let name: String?
  package let path: String
  /// The SHA-256 of its file, in hexadecimal; nil if the file can be run and not read.
  package let sha256: String?

  package init(name: String? = nil, path: String, sha256: String?) {
    self.name = name
    self.path = path
    self.sha256 = sha256
  }

  /// The program in that file, as it is now.
  package init(name: String? = nil, fileAt path: String) {
    self.init(name: name, path: path, sha256: FileDigest.of(fileAt: path))
  }
}

/// What tells that it is the same card in the same reader, without telling its number.
package struct CardMark: Sendable, Hashable {
  package let reader: String?
  package let atr: String?
  /// The check value of its number.
  package let numberCheck: String?

  package init(reader: String?, atr: String?, numberCheck: String?) {
    self.reader = reader
    self.atr = atr
    self.numberCheck = numberCheck
  }

  /// The card that those facts are about; nil if nothing in them tells it from another.
  package init?(_ facts: Facts, key: SigningKey?) {
    // The check value of a mask would be that of many cards.
    let number: Personal? =
      if case .personal(let number)? = facts[.cardNumber].value, !number.isMask { number } else { nil }
    self.init(
      reader: try? facts.text(.cardReader), atr: try? facts.text(.cardATR),
      numberCheck: number.map { CheckValue.of($0, key: key) })
    if reader == nil, atr == nil, numberCheck == nil { return nil }
  }

  /// Whether it tells the card from another one: the reader alone holds any.
  package var tellsCard: Bool { atr?.isEmpty == false || numberCheck?.isEmpty == false }
}

/// What tells that it is the same billing situation: `--situation`, or the check value of `--am`.
package struct SelectionMark: Sendable, Hashable {
  package let situation: Int?
  package let identifierCheck: String?

  package init(situation: Int? = nil, identifierCheck: String? = nil) {
    self.situation = situation
    self.identifierCheck = identifierCheck
  }

  /// Returns nil if no situation was selected.
  package init?(_ selection: SituationSelection, key: SigningKey?) {
    switch selection {
    case .any: return nil
    case .position(let number): self.init(situation: number)
    case .identifier(let identifier):
      // However it is padded, and with its key or without, it is the same.
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

/// What tells one number from another without telling the number: that of a card, or a billing identifier.
enum CheckValue {
  /// With a key, an HMAC, which is as good as the number for comparing, and leads to it for nobody without the key.
  ///
  /// Without, a few bits of a digest, which as many other numbers have in common: more of them, or a salt that differs
  /// from verdict to verdict and gives others each time, would lead to the number by trying all there are.
  static func of(_ number: Personal, key: SigningKey?) -> String {
    let bytes = Array("cps-preflight/number/1\0\(number.unmasked)".utf8)
    guard let key else { return Hexadecimal.text(of: Array(SHA256.hash(data: bytes)).prefix(length(number))) }
    return Hexadecimal.text(of: key.code(of: bytes))
  }

  /// In bytes. Masks show two of the nine digits of a billing identifier, one of which is a key: there are a million.
  private static func length(_ number: Personal) -> Int { number.kind == .cardNumber ? 2 : 1 }
}
