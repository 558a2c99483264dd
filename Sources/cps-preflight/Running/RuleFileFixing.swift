import Glibc
import PluginHost
import Preflight
import RuleFile
import RuleDesk
import Workstation

/// `rules lint --fix`: makes what the diagnostics propose, writes the file or shows what would be written, and tells
/// both what was changed and what was not.
struct RuleFileFixing {
  /// The file as the command line names it.
  let named: String?
  let plugins: PluginInputs
  let output: RulesLintCommand

  /// How often plugins are asked anew because the edits bring in others.
  private static let searchLimit = 3

  /// Throws a failure if the file is not to be changed or cannot be; an ``Ending`` (78) if it stays invalid.
  ///
  /// - Parameter writes: whether the file is changed, or a diff shown.
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

  /// What decides which plugins are asked.
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

  /// The diff alone to standard output, for `patch`; all that is told of the file as it is to standard error.
  private func show(_ fix: RuleFileFix, of composition: RuleComposition) throws {
    let found = output.found(in: fix.original)
    try output.tell(found.all, of: fix.original)
    try output.tell(withheld(fix, at: \.originalPlace))
    let diff = UnifiedDiff(
      of: printable(composition.name), from: String(decoding: composition.bytes, as: UTF8.self),
      to: String(decoding: fix.bytes, as: UTF8.self))
    // A terminal would obey what a file may hold; a program gets the very lines.
    try Output().write(isatty(STDOUT_FILENO) == 1 ? printableLines(diff.text) : diff.text)
    try output.end(found)
  }

  /// What was changed, one line each, and how many they are.
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

  /// What was proposed and not done, and why.
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
