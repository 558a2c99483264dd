import FoundationEssentials
import Testing

@testable import cps_preflight_cryptoki

@Suite("What a function of a Cryptoki module returned is told by its name")
struct CryptokiReturnTests {
  @Test("Every return code that p11-kit's header knows")
  func names() throws {
    let header = try String(
      contentsOf: URL(filePath: "/usr/include/p11-kit-1/p11-kit/pkcs11.h"), encoding: .utf8)
    var count = 0
    for line in header.split(separator: "\n") where line.hasPrefix("#define CKR_") {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "(" || $0 == ")" }
      guard words.count == 3, words[2].hasPrefix("0x"),
        let value = UInt(words[2].dropFirst(2).dropLast(2), radix: 16)
      else { continue }
      count += 1
      #expect(CryptokiReturn(rawValue: value).name == words[1])
    }
    #expect(count > 80)
  }

  @Test(
    "Those of vendors, of modules made for 32 bits, and those that nobody knows",
    arguments: [
      (0x8000_0001, "CKR_VENDOR_DEFINED + 1"), (0xFFFF_FFFF_8000_0001, "CKR_VENDOR_DEFINED + 1"),
      (0x12345, "0x12345"), (0x7FFF_FFFF, "0x7FFFFFFF"),
    ] as [(UInt, String)])
  func others(value: UInt, name: String) { #expect(CryptokiReturn(rawValue: value).name == name) }
}
