/// A text that is made each time it is read, and never before.
///
/// Rules are judged by the million, and few of the reasons for their outcomes are shown to anybody.
package struct LateText: Sendable, Hashable {
  private enum Maker: Sendable {
    case each(french: @Sendable () -> Text, english: @Sendable () -> Text)
    case both(@Sendable () -> LocalizedText)
    /// One closure instead of two, for what is judged by the million.
    case `in`(@Sendable (Language) -> Text)
  }

  private let maker: Maker

  /// Creates a text from its two wordings, which must have the same meaning and the same personal parts.
  package init(
    fr french: @autoclosure @escaping @Sendable () -> Text,
    en english: @autoclosure @escaping @Sendable () -> Text
  ) {
    self.init(french: french, english: english)
  }

  /// Creates a text from the functions that make its two wordings.
  init(french: @escaping @Sendable () -> Text, english: @escaping @Sendable () -> Text) {
    maker = .each(french: french, english: english)
  }

  /// Creates a text from the function that makes it.
  package init(_ text: @escaping @Sendable () -> LocalizedText) { maker = .both(text) }

  /// Creates a text from what makes its wording in a language.
  init(in language: @escaping @Sendable (Language) -> Text) { maker = .in(language) }

  /// The text, made anew.
  package var made: LocalizedText {
    switch maker {
    case .each(let french, let english): LocalizedText(fr: french(), en: english())
    case .both(let text): text()
    case .in(let text): LocalizedText(fr: text(.french), en: text(.english))
    }
  }

  /// The wording in that language, made anew.
  package subscript(language: Language) -> Text {
    switch (maker, language) {
    case (.each(let french, _), .french): french()
    case (.each(_, let english), .english): english()
    case (.both(let text), _): text()[language]
    case (.in(let text), _): text(language)
    }
  }

  package static func == (left: Self, right: Self) -> Bool { left.made == right.made }

  package func hash(into hasher: inout Hasher) { hasher.combine(made) }
}
