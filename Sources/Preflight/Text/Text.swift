/// Text for a person, in one language, whose personal parts can still be masked.
///
/// An interpolated ``Personal`` or ``CivilDate`` keeps its type until the text is rendered. Literals, which are the
/// program's own words, get curly apostrophes and no-break spaces when they are rendered in French. Interpolated values
/// and the words of others stay as they are.
package struct Text: Sendable, Hashable {
  fileprivate enum Segment: Sendable, Hashable {
    /// Words of the program.
    case literal(String)
    /// Words of others, names, numbers.
    case plain(String)
    case personal(Personal)
    case date(CivilDate)
    case version(Version)
    case number(Int)
    /// A text of the program inside another one: it is typeset on its own.
    case phrase(String)
    case text([Segment])
    /// A part of a URL: everything but letters and digits is percent-encoded (RFC 3986, section 2.1).
    case address([Segment])
  }

  /// Texts are made by the million, and most of those are never shown: a single segment is kept without an array.
  private enum Content: Sendable, Hashable {
    case one(Segment)
    /// Any other number of segments.
    case all([Segment])
  }

  private let content: Content

  private var segments: [Segment] {
    switch content {
    case .one(let segment): [segment]
    case .all(let segments): segments
    }
  }

  fileprivate init(_ segments: [Segment]) {
    content = segments.count == 1 ? .one(segments[0]) : .all(segments)
  }

  /// Creates a text without personal parts.
  package init(_ plain: String) { content = .one(.plain(plain)) }

  /// Creates a text from outside the program, in which all occurrences of the values are personal.
  ///
  /// The values are searched by scalar, because an accent after a number makes its last digit a different
  /// `Character`. The text is shortened after the search.
  ///
  /// - Parameter limit: the largest number of Unicode scalars to keep of the plain words. Nil keeps all.
  package init(_ plain: String, concealing values: Concealment, limit: Int? = nil) {
    let scalars = Array(plain.unicodeScalars)
    var segments: [Segment] = []
    var rest = limit ?? .max
    var start = 0
    func words(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    for range in values.ranges(in: scalars) + [scalars.count..<scalars.count] {
      if range.lowerBound - start > rest {
        segments.append(.plain(words(start..<(start + rest)) + "…"))
        self.init(segments)
        return
      }
      rest -= range.lowerBound - start
      if start < range.lowerBound { segments.append(.plain(words(start..<range.lowerBound))) }
      if !range.isEmpty { segments.append(.personal(Personal(words(range), as: .other))) }
      start = range.upperBound
    }
    self.init(segments)
  }

  /// Creates a part of a URL from the text, in which dates are written in digits.
  package init(address text: Text) { content = .one(.address(text.segments)) }

  /// Creates the text that consists of the texts one after the other.
  init(joining texts: [Text]) {
    var joined = StringInterpolation(literalCapacity: 0, interpolationCount: texts.count)
    for text in texts { joined.appendInterpolation(text) }
    self.init(stringInterpolation: joined)
  }

  /// Returns the text in that language's date format, with personal parts masked or in full.
  package func rendered(in language: Language, _ disclosure: Disclosure) -> String {
    // Most words come as they are.
    switch content {
    case .one(.plain(let words)): return words
    case .one(.literal(let words)) where language != .french: return words
    case .one(.phrase(let words)) where language != .french: return words
    case .one, .all: break
    }
    var utf8: [UInt8] = []
    // As long as most sentences.
    utf8.reserveCapacity(160)
    write(to: &utf8, in: language, disclosure)
    return String(decoding: utf8, as: UTF8.self)
  }

  /// Adds the text, as ``rendered(in:_:)`` returns it, to the bytes in UTF-8.
  package func write(to utf8: inout [UInt8], in language: Language, _ disclosure: Disclosure) {
    switch content {
    case .one(let segment): Self.write(segment, isFollowed: false, to: &utf8, in: language, disclosure)
    case .all(let segments): Self.write(segments, to: &utf8, in: language, disclosure)
    }
  }

  private static func write(
    _ segments: [Segment], to utf8: inout [UInt8], in language: Language, _ disclosure: Disclosure
  ) {
    for index in segments.indices {
      write(
        segments[index], isFollowed: index + 1 < segments.count, to: &utf8, in: language, disclosure)
    }
  }

  private static func write(
    _ segment: Segment, isFollowed: Bool, to utf8: inout [UInt8], in language: Language,
    _ disclosure: Disclosure
  ) {
    switch segment {
    case .literal(let words):
      if language == .french {
        FrenchPrint.typeset(words, isFollowed: isFollowed, to: &utf8)
      } else {
        utf8.append(words)
      }
    case .plain(let words): utf8.append(words)
    case .personal(let value): utf8.append(value.shown(disclosure))
    case .date(let date): utf8.append(date.written(in: language))
    case .version(let version): utf8.append(version.description)
    case .number(let number): utf8.append(String(number))
    case .phrase(let words):
      if language == .french { FrenchPrint.typeset(words, to: &utf8) } else { utf8.append(words) }
    case .text(let segments): write(segments, to: &utf8, in: language, disclosure)
    case .address(let segments): writeAddress(segments, to: &utf8, in: language, disclosure)
    }
  }
}

extension Text {
  private static func writeAddress(
    _ segments: [Segment], to utf8: inout [UInt8], in language: Language, _ disclosure: Disclosure
  ) {
    var words = ""
    for segment in segments {
      switch segment {
      case .date(let date): words += date.description
      case .literal(let literal): words += literal
      default:
        words += Text([segment]).rendered(in: language, disclosure)
      }
    }
    for byte in words.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: utf8.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        utf8.append(digits.count == 1 ? "%0\(digits)" : "%\(digits)")
      }
    }
  }
}

