import Preflight

/// Turns a page of `docs/` into a page of the manual: the headings, paragraphs, lists, tables and code blocks that our pages have.
struct MarkdownManual {
  private var page: ManualPage
  private var paragraph: [String] = []
  private var code: [String] = []
  /// The mark of the entry of a list that is being read. Nil outside a list.
  private var mark: String?
  /// The headings of the table that is being read. Nil outside a table.
  private var columns: [String]?

  /// Adds the text of a page of Markdown to a page of the manual. What stands before its first heading of a section is its description.
  static func add(_ markdown: String, to page: inout ManualPage) {
    var manual = Self(page: page)
    page.section("Description")
    manual.page = page
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) { manual.read(line) }
    manual.end()
    page = manual.page
  }

  private init(page: ManualPage) { self.page = page }

  private mutating func read(_ line: Substring) {
    let isIndented = line.hasPrefix("    ")
    if !code.isEmpty {
      if isIndented || line.isEmpty { return code.append(String(line.dropFirst(4))) }
      end()
    } else if isIndented, paragraph.isEmpty {
      return code = [String(line.dropFirst(4))]
    }
    let text = line.drop { $0 == " " }
    // The link to the page in the other language is none of the manual's.
    if text.isEmpty || text.hasPrefix("<!--") || text.hasPrefix("*[") && text.hasSuffix(")*") {
      end()
    } else if text.hasPrefix("### ") {
      end()
      page.subsection(String(text.dropFirst(4)))
    } else if text.hasPrefix("## ") {
      end()
      page.section(String(text.dropFirst(3)))
    } else if text.hasPrefix("# ") {
      end()
    } else if text.hasPrefix("|") {
      row(text)
    } else if text.hasPrefix("- ") {
      item("\\(bu 2", text.dropFirst(2))
    } else if let dot = text.firstRange(of: ". "), dot.lowerBound != text.startIndex,
      text[..<dot.lowerBound].allSatisfy(\.isNumber)
    {
      item("\(text[..<dot.lowerBound]). 4", text[dot.upperBound...])
    } else {
      paragraph.append(String(text))
    }
  }

  private mutating func item(_ mark: String, _ text: Substring) {
    end()
    self.mark = mark
    paragraph = [String(text)]
  }

  /// Reads a row: its first cell is the term of an entry, and each of the others a line of what is said of it.
  private mutating func row(_ line: Substring) {
    let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
      .dropFirst().dropLast().map { cell -> String in
        let start = cell.drop { $0 == " " }
        let end = start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex
        return String(start[..<end].replacing("\u{1}", with: "|"))
      }
    guard let columns else {
      end()
      return columns = cells
    }
    guard let term = cells.first, !term.hasPrefix("---") else { return }
    let colon = ManualPage.plain(page.language == .french ? "\u{A0}:" : ":")
    let texts = zip(columns, cells).dropFirst().filter { !$1.isEmpty }.map { column, cell in
      let text = ManualPage.inline(cell)
      return columns.count > 2 && !column.isEmpty ? "\(ManualPage.italic(column))\(colon) \(text)" : text
    }
    page.entry(term.isEmpty ? "\\(em" : ManualPage.inline(term), texts)
  }

  /// Ends what is being read.
  private mutating func end() {
    if !code.isEmpty {
      let last = code.lastIndex { !$0.isEmpty } ?? 0
      page.example(Array(code[...last]))
    }
    if !paragraph.isEmpty {
      let text = paragraph.joined(separator: " ")
      if let mark { page.item(mark, text) } else { page.paragraph(text) }
    }
    code = []
    paragraph = []
    mark = nil
    columns = nil
  }
}
