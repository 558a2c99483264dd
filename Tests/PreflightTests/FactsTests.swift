import Preflight
import Testing

private let unknown = Unavailability(.notGiven, LocalizedText(fr: "?", en: "?"))

@Suite("What several sources say of one fact")
struct FactsTests {
  private func facts(_ said: Fact...) -> Fact { Facts(said)[.cardKind] }

  @Test("What nobody spoke of is unavailable")
  func silence() {
    guard case .unavailable(let why) = Facts()[.cardKind].state else {
      Issue.record("known")
      return
    }
    #expect(why.reason == .notGiven)
  }

  @Test("A known fact outlives a source that does not know it, in either order")
  func knownAndUnknown() {
    let known = Fact(.cardKind, .text("cps"), source: "a")
    let lost = Fact(.cardKind, unavailable: unknown, source: "b")
    #expect(facts(known, lost).value == .text("cps"))
    #expect(facts(lost, known).value == .text("cps"))
  }

  @Test("Very many facts are found like a few, and names that end alike are different ones")
  func many() {
    let names = (0..<200).flatMap { [FactName("a/number\($0)"), FactName("b/number\($0)")] }
    for count in [2, 47, 48, 49, 50, names.count] {
      var facts = Facts()
      for (index, name) in names.prefix(count).enumerated() {
        facts.add(Fact(name, .integer(index), source: "a"))
      }
      for (index, name) in names.prefix(count).enumerated() {
        facts.add(Fact(name, .integer(index), source: "b"))
        #expect(facts[name].value == .integer(index))
        facts.settle(Fact(name, .integer(-index), source: "c"))
        #expect(facts[name].value == .integer(-index))
      }
      #expect(facts.all.map(\.name) == names.prefix(count).sorted())
      #expect(facts[FactName("a/number\(names.count)")].value == nil)
    }
  }

  @Test("A name is found again, in ASCII or not, and a catalogue keeps the first declaration of each")
  func equalNames() {
    let names = ["card.kind", "x/\u{E9}", "card.kinds", "x/e"].map { FactName($0) }
    #expect(Set(names + names).count == 4)
    let catalogue = FactCatalogue(
      [names[0], names[1], names[0]].enumerated().map {
        FactDeclaration($1, .integer, fr: "\($0)", en: "\($0)")
      })
    #expect(catalogue[names[0]]?.summary.rendered(in: .english) == "0")
    #expect(catalogue[names[1]]?.name == names[1] && catalogue[names[2]] == nil)
    #expect(catalogue.names == Set(names.prefix(2)) && catalogue.declarations.count == 3)
  }

  @Test("What is known, what is absent, and what nobody gave are told apart without a reason")
  func withoutReason() {
    let facts = Facts([
      Fact(.cardKind, .text("cps"), source: "a"), Fact(absent: .billingDAM, source: "a"),
      Fact(.cardPIN, unavailable: unknown, source: "a"),
    ])
    for name: FactName in [.cardKind, .billingDAM, .cardPIN, .cardATR] {
      #expect(facts.known(name) == facts[name].value)
      #expect(facts.isAbsent(name) == facts[name].isAbsent)
    }
    #expect(facts.known(.cardKind) == .text("cps") && facts.isAbsent(.billingDAM))
  }

  @Test("Several names are looked for at once, and none that is there is missed")
  func several() {
    let names = (0..<200).map { FactName("a/number\($0)") } + [FactName("a/é"), FactName("a/e\u{301}")]
    for name in names {
      let facts = [
        Facts([Fact(name, .integer(1), source: "a")]),
        Facts(distinct: [Fact(name, .integer(1), source: "a")]),
      ]
      for facts in facts { #expect(facts.mayHave(Facts.Names([.cardKind, name]))) }
    }
    #expect(!Facts().mayHave(Facts.Names(names)))
    #expect(!Facts([Fact(.cardKind, .text("cps"), source: "a")]).mayHave(Facts.Names([.cardPIN])))
  }

  @Test("The digest of a name is its length and its last bytes, and none if it is not ASCII")
  func digests() {
    for count in 0..<300 {
      let name = String((0..<count).map { Character(Unicode.Scalar(UInt8(0x61 + $0 % 26))) })
      var expected = UInt64(count & 0xFF)
      for byte in name.utf8.suffix(7) { expected = expected << 8 | UInt64(byte) }
      #expect(FactName(name).digest == expected)
      for place in Set([0, count / 2, count]) {
        #expect(FactName(String(name.prefix(place)) + "é" + String(name.dropFirst(place))).digest == 0)
      }
    }
  }

  @Test("Two sources that agree are one")
  func agreement() {
    let fact = facts(Fact(.cardKind, .text("cps"), source: "a"), Fact(.cardKind, .text("cps"), source: "b"))
    #expect(fact.value == .text("cps"))
  }

  @Test("Two that disagree are not believed, not even by a third, and both are named")
  func disagreement() {
    let fact = facts(
      Fact(.cardKind, .text("cps"), source: "pcsc"), Fact(.cardKind, .text("cpe"), source: "fichier"),
      Fact(.cardKind, .text("cps"), source: "c"))
    guard case .unavailable(let why) = fact.state else {
      Issue.record("known")
      return
    }
    #expect(why.reason == .disagreement)
    let message = why.message.rendered(in: .english)
    #expect(message.contains("pcsc says “cps”") && message.contains("fichier says “cpe”"))
  }

  @Test("Of two different cards nothing is believed; what is not of a card is")
  func differentCards() {
    var facts = Facts([
      Fact(.cardNumber, .personal(Personal("2800001017", as: .cardNumber)), source: "a"),
      Fact(.cardKind, .text("cps"), source: "a"),
      Fact(.cryptolibVersion, .version(Version(5, 2, 2)), source: "a"),
      Fact(.cardNumber, .personal(Personal("2800009017", as: .cardNumber)), source: "b"),
    ])
    facts.distrustDifferentCards()
    guard case .unavailable(let why) = facts[.cardKind].state else {
      Issue.record("believed")
      return
    }
    #expect(why.reason == .disagreement)
    #expect(
      why.message.rendered(in: .english).contains("a says")
        && why.message.rendered(in: .english).contains("b says"))
    #expect(facts[.cryptolibVersion].value != nil)
  }

  @Test("A disagreement about personal data does not give them away")
  func personalDisagreement() {
    let numbers = ["2800001017", "2800009017"].map { Personal($0, as: .cardNumber) }
    let facts = Facts(numbers.map { Fact(.cardNumber, .personal($0), source: "s") })
    guard case .unavailable(let why) = facts[.cardNumber].state else {
      Issue.record("known")
      return
    }
    #expect(!why.message.rendered(in: .french).contains("2800001017"))
    #expect(why.message.rendered(in: .french, .revealed).contains("2800001017"))
  }

  @Test("Names that are equal have the same hash, also where Unicode writes them in several ways")
  func names() {
    let composed = FactName("erp/caf\u{E9}")
    let same = FactName("erp/caf\u{E9}")
    #expect(composed == same && composed.hashValue == same.hashValue)
    // The Kelvin sign and K are one letter to Unicode.
    #expect(FactName("erp/K") != FactName("erp/\u{212A}"))
    #expect(FactName("a.b") != FactName("a.c") && FactName("xa.123456") != FactName("ya.123456"))
    let many = (0..<200).map { FactName("erp/\($0)é") } + (0..<200).map { FactName("erp/\($0)") }
    #expect(Set(many).count == 400)
  }
}
