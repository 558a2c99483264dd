package import Preflight
package import RuleFile

/// A test of a rule file: facts, and the expected results; docs/rule-tests.md describes the format.
package struct RuleTest: Sendable {
  /// The facts of a test.
  package struct GivenFacts: Sendable {
    /// The facts in the test itself, as the text of a facts file in JSON, with one fact on each line.
    package let inline: String
    /// The path of the facts file that has the others; nil if there are no others.
    package let file: String?
    /// The facts that the test takes away from those of the file.
    package let without: Set<FactName>
  }

  /// The expected result of one rule.
  package struct ExpectedResult: Sendable {
    /// The id of the rule.
    package let rule: String
    /// The outcome that the rule must have.
    package let outcome: Outcome
    /// A part of the message in either language; `nil` if not checked.
    package let message: String?
    /// A part of the advice in either language; `nil` if not checked.
    package let remedy: String?
  }

  /// The title of the test in reports; unique in its file.
  package var name: String
  /// The place of the test, as `file:line`.
  package var place: String
  /// The facts that are given, in the file of the test, in another one, or in both.
  package let facts: GivenFacts
  /// The facts that are unavailable in the test, each with the reason to simulate.
  package let unavailable: [(name: FactName, reason: Unavailability.Reason)]
  /// The facts that the test declares absent.
  package let absent: [FactName]
  /// The use whose rules are judged, as with `--for`; all rules if `nil`.
  package let use: Use?
  /// The day to judge on, as with `--on`; `nil` if the facts give it, or the test does not depend on it.
  package let today: CivilDate?
  /// The billing situation to judge, as with `--am` or `--situation`.
  package let selection: SituationSelection
  /// The exit code that the verdict must have; `nil` if not checked.
  package let exitCode: ExitCode?
  /// The expected results; rules that are not named may have any result.
  package let results: [ExpectedResult]
}

/// The bytes of a file of tests, parsed once; nothing in it is interpreted yet except which rules it is for.
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

/// A test file that was read: its tests, or everything that is wrong with it.
package struct RuleTestFile: Sendable {
  /// The tests, in the order of the file; incomplete if there are diagnostics.
  package let tests: [RuleTest]
  /// What is wrong with the file, in its order; empty if it is valid.
  package let diagnostics: [Diagnostic]
  private let bytes: [UInt8]
  private let personal: PersonalValues

  /// Reads the bytes of a test file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - facts: the facts that tests may name.
  ///   - rules: the ids of the rules under test; tests may name any rule if `nil`.
  package init(_ bytes: [UInt8], name: String, facts: FactCatalogue, rules ids: [String]? = nil) {
    self.init(RuleTestSource(bytes, name: name), facts: facts, rules: ids)
  }

  /// Interprets a test file that was parsed.
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

  /// Returns the diagnostics, written as compilers do.
  package func text(in language: Language) -> String {
    DiagnosticText.text(
      of: diagnostics, in: language, files: [ReadFile(name: diagnostics.first?.file ?? "", bytes: bytes)],
      hiding: personal)
  }
}
