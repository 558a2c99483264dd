import Cryptolib
import Preflight
import RuleStage
import Testing

/// What is known about a fact of the card in a case.
enum Known: Sendable {
  case given(String)
  case unknown
  case unavailable(Unavailability.Reason)
}

/// A card, the installed Cryptolib, and the expected result.
struct CardCase: Sendable, CustomTestStringConvertible {
  let installed: String
  let issued: Known
  let generation: Known
  /// The message; if undecided, the name of the fact that it depends on.
  let says: String
  let outcome: CheckExample.Outcome

  init(
    _ installed: String, _ issued: Known, _ generation: Known, _ outcome: CheckExample.Outcome,
    _ says: String
  ) {
    self.installed = installed
    self.issued = issued
    self.generation = generation
    self.outcome = outcome
    self.says = says
  }

  var testDescription: String { "\(installed), \(issued), \(generation)" }
}

extension CardCase {
  /// Judges the case by these thresholds: minimum 5.0.0; 5.2.2 from 2025-07-01, 5.2.4 from 2026-01-01; CPS4 5.2.0.
  func check(_ location: SourceLocation = #_sourceLocation) {
    do {
      let judgement = try Self.thresholds().judge(try facts())
      let message = judgement.message.rendered(in: .french)
      #expect(judgement.outcome.rawValue == outcome.rawValue, sourceLocation: location)
      #expect(
        message == "Cryptolib \(installed) installée, \(says)", "\(testDescription)",
        sourceLocation: location)
    } catch let why as Unavailability {
      #expect(outcome == .unknown, "\(testDescription)", sourceLocation: location)
      #expect(
        why.message.rendered(in: .french) == "\(says) douteux", sourceLocation: location)
    } catch {
      Issue.record(error, sourceLocation: location)
    }
  }

  private static func thresholds() throws -> CryptolibVersionCheck {
    try CryptolibVersionCheck(
      Parameters([
        "minimum": .version(Version(5, 0, 0)), "cps4": .version(Version(5, 2, 0)),
        "issued_from": .map([
          .init(.date(try day("2025-07-01")), .version(Version(5, 2, 2))),
          .init(.date(try day("2026-01-01")), .version(Version(5, 2, 4))),
        ]),
      ]))
  }

  private func facts() throws -> Facts {
    var facts = Facts([
      Fact(.cryptolibVersion, .version(try #require(Version(installed))), source: "test")
    ])
    for (name, known) in [(FactName.cardIssuedOn, issued), (.cardGeneration, generation)] {
      switch known {
      case .given(let text):
        let type = try #require(FactCatalogue.forTests[name]).type
        facts.add(Fact(name, try #require(type.value(of: text)), source: "test"))
      case .unknown: break
      case .unavailable(let reason):
        let message = LocalizedText(everywhere: "\(name.rawValue) douteux")
        facts.add(Fact(name, unavailable: Unavailability(reason, message), source: "test"))
      }
    }
    return facts
  }
}

/// Returns the day written in `iso`.
func day(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso)) }
