import Preflight

/// The findings about the bytes of a rule file, before any YAML is read.
struct EncodingFindings {
  /// The most characters to report; the reader will remove the others as well.
  static let limit = 1000

  let findings: [Finding]
  /// Whether the bytes cannot be read at all.
  let isUnreadable: Bool
  /// The bytes without the characters that text cannot have; `nil` if there were none.
  let cleaned: [UInt8]?
  /// The characters that were removed.
  let removed: RemovedPlaces
  /// Whether any byte is a tab.
  let hasTabs: Bool
  /// Whether YAML ends a line where few editors may show it (U+0085, U+2028, U+2029, or CR alone).
  let hasOddEnds: Bool

  /// - Parameter bytes: the bytes of the file, without a byte order mark.
  init(_ bytes: [UInt8], file: Int = 0) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || (bytes.prefix(4).contains(0) && bytes.prefix(4).contains { $0 >= 0x20 })
    {
      self.init(
        findings: [
          Self.notUTF8(
            at: Span(at: Place(line: 1, column: 1), file: file),
            encoding: "UTF-16", fr: "le fichier est en UTF-16 ; il doit être en UTF-8",
            en: "the file is in UTF-16; it must be in UTF-8")
        ], isUnreadable: true)
      return
    }
    if let offset = firstInvalidUTF8(in: bytes) {
      self.init(
        findings: [
          Self.notUTF8(
            at: Span(at: SourceLines(bytes).place(of: offset), file: file),
            encoding: "WINDOWS-1252",
            fr:
              "l'octet 0x\(Self.hexadecimal(bytes[offset])) n'est pas de l'UTF-8 (fichier en Windows-1252 ?)",
            en: "the byte 0x\(Self.hexadecimal(bytes[offset])) is not UTF-8 (a file in Windows-1252?)")
        ], isUnreadable: true)
      return
    }
    let (offsets, hasTabs, hasOddEnds) = Self.controls(in: bytes)
    guard !offsets.isEmpty else {
      self.init(findings: [], hasTabs: hasTabs, hasOddEnds: hasOddEnds)
      return
    }
    let lines = SourceLines(bytes)
    var findings: [Finding] = []
    var removed = RemovedPlaces()
    var cleaned: [UInt8] = []
    cleaned.reserveCapacity(bytes.count)
    var next = 0
    var last = (line: -1, offset: 0, column: 1)
    for offset in offsets {
      let line = lines.index(of: offset)
      if line != last.line { last = (line, lines.ranges[line].lowerBound, 1) }
      last.column += bytes[last.offset..<offset].count { $0 & 0xC0 != 0x80 }
      last.offset = offset
      let place = Place(line: line + 1, column: last.column)
      removed.add(place)
      cleaned += bytes[next..<offset]
      next = offset + 1
      // U+0080 to U+009F have two bytes.
      if bytes[offset] == 0xC2 { next += 1 }
      if findings.count < Self.limit {
        findings.append(Self.control(bytes[offset], bytes[next - 1], at: place, file: file))
      }
    }
    cleaned += bytes[next...]
    self.init(
      findings: findings, cleaned: cleaned, removed: removed, hasTabs: hasTabs, hasOddEnds: hasOddEnds)
  }

  private init(
    findings: [Finding], isUnreadable: Bool = false, cleaned: [UInt8]? = nil,
    removed: RemovedPlaces = RemovedPlaces(), hasTabs: Bool = false, hasOddEnds: Bool = false
  ) {
    self.findings = findings
    self.isUnreadable = isUnreadable
    self.cleaned = cleaned
    self.removed = removed
    self.hasTabs = hasTabs
    self.hasOddEnds = hasOddEnds
  }

  /// The offsets of the control characters, which libyaml refuses without giving a place, whether there are tabs, which it
  /// takes in some places, and whether there are line ends that few editors show.
  private static func controls(in bytes: [UInt8]) -> (offsets: [Int], hasTabs: Bool, hasOddEnds: Bool) {
    var offsets: [Int] = []
    var hasTabs = false
    var hasOddEnds = false
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      for start in stride(from: 0, to: bytes.count, by: 8) {
        // Most are passed eight at a time.
        if start + 8 <= bytes.count, Self.isPlain(UnsafeRawPointer(base + start)) { continue }
        for index in start..<min(start + 8, bytes.count) {
          let byte = bytes[index]
          if byte == 0xE2 {
            if index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] | 1 == 0xA9 {
              hasOddEnds = true
            }
            continue
          }
          if byte >= 0x20, byte != 0x7F, byte != 0xC2 { continue }
          if byte == 0x09 { hasTabs = true }
          if byte == 0x0D, index + 1 == bytes.count || bytes[index + 1] != 0x0A { hasOddEnds = true }
          if byte == 0x09 || byte == 0x0A || byte == 0x0D { continue }
          // NEL (next line) is the only one of these that YAML allows.
          if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] > 0x9F || bytes[index + 1] == 0x85 {
            if bytes[index + 1] == 0x85 { hasOddEnds = true }
            continue
          }
          offsets.append(index)
        }
      }
    }
    return (offsets, hasTabs, hasOddEnds)
  }

  /// Returns whether none of eight bytes is, or may begin, a control character or a line end that few editors show.
  private static func isPlain(_ bytes: UnsafeRawPointer) -> Bool {
    let word = bytes.loadUnaligned(as: UInt64.self)
    let (low, high): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    // A byte below 0x20 borrows; so does one that equals the byte looked for, as XOR makes it zero.
    func has(_ byte: UInt64) -> UInt64 { ((word ^ low &* byte) &- low) & ~(word ^ low &* byte) }
    return ((word &- low &* 0x20) & ~word | has(0x7F) | has(0xC2) | has(0xE2)) & high == 0
  }

  /// - Parameter last: the last byte of the character, which is its code.
  private static func control(_ byte: UInt8, _ last: UInt8, at place: Place, file: Int) -> Finding {
    let span = Span(start: place, end: Place(line: place.line, column: place.column + 1), file: file)
    let code = byte == 0xC2 ? OddCharacter.code(Unicode.Scalar(last)) : "0x\(hexadecimal(byte))"
    return Finding(
      id: .syntax, span: span,
      message: LocalizedText(
        fr: "caractère de contrôle invisible (\(code))", en: "an invisible control character (\(code))"),
      proposal: Proposal(
        LocalizedText(fr: "le supprimer", en: "remove it"), edit: TextEdit(span, replacement: "")))
  }

  private static func notUTF8(at span: Span, encoding: String, fr: Text, en: Text) -> Finding {
    Finding(
      id: .notUTF8, span: span, message: LocalizedText(fr: fr, en: en),
      proposal: Proposal(
        LocalizedText(
          fr: "enregistrer le fichier en UTF-8 (iconv -f \(encoding) -t UTF-8)",
          en: "save the file as UTF-8 (iconv -f \(encoding) -t UTF-8)")))
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}

