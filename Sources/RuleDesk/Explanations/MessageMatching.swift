package import Preflight

/// How sure it is that something was meant.
package enum Certainty: Int, Sendable, Comparable {
  case possible, likely, certain

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package var summary: LocalizedText {
    switch self {
    case .possible: LocalizedText(fr: "possible", en: "possible")
    case .likely: LocalizedText(fr: "probable", en: "likely")
    case .certain: LocalizedText(fr: "certain", en: "certain")
    }
  }
}

/// Finds the known message that a person quotes, even if it was copied without accents, in capitals, over several
/// lines, with other words around it, or only in part.
package struct MessageMatching: Sendable {
  /// A message that may be meant.
  package struct Match: Sendable, Hashable {
    package let message: KnownMessage
    package let certainty: Certainty
    /// By what it was recognised: its text, or a code.
    package let quoted: String
    /// How much of it was recognised, in words.
    let extent: Int
  }

  private let messages: [KnownMessage]
  private let texts: [(message: Int, text: String, words: [[UInt8]])]
  private let symbols: [String: [Int]]

  /// - Parameter messages: the messages that can be found, as the rules list them.
  package init(_ messages: [KnownMessage]) {
    self.messages = messages
    var texts: [(message: Int, text: String, words: [[UInt8]])] = []
    var symbols: [String: [Int]] = [:]
    for (index, message) in messages.enumerated() {
      for text in message.texts {
        let words = PastedText.words(text)
        if KnownMessage.isSymbol(text) {
          symbols[text.lowercased(), default: []].append(index)
        } else if !words.isEmpty {
          texts.append((index, text, words))
        }
      }
    }
    self.texts = texts
    self.symbols = symbols
  }

  /// The messages that `quotation` may be, the likeliest first.
  package func matches(_ quotation: String) -> [Match] { search(PastedText(quotation)).matches }

  /// The same, with how many pairs of words were compared.
  func search(_ pasted: PastedText) -> (matches: [Match], comparisons: Int) {
    var found: [Int: Match] = [:]
    func add(_ index: Int, _ certainty: Certainty, _ quoted: String, _ extent: Int) {
      if let other = found[index], (other.certainty, other.extent) >= (certainty, extent) { return }
      found[index] = Match(
        message: messages[index], certainty: certainty, quoted: quoted, extent: extent)
    }
    let named = Set(
      pasted.folded.split { !isPartOfSymbol($0) }.lazy.map { String(decoding: $0, as: UTF8.self) }
        .filter { symbols[$0] != nil })
    for name in named {
      for index in symbols[name] ?? [] { add(index, .certain, name.uppercased(), 3) }
    }
    let codes = QuotedCode.codes(in: pasted.folded)
    for code in codes where !code.isExit { addHolders(of: code, add) }
    let comparisons = searchTexts(pasted, add: add)
    // What is part of a longer text that was recognised was not meant by itself.
    let longer = found.values.filter { $0.certainty == .certain && !KnownMessage.isSymbol($0.quoted) }
    found = found.filter { _, match in
      !KnownMessage.isSymbol(match.quoted)
        || !longer.contains { $0.message != match.message && $0.quoted.hasPrefix(match.quoted) }
    }
    let sorted = found.sorted { left, right in
      let (one, other) = (left.value, right.value)
      if one.certainty != other.certainty { return one.certainty > other.certainty }
      if one.extent != other.extent { return one.extent > other.extent }
      return left.key < right.key
    }
    return (sorted.map(\.value), comparisons)
  }

  private func isPartOfSymbol(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }

  // MARK: - Codes

  /// The messages whose codes hold a code.
  private func holders(of code: MessageCode) -> [Int] {
    let all = messages.indices.filter { index in messages[index].codes.contains { $0.contains(code) } }
    // The small numbers of a library mean something only if no reader software uses them.
    let others = all.filter { messages[$0].symbol == nil }
    return code.value < 0x1000 && !others.isEmpty ? others : all
  }

  private func addHolders(of code: QuotedCode, _ add: (Int, Certainty, String, Int) -> Void) {
    for reading in code.readings {
      let holders = holders(of: reading)
      guard !holders.isEmpty else { continue }
      let isLong = reading.value > 0xFFFFF
      let certainty: Certainty =
        code.isUnmistakable || (code.isAnnounced && code.exitCode == nil)
        ? (holders.count == 1 ? .certain : .likely)
        : code.isAnnounced || isLong ? .likely : .possible
      for index in holders { add(index, certainty, reading.description, 2) }
      return
    }
  }

  /// The codes that stand nearest to a number, on either side.
  func nearestCodes(to code: MessageCode, limit: Int) -> [KnownMessage] {
    func distance(_ message: KnownMessage) -> UInt64 {
      message.codes.map { range in
        let (low, high) = (range.lowerBound.value, range.upperBound.value)
        return code.value < low ? low - code.value : code.value > high ? code.value - high : 0
      }.min() ?? .max
    }
    return messages.enumerated().filter { !$0.element.codes.isEmpty }
      .map { (index: $0.offset, distance: distance($0.element)) }
      .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(limit).map { messages[$0.index] }
  }

  // MARK: - Words

  /// The most words of a quotation that are compared. Longer ones are whole logs, whose beginning is enough.
  private static let wordLimit = 2000
  /// How many words are compared in all, unless that leaves too few to recognise a message.
  static let comparisonLimit = 2_000_000
  private static let fewestWords = 12

  private func searchTexts(_ pasted: PastedText, add: (Int, Certainty, String, Int) -> Void) -> Int {
    // The more there is to compare with, the shorter the beginning that has to be enough. Each word is
    // compared twice.
    let size = max(1, texts.reduce(0) { $0 + $1.words.count })
    let limit = min(Self.wordLimit, max(Self.fewestWords, Self.comparisonLimit / size / 2))
    let quoted = Array(pasted.words.prefix(limit))
    var comparisons = 0
    for (index, text, words) in texts {
      let likeness = Self.likeness(of: quoted, to: words, counting: &comparisons)
      if let certainty = likeness.certainty { add(index, certainty, text, likeness.extent) }
    }
    return comparisons
  }

  private struct Likeness {
    var certainty: Certainty?
    var extent = 0
  }

  /// How certain it is that the one quotes the other.
  ///
  /// Either most of the message is in the quotation, in order and with few words in between (all of it if it
  /// is short); or the quotation is a piece of the message, of four words or more.
  private static func likeness(
    of quoted: [[UInt8]], to message: [[UInt8]], counting comparisons: inout Int
  ) -> Likeness {
    var best = Likeness()
    // Words that are further apart than this are not one message.
    let step = message.count + 6
    var start = 0
    repeat {
      let stretch = quoted[start..<min(quoted.count, start + 2 * step)]
      let (common, run) = compare(stretch, message, counting: &comparisons)
      let certainty: Certainty? =
        if run == message.count {
          // A word or two may be in any sentence.
          message.count > 2 || quoted.count <= 4 ? .certain : .likely
        } else if message.count > 4, Double(common) / Double(message.count) >= 0.75 {
          .likely
        } else if common == message.count {
          .likely
        } else if run >= min(4, message.count), Double(run) / Double(quoted.count) >= 0.8 {
          run == quoted.count ? .likely : .possible
        } else {
          nil
        }
      if let certainty,
        (certainty, common) > (best.certainty ?? .possible, best.extent) || best.certainty == nil
      {
        best = Likeness(certainty: certainty, extent: common)
      }
      start += step
    } while start < quoted.count
    return best
  }

  /// The words that are in both, in order, and the longest run of them without others between.
  private static func compare(
    _ quoted: ArraySlice<[UInt8]>, _ message: [[UInt8]], counting comparisons: inout Int
  ) -> (common: Int, run: Int) {
    var common = [Int](repeating: 0, count: message.count + 1)
    var run = common
    var longestRun = 0
    for word in quoted {
      var diagonal = 0
      var runDiagonal = 0
      for (index, other) in message.enumerated() {
        let isSame = isSame(word, other)
        let (next, nextRun) = (common[index + 1], run[index + 1])
        common[index + 1] = isSame ? diagonal + 1 : max(next, common[index])
        run[index + 1] = isSame ? runDiagonal + 1 : 0
        longestRun = max(longestRun, run[index + 1])
        (diagonal, runDiagonal) = (next, nextRun)
      }
    }
    comparisons += quoted.count * message.count
    return (common[message.count], longestRun)
  }

  /// The texts that share the most words with a quotation.
  func nearestTexts(to pasted: PastedText, limit: Int) -> [(text: String, share: Double)] {
    let quoted = Set(pasted.words.prefix(200).filter { $0.count > 2 })
    guard !quoted.isEmpty else { return [] }
    return texts.map { text in
      let words = Set(text.words.filter { $0.count > 2 })
      let common = words.intersection(quoted).count
      // Most words of a short quotation, or most words of the text if the quotation is long.
      let share = Double(common) / Double(max(1, min(words.count, quoted.count)))
      return (text: text.text, share: share)
    }.filter { $0.share > 0 }.sorted { ($0.share, $1.text) > ($1.share, $0.text) }.prefix(limit).map(\.self)
  }

  /// Whether the words are equal, apart from one typing error in a longer word.
  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left == right { return true }
    guard min(left.count, right.count) >= 5, abs(left.count - right.count) <= 1 else { return false }
    let begin = zip(left, right).prefix { $0 == $1 }.count
    let end = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
    return max(left.count, right.count) - min(begin + end, min(left.count, right.count)) <= 1
  }
}
