import Preflight

/// Something wrong or suspicious in a file, before it becomes a ``Diagnostic``.
struct Finding: Sendable {
  let id: DiagnosticID
  var severity = Diagnostic.Severity.error
  let span: Span
  let message: LocalizedText
  var proposal: Proposal?
  /// The start of the construct that YAML was reading when it stopped.
  var began: Place?
}
