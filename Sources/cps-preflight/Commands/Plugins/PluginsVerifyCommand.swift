import ArgumentParser
import PluginHost
import Preflight
import Workstation

/// Tests whether a program follows the protocol of plugins.
struct PluginsVerifyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Try whether a program keeps the protocol of plugins, line by line.",
    discussion: "Ends with 0 where it does, 1 where it does not, 77 where others may write it.")

  @Argument(help: ArgumentHelp("The program.", valueName: "path"), completion: .file())
  var path: String

  @Option(help: ArgumentHelp("How long each answer may take: 500ms, 10s, 1m.", valueName: "time"))
  var timeout = DurationArgument(.seconds(10))

  @OptionGroup var shown: OutputOptions

  func perform() async throws {
    Interruption.endsProgram(in: shown.language)
    let findings: [PluginConformance.Finding]
    do throws(PluginFault) {
      findings = try await PluginConformance.findings(
        of: path.contains("/") ? path : "./\(path)", knowing: BuiltIn.registry.facts,
        within: timeout.duration)
    } catch {
      throw Failure(error)
    }
    let language = shown.language
    var lines = findings.map { finding in
      let what = finding.what.rendered(in: language)
      return finding.fault.map { "not ok  \(what): \($0.rendered(in: language))" } ?? "ok      \(what)"
    }
    let failed = findings.count { $0.fault != nil }
    let tried = LocalizedText(counting: findings.count, fr: "épreuve", en: "trial").french
    let summary = LocalizedText(
      fr: "\(tried), \(failed) en échec", en: "\(findings.count) tried, \(failed) failed")
    lines.append(summary.rendered(in: language))
    try Output().write(lines.map { printable($0) + "\n" }.joined())
    if failed > 0 { throw Ending(code: .blocked) }
  }
}
