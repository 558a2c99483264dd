import Preflight

/// The value after a label, without emphasis, quotes and table borders.
struct LabelValue {
  /// The value, accents included.
  let scalars: [Unicode.Scalar]
  /// Whether there are signs in the place of the value that are none of Markdown: quotes or lines that were left empty, or
  /// a number that was blacked out.
  let isCovered: Bool

  /// Reads the value in `line` from that place on.
  init(of line: Line, from place: Int) {
    var value = Self.trimmed(line.content[place...])
    // « **Identifiant :** 99… » and « **Identifiant : 99…** »: emphasis opened before the label closes here. The stars
    // are counted because a mask is made of stars too.
    let stars = line.content[..<place].count { $0 == "*" }
    if stars > 0 {
      if value.prefix(stars).allSatisfy({ $0 == "*" }), value.count > stars {
        value = Self.trimmed(value.dropFirst(stars))
      } else if value.suffix(stars).allSatisfy({ $0 == "*" }) {
        value = Self.trimmed(value.dropLast(stars))
      }
    }
    scalars = Array(Self.withoutEmphasis(value))
    isCovered = scalars.isEmpty && line.content[place...].contains { $0 != " " && $0 != "|" && $0 != "*" }
  }

  /// The value as text; `nil` if it is empty or « Non défini(e) ».
  var text: String? {
    guard !scalars.isEmpty, !isUndefined else { return nil }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The value as the name of a speciality, which is no secret. Nil if it may hold anything else: two columns that were joined, a
  /// name in capitals, or more than any speciality has.
  var speciality: String? {
    guard scalars.count <= 120 else { return nil }
    let isJoined = zip(scalars, scalars.dropFirst()).contains { $0 == " " && $1 == " " }
    let hasName = Tokens.of(scalars).contains { token in
      token.range.count > 3 && scalars[token.range].allSatisfy(\.properties.isUppercase)
    }
    return isJoined || hasName ? nil : text
  }

  /// The value as a billing identifier, whose digits may be in groups. Returns `nil` if it cannot be what the Gestionnaire
  /// wrote: it is too long, as when a whole line or several table cells follow, or has other characters than digits, which
  /// no card can hold there: the text was damaged, and nothing is known of the card.
  var identifier: BillingIdentifier? {
    if isUndefined { return .absent }
    if isCovered { return nil }
    let characters = scalars.filter { $0 != " " }
    guard characters.count <= 16, !characters.contains("|") else { return nil }
    let identifier = BillingIdentifier(
      String(String.UnicodeScalarView(characters)), coveredBy: ["x", "*", "#", "●", "?"])
    if identifier.writing == .letters { return nil }
    // A card's field has room for ten digits, and no number is shorter than eight: other lengths are damage.
    if case .written(let number) = identifier {
      let length = number.unmasked.utf8.count
      // The nine digits may be in groups; a tenth behind a blank has come from elsewhere.
      if !(8...10).contains(length) || length == 10 && scalars.contains(" ") { return nil }
    }
    return identifier
  }

  /// Whether the value is a number with the length of an identifier, or a masked one.
  var looksLikeIdentifier: Bool {
    switch identifier {
    case .written(let personal):
      personal.unmasked.utf8.count >= 4 && personal.unmasked.utf8.allSatisfy(isDigit)
    case .masked: true
    case .absent: false
    case nil: isMasked
    }
  }

  /// Whether the value has the length of an identifier and consists of digits and one masking sign.
  private var isMasked: Bool {
    let covers = Set(scalars.filter { !Scalars.isDigit($0) })
    guard covers.count == 1, let cover = covers.first else { return false }
    return (8...10).contains(scalars.count) && "xX*•●?#".unicodeScalars.contains(cover)
  }

  private var isUndefined: Bool {
    guard scalars.count <= 16 else { return false }
    let words = Tokens.of(scalars).map(\.text)
    return words == ["non", "defini"] || words == ["non", "definie"]
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Removes spaces, quotes, cell borders and sentence punctuation at either end.
  private static func trimmed(_ value: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var value = value
    func isEdge(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "_" || scalar == "|" || Scalars.isQuote(scalar)
    }
    while let first = value.first, isEdge(first) { value.removeFirst() }
    while let last = value.last, isEdge(last) || last == "." || last == "," || last == ";" {
      value.removeLast()
    }
    return value
  }

  /// Removes stars around the whole value. If there are more stars than other characters, as in `***26***`, it is a
  /// mask.
  private static func withoutEmphasis(_ value: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let stars = value.prefix { $0 == "*" }.count
    guard (1...3).contains(stars), value.count > 4 * stars else { return value }
    let inside = value.dropFirst(stars).dropLast(stars)
    guard value.suffix(stars).allSatisfy({ $0 == "*" }), !inside.contains("*") else { return value }
    return trimmed(inside)
  }
}
