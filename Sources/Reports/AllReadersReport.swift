import JSON
package import Preflight
package import VerdictFile

/// The verdict on the card in one reader.
package struct ReaderVerdict: Sendable {
  /// The name of the reader. Nil if no reader holds a card.
  package let reader: String?
  /// The verdict on its card.
  package let verdict: Verdict
  /// The circumstances of the verdict.
  package let details: RunDetails

  /// - Parameter reader: the name of the reader; nil if no reader holds a card.
  package init(reader: String?, verdict: Verdict, details: RunDetails) {
    self.reader = reader
    self.verdict = verdict
    self.details = details
  }
}

/// The verdicts on the cards in all readers: one report for each, followed by a table.
package struct AllReadersReport: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// Returns the code of the first verdict that is not ready. Without any verdict, the run does not pass.
  package static func exitCode(of verdicts: [ReaderVerdict]) -> ExitCode {
    guard !verdicts.isEmpty else { return .internalError }
    return verdicts.first { $0.verdict.decision != .ready || $0.verdict.exitCode != .ready }
      .map { $0.verdict.exitCode == .ready ? .internalError : $0.verdict.exitCode } ?? .ready
  }

  /// Returns the reports, followed by a table if there are readers with cards.
  package func text(of verdicts: [ReaderVerdict]) -> String {
    var parts: [String] = []
    for item in verdicts {
      let heading = item.reader.map { options.paint("── \(printable($0)) ──", .bold) + "\n" } ?? ""
      parts.append(heading + TextReport(options).text(of: item.verdict, item.details))
    }
    let rows = verdicts.compactMap { item in item.reader.map { row(of: item, in: printable($0)) } }
    if !rows.isEmpty { parts.append(table(rows)) }
    return parts.joined(separator: "\n")
  }

  /// Returns the verdicts as JSON, `cps-preflight/verdicts/1`.
  package func json(of verdicts: [ReaderVerdict]) -> String {
    VerdictsDocument(verdicts: verdicts, wording: options.wording).jsonDocument
  }

  // MARK: - The table

  private func row(of item: ReaderVerdict, in reader: String) -> [String] {
    let words =
      switch item.verdict.decision {
      case .ready: options.say(fr: "prêt", en: "ready")
      case .blocked: options.say(fr: "bloqué", en: "blocked")
      case .undecided: options.say(fr: "indécis", en: "undecided")
      }
    let cause = item.verdict.deciding.map { Sentence(options).cause($0) } ?? ""
    return [reader, words, "\(item.verdict.exitCode.rawValue)", cause]
  }

  private func table(_ rows: [[String]]) -> String {
    let heading = [
      options.say(fr: "Lecteur", en: "Reader"), options.say(fr: "Verdict", en: "Verdict"), "Code",
      options.say(fr: "Cause", en: "Cause"),
    ]
    // The last column takes the width that is left.
    let widths = heading.indices.dropLast().map { column in
      ([heading] + rows).map { Wrapping.columns(of: $0[column][...]) }.max() ?? 0
    }
    let indent = widths.reduce(0) { $0 + $1 + 2 }
    return ([heading] + rows).enumerated().flatMap { index, row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - Wrapping.columns(of: cell[...]) + 2)
      }
      let lines = options.wrapping.lines(of: row.last ?? "", after: cells.joined(), indent: indent)
      return lines.map { (index == 0 ? options.paint($0, .dim) : $0) + "\n" }
    }.joined()
  }
}

private struct VerdictsDocument: JSONWritable {
  let verdicts: [ReaderVerdict]
  let wording: Wording

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("schema", "cps-preflight/verdicts/1")
      json.member("exitCode", AllReadersReport.exitCode(of: verdicts).rawValue)
      json.member("readers") { json in
        json.list(verdicts) { json, item in
          json.object { json in
            json.member("reader", item.reader)
            json.member("verdict", VerdictDocument(item.verdict, item.details, wording))
          }
        }
      }
    }
  }
}
