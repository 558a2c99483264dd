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

  package init(rulesPath: String, rulesDigest: String, startedAt: String, durationMs: Int) {
    self.rulesPath = rulesPath
    self.rulesDigest = rulesDigest
    self.startedAt = startedAt
    self.durationMs = durationMs
  }
}
