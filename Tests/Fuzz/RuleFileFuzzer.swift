import Preflight

@testable import RuleDesk
@testable import RuleFile

/// A file, and one that it may include: what follows the first line `%%%`.
private struct Files: RuleFileAccess {
  var included: [UInt8]

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard RelativePath.normalized(path) == "included.yaml" else { throw .missing }
    return included
  }
  func shippedRules() throws(FileFault) -> ReadFile {
    ReadFile(
      name: "default",
      bytes: Array("version: 1\nstages: [{ id: s, rules: [{ id: r, check: card.present }] }]\n".utf8))
  }
}

/// Any rule file is read or refused, and what `rules show` writes of it are the same rules.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRuleFile(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Harness.bytes(start, count)
  let mark = Array("\n%%%\n".utf8)
  let cut = bytes.indices.first { bytes[$0...].starts(with: mark) }
  let files = Files(included: cut.map { Array(bytes[($0 + mark.count)...]) } ?? [])
  let file = RuleFile(
    Array(bytes[..<(cut ?? bytes.count)]), name: "rules.yaml", registry: Harness.registry, access: files)
  for language in Language.allCases { _ = file.text(of: file.diagnostics, in: language) }
  _ = file.warnings(on: CivilDate(year: 2026, month: 3, day: 15))
  let isFaulty = file.diagnostics.contains { $0.severity == .error }
  Harness.demand((file.ruleSet == nil) == isFaulty, "rules and errors: \(file.diagnostics)")
  guard let rules = file.ruleSet?.rules else { return 0 }
  let shown = file.effectiveYAML
  let again = RuleFile(Array(shown.utf8), name: "shown.yaml", registry: Harness.registry)
  guard let others = again.ruleSet?.rules else {
    Harness.demand(shown.utf8.count > RuleFile.sizeLimit, "not readable: \(again.diagnostics)\n\(shown)")
    return 0
  }
  Harness.demand(rules.map(account) == others.map(account), "other rules:\n\(shown)")
  return 0
}

private func account(_ rule: Rule) -> String {
  """
  \(rule.id) \(rule.checkID) \(rule.severity) \(rule.exit?.rawValue ?? 0) \(rule.needs) \
  \(rule.uses?.map(\.rawValue).sorted() ?? ["all"]) \(rule.waiver?.until.description ?? "") \
  \(rule.title.rendered(in: .french)) \(rule.title.rendered(in: .english))
  """
}
