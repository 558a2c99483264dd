import Preflight

/// A code that somebody quotes, alone or among words, decimal or hexadecimal, with or without a prefix.
struct QuotedCode: Sendable, Hashable {
  /// What it may be, the likeliest first: four digits are read as hexadecimal, then as decimal.
  let readings: [MessageCode]
  /// The number it is in decimal, where it has no more digits than an exit code.
  let exitCode: Int32?
  /// Whether it stands alone, or after a word such as « erreur » or “status”.
  let isAnnounced: Bool
  /// Whether that word says that it is the exit code of a program.
  let isExit: Bool
  /// Whether it is written as only a code is: `0x…`, `F004`, `F004h`.
  let isUnmistakable: Bool

  /// More codes than this are a dump, of which the first ones are enough.
  private static let limit = 64

  /// The codes in a text. Part of a longer number, a date, a time, a telephone number or an identifier is not
  /// a code.
  static func codes(in text: [UInt8]) -> [QuotedCode] {
    let tokens = Token.tokens(of: text)
    let parts = Token.partsOfNumbers(tokens, in: text)
    var codes: [QuotedCode] = []
    for index in tokens.indices where !parts.contains(index) {
      guard let code = code(tokens, at: index, in: text) else { continue }
      if !codes.contains(code) { codes.append(code) }
      if codes.count == limit { break }
    }
    return codes
  }

  private static func code(_ tokens: [Token], at index: Int, in text: [UInt8]) -> QuotedCode? {
    let word = tokens[index].word
    let announcement = announcement(of: index, among: tokens)
    let isAnnounced = announcement != nil || tokens.count == 1
    let isExit = announcement == .exit
    func code(_ readings: [MessageCode?], exit: Int32? = nil, isUnmistakable: Bool) -> QuotedCode? {
      let readings = readings.compactMap(\.self)
      guard !readings.isEmpty || exit != nil else { return nil }
      return QuotedCode(
        readings: readings, exitCode: exit, isAnnounced: isAnnounced, isExit: isExit,
        isUnmistakable: isUnmistakable)
    }
    if let digits = hexadecimalDigits(of: word, isAnnounced: isAnnounced) {
      return code([MessageCode(hexadecimal: digits)], isUnmistakable: true)
    }
    guard !word.isEmpty, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let decimal = MessageCode(decimal: word)
    switch word.utf8.count {
    case 1...3:
      guard isAnnounced else { return nil }
      return code([decimal], exit: Int32(word), isUnmistakable: false)
    case 4, 8:
      guard isAnnounced else { return nil }
      return code([MessageCode(hexadecimal: word), decimal], isUnmistakable: false)
    case 9...:
      // A sign makes it a number of 32 bits.
      let start = tokens[index].range.lowerBound
      let isNegative = start > 0 && text[start - 1] == UInt8(ascii: "-")
      return code([isNegative ? MessageCode(decimal: "-" + word) : decimal], isUnmistakable: false)
    default: return code([decimal], isUnmistakable: false)
    }
  }

