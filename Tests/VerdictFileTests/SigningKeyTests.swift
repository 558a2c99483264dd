import Testing

@testable import VerdictFile

@Suite("The code of a signed verdict is HMAC-SHA-256")
struct SigningKeyTests {
  /// RFC 4231, sections 4.7 and 4.8: the test cases whose key is long enough for this program.
  @Test(
    "As RFC 4231 has it",
    arguments: [
      (
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
      (
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
          + "hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
      ),
    ])
  func vectors(data: String, code: String) throws {
    let key = try #require(SigningKey([UInt8](repeating: 0xAA, count: 131)))
    let made = key.code(of: Array(data.utf8))
    #expect(Hexadecimal.text(of: made) == code)
    #expect(key.isCode(made, of: Array(data.utf8)))
    #expect(!key.isCode(made.dropLast() + [made[31] ^ 1], of: Array(data.utf8)))
  }

  @Test(
    "A key has 32 bytes at least, and prints as nothing", arguments: [(31, false), (32, true), (4096, true)])
  func length(count: Int, isKey: Bool) {
    let key = SigningKey([UInt8](repeating: 7, count: count))
    #expect((key != nil) == isKey)
    if let key { #expect("\(key)" == "key") }
  }
}
