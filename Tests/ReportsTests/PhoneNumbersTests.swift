import Testing

@testable import Reports

@Suite("Telephone numbers in what to do")
struct PhoneNumbersTests {
  @Test(
    "French numbers, in groups",
    arguments: [
      ("Appeler le 0 809 40 00 82.", ["0 809 40 00 82"]),
      ("support 0\u{A0}806\u{A0}800\u{A0}213)", ["0\u{A0}806\u{A0}800\u{A0}213"]),
      ("01.23.45.67.89 ou 01-23-45-67-80", ["01.23.45.67.89", "01-23-45-67-80"]),
      ("0800 123 456, puis 0800 123 456", ["0800 123 456"]),
      ("le 0 809 40 00 82", ["0 809 40 00 82"]),
    ])
  func found(words: String, numbers: [String]) { #expect(PhoneNumbers(in: words).written == numbers) }

  @Test(
    "What is none",
    arguments: [
      "", "0692612344", "692612344", "2 80 00 01 017", "01/02/2026", "01.02.2026.10", "5.2.2",
      "0 809 40 00 8",
      "0 809 40 00 823", "0 809 40.00 82", "1 0 809 40 00 82", "A0 809 40 00 82", "0 809 40 00 82x",
      "00 80 94 00 08 2",
      "0  809 40 00 82", "0 809 40 00\n82",
    ])
  func none(words: String) { #expect(PhoneNumbers(in: words).written == []) }

  @Test("The address has the digits alone")
  func address() { #expect(PhoneNumbers.address(of: "0\u{A0}809 40-00.82") == "tel:0809400082") }
}
