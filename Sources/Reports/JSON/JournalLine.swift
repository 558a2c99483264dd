package import Preflight

/// What the journal says of a run, `cps-preflight/journal/1`; docs/batch.md describes every field.
///
/// Personal data are masked, whatever was asked for: journals are kept for years.
package struct JournalLine: Sendable {
  private let document: Document

  /// - Parameters:
  ///   - command: `check` or `run`.
  ///   - code: what the run ends with.
  ///   - result: the verdict, what it is of, and what was learnt; nothing where there is none.
  package init(
    command: String, pid: Int32, startedAt: String, use: Use?, code: ExitCode,
    result: (verdict: Verdict, details: RunDetails, facts: Facts)?
  ) {
    let facts = result?.facts
    document = Document(
      time: startedAt, command: command, pid: pid, use: use?.rawValue,
      rules: result.map { Document.Rules(path: $0.details.rulesPath, sha256: $0.details.rulesDigest) },
      verdict: result?.verdict.decision.rawValue, exitCode: code.rawValue,
      rule: result?.verdict.deciding?.rule.id, reader: facts.flatMap { try? $0.text(.cardReader) },
      card: facts.flatMap(Self.card), identifier: facts.flatMap(Self.identifier),
      durationMs: result?.details.durationMs)
  }

  /// The line, without its end. Throws what Foundation's encoder throws.
  package func text() throws -> String { try JSONDocument.line(of: document) }

  private struct Document: Encodable {
    struct Rules: Encodable {
      let path: String
      let sha256: String
    }

    let schema = "cps-preflight/journal/1"
    let time: String
    let command: String
    let pid: Int32
    let use: String?
    let rules: Rules?
    let verdict: String?
    let exitCode: Int32
    let rule: String?
    let reader: String?
    let card: String?
    let identifier: String?
    let durationMs: Int?
  }

  private static func card(_ facts: Facts) -> String? {
    guard case .personal(let number)? = facts[.cardNumber].value else { return nil }
    return number.shown(.masked)
  }

  /// The identifier being billed with, where it is known which.
  private static func identifier(_ facts: Facts) -> String? {
    if case .identifier(let identifier) = facts.selection { return identifier.shown(.masked) }
    guard var situations = try? facts.situations() else { return nil }
    if case .position(let position) = facts.selection {
      situations = situations.indices.contains(position - 1) ? [situations[position - 1]] : []
    }
    let identifiers = situations.compactMap { situation -> String? in
      situation.identifier?.isUnset == false ? situation.identifier?.personal?.shown(.masked) : nil
    }
    return identifiers.count == 1 ? identifiers[0] : nil
  }
}
