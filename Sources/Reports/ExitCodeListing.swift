import JSON
package import Preflight

/// The table of exit codes, including those of the rules that are used.
package struct ExitCodeListing: Sendable {
  /// One line of the table.
  struct Row: JSONWritable {
    let code: Int32
    let name: String
    let rule: String?
    let meaning: String
    let advice: String

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("code", code)
        json.member("name", name)
        json.member("rule", rule)
        json.member("meaning", meaning)
        json.member("advice", advice)
      }
    }
  }

  private let rows: [Row]
  private let options: ReportOptions

  /// - Parameter rules: the rules that are used.
  package init(rules: [Rule], _ options: ReportOptions) {
    self.options = options
    rows = ExitCode.table.flatMap { entry -> [Row] in
      let meaning = options.words(entry.meaning)
      let advice = options.words(entry.advice)
      if let code = entry.code {
        return [Row(code: code.rawValue, name: entry.name, rule: nil, meaning: meaning, advice: advice)]
      }
      return rules.compactMap { rule in
        guard let code = rule.exit?.rawValue else { return nil }
        return Row(
          code: code, name: "RULE_\(code)_\(shellName(rule.id))", rule: rule.id,
          meaning: options.words(rule.title), advice: advice)
      }.sorted { $0.code < $1.code }
    }
  }

  /// The table as text, one line per code.
  package var text: String {
    rows.map { row in
      let code = String(row.code)
      let subject = row.rule.map { "\(printable($0))\(options.colon) " } ?? ""
      return String(repeating: " ", count: 3 - code.count) + code + "  " + subject
        + printable(row.meaning) + " → " + printable(row.advice) + "\n"
    }.joined()
  }

  /// The table as variable assignments for a POSIX shell.
  package var shell: String {
    rows.map { "CPS_PREFLIGHT_\($0.name)=\($0.code)\n" }.joined()
  }

  /// Returns the table as JSON.
  package func json() -> String { Document(rows: rows).jsonDocument }

  private struct Document: JSONWritable {
    let rows: [Row]

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("schema", "cps-preflight/exit-codes/1")
        json.member("codes", rows)
      }
    }
  }
}

/// Returns an id in the form of a shell variable's name. The exit code before it distinguishes ids that become
/// equal.
private func shellName(_ id: String) -> String {
  String(
    id.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
}
