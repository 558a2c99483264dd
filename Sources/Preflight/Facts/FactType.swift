/// The type of a fact's values.
package enum FactType: Sendable, Hashable {
  case boolean
  case integer
  case text
  /// One of these words.
  case choice([String])
  /// Personal text, with the mask under which it is shown.
  case personal(Personal.Kind)
  case date
  case version
  case duration
  case texts
  /// A list of values of any type.
  case list
  /// A map from names to values of any type.
  case map
  case situations
  /// The Cryptolibs of a workstation; see ``InstalledCryptolib``.
  case cryptolibs
  /// A personal value of that type, no part of which is shown.
  indirect case concealed(FactType)
  /// The judgement of an outside plugin for one rule.
  case judgement

  /// The name of the type, for messages and documentation.
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
    case .integer: LocalizedText(fr: "un entier", en: "an integer")
    case .duration: LocalizedText(fr: "une durée comme 3s", en: "a duration such as 3s")
    case .list: LocalizedText(fr: "une liste", en: "a list")
    case .map: LocalizedText(fr: "une table clé : valeur", en: "a map")
    case .situations: LocalizedText(fr: "une liste de situations", en: "a list of situations")
    case .cryptolibs: LocalizedText(fr: "une liste de Cryptolibs", en: "a list of Cryptolibs")
    case .concealed(let type): type.name
    case .judgement: LocalizedText(fr: "pass ou fail", en: "pass or fail")
    }
  }

  /// Parses `text` as a value of this type. Returns nil if it is not one.
  package func value(of text: String) -> FactValue? {
    switch self {
    case .boolean: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .text: .text(text)
    case .choice(let words): words.contains(text) ? .text(text) : nil
    case .personal(let kind): .personal(Personal(text, as: kind))
    case .date: CivilDate(text).map(FactValue.date)
    case .version: Version(text).map(FactValue.version)
    case .integer: Int(text).map(FactValue.integer)
    case .duration: Duration(measure: text).map(FactValue.duration)
    case .concealed(let type): type.value(of: text).map(FactValue.concealed)
    case .judgement: Judgement(word: text).map(FactValue.judgement)
    case .texts, .list, .map, .situations, .cryptolibs: nil
    }
  }
}

/// Who may see the value of a fact.
package enum Visibility: String, Sendable {
  /// Anyone.
  case `public`
  /// Anyone who asks for it with `--reveal`; masked in every other output.
  case personal
  /// Nobody: it never leaves the process.
  case secret
}

/// The value of a fact.
package enum FactValue: Sendable, Hashable {
  case boolean(Bool)
  case integer(Int)
  case text(String)
  case personal(Personal)
  case date(CivilDate)
  case version(Version)
  case duration(Duration)
  case texts([String])
  case list([PlainValue])
  case map([PlainValue.Entry])
  case situations([BillingSituation])
  case cryptolibs([InstalledCryptolib])
  indirect case concealed(FactValue)
  case judgement(Judgement)

  /// Whether only the mask is known: a value exists, but it cannot be compared with anything.
  package var isMask: Bool {
    switch self {
    case .personal(let value): value.isMask
    case .concealed(let value): value.isMask
    default: false
    }
  }

  /// Whether the value is of that type.
  package func conforms(to type: FactType) -> Bool {
    switch (self, type) {
    case (.boolean, .boolean), (.text, .text), (.date, .date), (.version, .version), (.texts, .texts),
      (.situations, .situations), (.integer, .integer), (.duration, .duration), (.list, .list), (.map, .map),
      (.judgement, .judgement), (.cryptolibs, .cryptolibs):
      true
    case (.concealed(let value), .concealed(let type)): value.isMask || value.conforms(to: type)
    case (.text(let word), .choice(let words)): words.contains(word)
    case (.personal(let value), .personal(let kind)): value.kind == kind
    default: false
    }
  }
}

// MARK: - Comparing facts with each other

extension FactType {
  /// The type without its visibility. Values of two types can be compared if their bare types are equal.
  package var bare: FactType {
    switch self {
    case .personal, .choice: .text
    case .concealed(let type): type.bare
    default: self
    }
  }

  /// The mask of the type's values. Nil if they are shown in full.
  package var mask: Personal.Kind? {
    switch self {
    case .personal(let kind): kind
    case .concealed: .other
    default: nil
    }
  }
}

extension FactValue {
  /// The value without its mask: only for comparing, never for showing.
  package var bare: FactValue {
    switch self {
    case .personal(let value): .text(value.unmasked)
    case .concealed(let value): value.bare
    default: self
    }
  }
}

extension LocalizedText {
  /// Creates the text that shows the value in a sentence, under the given mask if the value has none of its own.
  package init(_ value: FactValue, maskedAs kind: Personal.Kind?) {
    self.init(value)
    switch value {
    case .personal, .concealed: break
    default: if let kind { self = masked(as: kind) }
    }
  }

  /// Returns the same words as personal data of that kind.
  package func masked(as kind: Personal.Kind) -> LocalizedText {
    LocalizedText(
      fr: "\(Personal(french.rendered(in: .french, .revealed), as: kind))",
      en: "\(Personal(english.rendered(in: .english, .revealed), as: kind))")
  }
}

extension LocalizedText {
  /// Creates the text that shows the value in a sentence.
  package init(_ value: FactValue) {
    switch value {
    case .boolean(let value):
      self.init(fr: value ? "oui" : "non", en: value ? "yes" : "no")
    case .text(let text): self.init(everywhere: Text(text))
    case .personal(let value): self.init(everywhere: "\(value)")
    case .date(let date): self.init(everywhere: "\(date)")
    case .version(let version): self.init(everywhere: "\(version)")
    case .texts(let texts): self.init(everywhere: Text(texts.joined(separator: ", ")))
    case .integer(let number): self.init(everywhere: "\(number)")
    case .duration(let duration): self.init(everywhere: Text(duration.measure))
    case .list(let items): self.init(everywhere: Text(PlainValue.list(items).words))
    case .map(let entries): self.init(everywhere: Text(PlainValue.map(entries).words))
    case .concealed(let value) where value.isMask: self.init(value)
    case .concealed(let value): self = LocalizedText(value).masked(as: .other)
    case .judgement(let judgement): self = judgement.message
    case .cryptolibs(let found):
      let words = found.map(\.words)
      self = words.dropFirst().reduce(words.first ?? LocalizedText(fr: "aucune", en: "none")) {
        LocalizedText(fr: "\($0.french), \($1.french)", en: "\($0.english), \($1.english)")
      }
    case .situations(let situations):
      self.init(counting: situations.count, fr: "situation", en: "situation")
    }
  }
}

extension FactValue {
  /// The value with personal data unmasked, only for the program that it is meant for.
  package var unmasked: PlainValue {
    switch self {
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .number("\(number)")
    case .text(let text): .text(text)
    case .personal(let personal): .text(personal.unmasked)
    case .date(let date): .text(date.description)
    case .version(let version): .text(version.description)
    case .duration(let duration): .text(duration.measure)
    case .texts(let texts): .list(texts.map(PlainValue.text))
    case .list(let items): .list(items)
    case .map(let entries): .map(entries)
    case .situations(let situations): .list(situations.map(\.unmasked))
    case .cryptolibs(let found): .list(found.map(\.plain))
    case .concealed(let value): value.unmasked
    case .judgement(let judgement): .text(judgement.outcome.rawValue)
    }
  }
}
