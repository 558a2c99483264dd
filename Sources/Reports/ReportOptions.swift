package import Preflight
package import VerdictFile

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
  func words(_ text: LocalizedText) -> String { wording.words(text) }

  /// What of it documents need.
  package var wording: Wording { Wording(language, disclosure) }

  /// One of two wordings.
  func say(fr: Text, en: Text) -> String { words(LocalizedText(fr: fr, en: en)) }
}
