import Preflight

/// Something begun above a line and not finished: a negation without the words that it denies, or an unknown line where
/// only labels or authorisations should stand.
///
/// It may be the « non » of a permission further down, separated from it by damage or by a mail program. So no
/// permission after it is trusted, in any block, until one of the report's own titles, « * Exercice … », or, in the
/// next block, a whole « Spécialité … » or « Code Agrément : … » is read. « Facturation », « Identifiant : … » and «
/// Autorisations de signature » do not end it: they may themselves have come in between.
struct LooseEnd {
  /// Whether there is a loose end.
  private(set) var isOpen = false
  /// Whether it arose in the block that is being read, so that no label of that block ends it.
  private var isOfThisBlock = false
  /// Whether a title ended it, and no label except « Autorisations de signature » was read since: then the title itself
  /// may have come in between.
  private var isBehindTitle = false
  /// If a label's value ends in a negation and may continue on the next line (« Code Agrément : Non », « défini »):
  /// whether there was a loose end before it.
  private var beforeHalfValue: Bool?

  /// Marks the beginning of a block.
  mutating func beginBlock() { isOfThisBlock = false }

  /// Opens a loose end after an unknown line that makes what follows doubtful.
  mutating func open() {
    isOpen = true
    isOfThisBlock = true
    beforeHalfValue = nil
  }

  /// Takes note of a line outside the authorisations.
  mutating func read(_ line: Line) {
    let before = beforeHalfValue
    beforeHalfValue = nil
    defer { if line.role.isLabel { isBehindTitle = false } }
    switch line.role {
    case .holderTitle, .cardTitle, .situationsTitle, .exercise:
      isBehindTitle = isBehindTitle || isOpen
      isOpen = line.endsInNegation
      isOfThisBlock = false
    case .speciality(let place): read(value: line.tokens(from: place), of: line)
    case .agreement(let place):
      let value = line.tokens(from: place)
      read(value: value, of: line)
      if !BlockValues.isAgreement(value) { open() }
    case .identifier(let place): if !Self.isSound(line, from: place) { open() }
    case .identifierValue, .otherTitle: if line.endsInNegation { open() }
    case .authorisations: if isBehindTitle { open() }
    case .billing: if line.isOddBilling { open() }
    case .wrapped: break
    case .other:
      if let before, line.completesUndefined {
        isOpen = before
      } else if line.endsInNegation || line.isScrap {
        open()
      }
    }
  }

  private mutating func read(value: ArraySlice<Token>, of line: Line) {
    guard !value.isEmpty else { return }
    if !isOfThisBlock { isOpen = false }
    let before = isOpen
    let isHalf = line.endsInNegation
    let takesBack = Revocation.hasWordBesideSpecialities(value.map(\.text))
    let isOfMatter = Closing.speaksOfMatter(value.map(\.text))
    if isHalf || takesBack || isOfMatter || line.isOddDenial(value) || line.hasOddBracket(value) { open() }
    if isHalf { beforeHalfValue = before }
  }

  /// Whether the label's value is empty, a number or a masked number: « 991000007non » is none of these.
  static func isSound(_ line: Line, from place: Int) -> Bool {
    switch LabelValue(of: line, from: place).identifier {
    case .absent, .masked: return true
    case .written(let number): return number.unmasked.unicodeScalars.allSatisfy(Scalars.isDigit)
    case nil: return false
    }
  }
}

extension LineRole {
  /// Whether the line is a label of a block, before its authorisations.
  fileprivate var isLabel: Bool {
    switch self {
    case .billing, .identifier, .speciality, .agreement: true
    default: false
    }
  }
}

extension Line {
  /// Whether the last words deny something that is missing: « non », « n'est pas encore », « 991000007non ».
  var endsInNegation: Bool {
    for token in tokens.reversed() where token.isWord {
      if Phrases.negations.contains(token.text) || token.endsInGluedNegation { return true }
      guard Self.wordsThatGoOn.contains(token.text) else { return false }
    }
    return false
  }

  /// Whether the line is so short that it may be a damaged « non ».
  fileprivate var isScrap: Bool {
    let words = tokens.filter(\.isWord)
    return !words.isEmpty && !words.allSatisfy(\.isNumber)
      && words.reduce(0) { $0 + $1.text.unicodeScalars.count } <= 4
  }

  /// Whether the line is only the second half of « Non défini » or « Pas d'agrément ».
  var completesUndefined: Bool {
    !isItem && !tokens.isEmpty
      && tokens.allSatisfy { Self.wordsOfUndefined.contains($0.text) && !Phrases.negations.contains($0.text) }
  }

  /// Whether the line is « Non défini », « Pas d'agrément » or a part of it.
  var isUndefined: Bool { !tokens.isEmpty && tokens.allSatisfy { Self.wordsOfUndefined.contains($0.text) } }

  /// Whether a label's value begins with a negation, and is not wholly « Non défini » or « Pas d'agrément ».
  func isOddDenial(_ value: ArraySlice<Token>) -> Bool {
    guard let first = value.first, Phrases.negations.contains(first.text) else { return false }
    return !value.allSatisfy { Self.wordsOfUndefined.contains($0.text) }
  }

  /// Whether a label's value has words behind it, in brackets, that take something back: « Médecine générale (retirée) ».
  func hasOddBracket(_ value: ArraySlice<Token>) -> Bool {
    let words = value.drop { !["(", "["].contains($0.text) }.filter(\.isWord).map(\.text)
    // Specialities are in brackets too: « Médecine (radiologie) ».
    return Revocation.hasWordBesideSpecialities(words)
  }

  /// Words of complete values that begin with a negation: « Non définie », « Pas d'agrément radio ».
  fileprivate static let wordsOfUndefined: Set<String> = [
    "non", "pas", "defini", "definie", "d", "de", "agrement", "radio",
  ]

  /// Words that may stand between a negation and what it denies.
  private static let wordsThatGoOn: Set<String> = [
    "est", "sont", "a", "ete", "etre", "encore", "toujours", "actuellement", "plus", "bien", "dument",
    "formellement",
    "expressement", "le", "la", "autorise", "autorisee", "signer", "les", "des", "de",
  ]

  /// The tokens that begin at or after that place in the content.
  func tokens(from place: Int) -> ArraySlice<Token> {
    tokens[(tokens.firstIndex { $0.range.lowerBound >= place } ?? tokens.endIndex)...]
  }
}

extension Token {
  /// Whether a negation has lost the space or line break before it: « lotsnon », « 991000007n ».
  fileprivate var endsInGluedNegation: Bool {
    if ["non", "pas", "jamais", "aucun", "aucune"].contains(where: { text.hasSuffix($0) }) { return true }
    let letters = text.unicodeScalars.reversed().prefix { !Scalars.isDigit($0) }
    guard letters.count < text.unicodeScalars.count else { return false }
    return Phrases.negations.contains(String(String.UnicodeScalarView(letters.reversed())))
  }
}
