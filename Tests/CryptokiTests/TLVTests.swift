import Preflight
import Testing

@testable import Cryptoki

@Suite("BER-TLV, as cards write it")
struct TLVTests {
  private func elements(_ text: String) -> Result<[String], CardDataFault> {
    Result { () throws(CardDataFault) in
      try TLV.elements(of: hex(text)[...]).map { element in
        "\(String(element.tag, radix: 16))@\(element.offset):\(element.value.count)"
      }
    }
  }

  @Test(
    "What is read",
    arguments: [
      ("nothing", "", []),
      ("one element", "80 01 AA", ["80@0:1"]),
      ("an empty one", "81 00", ["81@0:0"]),
      ("one after the other", "80 01 AA 81 02 BB CC", ["80@0:1", "81@3:2"]),
      ("filler before, between and after", "00 FF 80 01 AA 00 00 81 00 FF FF", ["80@2:1", "81@7:0"]),
      ("a length in two bytes", "80 81 01 AA", ["80@0:1"]),
      ("a length in three bytes", "80 82 00 02 AA BB", ["80@0:2"]),
      ("a tag in two bytes", "9F 01 01 AA 80 00", ["9f01@0:1", "80@4:0"]),
    ])
  func read(title: String, bytes: String, expected: [String]) {
    #expect(elements(bytes) == .success(expected), "\(title)")
  }

  @Test(
    "What is refused, and where",
    arguments: [
      ("no length", "80", 1), ("one byte too few", "80 02 AA", 0),
      ("the second one too long", "80 00 81 05 AA", 2),
      ("a length cut short", "80 82 00", 1), ("a length of four bytes", "80 83 00 00 01 AA", 1),
      ("an indefinite length", "80 80 AA 00 00", 1), ("a tag without end", "9F 81 82 83 01", 0),
      ("a tag cut short", "9F", 0), ("the longest length", "80 82 FF FF 00", 0),
    ])
  func refused(title: String, bytes: String, offset: Int) {
    guard case .failure(let fault) = elements(bytes) else {
      Issue.record("\(title) was read")
      return
    }
    #expect(fault.offset == offset, "\(title): \(fault)")
  }
}

@Suite("Packed digits")
struct BCDTests {
  @Test(
    arguments: [
      ("12 34", "1234"), ("12 3F", "123"), ("FF FF", ""), ("F1 23", " 123"), ("1A 23", "1 23"), ("", ""),
      ("00", "00"),
    ])
  func text(bytes: String, text: String) { #expect(BCD(hex(bytes)[...]).text == text) }

  @Test(
    arguments: [
      ("20 25 09 10", "2025-09-10"), ("20 24 02 29", "2024-02-29"), ("20 25 13 01", nil),
      ("20 25 02 29", nil),
      ("20 25 00 10", nil), ("20 25 09 1F", nil), ("FF FF FF FF", nil), ("00 00 00 00", nil),
      ("20 25 09", nil),
    ])
  func date(bytes: String, date: String?) {
    #expect((try? BCD(hex(bytes)[...]).date())?.description == date)
  }
}
