import Preflight

/// The value that was probably meant by one in the wrong notation.
enum MeantValue {
  static func boolean(_ text: String) -> String? {
    switch bare(text).lowercased() {
    case "true", "yes", "on", "y", "oui", "vrai": "true"
    case "false", "no", "off", "n", "non", "faux": "false"
    default: nil
    }
  }

  /// The text without quotes that YAML does not recognise, and without any spaces or invisible characters around it.
  private static func bare(_ text: String) -> String {
    func counts(_ scalar: Unicode.Scalar) -> Bool {
      scalar != " " && OddCharacter(scalar) == nil && !"\"'“”„‟‘’‚‛«»‹›".unicodeScalars.contains(scalar)
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: counts), let last = scalars.lastIndex(where: counts) else {
      return ""
    }
    return String(scalars[first...last])
  }

  /// An integer written with leading zeros, a fraction of zeros, unrecognised quotes, or words after it.
  static func integer(_ text: String) -> String? {
    let text = bare(text)
    let digits = text.prefix { ("0"..."9").contains($0) }
    let rest = text.dropFirst(digits.count)
    guard rest.drop(while: { ".,0".contains($0) }).isEmpty || rest.first == " ", digits.count <= 9 else {
      return nil
    }
    return Int(digits).map(String.init)
  }

  /// A date in French order, with other separators, or with the month in words.
  static func date(_ text: String) -> String? {
    let parts = bare(text).split { "/-. ".contains($0) }.map { part in
      Int(part) ?? months.firstIndex { Folding.folded(part.unicodeScalars).hasPrefix($0) }.map { $0 + 1 } ?? 0
    }
    guard parts.count == 3 else { return nil }
    let date =
      parts[0] > 31
      ? CivilDate(year: parts[0], month: parts[1], day: parts[2])
        ?? CivilDate(year: parts[0], month: parts[2], day: parts[1])
      : CivilDate(year: parts[2] < 100 ? parts[2] + 2000 : parts[2], month: parts[1], day: parts[0])
    return date.map(\.description)
  }

  private static let months = [
    "janv", "fev", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec",
  ]

  /// A version with commas, quotes that YAML does not recognise, or a “v” in front; one in the six digits of an ADM file.
  static func version(_ text: String) -> String? {
    if let version = Version(sixDigits: bare(text)) { return "\"\(version)\"" }
    let digits = bare(text).replacing(",", with: ".").filter { !" v".contains($0) }
    return Version(digits).map { _ in "\"\(digits)\"" }
  }

  /// A duration without a unit, or with another word for the unit.
  static func duration(_ text: String, atMost limit: Duration?) -> String? {
    let text = bare(text)
    let digits = text.prefix { ("0"..."9").contains($0) }
    let unit =
      switch text.dropFirst(digits.count).filter({ $0 != " " }).lowercased() {
      case "", "s", "sec", "secs", "seconde", "secondes", "second", "seconds": "s"
      case "m", "min", "mn", "minute", "minutes": "m"
      case "h", "heure", "heures", "hour", "hours": "h"
      case "d", "j", "jour", "jours", "day", "days": "d"
      case "ms", "millis", "milliseconds", "millisecondes": "ms"
      default: ""
      }
    return Duration(notation: digits + unit, atMost: limit).map { _ in digits + unit }
  }

  /// A proposal for a value that is compared with a fact of that type.
  static func proposal(for text: String, of type: FactType, at span: Span) -> Proposal? {
    guard case .choice(let words) = type else { return value(text, of: type).map { .write($0, at: span) } }
    return .oneOf(nearestNames(to: text, among: words), at: span)
  }

  private static func value(_ text: String, of type: FactType) -> String? {
    switch type {
    case .boolean: boolean(text)
    case .date: date(text)
    case .version: version(text)
    default: nil
    }
  }
}
