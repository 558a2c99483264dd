/// Finds the known message that a person quotes, even if it was copied without accents, in capitals, over several
/// lines, with other words around it, or only in part.
package struct MessageMatching: Sendable {
  private let messages: [(message: KnownMessage, words: [[UInt8]])]

  /// - Parameter messages: the messages that can be found, as the rules list them.
  package init(_ messages: [KnownMessage]) {
    self.messages = messages.map { ($0, Self.words($0.text)) }
  }

  /// Returns the messages that `quotation` may be, the most likely first. Empty if none is similar enough.
  package func matches(_ quotation: String) -> [KnownMessage] {
    // The more words the known messages have, the fewer words of the quotation are compared.
    let size = max(1, messages.reduce(0) { $0 + $1.words.count })
    let limit = min(Self.wordLimit, max(Self.fewestWords, Self.comparisonLimit / size))
    let quoted = Array(Self.words(quotation).prefix(limit))
    let likely = messages.map { ($0.message, Self.likeness(of: quoted, to: $0.words)) }.filter { $0.1 > 0 }
    return likely.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// The most words of a quotation that are compared. Longer ones are whole logs, whose beginning is enough.
  private static let wordLimit = 2000
  /// The most pairs of words that are compared in all, unless that leaves too few words to recognise a message.
  private static let comparisonLimit = 2_000_000
  private static let fewestWords = 12

  /// Returns the folded words. Anything but letters and digits only separates them.
  private static func words(_ text: String) -> [[UInt8]] {
    Folding.folded(text.unicodeScalars).split { !$0.isLetter && !$0.isNumber }.map { Array($0.utf8) }
  }

  /// Returns how likely it is that one quotes the other, from 0 (not at all) to 1.
  ///
  /// Either most of the message appears in the quotation, in order, with any words in between; or the quotation is
  /// a part of the message, at least four words long.
  private static func likeness(of quoted: [[UInt8]], to message: [[UInt8]]) -> Double {
    guard !quoted.isEmpty, !message.isEmpty else { return 0 }
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
    let whole = Double(common[message.count]) / Double(message.count)
    let piece = Double(longestRun) / Double(quoted.count)
    if whole >= 0.75 { return whole }
    return longestRun >= min(4, message.count) && piece >= 0.8 ? piece * 0.9 : 0
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
