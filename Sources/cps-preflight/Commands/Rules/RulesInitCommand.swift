import ArgumentParser
import Preflight
import RuleDesk
import RuleFile
import SystemPackage
import Workstation

/// Writes a commented rule file that extends the shipped one, and a file of tests beside it.
struct RulesInitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented rule file that extends the shipped rules, and a test of it.",
    discussion: """
      my-rules.yaml, and my-rules.test.yaml beside it; where the program is not installed, the JSON Schema for editors as \
      well. A file that is already there is left as it is.
      """)

  @Argument(help: ArgumentHelp("The rule file to write.", valueName: "file"), completion: .file())
  var file = "rules.yaml"

  @OptionGroup var shown: OutputOptions

  func perform() throws {
    let schema = LoadedRules.installedSchemaPath
    // A rule file that is already there belongs to somebody: nothing is written beside it either.
    do throws(WriteFault) {
      try FileWriting.create(
        file, with: RuleFileTemplate.text(in: shown.language, schema: schema ?? Self.schemaName))
    } catch {
      throw Failure(error, writing: file)
    }
    var written = [file]
    var left: [String] = []
    func add(_ path: String, _ text: String) throws(Failure) {
      if try create(path, text) { written.append(path) } else { left.append(path) }
    }
    if schema == nil {
      let text = RuleFileSchema(BuiltIn.registry, in: shown.language).text()
      try add(RelativePath.path(Self.schemaName, besides: file), text)
    }
    let test = Self.testFile(of: file)
    let rules = FilePath(file).lastComponent?.string ?? file
    try add(test, RuleTestTemplate.text(of: rules, named: test, in: shown.language))
    try tell(written: written, left: left, test: test)
  }

  /// The name of the JSON Schema beside a rule file.
  private static let schemaName = "rules.schema.json"

  /// The test file of a rule file: `my-rules.test.yaml` of `my-rules.yaml`.
  private static func testFile(of file: String) -> String {
    for ending in [".yaml", ".yml"] where file.hasSuffix(ending) && file.count > ending.count {
      return file.dropLast(ending.count) + ".test" + ending
    }
    return file + ".test.yaml"
  }

  /// Writes a new file. Returns `false` if there is something of that name already.
  private func create(_ path: String, _ text: String) throws(Failure) -> Bool {
    do throws(WriteFault) {
      try FileWriting.create(path, with: text)
      return true
    } catch {
      if error.isOccupied { return false }
      throw Failure(error, writing: path)
    }
  }

  private func tell(written: [String], left: [String], test: String) throws(Failure) {
    let files = written.joined(separator: ", ")
    var lines = [
      LocalizedText(
        fr:
          "écrit : \(files) ; modifier \(file), puis : cps-preflight rules lint \(file), et cps-preflight rules test \(test)",
        en:
          "written: \(files); change \(file), then: cps-preflight rules lint \(file), and cps-preflight rules test \(test)"
      )
    ]
    if !left.isEmpty {
      let files = left.joined(separator: ", ")
      lines.append(LocalizedText(fr: "laissé tel quel : \(files)", en: "left as it is: \(files)"))
    }
    try Output().write(lines.map { printable($0.rendered(in: shown.language)) + "\n" }.joined())
  }
}
