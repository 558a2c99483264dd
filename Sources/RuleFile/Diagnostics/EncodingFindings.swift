import Preflight

/// What is wrong with the bytes of a rule file before any YAML is read.
enum EncodingFindings {
  /// The finding, where the bytes are no UTF-8 text.
  static func finding(in bytes: [UInt8], file: Int = 0) -> Finding? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.prefix(4).contains(0)
    {
      return notUTF8(
        at: Span(at: Place(line: 1, column: 1), file: file),
        encoding: "UTF-16", fr: "le fichier est en UTF-16 ; il doit être en UTF-8",
        en: "the file is in UTF-16; it must be in UTF-8")
    }
    guard let offset = firstInvalidUTF8(in: bytes) else { return control(in: bytes, file: file) }
    return notUTF8(
      at: Span(at: Place(of: offset, in: bytes), file: file),
      encoding: "WINDOWS-1252",
      fr: "l'octet 0x\(hexadecimal(bytes[offset])) n'est pas de l'UTF-8 (fichier en Windows-1252 ?)",
      en: "the byte 0x\(hexadecimal(bytes[offset])) is not UTF-8 (a file in Windows-1252?)")
  }

  /// libyaml refuses control characters without saying where they are.
  private static func control(in bytes: [UInt8], file: Int) -> Finding? {
    guard
      let offset = bytes.firstIndex(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) || $0 == 0x7F })
    else { return nil }
    let place = Place(of: offset, in: bytes)
    let span = Span(start: place, end: Place(line: place.line, column: place.column + 1), file: file)
    return Finding(
      id: .syntax, span: span,
      message: LocalizedText(
        fr: "caractère de contrôle invisible (0x\(hexadecimal(bytes[offset])))",
        en: "an invisible control character (0x\(hexadecimal(bytes[offset])))"),
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

/// Lines that are indented with tabs, which YAML does not allow.
enum TabFindings {
  static func findings(in bytes: [UInt8], file: Int = 0) -> [Finding] {
    // Most files have none, and need not be cut into lines.
    guard bytes.contains(0x09) else { return [] }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      let indentation = line.prefix { $0 == 0x20 || $0 == 0x09 }
      guard let tab = indentation.firstIndex(of: 0x09), let first = line[indentation.endIndex...].first,
        first != UInt8(ascii: "#"), first != 0x0D
      else { return nil }
      let place = Place(line: index + 1, column: tab - line.startIndex + 1)
      return Finding(
        id: .tab, span: Span(at: place, file: file),
        message: LocalizedText(
          fr: "tabulation dans le retrait ; YAML n'admet que des blancs",
          en: "a tab in the indentation; YAML takes blanks only"),
        proposal: Proposal(
          LocalizedText(fr: "remplacer la tabulation par des blancs", en: "replace the tab with blanks")))
    }
  }
}