  /// The digits of what can only be hexadecimal.
  private static func hexadecimalDigits(of word: String, isAnnounced: Bool) -> Substring? {
    func isHexadecimal(_ text: Substring) -> Bool {
      !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
    func hasDigit(_ text: Substring) -> Bool { text.utf8.contains { (0x30...0x39).contains($0) } }
    if word.hasPrefix("0x") {
      var digits = word.dropFirst(2)
      while digits.last == "u" || digits.last == "l" { digits = digits.dropLast() }
      return isHexadecimal(digits) && digits.count <= 16 ? digits : nil
    }
    let widths = [4, 8, 16]
    if let first = word.first, "xhv".contains(first) {
      let digits = word.dropFirst()
      return widths.contains(digits.count) && isHexadecimal(digits) && hasDigit(digits) ? digits : nil
    }
    if word.last == "h" {
      let digits = word.dropLast()
      // `12h` is an hour.
      let isLong = digits.count >= 4 || (digits.count >= 2 && digits.contains { $0.isLetter })
      return isLong && digits.count <= 16 && isHexadecimal(digits) && hasDigit(digits) ? digits : nil
    }
    let digits = word[...]
    guard isHexadecimal(digits), hasDigit(digits), digits.contains(where: \.isLetter) else { return nil }
    return widths.contains(digits.count) || (isAnnounced && digits.count <= 3) ? digits : nil
  }

  private enum Announcement { case code, exit }

  private static let exitWords: Set<String> = ["exit", "exited", "sortie", "status", "statut"]
  private static let codeWords: Set<String> = [
    "erreur", "erreurs", "error", "errors", "err", "code", "codes", "errno", "rc", "rv", "ret", "retour",
    "return", "returned", "retcode", "result", "resultat", "anomalie", "defaut", "fault", "alarme", "echec",
    "failed", "failure",
  ]
  /// What may stand between such a word and the code.
  private static let betweenWords: Set<String> = [
    "n", "no", "nr", "num", "numero", "number", "de", "du", "d", "l", "la", "le", "est", "is", "was", "with",
    "avec", "value", "valeur", "v", "ssv", "galss", "fsv", "api", "of", "the", "by", "hex", "decimal", "a",
    "cps", "lecteur",
  ]
  /// « code porteur 0002 » is not a code that a program gave.
  private static let secrets: Set<String> = ["pin", "porteur", "postal", "secret", "confidentiel"]

  private static func announcement(of index: Int, among tokens: [Token]) -> Announcement? {
    var place = index - 1
    var isCode = false
    while place >= 0, index - place <= 5 {
      let word = tokens[place].word
      if exitWords.contains(word) { return .exit }
      if codeWords.contains(word) {
        isCode = true
      } else if secrets.contains(word) {
        return nil
      } else if !betweenWords.contains(word) {
        break
      }
      place -= 1
    }
    return isCode ? .code : nil
  }
}

/// A run of letters, digits and underscores.
private struct Token {
  let word: String
  /// The range in the line's content.
  let range: Range<Int>
  let isNumber: Bool
  let hasDigit: Bool

  static func tokens(of text: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var place = 0
    while place < text.count {
      guard isPart(text[place]) else {
        place += 1
        continue
      }
      let start = place
      var digits = 0
      while place < text.count, isPart(text[place]) {
        if isDigit(text[place]) { digits += 1 }
        place += 1
      }
      tokens.append(
        Token(
          word: String(decoding: text[start..<place], as: UTF8.self), range: start..<place,
          isNumber: digits == place - start, hasDigit: digits > 0))
    }
    return tokens
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }

  /// The tokens that are parts of something longer: dates, times, telephone numbers, identifiers in groups, versions,
  /// addresses.
  static func partsOfNumbers(_ tokens: [Token], in text: [UInt8]) -> Set<Int> {
    var parts: Set<Int> = []
    for index in tokens.indices.dropFirst() {
      let (left, right) = (tokens[index - 1], tokens[index])
      let between = text[left.range.upperBound..<right.range.lowerBound]
      guard between.count == 1, let sign = between.first, left.hasDigit, right.hasDigit else { continue }
      let joinsNumbers = ".-/:,'+".utf8.contains(sign) && left.isNumber && right.isNumber
      if joinsNumbers || "-:.".utf8.contains(sign) { parts.formUnion([index - 1, index]) }
    }
    var start = 0
    while start < tokens.count {
      var end = start + 1
      guard tokens[start].isNumber else {
        start = end
        continue
      }
      while end < tokens.count, tokens[end].isNumber {
        let between = text[tokens[end - 1].range.upperBound..<tokens[end].range.lowerBound]
        guard between.count <= 2, between.allSatisfy({ $0 == 0x20 }) else { break }
        end += 1
      }
      let group = tokens[start..<end]
      if group.count > 1 {
        let digits = group.reduce(0) { $0 + $1.word.utf8.count }
        let areCodes = group.allSatisfy { $0.word.utf8.count >= 4 }
        // After the word « erreur », the first of few digits may be its code.
        if !areCodes { parts.formUnion(digits >= 8 ? start..<end : (start + 1)..<end) }
      }
      start = end
    }
    return parts
  }
}
