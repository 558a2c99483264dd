import Glibc
import PluginHost
import Preflight
import RuleFile
import RuleDesk
import Workstation

/// `rules lint --fix`: makes the edits that the diagnostics propose, writes the file or shows the changes, and reports
/// what was changed and what was not.
struct RuleFileFixing {
  /// The file named on the command line, if any.
  let named: String?
  let plugins: PluginInputs
  let output: RulesLintCommand

  /// How often plugins are asked again because edits bring in others.
  private static let searchLimit = 3

  /// Corrects the file, or shows how it would be corrected.
  ///
  /// - Parameter writes: whether to change the file or only show a diff.
  /// - Throws: ``Failure`` if the file must not or cannot be changed, ``Ending`` (78) if it stays invalid.
  func perform(writes: Bool) async throws {
    let composition = try LoadedRules.composition(named, .warns, in: language)
    let target = writes ? try FixableFile(named: named, composition) : nil
    let fix = try await fix(of: composition)
    guard let target else { return try show(fix, of: composition) }
    if !fix.changes.isEmpty { try target.write(fix.bytes, insteadOf: composition.bytes) }
    let found = output.found(in: fix.result)
    switch output.format {
    case .text:
      try Output().write(changes(fix))
      try output.tell(found.all, of: fix.result)
      try output.tell(withheld(fix) { $0.diagnostic.span.start })
      try output.summarize(fix.result, at: target.path, found.all)
    case .json: try Output().write(DiagnosticsJSON(in: language).text(of: found.all, after: fix))
    case .sarif:
      try output.tell(changes(fix) + withheld(fix) { $0.diagnostic.span.start })
      try Output().write(output.sarif(found.all))
    }
    try output.end(found)
  }

  private var language: Language { output.shown.language }

  private func fix(of composition: RuleComposition) async throws(Failure) -> RuleFileFix {
    var needs = Needs(composition)
    var fix = RuleFileFix(
      of: composition, registry: BuiltIn.registry.adding(try await plugins.found(for: composition)))
    for _ in 0..<Self.searchLimit where needs != Needs(fix.composition) {
      needs = Needs(fix.composition)
      fix = fix.continued(with: BuiltIn.registry.adding(try await plugins.found(for: fix.composition)))
    }
    return fix
  }

  /// What determines the plugins to ask.
  private struct Needs: Equatable {
    let plugins: [NamedPlugin]
    let needed: Set<String>
    let declared: Set<String>

    init(_ composition: RuleComposition) {
      plugins = composition.plugins
      needed = composition.neededPlugins
      declared = composition.declaredPrefixes
    }
  }

  // MARK: - Telling

  /// Writes the diff alone to standard output, for `patch`, and the diagnostics of the original file to standard error.
  private func show(_ fix: RuleFileFix, of composition: RuleComposition) throws {
    let found = output.found(in: fix.original)
    try output.tell(found.all, of: fix.original)
    try output.tell(withheld(fix, at: \.originalPlace))
    let diff = UnifiedDiff(
      of: printable(composition.name), from: String(decoding: composition.bytes, as: UTF8.self),
      to: String(decoding: fix.bytes, as: UTF8.self))
    // A terminal would obey control characters in the file; a program gets the exact lines.
    try Output().write(isatty(STDOUT_FILENO) == 1 ? printableLines(diff.text) : diff.text)
    try output.end(found)
  }

  /// The changes, one on each line, and their number.
  private func changes(_ fix: RuleFileFix) -> String {
    let lines = fix.changes.map { change in
      let place = "\(change.diagnostic.file):\(change.place.line):\(change.place.column)"
      let words = change.diagnostic.words(in: language)
      let proposal = change.diagnostic.proposalWords(in: language) ?? ""
      let id = change.diagnostic.id.rawValue
      return LocalizedText(
        fr: "\(place) : corrigé : \(words) ; \(proposal) [\(id)]",
        en: "\(place): fixed: \(words); \(proposal) [\(id)]"
      ).rendered(in: language)
    }
    let (path, count) = (fix.composition.name, fix.changes.count)
    let summary =
      switch count {
      case 0:
        LocalizedText(
          fr: "\(path) : aucune correction faite, fichier inchangé",
          en: "\(path): no corrections made, file unchanged")
      case 1: LocalizedText(fr: "\(path) : 1 correction faite", en: "\(path): 1 correction made")
      default:
        LocalizedText(fr: "\(path) : \(count) corrections faites", en: "\(path): \(count) corrections made")
      }
    return (lines + [summary.rendered(in: language)]).map { Failure.withoutCodes(printable($0)) + "\n" }
      .joined()
  }

  /// The proposals that were not carried out, and why.
  private func withheld(_ fix: RuleFileFix, at place: (RuleFileFix.Withheld) -> Place) -> String {
    fix.withheld.map { withheld in
      let (diagnostic, start) = (withheld.diagnostic, place(withheld))
      let proposal = diagnostic.proposalWords(in: language) ?? ""
      let why = withheld.obstacle.words.rendered(in: language)
      let words = LocalizedText(
        fr: "note: correction non faite : \(proposal) ; \(why)", en: "note: not applied: \(proposal); \(why)"
      ).rendered(in: language)
      let place = "\(diagnostic.file):\(start.line):\(start.column): "
      return printable(place + words + " [\(diagnostic.id.rawValue)]") + "\n"
    }.joined()
  }
}
