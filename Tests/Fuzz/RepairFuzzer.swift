import Preflight

@testable import RuleDesk
@testable import RuleFile

private func file(_ bytes: [UInt8]) -> RuleFile {
  RuleFile(bytes, name: "rules.yaml", registry: Harness.registry, searchesRepairs: true)
}

private func errors(_ file: RuleFile) -> [Diagnostic] { file.diagnostics.filter { $0.severity == .error } }

/// Returns whether two diagnostics say the same, perhaps of two places.
private func isAlike(_ one: Diagnostic, _ other: Diagnostic) -> Bool {
  one.id == other.id && one.message.rendered(in: .english) == other.message.rendered(in: .english)
}

/// A proposal that is made leaves fewer findings that say the same and, unless the search had ended, no more in all; `rules lint --fix` leaves no more errors
/// and lowers no rule.
///
/// A search for repairs takes a thousand times as long as reading, so that each input is for one of these alone.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRepair(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Harness.bytes(start, count)
  if bytes.count.isMultiple(of: 2) { tryProposal(bytes) } else { tryFix(bytes) }
  return 0
}

private func tryProposal(_ bytes: [UInt8]) {
  let before = file(bytes).diagnostics
  let open = before.filter { $0.proposal?.edit?.span.file == 0 }
  guard !open.isEmpty, let edit = open[bytes.count / 2 % open.count].proposal?.edit else { return }
  let diagnostic = open[bytes.count / 2 % open.count]
  let text = edit.applied(to: YAMLDocument.lines(of: bytes)).joined(separator: "\n")
  let after = file(Array(text.utf8)).diagnostics
  // Where the search had ended, the proposal may make room for one that brings more to light.
  let hadEnded = before.contains { $0.id == .searchEnded }
  Harness.demand(
    (hadEnded || after.count <= before.count)
      && after.count { isAlike($0, diagnostic) } < before.count { isAlike($0, diagnostic) },
    """
    \(edit)
    \(before.map { "\($0.span.start) \($0.id)" })
    → \(after.map { "\($0.span.start) \($0.id)" })
    \(text)
    """)
}

private func tryFix(_ bytes: [UInt8]) {
  let composition = RuleComposition(bytes, name: "rules.yaml", access: NoOtherFiles())
  let fix = RuleFileFix(of: composition, registry: Harness.registry)
  Harness.demand(errors(fix.result).count <= errors(fix.original).count, "more errors")
  Harness.demand(fix.changes.isEmpty == (fix.bytes == bytes), "changes that are not told")
  Harness.demand(
    !Strictness(composition).isLowered(in: Strictness(fix.composition)),
    "a rule is lowered:\n\(String(decoding: fix.bytes, as: UTF8.self))")
}
