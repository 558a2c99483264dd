import FoundationEssentials
import Preflight
import VerdictFile

/// A manual page in the language of man(7), written for groff and mandoc alike.
struct ManualPage {
  private var lines: [String]
  let language: Language
  /// Whether a paragraph macro is superfluous, as after a heading.
  private var isFresh = true

  /// - Parameters:
  ///   - title: the name of the page.
  ///   - section: the section of the manual, 1 to 8.
  ///   - summary: what the page is about, in a few words: the second half of `NAME`.
  ///   - language: the language of the page.
  init(_ title: String, section: Int, summary: String, in language: Language = .english) throws {
    self.language = language
    lines = [
      ".\\\" Made by make docs.", try Self.heading(title, section, in: language),
      language == .french ? ".SH NOM" : ".SH NAME",
      "\(Self.plain(title)) \\- \(Self.plain(summary))",
    ]
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// Returns the line that begins a page: its name, the day and number of the version, and the name of its section.
  static func heading(_ title: String, _ section: Int, in language: Language = .english) throws -> String {
    let manual =
      (language == .french
      ? [1: "Commandes", 5: "Formats de fichiers", 7: "Divers"]
      : [1: "User commands", 5: "File formats", 7: "Miscellaneous"])[section] ?? ""
    return """
      .TH \(plain(title.uppercased())) \(section) \(try day()) "cps\\-preflight \(ProgramVersion.current)" "\(manual)"
      """
  }

  /// Returns the day of this version, as the changelog says it.
  private static func day() throws -> Substring {
    let log = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/CHANGELOG.md"), encoding: .utf8)
    let heading = "## [\(ProgramVersion.current)] - "
    let line = log.split(separator: "\n").first { $0.hasPrefix(heading) }
    return line?.dropFirst(heading.count) ?? "unreleased"
  }

  // MARK: - Parts

  mutating func section(_ name: String) { add(".SH \(Self.title(name.uppercased()))", fresh: true) }

  mutating func subsection(_ name: String) { add(".SS \(Self.title(name))", fresh: true) }

  mutating func paragraph(_ markdown: String) {
    if !isFresh { lines.append(".PP") }
    fill(Self.inline(markdown))
    isFresh = false
  }

  /// Adds how a command is called, in the language of manual pages already; no option is hyphenated or stretched.
  mutating func call(_ text: String) {
    lines += [".nh", ".ad l"]
    fill(text)
    lines += [".ad b", ".hy"]
    isFresh = false
  }

  /// Adds an entry of a list: a term, and under it what is said of it, each text from a line of its own.
  mutating func entry(_ term: String, _ texts: [String]) {
    add(".TP", fresh: false)
    lines.append(Self.guarded(term))
    for (index, text) in texts.enumerated() {
      if index > 0 { lines.append(".br") }
      fill(text)
    }
    if texts.isEmpty { lines.append("\\&") }
  }

  /// Adds an entry of a list with a bullet or a number.
  mutating func item(_ mark: String, _ markdown: String) {
    add(".IP \(mark)", fresh: false)
    fill(Self.inline(markdown))
  }

  /// Adds lines that stand as they are written.
  mutating func example(_ block: [String]) {
    if !isFresh { lines.append(".PP") }
    lines += [".RS 4", ".EX"] + block.map { Self.guarded(Self.plain($0)) } + [".EE", ".RE"]
    isFresh = false
  }

  /// Adds other pages that are worth reading.
  mutating func seeAlso(_ pages: [(name: String, section: Int)]) {
    section(language == .french ? "Voir aussi" : "See also")
    lines += Self.references(pages)
  }

  /// Returns the lines that name pages of the manual.
  static func references(_ pages: [(name: String, section: Int)]) -> [String] {
    pages.enumerated().map { index, page in
      ".BR \(plain(page.name)) (\(page.section))\(index < pages.count - 1 ? "," : "")"
    }
  }

  private mutating func add(_ line: String, fresh: Bool) {
    lines.append(line)
    isFresh = fresh
  }

  // MARK: - Text

  /// Adds a text in short lines, each sentence from a new one, as mandoc wants it.
  private mutating func fill(_ text: String) {
    var line = ""
    func ended(_ line: String) -> Bool {
      guard let last = line.replacing("\\fR", with: "").last(where: { !")\"'".contains($0) }) else {
        return false
      }
      return ".!?".contains(last)
    }
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.utf8.count + word.utf8.count >= 78 || ended(line) {
        lines.append(Self.guarded(line))
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    if !line.isEmpty { lines.append(Self.guarded(line)) }
  }

  /// Returns a line that is not taken for a request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : line
  }

  private static func title(_ name: String) -> String {
    let words = inline(name).replacing("\\fB", with: "").replacing("\\fR", with: "").replacing(
      "\\fI", with: "")
    return words.contains("\"") ? words : "\"\(words)\""
  }

  /// Returns a text without any meaning of its signs to man(7).
  static func plain(_ text: some StringProtocol) -> String {
    text.unicodeScalars.reduce(into: "") { plain, scalar in
      switch scalar {
      case "\\": plain += "\\e"
      case "-": plain += "\\-"
      case "~": plain += "\\(ti"
      case "^": plain += "\\(ha"
      case "`": plain += "\\(ga"
      case "'": plain += "\\(aq"
      case _ where scalar.isASCII: plain.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        plain += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
  }

  static func bold(_ text: some StringProtocol) -> String { "\\fB\(plain(text))\\fR" }
  static func italic(_ text: some StringProtocol) -> String { "\\fI\(plain(text))\\fR" }

  /// Returns a text of Markdown with its code, stress and links in the language of manual pages.
  static func inline(_ markdown: String) -> String {
    var rest = markdown[...]
    var text = ""
    func between(_ start: String, _ end: String) -> Substring? {
      guard rest.hasPrefix(start), let close = rest.dropFirst(start.count).firstRange(of: end) else {
        return nil
      }
      let inner = rest[rest.index(rest.startIndex, offsetBy: start.count)..<close.lowerBound]
      return inner.isEmpty ? nil : inner
    }
    while let first = rest.first {
      if let code = between("`", "`") {
        text += bold(code)
        rest = rest.dropFirst(code.count + 2)
      } else if let stress = between("**", "**") {
        text += bold(stress)
        rest = rest.dropFirst(stress.count + 4)
      } else if let stress = between("*", "*"), stress.first != " " {
        text += italic(stress)
        rest = rest.dropFirst(stress.count + 2)
      } else if let label = between("[", "]("), !label.contains("]"),
        let close = rest.dropFirst(label.count + 3).firstIndex(of: ")")
      {
        let target = rest[rest.index(rest.startIndex, offsetBy: label.count + 3)..<close]
        text += inline(String(label))
        if target.hasPrefix("http"), target != label { text += " (\(plain(target)))" }
        rest = rest[rest.index(after: close)...]
      } else {
        text += plain(String(first))
        rest = rest.dropFirst()
      }
    }
    return text
  }
}
