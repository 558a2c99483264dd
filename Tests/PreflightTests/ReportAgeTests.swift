import Preflight
import Testing

@Suite("How old what a report says of a card may be")
struct ReportAgeTests {
  private static func facts(createdOn day: String, today: String?) throws -> Facts {
    let created = try #require(CivilDate(day))
    var facts = Facts([
      Fact(.reportCreatedOn, .date(created), source: "facts.json"),
      Fact(.billingDAM, .boolean(true), source: "facts.json"),
      Fact(.cryptolibVersion, .version(Version(5, 2, 4)), source: "facts.json"),
      Fact(.cardKind, .text("cps"), source: "other.json"),
    ])
    if let today {
      facts.add(Fact(.today, .date(try #require(CivilDate(today))), source: "test"))
    }
    return facts
  }

  @Test(
    "Too old, from the future or of no known age, nothing that its source says of the card is believed",
    arguments: [
      ("2026-11-26", "2026-11-26", true), ("2026-10-27", "2026-11-26", true),
      ("2026-10-26", "2026-11-26", false), ("2026-11-27", "2026-11-26", false),
      ("2026-11-26", nil, false),
    ] as [(String, String?, Bool)])
  func age(day: String, today: String?, isBelieved: Bool) throws {
    let facts = try Self.facts(createdOn: day, today: today).distrustingReports(olderThan: .usual)
    #expect((facts[.billingDAM].value != nil) == isBelieved)
    // Facts that are not part of a report, and those of other sources, stay.
    #expect(facts[.cryptolibVersion].value != nil)
    #expect(facts[.cardKind].value == .text("cps"))
    #expect(facts[.reportCreatedOn].value != nil)
  }

  @Test("Two days that are said of it, or one that makes no sense, are believed no more than an old one")
  func unclear() throws {
    var two = try Self.facts(createdOn: "2026-11-20", today: "2026-11-26")
    two.add(
      Fact(.reportCreatedOn, .date(try #require(CivilDate("2020-01-01"))), source: "other.json"))
    let distrusted = two.distrustingReports(olderThan: .usual)
    #expect(distrusted[.billingDAM].value == nil)
    #expect(distrusted[.cardKind].value == nil)
    #expect(distrusted[.cryptolibVersion].value != nil)
    let why = Unavailability(.malformed, LocalizedText(fr: "illisible", en: "unreadable"))
    let malformed = Facts([
      Fact(.reportCreatedOn, unavailable: why, source: "facts.json"),
      Fact(.billingDAM, .boolean(true), source: "facts.json"),
    ])
    #expect(malformed.distrustingReports(olderThan: .usual)[.billingDAM].value == nil)
  }

  @Test(
    "What files say that were written from one old report is not believed of any of them, nor what they say there is none of"
  )
  func twoFiles() throws {
    let day = FactValue.date(try #require(CivilDate("2020-01-01")))
    for files in [["a.json", "b.json"], ["b.json", "a.json"]] {
      var facts = Facts([Fact(.today, .date(try #require(CivilDate("2026-11-26"))), source: "clock")])
      for file in files { facts.add(Fact(.reportCreatedOn, day, source: file)) }
      facts.add(Fact(.billingDAM, .boolean(true), source: "a.json"))
      facts.add(Fact(.cardKind, .text("cps"), source: "b.json"))
      facts.add(Fact(absent: .holderName, source: "b.json"))
      let distrusted = facts.distrustingReports(olderThan: .usual)
      #expect(distrusted[.billingDAM].value == nil && distrusted[.cardKind].value == nil)
      #expect(!distrusted.isAbsent(.holderName))
    }
  }

  @Test("The limit is that of the rules, or of the command line")
  func limit() throws {
    let facts = try Self.facts(createdOn: "2026-11-20", today: "2026-11-26")
    let short = facts.distrustingReports(olderThan: ReportAge(.seconds(5 * 86_400)))
    #expect(short[.billingDAM].value == nil)
    let long = facts.distrustingReports(olderThan: ReportAge(.seconds(6 * 86_400)))
    #expect(long[.billingDAM].value != nil)
  }
}
