import FoundationEssentials
import Testing

/// A page of Markdown, in the blocks that it consists of.
struct Page {
  /// A block and the line that it begins on, from 1.
  struct Block {
    enum Kind: Hashable {
      case heading(Int)
      case paragraph
      case code
      case table(columns: Int)
      case item
      /// A comment that marks a place for `make docs`.
      case mark
    }

    let kind: Kind
    let line: Int
    /// The lines; those of code without their indentation.
    var lines: [String]
  }

  /// The path of the page, from the root of the package.
  let path: String
  let blocks: [Block]

  init(_ path: String) throws {
    self.path = path
    let text = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/\(path)"), encoding: .utf8)
    var blocks: [Block] = []
    var isFresh = true
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let isItem = line.hasPrefix("- ") || line.wholeMatch(of: /\d+\. .*/) != nil
      let last = blocks.indices.last
      if line.allSatisfy({ $0 == " " }) {
        // A blank line inside code belongs to it, where code follows.
        if let last, blocks[last].kind == .code, !isFresh { blocks[last].lines.append("") }
        if last.map({ blocks[$0].kind != .code }) ?? true { isFresh = true }
        continue
      }
      if line.hasPrefix("    ") {
        let code = String(line.dropFirst(4))
        if let last, blocks[last].kind == .code {
          blocks[last].lines.append(code)
        } else if let last, blocks[last].kind == .item, !isFresh {
          blocks[last].lines.append(code)
        } else {
          blocks.append(Block(kind: .code, line: index + 1, lines: [code]))
        }
        isFresh = false
        continue
      }
      let kind: Block.Kind
      if line.hasPrefix("#") {
        kind = .heading(line.prefix { $0 == "#" }.count)
      } else if line.hasPrefix("<!--") {
        kind = .mark
      } else if line.hasPrefix("|") {
        let cells = line.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false)
        kind = .table(columns: cells.count - 2)
      } else {
        kind = isItem ? .item : .paragraph
      }
      if let last, !isFresh, !isItem,
        blocks[last].kind == kind || (kind == .paragraph && blocks[last].kind == .item),
        kind != .mark
      {
        blocks[last].lines.append(String(line))
      } else {
        blocks.append(Block(kind: kind, line: index + 1, lines: [String(line)]))
      }
      isFresh = false
    }
    self.blocks = blocks.map { block in
      var block = block
      while block.lines.last == "" { block.lines.removeLast() }
      return block
    }
  }

  /// The language that the page is written in, as `--lang` names it.
  var language: String { path.hasSuffix(".fr.md") ? "fr" : "en" }

  /// The path of the same page in the other language.
  var twin: String {
    language == "fr" ? path.replacing(".fr.md", with: ".md") : path.replacing(".md", with: ".fr.md")
  }

  /// Returns the anchors of the headings, as GitHub makes them.
  var anchors: Set<String> {
    var anchors: Set<String> = []
    for block in blocks {
      guard case .heading = block.kind, let line = block.lines.first else { continue }
      let words = line.drop { $0 == "#" || $0 == " " }.lowercased()
      let kept = words.unicodeScalars.filter { scalar in
        scalar.properties.isAlphabetic || scalar == "-" || scalar == "_" || scalar == " "
          || scalar.properties.numericType != nil
      }
      anchors.insert(String(String.UnicodeScalarView(kept)).replacing(" ", with: "-"))
    }
    return anchors
  }

  /// Returns the targets of all links outside code, with the line that each is on.
  var links: [(target: String, line: Int)] {
    blocks.filter { $0.kind != .code }.flatMap { block in
      // A link may go on in the next line.
      let text = block.lines.joined(separator: "\n")
      return text.matches(of: /\]\(([^)\s]+)\)/).map { (String($0.output.1), block.line) }
    }
  }

  /// Every page of the project.
  static let all: [String] = {
    let folder = "\(BuiltProgram.root)/docs"
    let documents = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return ["README.md", "README.fr.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
      + documents.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()
}