extension [UInt8] {
  /// Adds the words in UTF-8.
  fileprivate mutating func append(_ words: String) {
    var words = words
    words.withUTF8 { append(contentsOf: $0) }
  }
}

extension Text: ExpressibleByStringInterpolation {
  /// Collects the parts of an interpolated text with their types.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var segments: [Segment] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      // There may be words before, between and after the values.
      segments.reserveCapacity(2 * interpolationCount + 1)
    }

    /// Adds plain words.
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { segments.append(.literal(literal)) }
    }
    /// Adds a personal value, which stays maskable.
    package mutating func appendInterpolation(_ value: Personal) { segments.append(.personal(value)) }
    /// Adds a day, written as the language of the text does.
    package mutating func appendInterpolation(_ date: CivilDate) { segments.append(.date(date)) }
    /// Adds a text with its personal parts.
    package mutating func appendInterpolation(_ text: Text) {
      switch text.content {
      case .one(.literal(let words)): segments.append(.phrase(words))
      // In an address a date alone is written in digits; inside a text it is not.
      case .one(.date(let date)): segments.append(.text([.date(date)]))
      case .one(let segment): segments.append(segment)
      case .all(let parts): segments.append(.text(parts))
      }
    }
    /// Adds plain words.
    package mutating func appendInterpolation(_ words: some StringProtocol) {
      segments.append(.plain(String(words)))
    }
    /// Adds a number in decimal digits.
    package mutating func appendInterpolation(_ number: Int) { segments.append(.number(number)) }
    /// Adds a version, such as `5.2.2`.
    package mutating func appendInterpolation(_ version: Version) {
      segments.append(.version(version))
    }
  }

  package init(stringLiteral literal: String) { content = .one(.literal(literal)) }
  package init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.segments) }
}

extension Text {
  /// So many of something in that language, as ``LocalizedText/init(counting:fr:en:ending:)`` says it.
  package init(counting count: Int, _ noun: String, in language: Language, ending: String = "s") {
    let isPlural = language == .french ? count > 1 : count != 1
    self.init(
      isPlural
        ? [.number(count), .plain(" "), .plain(noun), .plain(ending)]
        : [.number(count), .plain(" "), .plain(noun)])
  }
}

/// The same text in each language of the program.
package struct LocalizedText: Sendable, Hashable {
  /// The French text.
  package let french: Text
  /// The English text.
  package let english: Text

  /// Creates a text from its two wordings, which must have the same meaning and the same personal parts.
  package init(fr french: Text, en english: Text) {
    self.french = french
    self.english = english
  }

  /// Creates one text for all languages, as when an integrator gives a plain string.
  package init(everywhere text: Text) { self.init(fr: text, en: text) }

  /// So many of something, as « 0 jour », « 1 jour », « 2 jours »: none is singular in French, plural in English.
  ///
  /// - Parameter ending: what makes a plural of both words.
  package init(counting count: Int, fr french: String, en english: String, ending: String = "s") {
    self.init(
      fr: Text(counting: count, french, in: .french, ending: ending),
      en: Text(counting: count, english, in: .english, ending: ending))
  }

  /// The text in that language.
  package subscript(language: Language) -> Text {
    switch language {
    case .french: french
    case .english: english
    }
  }

  /// Returns the text in that language, with personal parts masked or in full.
  package func rendered(in language: Language, _ disclosure: Disclosure = .masked) -> String {
    self[language].rendered(in: language, disclosure)
  }
}

extension LocalizedText {
  /// The same text with a capital at its beginning, as a sentence has.
  package var capitalized: LocalizedText {
    LocalizedText(fr: french.capitalized, en: english.capitalized)
  }
}

extension Text {
  /// The same text with a capital at its beginning. A personal value, a date or a name there stays as it is.
  fileprivate var capitalized: Text { Text(Self.capitalized(segments)) }

  private static func capitalized(_ segments: [Segment]) -> [Segment] {
    let begun: Segment
    switch segments.first {
    case .literal(let words): begun = .literal(capitalized(words))
    case .phrase(let words): begun = .phrase(capitalized(words))
    case .text(let inner): begun = .text(capitalized(inner))
    default: return segments
    }
    return [begun] + segments.dropFirst()
  }

  private static func capitalized(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }
}
