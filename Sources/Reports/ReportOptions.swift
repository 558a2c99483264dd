package import Preflight
package import VerdictFile

/// The options that all reports have in common.
package struct ReportOptions: Sendable {
  /// The language of the report.
  package let language: Language
  /// Whether personal data are masked or shown in full.
  package let disclosure: Disclosure
  /// Whether colours may be used.
  package let colour: Bool
  /// Whether to show more than an operator at the counter needs.
  package let verbose: Bool
  /// How lines of text are broken.
  package let wrapping: Wrapping

  package init(
    language: Language, disclosure: Disclosure, colour: Bool = false, verbose: Bool = false,
    wrapping: Wrapping = Wrapping()
  ) {
    self.wrapping = wrapping
    self.language = language
    self.disclosure = disclosure
    self.colour = colour
    self.verbose = verbose
  }

  /// The same options without colours, for formats that have none.
  var withoutColour: ReportOptions {
    ReportOptions(language: language, disclosure: disclosure, verbose: verbose, wrapping: wrapping)
  }

  /// Returns the text in the language of the report, with personal data masked or in full.
  func words(_ text: LocalizedText) -> String { wording.words(text) }

  /// The options that JSON documents need.
  package var wording: Wording { Wording(language, disclosure) }

  /// Returns the wording in the language of the report.
  func say(fr: Text, en: Text) -> String { words(LocalizedText(fr: fr, en: en)) }
}
