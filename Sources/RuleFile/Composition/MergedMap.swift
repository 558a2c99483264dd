package import Preflight

/// Something that a file took away from what it builds on.
package struct DroppedEntry: Sendable {
  /// Where that was written.
  package let span: Span
  package let message: LocalizedText
}

extension RuleComposer {
  /// Returns the map merged with the entries of another one; `null` removes an entry.
  ///
  /// - Parameters:
  ///   - depth: how many levels to merge: with more than one, an entry that is a map on both sides is merged too.
  ///   - name: the name of the map in messages.
  mutating func merged(_ map: YAMLNode, with changes: [YAMLNode.Entry], depth: Int, name: String) -> YAMLNode
  {
    guard case .mapping(var entries) = map.content else { return map }
    for change in changes {
      let key = change.key.text ?? ""
      let index = entries.firstIndex { $0.key.text == key }
      if change.value.isNull {
        guard let index else {
          reportUnknown(
            .unknownKey, key, at: change.key.span, among: entries.compactMap(\.key.text),
            message: LocalizedText(
              fr: "« \(key) » n'est pas dans « \(name) » : il n'y a rien à retirer",
              en: "“\(key)” is not in “\(name)”: there is nothing to remove"))
          continue
        }
        entries.remove(at: index)
        drop(
          at: change.key.span,
          fr: "« \(key) » est retiré de « \(name) »", en: "“\(key)” is taken away from “\(name)”")
      } else if let index {
        entries[index] = entry(entries[index], changedBy: change, depth: depth)
      } else {
        entries.append(change)
      }
    }
    return YAMLNode(.mapping(inOrder(entries)), map.span)
  }

  private mutating func entry(
    _ entry: YAMLNode.Entry, changedBy change: YAMLNode.Entry, depth: Int
  ) -> YAMLNode.Entry {
    guard depth > 1, case .mapping = entry.value.content, case .mapping(let changes) = change.value.content
    else { return change }
    let value = merged(entry.value, with: changes, depth: depth - 1, name: change.key.text ?? "")
    return YAMLNode.Entry(key: change.key, value: value)
  }

  /// Keeps dates in order, whichever file they come from.
  private func inOrder(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
    guard Set(entries.map(\.key.span.file)).count > 1 else { return entries }
    let dated = entries.map { ($0.key.text.flatMap { CivilDate($0) }, $0) }
    guard dated.allSatisfy({ $0.0 != nil }) else { return entries }
    return dated.enumerated().sorted { one, other in
      guard let first = one.element.0, let second = other.element.0, first != second else {
        return one.offset < other.offset
      }
      return first < second
    }.map(\.element.1)
  }

  mutating func drop(at span: Span, fr: Text, en: Text) {
    composed.dropped.append(DroppedEntry(span: span, message: LocalizedText(fr: fr, en: en)))
  }

  /// Returns the rule with those keys changed. Its parameters and its remedies by case are changed one by one, unless
  /// the check changes.
  mutating func changed(_ rule: YAMLNode, by changes: [YAMLNode.Entry]) -> YAMLNode {
    let check = changes.first { $0.key.text == "check" }
    let keepsCheck = check.map { $0.value.text == rule["check"]?.text } ?? true
    let given = Set(changes.compactMap(\.key.text))
    tellWhatIsLost(of: rule, by: changes)
    var merged: [YAMLNode.Entry] = []
    for change in changes {
      let key = change.key.text ?? ""
      guard keepsCheck, ["with", "remedies"].contains(key),
        case .mapping(let entries) = change.value.content
      else {
        merged.append(change)
        continue
      }
      let empty = YAMLNode(.mapping([]), change.value.span)
      var before = rule[key].map { if case .mapping = $0.content { $0 } else { empty } } ?? empty
      if key == "with" { before = withoutExceptions(before, of: rule["check"]?.text, changedBy: entries) }
      // A text by language is one text, so it is never merged from two files.
      let value = self.merged(before, with: entries, depth: key == "with" ? 2 : 1, name: key)
      merged.append(YAMLNode.Entry(key: change.key, value: value))
    }
    let whole = rule.overridden(by: merged)
    var gone: Set<String> = []
    if !keepsCheck {
      // They belonged to another check.
      gone = Set(["with", "remedies"]).subtracting(given)
    } else if given.contains("remedy"), !given.contains("remedies") {
      // Advice without a case is for all cases; earlier advice for single cases would hide it.
      gone = ["remedies"]
    }
    guard case .mapping(let entries) = whole.content else { return whole }
    let span = (check ?? changes.first { $0.key.text == "remedy" })?.key.span ?? rule.span
    for entry in entries where gone.contains(entry.key.text ?? "") {
      guard let key = entry.key.text, case .mapping(let lost) = entry.value.content, !lost.isEmpty else {
        continue
      }
      let names = lost.compactMap(\.key.text).joined(separator: ", ")
      drop(
        at: span, fr: "ce qui était sous « \(key) » ne compte plus : \(names)",
        en: "what was under “\(key)” no longer counts: \(names)")
    }
    return YAMLNode(.mapping(entries.filter { !gone.contains($0.key.text ?? "") }), whole.span)
  }
}
