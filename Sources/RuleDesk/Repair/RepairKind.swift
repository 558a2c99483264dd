import Preflight
import RuleFile

/// The slips that a change to one line repairs, the likeliest first.
enum RepairKind: Int, CaseIterable {
  case noBreakSpace
  case blankAfterColon
  case blankAfterDash
  case colon
  case tab
  case map
  case closingQuote
  case apostrophe
  case quotedValue
  case separator
  case closingBracket
  case openingBracket
  case indentation
  case dash
  case superfluousDash
  case id
  case straySign

  /// What is wrong with the line.
  var message: LocalizedText {
    switch self {
    case .noBreakSpace:
      LocalizedText(
        fr: "espace insécable ou d'une autre sorte dans cette ligne : YAML n'y voit pas une espace",
        en: "a no-break space or the like in this line: YAML does not read it as a space")
    case .blankAfterColon:
      LocalizedText(fr: "aucune espace après le deux-points", en: "no space after the colon")
    case .blankAfterDash:
      LocalizedText(fr: "aucune espace après le tiret", en: "no space after the dash")
    case .colon: LocalizedText(fr: "deux-points manquant après la clé", en: "no colon after the key")
    case .tab:
      LocalizedText(
        fr: "tabulation dans le retrait ; YAML n'admet que des espaces",
        en: "a tab in the indentation; YAML takes spaces only")
    case .closingQuote:
      LocalizedText(
        fr: "guillemets ouverts et jamais fermés", en: "quotes that are opened and never closed")
    case .apostrophe:
      LocalizedText(
        fr: "apostrophe dans un texte entre apostrophes", en: "an apostrophe inside single quotes")
    case .quotedValue:
      LocalizedText(
        fr: "ce texte a un signe propre à YAML : il lui faut des guillemets",
        en: "this text has a sign that YAML reads: it needs quotes")
    case .closingBracket:
      LocalizedText(
        fr: "crochet ou accolade ouverts et jamais fermés", en: "a bracket or brace that is never closed")
    case .openingBracket:
      LocalizedText(
        fr: "crochet ou accolade fermés et jamais ouverts", en: "a bracket or brace that is never opened")
    case .map:
      LocalizedText(
        fr: "une table « clé: valeur » s'écrit entre accolades",
        en: "a map “key: value” is written in braces")
    case .separator:
      LocalizedText(
        fr: "les éléments d'une liste ou d'une table sur une ligne se séparent par des virgules",
        en: "the items of a list or a map on one line are separated by commas")
    case .id:
      LocalizedText(
        fr: "l'identifiant s'écrit sous la clé « id »", en: "the id is written under the key “id”")
    case .straySign: LocalizedText(fr: "caractère en trop", en: "an extra character")
    case .indentation:
      LocalizedText(
        fr: "retrait incorrect : la ligne n'est pas alignée", en: "wrong indentation: the line is not aligned"
      )
    case .dash:
      LocalizedText(
        fr: "tiret « - » oublié devant un élément de liste", en: "a dash “-” is missing before a list item")
    case .superfluousDash: LocalizedText(fr: "tiret « - » de trop", en: "a dash “-” too many")
    }
  }
}

/// A change to one line that may repair a file.
struct RepairCandidate {
  let kind: RepairKind
  /// The index of the line, from 0.
  let index: Int
  let line: String

  /// Returns the lines with the change made.
  func made(in lines: [Substring]) -> [Substring] {
    var lines = lines
    lines[index] = Substring(line)
    return lines
  }

  /// Whether the finding is in this line.
  func isAt(_ finding: Finding) -> Bool { finding.span.file == 0 && finding.span.start.line == index + 1 }

  /// The number of the line, if the change leaves its meaning open.
  var doubtfulLine: Int? {
    switch kind {
    case .closingQuote, .apostrophe, .quotedValue, .closingBracket, .openingBracket, .separator, .straySign,
      .map:
      index + 1
    case .noBreakSpace, .blankAfterColon, .blankAfterDash, .colon, .tab, .indentation, .dash,
      .superfluousDash,
      .id:
      nil
    }
  }

  /// The change as the smallest possible edit.
  func edit(of old: Substring, file: Int = 0) -> TextEdit {
    let (before, after) = (Array(old.unicodeScalars), Array(line.unicodeScalars))
    let start = zip(before, after).prefix { $0 == $1 }.count
    let rest = min(before.count, after.count) - start
    let end = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.prefix(rest).count
    var inserted = String.UnicodeScalarView()
    inserted.append(contentsOf: after[start..<(after.count - end)])
    return TextEdit(
      Span(
        start: Place(line: index + 1, column: start + 1),
        end: Place(line: index + 1, column: before.count - end + 1), file: file),
      replacement: String(inserted))
  }

  /// The finding that reports the slip.
  func finding(in lines: [Substring], id: DiagnosticID) -> Finding {
    let edit = edit(of: lines[index])
    return Finding(id: id, span: edit.span, message: kind.message, proposal: proposal(edit))
  }

  /// The change as a proposal.
  func proposal(_ edit: TextEdit) -> Proposal {
    let words = String(line.drop { $0 == " " }.prefix(90))
    switch kind {
    case .tab, .indentation:
      let width = line.prefix { $0 == " " }.count
      return Proposal(
        LocalizedText(
          fr: "commencer la ligne par \(width) espaces : « \(words) »",
          en: "begin the line with \(width) spaces: “\(words)”"), edit: edit)
    default:
      return Proposal(
        LocalizedText(fr: "écrire « \(words) »", en: "write “\(words)”"), edit: edit)
    }
  }
}
