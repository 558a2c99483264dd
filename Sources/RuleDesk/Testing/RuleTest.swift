package import Preflight
package import RuleFile

/// One test of a rule file: facts, and what is to become of them; docs/rule-tests.md describes the format.
package struct RuleTest: Sendable {
  /// Facts as the test gives them.
  package enum GivenFacts: Sendable {
    /// A facts file as JSON, one fact a line.
    case inline(String)
    /// The path of a facts file.
    case file(String)
  }

  /// What is expected of one rule.
  package struct ExpectedResult: Sendable {
    package let rule: String
    package let outcome: Outcome
    /// A part of the message, in any language.
    package let message: String?
    /// A part of the advice, in any language.
    package let remedy: String?
  }

  package let name: String
  /// Where the test stands, as `file:line`.
  package let place: String
  package let facts: GivenFacts
  package let unavailable: [(name: FactName, reason: Unavailability.Reason)]
  /// Those of which the test says that there is none.
  package let absent: [FactName]
  package let use: Use?
  package let today: CivilDate?
  package let selection: SituationSelection
  package let exitCode: ExitCode?
  package let results: [ExpectedResult]
}

/// The bytes of a file of tests, parsed once; nothing in it is understood yet but which rules it is for.
package struct RuleTestSource {
  /// The file as the user named it.
  package let name: String
  fileprivate let bytes: [UInt8]
  fileprivate let document: YAMLDocument

  package init(_ bytes: [UInt8], name: String) {
    self.name = name
    self.bytes = bytes
    document = YAMLDocument(bytes, file: 0)
  }

  /// The rule file under test, as the file names it, from where the program runs. Returns nil if it names none.
  package var rules: String? {
    guard let node = document.root?["rules"], !node.isNull, let path = node.text,
      path.contains(where: { !$0.isWhitespace })
    else { return nil }
    return path.hasPrefix("/") ? path : RelativePath.path(path, besides: name)
  }
}

/// A file of tests, read: the tests, or all that is wrong with it.
package struct RuleTestFile: Sendable {
  package let tests: [RuleTest]
  package let diagnostics: [Diagnostic]
  private let bytes: [UInt8]
  private let personal: PersonalValues

  /// Reads the bytes of a test file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - facts: the facts there can be.
  ///   - rules: the ids of the rules under test; any may be named where `nil`.
  package init(_ bytes: [UInt8], name: String, facts: FactCatalogue, rules ids: [String]? = nil) {
    self.init(RuleTestSource(bytes, name: name), facts: facts, rules: ids)
  }

  /// Understands a test file that was parsed.
  package init(_ source: RuleTestSource, facts: FactCatalogue, rules ids: [String]? = nil) {
    let (name, document) = (source.name, source.document)
    bytes = source.bytes
    var decoder = RuleTestDecoder(file: name, facts: facts, rules: ids)
    if let root = document.root { decoder.read(root) }
    tests = decoder.tests
    var findings = document.findings + decoder.findings.filter { document.supports($0) }
    if let span = decoder.names.unsearched, !findings.isEmpty { findings.append(.searchEnded(at: span)) }
    var personal = PersonalValues()
    let names = facts.declarations.filter { $0.type.mask != nil }.map(\.name.rawValue)
    personal.hide(under: Set(names + ["am", "identifier"]), of: document, in: name)
    self.personal = personal
    diagnostics = findings.told.map { Diagnostic($0, file: name, hiding: personal) }
  }

  /// The diagnostics as compilers write them.
  package func text(in language: Language) -> String {
    DiagnosticText.text(
      of: diagnostics, in: language, files: [ReadFile(name: diagnostics.first?.file ?? "", bytes: bytes)],
      hiding: personal)
  }
}
