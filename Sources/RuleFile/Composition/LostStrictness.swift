import Preflight

extension RuleComposer {
  /// Reports what a rule no longer requires or holds back after these changes.
  mutating func tellWhatIsLost(of rule: YAMLNode, by changes: [YAMLNode.Entry]) {
    let id = rule["id"]?.text ?? ""
    for change in changes {
      switch change.key.text {
      case "severity":
        guard change.value.text == "warning", rule["severity"]?.text != "warning" else { continue }
        drop(
          at: change.key.span,
          fr: "« \(id) » n'est plus qu'un avertissement : elle ne retient plus aucun lot",
          en: "“\(id)” becomes a warning: it no longer holds any lot back")
      case "check":
        guard let before = rule["check"]?.text, before != change.value.text else { continue }
        drop(
          at: change.key.span, fr: "« \(id) » ne demande plus « \(before) »",
          en: "“\(id)” no longer asks “\(before)”")
      case "needs":
        let kept = Set((change.value.items ?? []).compactMap(\.text))
        let lost = (rule["needs"]?.items ?? []).compactMap(\.text).filter { !kept.contains($0) }
        guard !lost.isEmpty else { continue }
        let names = lost.joined(separator: ", ")
        drop(
          at: change.key.span, fr: "« \(id) » n'a plus besoin de : \(names)",
          en: "“\(id)” no longer needs: \(names)")
      case "for":
        let kept = Set((change.value.items ?? []).compactMap(\.text))
        let before = rule["for"]?.items?.compactMap(\.text) ?? Use.allCases.map(\.rawValue)
        let lost = before.filter { !kept.contains($0) }
        guard !lost.isEmpty else { continue }
        let names = lost.joined(separator: ", ")
        drop(
          at: change.key.span, fr: "« \(id) » n'est plus jugée pour : \(names)",
          en: "“\(id)” is no longer judged for: \(names)")
      default: continue
      }
    }
  }
}
