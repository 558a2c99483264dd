package import Preflight

/// The facts as JSON, in the very format of facts files, so that what one workstation saw can be judged on another.
package struct FactsJSON: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// The whole document. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func text(of facts: [Fact]) throws -> String {
    try JSONDocument.text(of: FactsDocument(facts, options))
  }
}

private struct FactsDocument: Encodable {
  let schema = "cps-preflight/facts/1"
  let facts: [String: FactValueDocument]
  /// Of which a source says that there is none.
  let absent: [String]?
  /// Why a fact is not known, for people.
  let unavailable: [String: String]
  /// The same for whoever judges the file: how a rule is undecided depends on it. Absent where nobody gives the fact.
  let reasons: [String: String]?
  let sources: [String: String]

  init(_ facts: [Fact], _ options: ReportOptions) {
    var known: [String: FactValueDocument] = [:]
    var absent: [String] = []
    var unavailable: [String: String] = [:]
    var reasons: [String: String] = [:]
    var sources: [String: String] = [:]
    for fact in facts {
      let name = fact.name.rawValue
      switch fact.state {
      // A facts file that carried the day it was written would keep an expired card valid for ever.
      case .known where fact.name == .today && fact.source == FactSourceName.clock: continue
      case .known(let value):
        known[name] = FactValueDocument(value: value, disclosure: options.disclosure)
        sources[name] = fact.source
      case .absent:
        absent.append(name)
        sources[name] = fact.source
      case .unavailable(let why):
        unavailable[name] = options.words(why.message)
        if why.reason != .notGiven { reasons[name] = why.reason.rawValue }
      }
    }
    self.facts = known
    self.absent = absent.isEmpty ? nil : absent
    self.unavailable = unavailable
    self.reasons = reasons.isEmpty ? nil : reasons
    self.sources = sources
  }
}
