/// A question about the workstation that needs no rule file: a pure function of facts, as a ``Check`` is,
/// that reports everything it finds.
package struct Examination: Sendable {
  /// The parts of the workstation, in the order of reports.
  package enum Area: String, Sendable, CaseIterable {
    case program, rules, pcsc, readers, card, cryptolib, galss, machine

    /// The heading of the part.
    package var title: LocalizedText {
      switch self {
      case .program: LocalizedText(fr: "Programme", en: "Program")
      case .rules: LocalizedText(fr: "Règles", en: "Rules")
      case .pcsc: LocalizedText(fr: "Service PC/SC", en: "PC/SC service")
      case .readers: LocalizedText(fr: "Lecteurs", en: "Readers")
      case .card: LocalizedText(fr: "Carte", en: "Card")
      case .cryptolib: LocalizedText(everywhere: "Cryptolib")
      case .galss: LocalizedText(everywhere: "GALSS, SSV")
      case .machine: LocalizedText(fr: "Poste", en: "Workstation")
      }
    }
  }

  /// The name in reports, such as `usb.readers`.
  package let id: String
  /// The part of the workstation that it is about.
  package let area: Area
  /// The facts that it may read.
  package let facts: Set<FactName>
  private let examine: Function

  /// The function behind an examination. If a fact that all of it depends on is not known, it throws the
  /// reason.
  package typealias Function = @Sendable (Facts) throws(Unavailability) -> [Observation]

  package init(_ id: String, _ area: Area, _ facts: Set<FactName>, _ examine: @escaping Function) {
    self.id = id
    self.area = area
    self.facts = facts
    self.examine = examine
  }

  /// Returns what the facts show. Empty if there is nothing to say, for example because there is no card.
  package func observations(_ facts: Facts) -> [Observation] {
    do throws(Unavailability) { return try examine(facts) } catch { return [Observation(error)] }
  }
}

extension Facts {
  /// Returns the value of a fact, or nil if a source says that there is none.
  ///
  /// - Throws: `Unavailability` if it is not known.
  package func ifPresent(_ name: FactName) throws(Unavailability) -> FactValue? {
    self[name].isAbsent ? nil : try value(name)
  }

  /// Returns the entries of a fact that is a list of maps.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func entries(_ name: FactName) throws(Unavailability) -> [PlainEntry] {
    guard case .list(let items) = try value(name) else {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "\(name.rawValue) n'a pas le type attendu", en: "\(name.rawValue) is not of the expected type"))
    }
    return items.map { PlainEntry($0) }
  }

  /// Returns the value of a fact that is a list of texts.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func texts(_ name: FactName) throws(Unavailability) -> [String] {
    guard case .texts(let texts) = try value(name) else {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "\(name.rawValue) n'a pas le type attendu", en: "\(name.rawValue) is not of the expected type"))
    }
    return texts
  }
}

/// A map among the entries of a fact, read by the names of its members.
package struct PlainEntry: Sendable, Hashable {
  private let members: [String: PlainValue]

  /// Reads a map. Any other value has no members.
  package init(_ value: PlainValue) {
    guard case .map(let entries) = value else {
      members = [:]
      return
    }
    members = Dictionary(entries.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// Returns the text of that name. Nil if there is none.
  package func text(_ name: String) -> String? {
    if case .text(let text)? = members[name] { text } else { nil }
  }

  /// Returns the boolean of that name. Nil if there is none.
  package func flag(_ name: String) -> Bool? {
    if case .boolean(let flag)? = members[name] { flag } else { nil }
  }

  /// Returns the words of that name, in each language. Nil if there are none.
  package func words(_ name: String) -> LocalizedText? {
    guard let words = members[name].map(PlainEntry.init), let french = words.text("fr"),
      let english = words.text("en")
    else { return nil }
    return LocalizedText(fr: Text(french), en: Text(english))
  }

  /// Returns the whole number of that name. Nil if there is none.
  package func number(_ name: String) -> Int? {
    if case .number(let digits)? = members[name] { Int(digits) } else { nil }
  }
}

extension PlainValue {
  /// Creates a map, without the members whose value is nil.
  package static func map(_ members: KeyValuePairs<String, PlainValue?>) -> PlainValue {
    .map(members.compactMap { name, value in value.map { Entry(name, $0) } })
  }

  /// Creates a map of the words in each language, with personal parts masked.
  package static func words(_ text: LocalizedText) -> PlainValue {
    .map(["fr": .text(text.rendered(in: .french)), "en": .text(text.rendered(in: .english))])
  }

  /// Creates a whole number.
  package static func integer(_ number: Int) -> PlainValue { .number(String(number)) }
}
