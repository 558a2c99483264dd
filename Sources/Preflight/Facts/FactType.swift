/// What kind of value a fact has.
package enum FactType: Sendable, Hashable {
  case boolean
  case text
  /// One of these words.
  case choice([String])
  /// Text that is personal, with its mask.
  case personal(Personal.Kind)
  case date
  case version
  case texts
  case situations

  /// The name of the type in messages and documentation.
  package var name: LocalizedText {
    switch self {
    case .boolean: LocalizedText(fr: "un booléen (true ou false)", en: "a boolean (true or false)")
    case .text, .personal: LocalizedText(fr: "un texte", en: "a string")
    case .choice(let words):
      LocalizedText(
        fr: "l'un de \(words.joined(separator: ", "))", en: "one of \(words.joined(separator: ", "))")
    case .date: LocalizedText(fr: "une date AAAA-MM-JJ", en: "a date YYYY-MM-DD")
    case .version:
      LocalizedText(fr: "une version entre guillemets, \"5.2.2\"", en: "a version in quotes, \"5.2.2\"")
    case .texts: LocalizedText(fr: "une liste de textes", en: "a list of strings")
    case .situations: LocalizedText(fr: "une liste de situations", en: "a list of situations")
    }
  }

  /// The value that `text` writes in this type, or nothing where it writes none.
  package func value(of text: String) -> FactValue? {
    switch self {
    case .boolean: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .text: .text(text)
    case .choice(let words): words.contains(text) ? .text(text) : nil
    case .personal(let kind): .personal(Personal(text, as: kind))
    case .date: CivilDate(text).map(FactValue.date)
    case .version: Version(text).map(FactValue.version)
    case .texts, .situations: nil
    }
  }
}

/// Who may see a fact.
package enum Visibility: String, Sendable {
  /// Anyone.
  case `public`
  /// Masked in every output unless it is asked to be revealed.
  case personal
  /// Never leaves the process.
  case secret
}

/// The value of a fact.
package enum FactValue: Sendable, Hashable {
  case boolean(Bool)
  case text(String)
  case personal(Personal)
  case date(CivilDate)
  case version(Version)
  case texts([String])
  case situations([BillingSituation])

  /// Whether the value is of that type.
  package func conforms(to type: FactType) -> Bool {
    switch (self, type) {
    case (.boolean, .boolean), (.text, .text), (.date, .date), (.version, .version), (.texts, .texts),
      (.situations, .situations):
      true
    case (.text(let word), .choice(let words)): words.contains(word)
    case (.personal(let value), .personal(let kind)): value.kind == kind
    default: false
    }
  }
}

extension LocalizedText {
  /// The value as a person reads it in a sentence.
  package init(_ value: FactValue) {
    switch value {
    case .boolean(let value):
      self.init(fr: value ? "oui" : "non", en: value ? "yes" : "no")
    case .text(let text): self.init(everywhere: Text(text))
    case .personal(let value): self.init(everywhere: "\(value)")
    case .date(let date): self.init(everywhere: "\(date)")
    case .version(let version): self.init(everywhere: "\(version)")
    case .texts(let texts): self.init(everywhere: Text(texts.joined(separator: ", ")))
    case .situations(let situations):
      self.init(
        fr: "\(situations.count) situation\(situations.count > 1 ? "s" : "")",
        en: "\(situations.count) situation\(situations.count == 1 ? "" : "s")")
    }
  }
}
