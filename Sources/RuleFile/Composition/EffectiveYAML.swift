import Preflight
import JSON

/// The rules of a file and of all files that it builds on, written as one rule file. A comment on every key says where
/// it comes from.
struct EffectiveYAML {
  private let composed: ComposedRules
  private let files: [ReadFile]
  private var lines: [(text: String, origin: String)] = []

  init(_ composed: ComposedRules, files: [ReadFile]) {
    self.composed = composed
    self.files = files
  }

  /// The text of the file, with line ends.
  var text: String {
    var writer = self
    writer.lines.append(("version: 1", ""))
    if let report = composed.report {
      writer.lines += [("", ""), ("report:", "")]
      for entry in report.entries { writer.entry(entry, prefix: "  ", indentation: 2) }
    }
    if !composed.facts.isEmpty {
      writer.lines += [("", ""), ("facts:", "")]
      for entry in declaredFacts { writer.entry(entry, prefix: "  ", indentation: 2) }
    }
    for (key, nodes) in [
      ("plugins", composed.plugins.map(\.node)), ("sources", composed.sources?.items),
      ("stages", composed.stages),
      ("waivers", composed.waivers), ("messages", composed.messages),
    ] {
      guard let nodes, !nodes.isEmpty else { continue }
      writer.lines += [("", ""), ("\(key):", "")]
      for node in nodes { writer.item(node, indentation: 2) }
    }
    let width = min(72, writer.lines.map(\.text.count).max() ?? 0)
    return writer.lines.map { line in
      guard !line.origin.isEmpty else { return line.text + "\n" }
      let padding = String(repeating: " ", count: max(0, width - line.text.count))
      return "\(line.text)\(padding)  # \(line.origin)\n"
    }.joined()
  }

  /// The facts, each with its last declaration.
  private var declaredFacts: [YAMLNode.Entry] {
    var last: [String: Int] = [:]
    for (index, entry) in composed.facts.enumerated() { last[entry.key.text ?? ""] = index }
    return last.values.sorted().map { composed.facts[$0] }
  }

  // MARK: - Nodes

  private mutating func item(_ node: YAMLNode, indentation: Int) {
    let blanks = String(repeating: " ", count: indentation)
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      lines.append(("\(blanks)- \(flow(node))", origin(of: node)))
      return
    }
    for (index, entry) in entries.enumerated() {
      self.entry(entry, prefix: index == 0 ? "\(blanks)- " : "\(blanks)  ", indentation: indentation + 2)
    }
  }

  private mutating func entry(_ entry: YAMLNode.Entry, prefix: String, indentation: Int) {
    // A map that an override has emptied means nothing.
    if entry.key.text == "with", case .mapping(let entries) = entry.value.content,
      entries.contains(where: { $0.value.isEmptyMap })
    {
      let full = YAMLNode(.mapping(entries.filter { !$0.value.isEmptyMap }), entry.value.span)
      guard !full.isEmptyMap else { return }
      return self.entry(
        YAMLNode.Entry(key: entry.key, value: full), prefix: prefix, indentation: indentation)
    }
    let key = scalar(entry.key.text ?? "", isPlain: false)
    switch entry.value.content {
    // Rules are long, so each key has a line. Their contents are short enough for one line.
    case .sequence(let items) where items.contains(where: { $0["id"] != nil }):
      lines.append(("\(prefix)\(key):", origin(of: entry.key)))
      for item in items { self.item(item, indentation: indentation + 2) }
    case .mapping(let entries)
    where !entries.isEmpty
      && (entry.value.isOfSeveralFiles(besides: entry.key.span.file)
        || "\(prefix)\(key): \(flow(entry.value))".count > 72):
      lines.append(("\(prefix)\(key):", origin(of: entry.key)))
      let blanks = String(repeating: " ", count: indentation + 2)
      for entry in entries { self.entry(entry, prefix: blanks, indentation: indentation + 2) }
    default: lines.append(("\(prefix)\(key): \(flow(entry.value))", origin(of: entry.key)))
    }
  }

  private func flow(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let text, let isPlain): scalar(text, isPlain: isPlain)
    case .sequence(let items): "[" + items.map { flow($0) }.joined(separator: ", ") + "]"
    case .mapping(let entries) where entries.isEmpty: "{}"
    case .mapping(let entries):
      "{ "
        + entries.map { "\(scalar($0.key.text ?? "", isPlain: false)): \(flow($0.value))" }
        .joined(separator: ", ") + " }"
    }
  }

  /// The text as it was written: plain if it was plain, so that a number stays a number, and quoted if needed.
  private func scalar(_ text: String, isPlain: Bool) -> String {
    let isWord = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-_./".utf8.contains(byte)
    }
    let isSafe = isWord && !text.isEmpty && !text.hasPrefix("-") && !text.hasPrefix(".")
    let isName = isSafe && text.utf8.first.map { !(0x30...0x39).contains($0) } == true
    // A key is never a number, and a date is always text.
    if isSafe, isPlain || (isName && !["true", "false", "null", "Null", "NULL"].contains(text)) {
      return text
    }
    return quoted(text)
  }

  /// The text in double quotes (YAML 1.2, section 5.7), with invisible characters escaped.
  private func quoted(_ text: String) -> String {
    var quoted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted.append(contentsOf: ["\\", scalar])
      case "\n": quoted.append(contentsOf: ["\\", "n"])
      case _ where scalar.isUnseen: quoted.append(contentsOf: scalar.yamlEscape.unicodeScalars)
      default: quoted.append(scalar)
      }
    }
    return "\"\(String(quoted))\""
  }

  private func origin(of node: YAMLNode) -> String {
    "\(printable(files[node.span.file].name)):\(node.span.start.line)"
  }
}

extension YAMLNode {
  fileprivate var isEmptyMap: Bool {
    guard case .mapping(let entries) = content else { return false }
    return entries.isEmpty
  }

  /// Whether any part comes from another file, so that each part has to say where it comes from.
  fileprivate func isOfSeveralFiles(besides file: Int) -> Bool {
    guard case .mapping(let entries) = content else { return false }
    return entries.contains { $0.key.span.file != file || $0.value.isOfSeveralFiles(besides: file) }
  }
}