/// The characters that were removed from a text before it was read, to map places in the rest back to the file.
struct RemovedPlaces: Sendable {
  /// The columns by line, in ascending order.
  private var columns: [Int: [Int]] = [:]

  mutating func add(_ place: Place) { columns[place.line, default: []].append(place.column) }

  /// The place in the file that corresponds to a place in the remaining text.
  func original(_ place: Place) -> Place {
    guard !columns.isEmpty, let removed = columns[place.line] else { return place }
    // Counts the characters removed before it: the n-th shifts what follows by n.
    var (low, high) = (0, removed.count)
    while low < high {
      let middle = (low + high) / 2
      if removed[middle] - middle <= place.column { low = middle + 1 } else { high = middle }
    }
    return Place(line: place.line, column: place.column + low)
  }
}

/// Finds lines that are indented with tabs, which YAML does not allow.
enum TabFindings {
  static func findings(in bytes: [UInt8], file: Int = 0) -> [Finding] {
    var findings: [Finding] = []
    for (index, range) in SourceLines(bytes).ranges.enumerated() where findings.count < EncodingFindings.limit
    {
      var next = range.lowerBound
      var tab: Int?
      while next < range.upperBound, bytes[next] == 0x20 || bytes[next] == 0x09 {
        if bytes[next] == 0x09, tab == nil { tab = next }
        next += 1
      }
      guard let tab, next < range.upperBound, bytes[next] != UInt8(ascii: "#") else { continue }
      let place = Place(line: index + 1, column: tab - range.lowerBound + 1)
      findings.append(
        Finding(
          id: .tab, span: Span(at: place, file: file),
          message: LocalizedText(
            fr: "tabulation dans le retrait ; YAML n'admet que des espaces",
            en: "a tab in the indentation; YAML takes spaces only"),
          proposal: Proposal(
            LocalizedText(fr: "remplacer la tabulation par des espaces", en: "replace the tab with spaces"))))
    }
    return findings
  }
}
