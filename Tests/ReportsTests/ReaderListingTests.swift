import Preflight
import Reports
import Testing

@Suite("What readers --watch tells of a change")
struct ReaderListingTests {
  private let listing = ReaderListing(ReportOptions(language: .english, disclosure: .masked))
  private let left = CardReader(name: "Left", content: .empty)
  private let right = CardReader(name: "Right", content: .empty)

  // Which pcscd of a test cannot stage: its readers stay plugged in as long as it runs.
  @Test("A reader that is unplugged, and one that is plugged in")
  func readers() {
    #expect(listing.changes(from: [left, right], to: [left], at: "T") == "T  Right: reader unplugged\n")
    #expect(listing.changes(from: [left], to: [left, right], at: "T") == "T  Right: empty\n")
    #expect(listing.changes(from: [left], to: [], at: "T") == "T  Left: reader unplugged\n")
  }

  @Test("A reader that is out of order")
  func unusable() {
    let broken = CardReader(name: "Left", content: .unusable)
    #expect(listing.text(of: [broken]) == "Left  reader out of order\n")
    #expect(listing.changes(from: [left], to: [broken], at: "T") == "T  Left: reader out of order\n")
  }
}
