import FoundationEssentials
import Preflight
import Testing
import VerdictFile

/// Pages of the manual that are made: of what the commands declare, and of the pages in `docs/`.
///
/// `make docs` sets `CPS_PREFLIGHT_WRITE_TABLES` and runs these tests, which then write instead of comparing.
@Suite("Manual pages are what the program declares and docs/ explains")
struct GeneratedManualTests {
  private static let folder = "\(BuiltProgram.root)/docs/man"

  /// A manual page that tells the same as a page of `docs/`.
  private struct Explained {
    let name: String
    let section: Int
    let summary: String
    let source: String
    var language = Language.english

    /// The file in `docs/man`.
    var file: String { "\(language == .french ? "fr/" : "")\(name).\(section)" }
  }

  private static let explained = [
    Explained(
      name: "cps-preflight-rules", section: 5, summary: "rule files of cps-preflight, version 1",
      source: "docs/rule-file.md"),
    Explained(
      name: "cps-preflight-facts", section: 5, summary: "facts and facts files of cps-preflight",
      source: "docs/facts.md"),
    Explained(
      name: "cps-preflight-plugin", section: 7, summary: "plugins of cps-preflight, protocol 1",
      source: "docs/plugins.md"),
    Explained(
      name: "cps-preflight-rules", section: 5, summary: "les fichiers de règles de cps-preflight, version 1",
      source: "docs/rule-file.fr.md", language: .french),
    Explained(
      name: "cps-preflight-facts", section: 5, summary: "les faits et fichiers de faits de cps-preflight",
      source: "docs/facts.fr.md", language: .french),
    Explained(
      name: "cps-preflight-plugin", section: 7, summary: "les plugins de cps-preflight, protocole 1",
      source: "docs/plugins.fr.md", language: .french),
    Explained(
      name: "cps-preflight", section: 1,
      summary: "juger, avant l’envoi d’un lot, si la carte et le poste le permettent",
      source: "docs/manual.fr.md", language: .french),
  ]

  /// Returns all pages that are made, by their file in `docs/man`.
  private static func pages() throws -> [(file: String, text: String)] {
    try CommandManual.pages() + CommandManual.pages(in: .french)
      + explained.map { page in
        var manual = try ManualPage(
          page.name, section: page.section, summary: page.summary, in: page.language)
        let source = URL(filePath: "\(BuiltProgram.root)/\(page.source)")
        MarkdownManual.add(try String(contentsOf: source, encoding: .utf8), to: &manual)
        manual.seeAlso(
          [(name: "cps-preflight", section: 1)].filter { $0.name != page.name }
            + explained.filter { $0.name != page.name && $0.language == .english }
            .map { ($0.name, $0.section) })
        return (page.file, manual.text)
      }
  }

  @Test("No page is stale, missing or left over; make docs makes them anew")
  func pagesAreFresh() throws {
    let pages = try Self.pages()
    #expect(pages.count > 40)
    let isWriting = ProcessInfo.processInfo.environment["CPS_PREFLIGHT_WRITE_TABLES"] != nil
    let kept = try FileManager.default.subpathsOfDirectory(atPath: Self.folder)
    for file in kept
    where file != "cps-preflight.1" && file != "fr" && !pages.contains(where: { $0.file == file }) {
      if isWriting {
        try FileManager.default.removeItem(atPath: "\(Self.folder)/\(file)")
      } else {
        Issue.record("left over: \(file)")
      }
    }
    for page in pages {
      let file = URL(filePath: "\(Self.folder)/\(page.file)")
      if isWriting {
        try Data(page.text.utf8).write(to: file)
      } else {
        let text = try? String(contentsOf: file, encoding: .utf8)
        let isFresh = text == page.text
        #expect(isFresh, "\(page.file) is stale or missing; make it anew: make docs")
      }
    }
  }

  @Test("There is one version: make reads the one that the program says, and the changelog has it")
  func version() async throws {
    let made = try await BuiltProgram.shell("make -s version")
    #expect(made.output == "\(ProgramVersion.current)\n", "\(made)")
    #expect(try await BuiltProgram.run(["--version"]).output == made.output)
    #expect(try ManualPage.heading("x", 1).contains(" 1 20"), "CHANGELOG.md has no day of this version")
  }

  @Test("The French manual names each command that the English one names")
  func french() throws {
    let page = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/manual.fr.md"), encoding: .utf8)
    for (file, _) in try CommandManual.pages() {
      let words = file.dropFirst("cps-preflight-".count).dropLast(".1".count)
      let command = words == "exit-codes" ? String(words) : String(words.replacing("-", with: " "))
      #expect(page.contains("\n| `\(command)` |"), "\(command)")
    }
  }

  @Test("groff reads every page without a warning")
  func sound() async throws {
    let run = try await BuiltProgram.shell(
      "for page in docs/man/*.? docs/man/fr/*; do groff -Tutf8 -man -ww -z $page 2>&1 | sed \"s|^|$page: |\"; done"
    )
    #expect(run.code == 0 && run.output == "", "\(run)")
  }

  @Test("Markdown becomes the language of manual pages, and nothing in it is taken for a request")
  func markdown() throws {
    var page = try ManualPage("x", section: 5, summary: "an x")
    MarkdownManual.add(
      """
      # Title

      First `a-b`, *stressed* and [a link](other.md#part). Second.
      .TH is no request here

      ## Part

      | key | where | value |
      |---|---|---|
      | `k` | file | a \\| b |

      - one
        goes on
      - two

          'code' \\ as is

      """, to: &page)
    let text = page.text.split(separator: "\n").drop { $0 != ".SH \"DESCRIPTION\"" }
    #expect(
      text.joined(separator: "\n") == #"""
        .SH "DESCRIPTION"
        First \fBa\-b\fR, \fIstressed\fR and a link.
        Second.
        \&.TH is no request here
        .SH "PART"
        .TP
        \fBk\fR
        \fIwhere\fR: file
        .br
        \fIvalue\fR: a | b
        .IP \(bu 2
        one goes on
        .IP \(bu 2
        two
        .PP
        .RS 4
        .EX
        \(aqcode\(aq \e as is
        .EE
        .RE
        """#)
  }
}
