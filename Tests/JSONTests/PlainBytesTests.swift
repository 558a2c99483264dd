import Testing

@testable import JSON

@Suite("Plain characters, looked at eight at a time")
struct PlainBytesTests {
  private func end(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes.withUnsafeBytes { PlainBytes.end(from: range.lowerBound, upTo: range.upperBound, in: $0) }
  }

  @Test("They end at the first byte that is not plain, wherever it is and whatever follows")
  func everyByte() {
    for byte in UInt8.min...UInt8.max {
      let isPlain = byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      for place in 0..<20 {
        for other: UInt8 in [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7E] {
          for next: UInt8 in [0x00, 0x22, 0xFF, other] {
            var bytes = [UInt8](repeating: other, count: 20)
            bytes[place] = byte
            if place < 19 { bytes[place + 1] = next }
            let expected = bytes.firstIndex { $0 < 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x5C } ?? 20
            #expect(end(bytes, 0..<20) == expected)
            if !isPlain { #expect(expected <= place) }
          }
        }
      }
    }
  }

  @Test("They end where the text does")
  func range() {
    let bytes = [UInt8](repeating: 0x61, count: 30)
    for start in 0..<10 {
      for end in start..<30 { #expect(self.end(bytes, start..<end) == end) }
    }
  }
}
