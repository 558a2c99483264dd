import Preflight

/// Something wrong or suspicious in a file, before the file has its name.
struct Finding: Sendable {
  let id: DiagnosticID
  var severity = Diagnostic.Severity.error
  let span: Span
  let message: LocalizedText
  var proposal: Proposal?
  /// Where what was being read began, when YAML broke off.
  var began: Place?
}
