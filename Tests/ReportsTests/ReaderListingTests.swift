import Preflight
import Reports
import Testing

@Suite("What readers --watch tells of a change")
struct ReaderListingTests {
  private let listing = ReaderListing(ReportOptions(language: .english, disclosure: .masked))
  private let left = CardReader(name: "Left", content: .empty)
  private let right = CardReader(name: "Right", content: .empty)

  private let moment = Moment(secondsSince1970: 0)
  // The time on French clocks.
  private let told = "1970-01-01 01:00:00"

  // The pcscd of a test cannot simulate this: its readers stay plugged in while it runs.
  @Test("A reader that is unplugged, and one that is plugged in")
  func readers() {
    #expect(
      listing.changes(from: [left, right], to: [left], at: moment)
        == "\(told)  Right: reader unplugged\n")
    #expect(listing.changes(from: [left], to: [left, right], at: moment) == "\(told)  Right: empty\n")
    #expect(listing.changes(from: [left], to: [], at: moment) == "\(told)  Left: reader unplugged\n")
  }

  @Test("A reader that is out of order")
  func unusable() {
    let broken = CardReader(name: "Left", content: .unusable)
    #expect(listing.text(of: [broken]) == "Left  reader out of order\n")
    #expect(listing.changes(from: [left], to: [broken], at: moment) == "\(told)  Left: reader out of order\n")
  }
}
