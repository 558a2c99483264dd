extension Unicode.Scalar {
  /// The digit from `0` to `9` with the same numeric value, in any script: `６`, `٦`, `𝟔`, `⁶`. Nil if the scalar is
  /// not a digit.
  package var countedDigit: Unicode.Scalar? {
    if isASCII { return ("0"..."9").contains(self) ? self : nil }
    // No rounding: it would be libm's, which a program may not be linked with.
    let digit = properties.numericValue.flatMap { number in
      (0...9 as ClosedRange<UInt8>).first { Double($0) == number }
    }
    return digit.map { Unicode.Scalar(UInt8(ascii: "0") + $0) }
  }
}
