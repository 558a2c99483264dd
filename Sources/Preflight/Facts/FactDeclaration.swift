/// What is known about a fact before any source is asked: its type and who may see it.
package struct FactDeclaration: Sendable {
  /// The name that rule files and facts files use.
  package let name: FactName
  /// The type of its values.
  package let type: FactType
  /// Who may see its value, derived from the type.
  package let visibility: Visibility
  /// A few words about what the fact means, for listings.
  package let summary: LocalizedText

  /// Creates a declaration whose summary is given in French and English.
  package init(_ name: FactName, _ type: FactType, fr: Text, en: Text) {
    self.init(name, type, LocalizedText(fr: fr, en: en))
  }

  package init(_ name: FactName, _ type: FactType, _ summary: LocalizedText) {
    self.name = name
    self.type = type
    self.visibility =
      switch type {
      case .personal, .situations, .concealed: .personal
      default: .public
      }
    self.summary = summary
  }
}

/// All facts that exist, by name.
package struct FactCatalogue: Sendable {
  /// The declarations as they were given: each start makes a catalogue, and few runs list it.
  private let given: [FactDeclaration]
  /// The places of the first declaration of each name.
  private let places: [FactName: Int]

  package init(_ declarations: [FactDeclaration]) {
    given = declarations
    var places: [FactName: Int] = [:]
    places.reserveCapacity(declarations.count)
    for (place, declaration) in declarations.enumerated() where places[declaration.name] == nil {
      places[declaration.name] = place
    }
    self.places = places
  }

  /// The declarations, in the order in which reports list them: by subject, then as they were given.
  package var declarations: [FactDeclaration] {
    var bySubject = [[FactDeclaration]](repeating: [], count: Self.subjects.count + 1)
    for declaration in given {
      let subject = declaration.name.rawValue.utf8.prefix { $0 != UInt8(ascii: ".") }
      let index = Self.subjects.firstIndex { $0.utf8.elementsEqual(subject) } ?? Self.subjects.count
      bySubject[index].append(declaration)
    }
    return bySubject.flatMap(\.self)
  }

  /// The names of all facts.
  package var names: Set<FactName> { Set(places.keys) }

  /// The first parts of the names of facts, in the order of listings. All others come last: those of plugins from outside and of
  /// rule files.
  private static let subjects = ["today", "reader", "card", "holder", "billing", "cryptolib", "report"]

  /// The declaration of the fact of that name. Nil if there is no such fact.
  package subscript(name: FactName) -> FactDeclaration? { places[name].map { given[$0] } }

  /// Whether the catalogue has any fact of the same plugin.
  package func knows(pluginOf name: FactName) -> Bool {
    given.contains { $0.name.plugin == name.plugin }
  }

  /// Returns the catalogue with the other declarations added at the end.
  package func adding(_ others: [FactDeclaration]) -> FactCatalogue {
    others.isEmpty ? self : FactCatalogue(given + others)
  }
}

extension FactCatalogue {
  /// The facts that several plugins give or judge. Every other fact is declared by the plugin that gives it.
  package static let shared: [FactDeclaration] = [
    FactDeclaration(.today, .date, fr: "date du jour (Europe/Paris)", en: "today's date (Europe/Paris)"),
    FactDeclaration(.cardPresent, .boolean, fr: "une carte est lue", en: "a card is being read"),
    FactDeclaration(
      .cardKind, .choice(["cps", "cpf", "cpe", "cpa", "vitale", "unknown"]),
      fr: "type de carte", en: "kind of card"),
    FactDeclaration(.cardContactless, .boolean, fr: "lue sans contact", en: "read without contact"),
    FactDeclaration(
      .cardNumber, .personal(.cardNumber), fr: "numéro de la carte", en: "number of the card"),
    FactDeclaration(.cardIssuedOn, .date, fr: "date de délivrance", en: "date of issue"),
    FactDeclaration(.cardExpiresOn, .date, fr: "fin de validité inscrite", en: "expiry written on the card"),
    FactDeclaration(
      .cardPIN, .choice(["ok", "low", "final", "blocked"]),
      fr: "état du code porteur", en: "state of the code porteur"),
    FactDeclaration(.holderName, .personal(.name), fr: "nom du porteur", en: "name of the holder"),
    FactDeclaration(.billingDAM, .boolean, fr: "la carte a un DAM", en: "the card has a DAM"),
    FactDeclaration(
      .billingSituations, .situations, fr: "situations de facturation", en: "billing situations"),
  ]
}
