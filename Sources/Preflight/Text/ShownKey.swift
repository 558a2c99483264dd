/// Returns a key of user data as an error message may show it. A number or a name in place of a key is personal
/// data, and a misspelt key does not look like one.
///
/// The key is masked unless it is a plain ASCII identifier without four digits in a row.
package func shownKey(_ key: String) -> String {
  let bytes = Array(key.utf8)
  let isLetter: (UInt8) -> Bool = { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
  let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
  guard let first = bytes.first, isLetter(first), bytes.count <= 64,
    bytes.allSatisfy({ isLetter($0) || isDigit($0) || "._-/".utf8.contains($0) })
  else { return Personal.concealment }
  var run = 0
  for byte in bytes {
    run = isDigit(byte) ? run + 1 : 0
    if run == 4 { return Personal.concealment }
  }
  return key
}
