import Preflight

/// Parameters that are exceptions to another one, which is meant for everything where they are not given.
private let exceptionalParameters = ["card.validity": ["years": ["years_cps4"]]]

extension RuleComposer {
  /// The parameters that a rule had, without the exceptions to those that are changed.
  ///
  /// Who changes `years` and says nothing of `years_cps4` means every card: an override that asked for fewer years before
  /// there were six for a CPS4 goes on asking for them.
  mutating func withoutExceptions(
    _ parameters: YAMLNode, of check: String?, changedBy changes: [YAMLNode.Entry]
  ) -> YAMLNode {
    guard let exceptions = exceptionalParameters[check ?? ""],
      case .mapping(var entries) = parameters.content
    else { return parameters }
    let given = Set(changes.compactMap(\.key.text))
    for change in changes where !change.value.isNull {
      for exception in exceptions[change.key.text ?? ""] ?? [] where !given.contains(exception) {
        guard let index = entries.firstIndex(where: { $0.key.text == exception }) else { continue }
        entries.remove(at: index)
        let name = change.key.text ?? ""
        drop(
          at: change.key.span,
          fr: "« \(Text(exception)) » ne compte plus : « \(Text(name)) » est changé sans lui",
          en: "“\(Text(exception))” no longer counts: “\(Text(name))” is changed without it")
      }
    }
    return YAMLNode(.mapping(entries), parameters.span)
  }
}
