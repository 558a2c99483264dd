package import Preflight

/// A fact as one line of text.
struct FactLine {
  let options: ReportOptions

  init(_ options: ReportOptions) { self.options = options }

  func text(of fact: Fact) -> String {
    let source = options.paint("(\(printable(fact.source)))", .dim)
    switch fact.state {
    case .known(let value):
      var line = "\(printable(fact.name.rawValue)) = \(self.value(value)) \(source)"
      if let note = fact.note { line += " – " + printable(options.words(note)) }
      return line
    case .absent:
      return "\(fact.name.rawValue) = \(options.say(fr: "il n'y en a pas", en: "there is none")) \(source)"
    case .unavailable(let why):
      return "\(printable(fact.name.rawValue)) ? \(printable(options.words(why.message))) \(source)"
    }
  }

  private func value(_ value: FactValue) -> String {
    guard case .situations(let situations) = value else {
      return printable(options.words(LocalizedText(value)))
    }
    guard !situations.isEmpty else { return options.say(fr: "aucune", en: "none") }
    return situations.enumerated().map { "[\($0 + 1)] " + self.situation($1) }.joined(separator: "; ")
  }

  private func situation(_ situation: BillingSituation) -> String {
    func flag(_ flag: Bool?) -> String {
      flag.map { options.words(LocalizedText(.boolean($0))) } ?? "?"
    }
    let identifier =
      switch situation.identifier {
      case nil: "?"
      case .absent: options.say(fr: "aucun", en: "none")
      case .written(let value), .masked(let value, _): printable(value.shown(options.disclosure))
      }
    return options.say(fr: "identifiant ", en: "identifier ") + identifier + ", FSE "
      + flag(situation.signFSE) + ", lots " + flag(situation.signLots)
      + (situation.practice.map { ", " + options.words($0.name) } ?? "")
  }
}

/// The facts as text for people.
package struct FactsText: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// Returns one line for each fact.
  package func text(of facts: [Fact]) -> String {
    facts.map { FactLine(options).text(of: $0) + "\n" }.joined()
  }
}

extension PracticeMode {
  /// The French and English words for the mode of practice.
  fileprivate var name: LocalizedText {
    switch self {
    case .liberal: LocalizedText(fr: "libéral", en: "self-employed")
    case .salaried: LocalizedText(fr: "salarié", en: "salaried")
    case .locum: LocalizedText(fr: "remplaçant", en: "locum")
    case .unpaid: LocalizedText(fr: "non rétribué", en: "unpaid")
    }
  }
}
