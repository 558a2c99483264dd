/// Returns the bytes given by pairs of hexadecimal digits; spaces are ignored.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Returns an element with that tag and these values, in hexadecimal; at most 127 bytes.
func tlv(_ tag: String, _ values: String...) -> String {
  let value = values.joined(separator: " ")
  let length = String(hex(value).count, radix: 16)
  return "\(tag) \(length.count == 1 ? "0" : "")\(length) \(value)"
}
