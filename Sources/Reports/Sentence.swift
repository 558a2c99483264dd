import Preflight

/// What checks found, as sentences for people: messages are written without a capital and without a full
/// stop, as they also appear in the middle of lines.
struct Sentence {
  private let options: ReportOptions

  init(_ options: ReportOptions) { self.options = options }

  /// Returns the words with a capital and a full stop.
  func text(_ words: String) -> String { Self.ended(Self.capitalised(words)) }

  /// Returns the title of a rule and what was found, as one sentence, ready for a terminal. A message that
  /// begins with the words of the title stands alone, and one that was already told is left out.
  ///
  /// - Parameter isTold: whether an earlier rule told the same.
  func account(of result: RuleResult, told isTold: Bool = false) -> String {
    let title = printable(options.words(result.rule.title))
    let message = printable(options.words(result.message))
    if isTold || message.isEmpty { return Self.ended(title) }
    // A title without a capital is the id of a rule, and must stay as it is at the beginning of the line.
    if Self.begins(message, with: title) {
      return title.first?.isLowercase == true ? Self.ended(message) : text(message)
    }
    return Self.ended("\(title)\(options.colon) \(message)")
  }

  /// Returns what was found as a sentence; for a rule that was not judged, which one that is.
  func cause(_ result: RuleResult) -> String {
    result.outcome == .skipped ? text(account(of: result)) : text(printable(options.words(result.message)))
  }

  private static func begins(_ message: String, with title: String) -> Bool {
    // Most begin with different letters already.
    if let first = message.utf8.first, let other = title.utf8.first, first < 0x80, other < 0x80,
      Folding.lowercased(first) != Folding.lowercased(other)
    {
      return false
    }
    let (message, title) = (folded(message), folded(title))
    guard message.hasPrefix(title), !title.isEmpty else { return false }
    return message.dropFirst(title.count).first.map { !$0.isLetter && !$0.isNumber } ?? true
  }

  private static func folded(_ words: String) -> String {
    Folding.folded(FrenchPrint.typed(words))
  }

  /// Returns the words with a capital, unless they begin with a name that has none, such as that of a fact or of a file.
  private static func capitalised(_ words: String) -> String {
    guard let first = words.first, first.isLowercase else { return words }
    let word = words.prefix { $0 != " " && $0 != "\u{A0}" }
    let isPlain =
      word.allSatisfy { $0.isLetter || ["'", "’", "-", ",", ":", ";", "."].contains($0) }
      && !word.dropLast().contains(".")
    return isPlain && !word.dropFirst().contains(where: \.isUppercase)
      ? first.uppercased() + String(words.dropFirst()) : words
  }

  /// Returns the words with a full stop, unless they end otherwise, or with an address.
  static func ended(_ words: String) -> String {
    let endsWithLetter = words.utf8.last.map { isLetterOrDigit($0) } ?? false
    guard endsWithLetter || mayHaveFullStop(FrenchPrint.typed(words)) else { return words }
    // Nearly no words have an address, and splitting takes time.
    guard words.utf8.contains(UInt8(ascii: "/")) else { return words + "." }
    return endsWithAddress(FrenchPrint.typed(words)) ? words : words + "."
  }

  private static func endsWithAddress(_ typed: String) -> Bool {
    guard let last = typed.utf8.split(separator: UInt8(ascii: " ")).last.map(Array.init) else { return false }
    return last.indices.contains { last[$0...].starts(with: "://".utf8) }
  }

  /// Whether a full stop may come after words that end with something other than a letter.
  private static func mayHaveFullStop(_ typed: String) -> Bool {
    guard let last = typed.last, !".!?…:".contains(last) else { return false }
    // A full stop after a closing quote would follow that of the quoted words.
    return ![".\"", ".”", ". »", ".)"].contains { typed.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
