import Preflight

@testable import RuleDesk
@testable import RuleFile

private func file(_ bytes: [UInt8]) -> RuleFile {
  RuleFile(bytes, name: "rules.yaml", registry: Harness.registry, searchesRepairs: true)
}

private func errors(_ file: RuleFile) -> [Diagnostic] { file.diagnostics.filter { $0.severity == .error } }

/// A proposal that is made removes its finding and brings no further ones; `rules lint --fix` leaves fewer errors and lowers no
/// rule.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRepair(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Harness.bytes(start, count)
  let before = file(bytes)
  let lines = YAMLDocument.lines(of: bytes)
  for diagnostic in before.diagnostics.prefix(4) {
    guard let edit = diagnostic.proposal?.edit, edit.span.file == 0 else { continue }
    let text = edit.applied(to: lines).joined(separator: "\n")
    let after = file(Array(text.utf8))
    Harness.demand(
      after.diagnostics.count <= before.diagnostics.count,
      "\(edit)\n\(before.diagnostics.map(\.id))\n→ \(after.diagnostics.map { "\($0.span.start) \($0.id)" })\n\(text)"
    )
    Harness.demand(
      !after.diagnostics.contains { told in
        told.id == diagnostic.id && told.span.start == diagnostic.span.start
          && told.message.rendered(in: .english) == diagnostic.message.rendered(in: .english)
      },
      "\(edit)\nleaves \(diagnostic.id)\n\(text)")
  }
  let composition = RuleComposition(bytes, name: "rules.yaml", access: NoOtherFiles())
  let fix = RuleFileFix(of: composition, registry: Harness.registry)
  Harness.demand(errors(fix.result).count <= errors(fix.original).count, "more errors")
  Harness.demand(fix.changes.isEmpty == (fix.bytes == bytes), "changes that are not told")
  Harness.demand(
    !Strictness(composition).isLowered(in: Strictness(fix.composition)),
    "a rule is lowered:\n\(String(decoding: fix.bytes, as: UTF8.self))")
  return 0
}
