import Preflight

/// The holder that a report names, on the line after « *** Identification du porteur ».
enum Holder {
  /// The name with its title, as written; `nil` if there is none.
  ///
  /// - Throws: ``ReportFault`` if the text names two different holders.
  static func name(in lines: [Line]) throws(ReportFault) -> String? {
    var found: (name: String, folded: [String])?
    for (title, line) in zip(lines, lines.dropFirst()) where title.role == .holderTitle && line.role == .other
    {
      // « 8 09 » is the national identifier, on the second line: if it comes first, there is no name.
      guard let first = line.tokens.first, first.isWord, !first.isNumber, line.tokens.count <= 20 else {
        continue
      }
      let edges = line.content.prefix { Scalars.isEmphasis($0) }.count
      guard let name = LabelValue(of: line, from: edges).text else { continue }
      if let found, found.folded != line.words {
        throw ReportFault(
          line: line.number, fr: "un second porteur : un rapport à la fois",
          en: "a second holder: one report at a time")
      }
      found = (name, line.words)
    }
    return found?.name
  }
}
