import Glibc
import Processes
import Testing

@Suite("A secret is a line of a pipe, and prints as nothing")
struct SecretBytesTests {
  /// Returns what is read from that text on a pipe.
  private func secret(_ text: String) throws -> SecretBytes {
    let ends = try connectedEnds()
    defer { close(ends.reading) }
    _ = text.withCString { write(ends.writing, $0, strlen($0)) }
    close(ends.writing)
    return try SecretBytes(from: ends.reading, within: .seconds(5))
  }

  @Test(
    "Up to the end of the line, however that is written",
    arguments: [
      ("1234", "1234"), ("1234\n", "1234"), ("1234\r\n", "1234"), ("12 34\nmore", "12 34"), ("", ""),
      ("\n", ""),
      (String(repeating: "7", count: 70), String(repeating: "7", count: 64)),
    ])
  func line(text: String, expected: String) throws {
    let secret = try secret(text)
    #expect(secret.withBytes { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(secret.count == expected.utf8.count)
  }

  @Test(
    "Whether it is made of so many digits",
    arguments: [
      ("1234", true), ("123", false), ("12345678", true), ("123456789", false), ("12a4", false), ("", false),
    ])
  func digits(text: String, expected: Bool) throws { #expect(try secret(text).isDigits(4...8) == expected) }

  @Test("It prints, is interpolated and is reflected as nothing")
  func printing() throws {
    let secret = try secret("483162")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), dumped] {
      #expect(!text.contains("4831"), "\(text)")
    }
  }

  @Test("A pipe in which nothing comes is not waited for beyond the time given")
  func patience() throws {
    let ends = try connectedEnds()
    defer { for end in [ends.reading, ends.writing] { close(end) } }
    let fault = #expect(throws: SecretBytes.Fault.self) {
      _ = try SecretBytes(from: ends.reading, within: .milliseconds(20))
    }
    guard case .timeout = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }
}
