import Preflight

/// Parameters that are exceptions to another parameter, which applies to everything if they are not given.
private let exceptionalParameters = ["card.validity": ["years": ["years_cps4"]]]

extension RuleComposer {
  /// The parameters of a rule, without the exceptions to those that are changed.
  ///
  /// A change of `years` without `years_cps4` applies to every card, so that an override written before a CPS4 had six
  /// years still has its effect.
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
