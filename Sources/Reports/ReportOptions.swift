package import Preflight

/// How a report is to be written.
package struct ReportOptions: Sendable {
  package let language: Language
  package let disclosure: Disclosure
  /// Whether colours may be used.
  package let colour: Bool
  /// Whether to say more than what a person at a counter needs.
  package let verbose: Bool

  package init(language: Language, disclosure: Disclosure, colour: Bool = false, verbose: Bool = false) {
    self.language = language
    self.disclosure = disclosure
    self.colour = colour
    self.verbose = verbose
  }

  /// The same, without colours whatever the output: for formats that have none.
  var withoutColour: ReportOptions {
    ReportOptions(language: language, disclosure: disclosure, verbose: verbose)
  }

  /// The words as this report writes them.
  func words(_ text: LocalizedText) -> String { text.rendered(in: language, disclosure) }

  /// One of two wordings.
  func say(fr: String, en: String) -> String { language == .french ? fr : en }
}

/// What a verdict is a verdict of, as every report says it.
package struct RunDetails: Sendable {
  /// The rule file as the user named it.
  package let rulesPath: String
  /// The SHA-256 of the rule file, in hexadecimal.
  package let rulesDigest: String
  /// When the run began, RFC 3339.
  package let startedAt: String
  package let durationMs: Int
  /// Which card it was about; nothing where no rule asked for one.
  package var card: CardMark?
  /// Which billing situation was selected; nothing where none was.
  package var selection: SelectionMark?
  /// What tells its metrics from those of another card.
  package var cardLabel: Label?
  /// What the caller says of it.
  package var labels: [Label] = []
  /// The plugins that the rules use, by name.
  package var plugins: [ProgramMark] = []
  /// The PKCS#11 module that read the card; nothing where none did.
  package var module: ProgramMark?

  package init(rulesPath: String, rulesDigest: String, startedAt: String, durationMs: Int) {
    self.rulesPath = rulesPath
    self.rulesDigest = rulesDigest
    self.startedAt = startedAt
    self.durationMs = durationMs
  }
}

/// A program of others that took part in a verdict: a plugin, or the PKCS#11 module.
package struct ProgramMark: Sendable, Hashable, Encodable {
  /// The name of the plugin; a module has none.
  package let name: String?
  package let path: String
  /// The SHA-256 of its file, in hexadecimal; nothing where the file can be run and not read.
  package let sha256: String?

  package init(name: String? = nil, path: String, sha256: String?) {
    self.name = name
    self.path = path
    self.sha256 = sha256
  }
}

/// What tells that it is the same card in the same reader, without telling its number.
package struct CardMark: Sendable, Hashable, Encodable {
  package let reader: String?
  package let atr: String?
  /// The check value of its number.
  package let numberCheck: String?

  package init(reader: String?, atr: String?, numberCheck: String?) {
    self.reader = reader
    self.atr = atr
    self.numberCheck = numberCheck
  }

  /// Whether it tells the card from another one: the reader alone holds any.
  package var tellsCard: Bool { atr?.isEmpty == false || numberCheck?.isEmpty == false }
}

/// What tells that it is the same billing situation: `--situation`, or the check value of `--am`.
package struct SelectionMark: Sendable, Hashable, Encodable {
  package let situation: Int?
  package let identifierCheck: String?

  package init(situation: Int? = nil, identifierCheck: String? = nil) {
    self.situation = situation
    self.identifierCheck = identifierCheck
  }
}
