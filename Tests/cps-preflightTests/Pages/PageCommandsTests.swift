import FoundationEssentials
import Testing

@testable import cps_preflight

@Suite("Every command of every page works in the place of the reader, and prints what the page shows")
struct PageCommandsTests {
  /// Commands that no test can run, by how they begin, with the reason.
  private static let notRun: [(start: String, reason: String)] = [
    ("sudo apt install", "installs a package: Tests/Packaging does it in a clean Debian"),
    ("make ", "builds the program, or runs these tests"),
    ("java Gate.java", "ExamplesTests compiles and runs it, where there is Java"),
    ("node gate.js", "ExamplesTests runs it, where there is Node"),
    ("php gate.php", "ExamplesTests runs it, where there is PHP"),
    ("mcs Gate.cs", "ExamplesTests compiles and runs it, where there is Mono"),
    ("mono Gate.exe", "ExamplesTests compiles and runs it, where there is Mono"),
    ("pre-commit ", "RulesInRepositoryTests runs it, in a repository"),
    ("cps-preflight check …; case", "“…” stands for the reader's own options"),
    ("jq ", "needs jq, which nothing else here needs"),
    (
      "cps-preflight check --format prometheus --output /var",
      "writes where the collector of Prometheus reads"
    ),
    ("spark-submit ", "needs a Spark cluster"),
    ("fleet-facts.sh ", "FleetFactsTests runs it, with a card in a file"),
    ("cat /srv/fleet", "reads a folder of the reader's"),
    ("PARALLEL=", "needs other machines"),
    ("evaluate-parallel.sh ", "ScalingTests runs it"),
    ("cps-preflight evaluate [--rules F]", "says which options there are"),
    (
      "cps-preflight check --facts docs/samples/card.json",
      "ReportsPageTests compares the lines that the page picks"
    ),
    ("./cps-preflight-expected-am ", "PluginPageTests compares the session"),
    ("echo '{\"protocol\"", "PluginPageTests compares the session"),
    ("echo 'rubbish'", "PluginPageTests compares the session"),
    ("cps-preflight COMMAND", "says how a command is called"),
    ("cps-preflight check [--for", "says how a command is called"),
    ("cps-preflight run [OPTIONS", "says how a command is called"),
  ]

  private static func reason(_ command: PageSession.Command) -> String? {
    notRun.first { command.text.hasPrefix($0.start) }?.reason
  }

  private static let pages = Page.all.filter { $0 != "CHANGELOG.md" && !$0.contains("default-rules") }

  /// What differs from run to run.
  private static func timeless(_ lines: [String]) -> [String] {
    lines.map { $0.replacing(#/in \d+\.\d s, \d+ a second/#, with: "in 0.0 s, 3000 a second") }
  }

  /// What a command that is right never ends with, on a workstation that has no card: mistakes in it, and in its files.
  private static let mistakes: Set<Int32> = [64, 65, 66, 70, 74, 77, 78, 126, 127]

  @Test("The commands of a page; make docs writes what they print anew", arguments: pages)
  func commands(path: String) async throws {
    let session = PageSession(try Page(path))
    guard session.commands.contains(where: { Self.reason($0) == nil }) else { return }
    let results = try await session.results(in: .tree()) { Self.reason($0) != nil }
    var stale: [(PageSession.Command, [String])] = []
    for (index, command) in session.commands.enumerated() where Self.reason(command) == nil {
      guard let result = results[index] else {
        Issue.record("\(path):\(command.line): not run, or never ended: \(command.text)")
        continue
      }
      let here = "\(path):\(command.line): \(command.text) ended with \(result.code)"
      guard let shown = command.shown else {
        let isMistake = Self.mistakes.contains(result.code) || result.code > 127
        #expect(!isMistake, "\(here): \(result.lines)")
        continue
      }
      if Self.timeless(result.lines) != Self.timeless(shown) { stale.append((command, result.lines)) }
    }
    guard ProcessInfo.processInfo.environment["CPS_PREFLIGHT_WRITE_TABLES"] == nil else {
      return try Self.write(stale, to: path)
    }
    for (command, lines) in stale {
      Issue.record(
        "\(path):\(command.line) is stale (make docs); it prints\n\(lines.joined(separator: "\n"))")
    }
  }

  /// Writes what commands print into the page, from its end on, so that the lines before stay where they are.
  private static func write(_ stale: [(PageSession.Command, [String])], to path: String) throws {
    let file = URL(filePath: "\(BuiltProgram.root)/\(path)")
    var lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (command, printed) in stale.reversed() {
      let start = command.line - 1 + command.text.split(separator: "\n").count
      let count = (command.shown ?? []).count
      lines.replaceSubrange(start..<(start + count), with: printed.map { $0.isEmpty ? "" : "    \($0)" })
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
  }

  @Test("The table of commands that no test runs has no line too many")
  func table() throws {
    let commands = try Self.pages.flatMap { PageSession(try Page($0)).commands }
    #expect(commands.count > 80)
    for (start, _) in Self.notRun {
      #expect(commands.contains { $0.text.hasPrefix(start) }, "no page has a command \(start)")
    }
  }

  @Test("Each page that the program names is installed")
  func named() async throws {
    let program = try await InstalledProgram.tree()
    let run = try await BuiltProgram.shell(
      "grep -aohE '[A-Za-z0-9_./-]+\\.md' \"$P\" | sort -u")
    let names = Set(run.output.split(separator: "\n").map { String($0.split(separator: "/").last ?? $0) })
    #expect(names.isSuperset(of: ["doctor.md", "cryptolib.md", "plugins.md"]), "\(names)")
    let files = try program.files()
    // That of a plugin, which `plugins new` writes.
    for name in names.subtracting(["README.md"]) {
      #expect(files.contains("share/doc/cps-preflight/docs/\(name)"), "\(name)")
    }
  }

  @Test("Each page that a page or a manual page leads to is installed beside it")
  func linked() async throws {
    let files = try await InstalledProgram.tree().files()
    let folder = "share/doc/cps-preflight"
    for path in Page.all {
      #expect(files.contains("\(folder)/\(path)"), "\(path)")
      let page = try Page(path)
      for (link, line) in page.links where !link.contains(":") && !link.hasPrefix("#") {
        let target = (path.hasPrefix("docs/") ? "docs/" : "") + link.prefix { $0 != "#" }
        let plain = target.replacing("docs/../", with: "")
        let isThere = files.contains { name in
          name == "\(folder)/\(plain)" || name.hasPrefix("\(folder)/\(plain)")
        }
        // Schemas are a link to those of the program.
        #expect(isThere || plain.hasPrefix("docs/schemas"), "\(path):\(line): \(link)")
      }
    }
  }
}
