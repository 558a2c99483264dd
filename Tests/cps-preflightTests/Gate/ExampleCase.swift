import FoundationEssentials
import Testing

/// A folder in which an example of docs/examples runs unchanged, with the program in `PATH`, a card of a class, and a
/// `send-lots` that leaves the file `sent`.
struct ExampleCase {
  /// The result of a run of `check`.
  enum Class: String, CaseIterable, Sendable {
    case ready
    case blocked
    case absentService
    case undecided
    case brokenRules

    var code: Int32 {
      switch self {
      case .ready: 0
      case .blocked: 31
      case .absentService: 69
      case .undecided: 75
      case .brokenRules: 78
      }
    }
  }

  /// An example, and how to run it.
  struct Example: CustomTestStringConvertible, Sendable {
    let file: String
    /// The line of shell.
    let line: String
    /// Whether it retries by itself.
    let retries: Bool
    /// Extracts the part of the file that the line runs, to a file named `script`.
    var extract: @Sendable (String) -> String = { $0 }

    var testDescription: String { file }
  }

  let gate: GateCase
  private let one: Class

  init(_ one: Class, _ example: Example) throws {
    self.one = one
    gate = try GateCase()
    let folder = gate.folder
    let facts =
      switch one {
      case .ready, .absentService, .brokenRules: try gate.text(of: "ready.json")
      case .blocked: try gate.text(of: "blocked.json")
      case .undecided: try gate.text(of: "undecided.json")
      }
    try folder.write(facts, to: "facts.json")
    try folder.write("", to: "nothing/.keep")
    switch one {
    case .absentService:
      try folder.write(
        """
        version: 1
        sources: [{ cryptolib: { root: \(folder.path)/nothing } }]
        stages: [{ id: s, rules: [{ id: r, check: cryptolib.version, with: { minimum: "5.0" } }] }]
        """, to: "rules.yaml")
      try folder.write(
        Sample().with("cryptolib.version", nil).json, to: "facts.json")
    case .brokenRules: try folder.write("version: [", to: "rules.yaml")
    default: break
    }
    // The examples ask a card; here a file stands in for it, unknown to them.
    try folder.writeProgram(
      """
      #!/bin/sh
      echo "$1" >> calls
      command=$1; shift
      case $command in
        check | run) exec "$P" "$command" --facts facts.json \(one == .absentService ? "" : "--offline") "$@" ;;
        verdict) exec "$P" verdict "$@" --facts facts.json ;;
        *) exec "$P" "$command" "$@" ;;
      esac
      """, to: "bin/cps-preflight")
    try folder.writeProgram("#!/bin/sh\ntouch sent\n", to: "send-lots")
    try folder.write("1234\n", to: "code")
    let text = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/examples/\(example.file)"), encoding: .utf8)
    try folder.writeProgram(text, to: example.file)
    try folder.write(example.extract(text), to: "script")
  }

  /// Runs a line of shell with the program in `PATH`.
  func run(_ line: String) async throws -> BuiltProgram.Run {
    try await gate.shell("chmod 600 code; PATH=$PWD/bin:$PATH; \(line)")
  }

  /// The number of calls of `check`.
  var checks: Int {
    let calls = (try? gate.text(of: "calls")) ?? ""
    return calls.split(separator: "\n").count { $0 == "check" }
  }

  var isSent: Bool { gate.has("sent") }
}
