import Preflight
import RuleFile

/// A pattern that is valid both for PCRE2 and for the regular expressions that rules used before, but with different
/// meanings: what it accepts has changed silently.
///
/// docs/rule-file.md, “Regular expressions”, lists the differences.
enum ChangedPatternLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.compactMap { declared in
      guard declared.rule.checkID == "fact", let pattern = declared.rule.parameters.string("matches"),
        let change = PatternChange.first(in: pattern)
      else { return nil }
      let node = declared.keys["with"]?["matches"]
      return .warning(
        .changedPattern, node?.span ?? declared.span,
        LocalizedText(
          fr: "cette expression n'a plus le même sens : \(change.message.french)",
          en: "this pattern no longer means the same: \(change.message.english)"),
        proposal: change.proposal)
    }
  }
}

/// A change in the meaning of a pattern.
private enum PatternChange {
  /// `[a[bc]]`: a class inside a class.
  case nestedClass
  /// `[\w&&[a-z]]`, `[+-9--5]`, `[ab~~bc]`: set operations on classes.
  case classOperator
  /// `[[:word:]]`, `[[:punct:]]`.
  case classByName
  /// `(?x)` with spaces inside a class.
  case blankInClass
  /// `{,3}`: at most three; `{ 1, 3 }`.
  case range
  /// `\b`, `\B`: the edge of a word.
  case wordBoundary
  /// A letter and an accent that is written after it.
  case combiningMark

  /// The first change in a pattern that both accept; `nil` if only PCRE2 does, so that no other meaning can be
  /// intended.
  static func first(in pattern: String) -> PatternChange? {
    var scan = PatternScan(pattern)
    guard let change = scan.change, (try? Regex(pattern)) != nil else { return nil }
    return change
  }

  var message: LocalizedText {
    switch self {
    case .nestedClass:
      LocalizedText(
        fr: "dans une classe, « [ » est un caractère comme un autre",
        en: "inside a class, “[” is a character like any other")
    case .classOperator:
      LocalizedText(
        fr: "dans une classe, « && », « -- » et « ~~ » sont des caractères comme les autres",
        en: "inside a class, “&&”, “--” and “~~” are characters like any others")
    case .classByName:
      LocalizedText(
        fr: "[:word:] contient maintenant « _ », et [:punct:] les signes comme « $ » et « + »",
        en: "[:word:] now holds “_”, and [:punct:] signs such as “$” and “+”")
    case .blankInClass:
      LocalizedText(
        fr: "avec (?x), une espace compte dans une classe", en: "with (?x), a space counts inside a class")
    case .range:
      LocalizedText(
        fr: "« {,n} » et les accolades avec une espace sont un texte, et non une répétition",
        en: "“{,n}” and braces with a space are a text, not a repetition")
    case .wordBoundary:
      LocalizedText(
        fr: "« \\b » est entre \\w et \\W, aussi dans « aujourd'hui » et « a.b »",
        en: "“\\b” is between \\w and \\W, inside “can't” and “a.b” too")
    case .combiningMark:
      LocalizedText(
        fr: "une lettre et l'accent écrit après elle sont deux caractères",
        en: "a letter and the accent written after it are two characters")
    }
  }

  var proposal: LocalizedText {
    switch self {
    case .nestedClass:
      LocalizedText(
        fr: "écrire une seule classe ; \\[ pour le caractère", en: "write one class; \\[ for the character")
    case .classOperator:
      LocalizedText(
        fr: "écrire une anticipation, comme (?!\\d)\\w", en: "write a lookahead, such as (?!\\d)\\w")
    case .classByName, .wordBoundary:
      LocalizedText(
        fr: "écrire dans une classe les caractères voulus, et essayer avec « rules test »",
        en: "write the characters that are meant in a class, and try it with “rules test”")
    case .blankInClass:
      LocalizedText(fr: "ôter l'espace, ou écrire (?xx)", en: "take the space out, or write (?xx)")
    case .range: LocalizedText(fr: "écrire {0,n}, sans espace", en: "write {0,n}, without a space")
    case .combiningMark:
      LocalizedText(
        fr: "écrire la lettre accentuée en un seul caractère",
        en: "write the accented letter as one character")
    }
  }
}

/// A scan of a pattern, up to the first change.
private struct PatternScan {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  /// Whether spaces and comments are ignored.
  private var isExtended = false

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  /// The first change; `nil` if there is none.
  var change: PatternChange? {
    mutating get {
      while index < scalars.count {
        let scalar = scalars[index]
        index += 1
        switch scalar {
        case "\\":
          if next == "b" || next == "B" { return .wordBoundary }
          skipEscape()
        case "[": if let change = changeInClass { return change }
        case "{": if hasOtherRange { return .range }
        case "(": if next == "?" { readFlags() }
        case "#" where isExtended: skip { $0 != "\n" }
        default: if scalar.properties.canonicalCombiningClass != .notReordered { return .combiningMark }
        }
      }
      return nil
    }
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func skip(while holds: (Unicode.Scalar) -> Bool) {
    while let next, holds(next) { index += 1 }
  }

  /// Skips what follows a backslash: a character, or a quotation up to `\E`.
  private mutating func skipEscape() {
    let isQuote = next == "Q"
    index += 1
    guard isQuote else { return }
    while index < scalars.count, !(scalars[index] == "\\" && scalars.dropFirst(index + 1).first == "E") {
      index += 1
    }
    index += 2
  }

  /// The change in the class after `[`, if any.
  private var changeInClass: PatternChange? {
    mutating get {
      if next == "^" { index += 1 }
      if next == "]" { index += 1 }
      while let scalar = next, scalar != "]" {
        index += 1
        switch scalar {
        case "\\": skipEscape()
        case "[":
          guard next == ":" else { return .nestedClass }
          let start = index
          skip { $0 != "]" }
          let name = String(String.UnicodeScalarView(scalars[start..<index])).filter { !":^".contains($0) }
          if name == "word" || name == "punct" { return .classByName }
          index += 1
        case "&", "-", "~": if next == scalar { return .classOperator }
        case " ", "\t", "\n": if isExtended { return .blankInClass }
        default: if scalar.properties.canonicalCombiningClass != .notReordered { return .combiningMark }
        }
      }
      index += 1
      return nil
    }
  }

  /// Whether the repetition after `{` is written in a form other than `{n}`, `{n,}` or `{n,m}`.
  private var hasOtherRange: Bool {
    let inner = scalars[index...].prefix { $0 != "}" && $0 != "{" }
    let isClosed = scalars.dropFirst(index + inner.count).first == "}"
    guard isClosed, inner.allSatisfy({ ("0"..."9").contains($0) || ", ".unicodeScalars.contains($0) }),
      inner.contains(where: { ("0"..."9").contains($0) })
    else { return false }
    return inner.first == "," || inner.contains(" ")
  }

  /// Reads the flags of a group, from its `?` on: whether they set `x`, but not `xx`.
  private mutating func readFlags() {
    let flags = scalars.dropFirst(index + 1).prefix {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "^"
    }
    guard let end = scalars.dropFirst(index + 1 + flags.count).first, end == ")" || end == ":" || end == "-"
    else {
      return
    }
    if flags.count(where: { $0 == "x" }) == 1 { isExtended = true }
  }
}
