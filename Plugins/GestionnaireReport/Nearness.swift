/// Words that were damaged by a letter.
enum Nearness {
  /// Whether a word differs from the usual one by no more than one letter that is changed, added, left out, or exchanged
  /// with the next, and by an ending.
  static func isNear(_ word: String, to usual: String) -> Bool {
    // Bounded, as a word may be as long as the text.
    let (word, other) = (Array(word.utf8.prefix(16)), Array(usual.utf8))
    let same = zip(word, other).prefix { $0 == $1 }.count
    return isNear(word[same...], other[same...])
  }

  private static func isNear(_ word: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
    func ends(_ word: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
      word.starts(with: other) && word.dropFirst(other.count).allSatisfy { "es".utf8.contains($0) }
    }
    return ends(word, other) || ends(word, other.dropFirst()) || ends(word.dropFirst(), other)
      || ends(word.dropFirst(), other.dropFirst())
      || word.prefix(2).elementsEqual(other.prefix(2).reversed())
        && ends(word.dropFirst(2), other.dropFirst(2))
  }
}
