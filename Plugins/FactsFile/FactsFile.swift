import JSON
package import Preflight

/// The source `facts`: a JSON file that an integrator's own program has written.
///
/// The reader is strict: it refuses unknown facts, wrong types and contradictions. docs/facts.md describes the format.
package struct FactsFile: Source {
  /// The largest size of a facts file, in bytes; docs/facts.md.
  package static let sizeLimit = 1 << 20
  /// The value that `schema` must have in the file.
  package static let schema = "cps-preflight/facts/1"

  /// The name of the file as the user gave it: reports show it as the source of a fact.
  package let name: String
  /// Every fact of the catalogue: any of them may be in the file.
  package let provides: Set<FactName>
  /// Always `true`: the file was read when the source was made.
  package var answersAtOnce: Bool { true }
  /// The facts of the file, in its order.
  package let facts: [Fact]

  /// Reads a facts file.
  ///
  /// - Parameter origin: the file as the user named it; its facts carry it as their source.
  package init(
    contents: [UInt8], origin: String, catalogue: FactCatalogue
  ) throws(FactsFileFault) {
    self.name = origin
    self.provides = catalogue.names
    guard !contents.isEmpty else {
      throw FactsFileFault(nil, fr: "le fichier de faits est vide", en: "the facts file is empty")
    }
    let decoder = FactsDecoder(catalogue: catalogue, origin: origin)
    do throws(FactsDecoder.Fault) {
      facts = try decoder.document(in: contents).facts
    } catch {
      throw FactsFileFault(error.offset.map { Place(of: $0, in: contents) }, error.message)
    }
    do throws(FactsFileFault) {
      try Facts(facts).refuseContradictions(among: facts)
    } catch {
      throw FactsFileFault(error.offset(in: contents).map { Place(of: $0, in: contents) }, error.message)
    }
  }

  /// Whether the file has any fact about a card or a reader, so that it stands in for them.
  package var speaksOfCard: Bool { facts.contains { $0.name.isOfCardOrReader } }

  /// Refuses facts of several files that cannot all be true of one card. Different values of one fact are not
  /// a contradiction here: neither is trusted.
  package static func refuseContradictions(among facts: [Fact]) throws(FactsFileFault) {
    try Facts(facts).refuseContradictions(among: facts)
  }

  /// Returns the wanted facts that the file has. It never waits, so the deadline is ignored.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    facts.filter { wanted.contains($0.name) }
  }
}

/// Why a facts file cannot be used, and where.
package struct FactsFileFault: Error, Sendable {
  /// The place of the fault; `nil` if it is the file as a whole.
  package let place: Place?
  /// What is wrong, without the place.
  package let message: LocalizedText
  /// The fact that another one contradicts; `nil` if the fault is another.
  private let subject: FactName?

  init(_ place: Place?, _ message: LocalizedText) {
    self.place = place
    self.message = message
    subject = nil
  }

  /// Creates the fault of a fact that others contradict, whose place is not known yet.
  init(of subject: FactName, fr: Text, en: Text) {
    place = nil
    message = LocalizedText(fr: fr, en: en)
    self.subject = subject
  }

  /// Returns where the contradicted fact starts in the text that gives it, in bytes. Nil if it is not there.
  ///
  /// The text is read again, as only few have a fault.
  func offset(in contents: [UInt8]) -> Int? {
    guard let subject,
      case .object(let members)? = JSONReader.firstMember("facts", ofObjectIn: contents)?.content
    else { return nil }
    return members.first { $0.name == subject.rawValue }?.nameOffset
  }

  init(_ place: Place?, fr: Text, en: Text) { self.init(place, LocalizedText(fr: fr, en: en)) }
}
