/// The lead of a line, before its words: quoting (`>`), quotation marks, table borders, headings (`#`) and bullets.
struct Lead {
  /// The index at which the words begin.
  private(set) var end = 0
  /// Whether there was a bullet or a number.
  private(set) var isItem = false
  /// Whether there was a separate `***`, as before the report's titles.
  private(set) var hasStars = false
  /// Whether several signs stand where one bullet would: they may hide a word.
  private(set) var mayHideWord = false

  /// Reads the lead of a line.
  init(of line: [Unicode.Scalar]) {
    var signs = 0
    while end < line.count, let length = take(line[end...]) {
      // Quotes of mails (`> > -`) and one border of a cell hide nothing.
      let piece = line[end..<(end + length)]
      if piece.contains(where: { Scalars.isBullet($0) || ["_", "#", "|"].contains($0) }) { signs += length }
      end += length
    }
    let dashes = line[end...].prefix { $0 == "_" }
    mayHideWord = signs > 2 || dashes.count > 1 && line[end...].dropFirst(dashes.count).first == " "
  }

  /// Takes the next piece of the lead. Returns its length, or `nil` if the words begin.
  private mutating func take(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
    guard let first = rest.first else { return nil }
    if first == " " || first == ">" || first == "|" || Scalars.isQuote(first) { return 1 }
    if Scalars.isBullet(first) {
      isItem = true
      return 1
    }
    if first == "*" || first == "_" { return takeStars(rest) }
    if first == "#" {
      let run = rest.prefix { $0 == "#" }
      return rest.dropFirst(run.count).first == " " ? run.count : nil
    }
    if first == "+" || first == "o" { return takeItem(1, of: rest) }
    let digits = rest.prefix(3).prefix(while: Scalars.isDigit)
    if (1...2).contains(digits.count), let sign = rest.dropFirst(digits.count).first,
      sign == "." || sign == ")"
    {
      return takeItem(digits.count + 1, of: rest)
    }
    return nil
  }

  /// Takes stars: followed by a space they are a bullet, or a title if there are three; before a bullet they are
  /// emphasis. Before anything else they belong to the words, as they may be a mask: `***26*****`.
  private mutating func takeStars(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
    let run = rest.prefix(while: Scalars.isEmphasis)
    guard let next = rest.dropFirst(run.count).first else { return nil }
    if Scalars.isBullet(next), run.count <= 3 { return run.count }
    guard next == " ", run.allSatisfy({ $0 == "*" }) else { return nil }
    if run.count >= 3 { hasStars = true } else { isItem = true }
    return run.count
  }

  /// Takes a bullet that is also a letter or a sign, and so needs a space after it.
  private mutating func takeItem(_ length: Int, of rest: ArraySlice<Unicode.Scalar>) -> Int? {
    guard rest.dropFirst(length).first == " " else { return nil }
    isItem = true
    return length
  }
}
