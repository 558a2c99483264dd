package import Preflight

/// The source `facts`: a JSON file in which an integrator's own program wrote down what it knows.
///
/// Strict: an unknown fact, a wrong type or a contradiction is refused; docs/facts.md describes the format.
package struct FactsFile: Source {
  /// The limit of docs/facts.md, in bytes.
  package static let sizeLimit = 1 << 20
  /// What the file must name as its schema.
  package static let schema = "cps-preflight/facts/1"

  package let name: String
  package let provides: Set<FactName>
  package var answersAtOnce: Bool { true }
  /// What the file says.
  package let facts: [Fact]

  /// Reads a facts file.
  ///
  /// - Parameter origin: the file as the user named it; its facts carry it as their source.
  package init(
    contents: [UInt8], origin: String, catalogue: FactCatalogue = .standard
  ) throws(FactsFileFault) {
    self.name = origin
    self.provides = Set(catalogue.declarations.map(\.name))
    guard !contents.isEmpty else {
      throw FactsFileFault(nil, fr: "le fichier de faits est vide", en: "the facts file is empty")
    }
    let decoder = FactsDecoder(catalogue: catalogue, origin: origin)
    do throws(FactsDecoder.Fault) {
      facts = try decoder.facts(in: contents)
    } catch {
      throw FactsFileFault(Place(of: error.offset, in: contents), error.message)
    }
    try refuseContradictions()
  }

  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    facts.filter { wanted.contains($0.name) }
  }

  // MARK: - Contradictions

  private func refuseContradictions() throws(FactsFileFault) {
    let known = Facts(facts)
    if let issued = try? known.date(.cardIssuedOn), let expires = try? known.date(.cardExpiresOn),
      expires < issued
    {
      throw FactsFileFault(
        nil,
        fr: "card.expiresOn (\(expires)) est antérieur à card.issuedOn (\(issued))",
        en: "card.expiresOn (\(expires)) is before card.issuedOn (\(issued))")
    }
    if (try? known.boolean(.billingDAM)) == false, let situations = try? known.situations(),
      !situations.isEmpty
    {
      throw FactsFileFault(
        nil,
        fr: "billing.dam est false alors que billing.situations n'est pas vide",
        en: "billing.dam is false while billing.situations is not empty")
    }
    if (try? known.boolean(.cardPresent)) == false, let fact = facts.first(where: \.isOfThePresentCard) {
      throw FactsFileFault(
        nil,
        fr: "card.present est false alors que \(fact.name.rawValue) est donné",
        en: "card.present is false while \(fact.name.rawValue) is given")
    }
    if let present = try? known.boolean(.cardPresent), let state = try? known.text(.readerState),
      present != (state == "card")
    {
      throw FactsFileFault(
        nil,
        fr: "card.present est \(String(present)) alors que reader.state est \(state)",
        en: "card.present is \(String(present)) while reader.state is \(state)")
    }
  }
}

extension Fact {
  /// Whether it can only be known of a card that is there.
  fileprivate var isOfThePresentCard: Bool {
    name != .cardPresent && name.isOfCard
  }
}

/// Why a facts file cannot be used, and where.
package struct FactsFileFault: Error, Sendable {
  /// Nothing where it is the file as a whole.
  package let place: Place?
  package let message: LocalizedText

  init(_ place: Place?, _ message: LocalizedText) {
    self.place = place
    self.message = message
  }

  init(_ place: Place?, fr: Text, en: Text) { self.init(place, LocalizedText(fr: fr, en: en)) }
}
