import Preflight
import Testing

@Suite("What the doctor finds, and how it is mended")
struct DiagnosisTests {
  private static let bare = SystemAtHand(packager: nil, hasSystemd: false, isRoot: true)

  @Test(
    "One fault is 1, whatever else; then what was not seen is 69; nothing is 77",
    arguments: [
      ([], 0), ([.sound, .attention], 0), ([.unseen, .sound], 69), ([.unseen, .fault, .sound], 1),
      ([.fault], 1),
    ] as [([Observation.Sign], Int32)])
  func code(signs: [Observation.Sign], code: Int32) {
    #expect(ExitCode(signs).rawValue == code)
  }

  @Test(
    "What is refused as unsafe is a fault, and what is not known for another reason is not seen",
    arguments: [
      (Unavailability.Reason.unsafe, Observation.Sign.fault), (.service, .unseen), (.timeout, .unseen),
      (.notGiven, .unseen),
    ])
  func unavailable(reason: Unavailability.Reason, sign: Observation.Sign) {
    let fact = FactName("a.b")
    let examination = Examination("a.b", .machine, [fact]) { facts throws(Unavailability) in
      _ = try facts.value(fact)
      return []
    }
    let why = Unavailability(reason, LocalizedText(everywhere: "pourquoi"))
    let found = examination.observations(Facts([Fact(fact, unavailable: why, source: "s")]))
    #expect(found.map(\.sign) == [sign])
    #expect(found.first?.message.rendered(in: .english) == "Pourquoi.")
  }

  @Test("Every examination is made, part by part, whatever the others find")
  func all() {
    func found(_ id: String, _ area: Examination.Area, _ sign: Observation.Sign) -> Examination {
      Examination(id, area, []) { _ in [Observation(sign, "x", LocalizedText(everywhere: "x"))] }
    }
    let diagnosis = Diagnosis(
      [
        found("c", .machine, .fault), found("a", .program, .fault), found("b", .pcsc, .unseen),
        Examination("nothing", .card, []) { _ in [] },
      ], of: Facts(), on: Self.bare)
    #expect(diagnosis.results.map(\.id) == ["a", "b", "c"])
    #expect(diagnosis.count(.fault) == 2 && diagnosis.exitCode.rawValue == 1)
  }

  @Test(
    "A path is one word for a shell, whatever is in it",
    arguments: [
      ("/opt/a-b_c.so", "/opt/a-b_c.so"), ("/a b", "'/a b'"), ("/a'b", #"'/a'\''b'"#), ("", "''"),
      ("$(x)", "'$(x)'"),
    ])
  func words(text: String, word: String) {
    #expect(shellWord(text) == word)
  }

  /// A check that says what a fact says.
  private struct Echo: Judge {
    let facts: Set<FactName>

    func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
      for name in self.facts.sorted() where try facts.text(name) == "bad" {
        return .fail(fr: "mauvais", en: "bad", case: FoundCase("bad"))
      }
      return .pass(fr: "bon", en: "good")
    }
  }

  private static func rule(_ check: String, of fact: FactName, _ severity: Severity = .blocking)
    -> Examination
  {
    Examination(
      Rule(
        id: "r", title: LocalizedText(everywhere: "r"), checkID: check, check: Echo(facts: [fact]),
        severity: severity))
  }

  @Test(
    "A rule is judged as it is; a card that is not there is no fault, and is told once",
    arguments: [
      (rule("card.kind", of: .cardKind), true, "good", ["sound"]),
      (rule("card.kind", of: .cardKind), true, "bad", ["fault"]),
      (rule("card.kind", of: .cardKind, .warning), true, "bad", ["attention"]),
      (rule("card.kind", of: .cardKind), true, nil, ["unseen"]),
      (rule("card.kind", of: .cardKind), false, nil, []),
      (rule("card.kind", of: .cardKind), nil, nil, []),
      (rule("card.present", of: .cardKind), false, "bad", ["attention"]),
      (rule("card.present", of: .cardKind), nil, nil, ["unseen"]),
      (rule("cryptolib.version", of: .cryptolibLibrary), nil, "bad", ["fault"]),
    ] as [(Examination, Bool?, String?, [String])])
  func rules(examination: Examination, present: Bool?, word: String?, signs: [String]) {
    var facts: [Fact] = []
    if let present { facts.append(Fact(.cardPresent, .boolean(present), source: "t")) }
    if let word {
      facts += [FactName.cardKind, .cryptolibLibrary].map { Fact($0, .text(word), source: "t") }
    }
    let found = examination.observations(Facts(facts))
    #expect(found.map(\.sign.rawValue) == signs)
    #expect(examination.area == (examination.facts.contains(.cryptolibLibrary) ? .cryptolib : .card))
  }
}
