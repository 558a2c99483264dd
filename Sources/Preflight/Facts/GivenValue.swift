extension FactType {
  /// Parses a text that somebody outside the program gives as a value of this type: also the mask under which outputs show such a
  /// value. Returns nil if it is neither.
  package func given(_ text: String) -> FactValue? { mask(text) ?? value(of: text) }

  /// Returns the value of this type whose mask in outputs is `text`. Nil if the text is not a mask of that type.
  package func mask(_ text: String) -> FactValue? {
    guard let kind = mask, Personal.hides(text, as: kind) else { return nil }
    let mask = FactValue.personal(Personal(mask: text, as: kind))
    if case .concealed = self { return .concealed(mask) }
    return mask
  }
}

extension Fact {
  /// Creates a fact from a value that somebody outside the program gives: a facts file, an argument, a plugin.
  ///
  /// A blank text is no value: two of them would be equal, and what is blank would be present. The fact is not known then, and no
  /// other source's value is taken in its place. A personal value in which a mask is written is a mask as a whole.
  package init(_ name: FactName, given value: FactValue, source: String) {
    if value.isBlank {
      self.init(
        name,
        unavailable: Unavailability(
          standing: .malformed,
          LocalizedText(
            fr: "\(name.rawValue) : \(source) donne un texte vide, ce qui n'est pas une valeur",
            en: "\(name.rawValue): \(source) gives a blank text, which is not a value"),
          by: .giver),
        source: source)
    } else {
      self.init(name, value.hidesPart ? value.asMask : value, source: source)
    }
  }
}

extension FactValue {
  /// Whether it is a text in which a reader sees nothing. A list or a map may be empty.
  fileprivate var isBlank: Bool {
    switch self {
    case .text(let text): text.isBlank
    case .personal(let personal): personal.unmasked.isBlank
    case .concealed(let value): value.isBlank
    default: false
    }
  }

  /// Whether it is personal, and a mask is written somewhere in a list or a map.
  fileprivate var hidesPart: Bool {
    guard case .concealed(let value) = self, !value.isMask else { return false }
    switch value {
    case .list, .map:
      return value.unmasked.leaves(withNames: true).contains { Personal.hides($0, as: .other) }
    default: return false
    }
  }

  /// The mask of a personal value of which nothing is shown.
  fileprivate var asMask: FactValue {
    .concealed(.personal(Personal(mask: Personal.concealment, as: .other)))
  }
}

extension String {
  /// Whether a reader sees nothing of it: it is empty, or only white space and invisible characters.
  package var isBlank: Bool {
    unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.isUnseen }
  }
}
