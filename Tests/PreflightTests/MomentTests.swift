import Preflight
import Testing

@Suite("A moment is written and read in RFC 3339, in UTC")
struct MomentTests {
  @Test(
    "As it is written",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_827_696, "2000-02-29T12:34:56Z"),
      (1_773_554_400, "2026-03-15T06:00:00Z"), (2_147_483_648, "2038-01-19T03:14:08Z"),
    ])
  func both(seconds: Int, text: String) {
    #expect(Moment(secondsSince1970: seconds).description == text)
    #expect(Moment(text)?.secondsSince1970 == seconds)
  }

  @Test(
    "Nothing else is read",
    arguments: [
      "", "yesterday", "2026-03-15", "2026-03-15T06:00:00", "2026-03-15T06:00:00+00:00",
      "2026-03-15t06:00:00z", "2026-02-30T06:00:00Z", "2026-03-15T24:00:00Z", "2026-03-15T06:60:00Z",
      "2026-03-15T06:00:61Z", "2026-03-15T6:00:000Z", "2026-03-15T06:00:+1Z", "2026-03-15T06:00:00.5Z",
    ])
  func refused(text: String) { #expect(Moment(text) == nil) }
}

@Suite("People see the time of the clocks of France")
struct FrenchTimeTests {
  @Test(
    "In winter, in summer, and at the changes",
    arguments: [
      ("2026-03-15T06:00:00Z", "15/03/2026 07:00:00"), ("2026-07-15T22:30:05Z", "16/07/2026 00:30:05"),
      ("2026-03-29T00:59:59Z", "29/03/2026 01:59:59"), ("2026-03-29T01:00:00Z", "29/03/2026 03:00:00"),
      ("2026-10-25T00:59:59Z", "25/10/2026 02:59:59"), ("2026-10-25T01:00:00Z", "25/10/2026 02:00:00"),
      ("2025-12-31T23:00:00Z", "01/01/2026 00:00:00"),
    ])
  func written(moment: String, french: String) throws {
    let time = FrenchTime(try #require(Moment(moment)))
    #expect(time.written(in: .french) == french)
    #expect(time.written(in: .english).hasSuffix(french.suffix(8)))
  }
}
