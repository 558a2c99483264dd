package import Preflight

/// A JUnit XML document for CI servers: one suite, valid under both common schemas.
///
/// The schema of Jenkins (`junit-10.xsd`) is lenient. That of Ant (`JUnit.xsd`) requires a time, a host, properties
/// and both outputs, and allows only one element in a case.
package struct JUnitDocument: Sendable {
  /// One test case.
  package struct Case: Sendable {
    /// The result of a test case.
    package enum Outcome: Sendable {
      case passed
      ///   - lines: the description; the first line is the message.
      case failed(kind: String, lines: [String])
      /// The case could not be decided.
      case error(kind: String, lines: [String])
      case skipped(String)
    }

    let group: String
    let name: String
    let outcome: Outcome

    ///   - outcome: the result.
    package init(group: String, name: String, _ outcome: Outcome) {
      self.group = group
      self.name = name
      self.outcome = outcome
    }
  }

  private let name: String
  private let startedAt: Moment
  private let durationMs: Int
  private let properties: [(name: String, value: String)]
  private let cases: [Case]
  private let output: [String]

  ///   - output: lines for people, as standard output.
  package init(
    name: String, startedAt: Moment, durationMs: Int, properties: [(name: String, value: String)] = [],
    cases: [Case], output: [String] = []
  ) {
    self.name = name
    self.startedAt = startedAt
    self.durationMs = durationMs
    self.properties = properties
    self.cases = cases
    self.output = output
  }

  /// The document as XML.
  package var text: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>", "  <testsuite\(attributes)>"]
    lines.append("    <properties>")
    lines += properties.map {
      "      <property\(attribute("name", $0.name))\(attribute("value", $0.value))/>"
    }
    lines.append("    </properties>")
    lines += cases.flatMap(lines(of:))
    lines.append("    <system-out>" + output.map(Markup.escaped).joined(separator: "\n") + "</system-out>")
    lines += ["    <system-err></system-err>", "  </testsuite>", "</testsuites>"]
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Parts

  private var attributes: String {
    var failures = 0
    var errors = 0
    var skipped = 0
    for one in cases {
      switch one.outcome {
      case .passed: break
      case .failed: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    // The schema's times have no time zone, and its name for an unknown host is "localhost".
    let moment = String(startedAt.description.dropLast())
    return [
      ("name", name), ("package", "cps-preflight"), ("id", "0"), ("timestamp", moment),
      ("hostname", "localhost"), ("tests", String(cases.count)), ("failures", String(failures)),
      ("errors", String(errors)), ("skipped", String(skipped)), ("time", Decimals.seconds(durationMs)),
    ].map { attribute($0.0, $0.1) }.joined()
  }

  private func lines(of one: Case) -> [String] {
    let start = "    <testcase\(attribute("classname", one.group))\(attribute("name", one.name)) time=\"0\""
    let element: String
    switch one.outcome {
    case .passed: return [start + "/>"]
    case .failed(let kind, let lines): element = self.element("failure", kind, lines)
    case .error(let kind, let lines): element = self.element("error", kind, lines)
    case .skipped(let message): element = "<skipped\(attribute("message", message))/>"
    }
    return [start + ">", "      " + element, "    </testcase>"]
  }

  private func element(_ name: String, _ kind: String, _ lines: [String]) -> String {
    "<\(name)\(attribute("type", kind))\(attribute("message", lines.first ?? ""))>"
      + lines.map(Markup.escaped).joined(separator: "\n") + "</\(name)>"
  }

  private func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(Markup.escaped(value))\""
  }
}
