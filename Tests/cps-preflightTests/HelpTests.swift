import ArgumentParser
import FoundationEssentials
import Testing

@testable import cps_preflight

@Suite("The help of every command is what was last looked at")
struct HelpTests {
  private static let page = URL(filePath: "\(BuiltProgram.root)/Tests/Golden/help.txt")

  /// Returns the line above the help of a command.
  private static func heading(_ path: [String]) -> String {
    "==== " + (path + ["--help"]).joined(separator: " ")
  }

  /// Returns each command with its help, groups of commands first.
  private static func help(
    of command: any ParsableCommand.Type = RootCommand.self, _ path: [String] = ["cps-preflight"]
  ) -> [(heading: String, text: String)] {
    let text = RootCommand.helpMessage(for: command, columns: 100)
    return [(heading(path), text)]
      + command.configuration.subcommands.flatMap { help(of: $0, path + [$0._commandName]) }
  }

  @Test(
    "Tests/Golden/help.txt has the help of each command; UPDATE_HELP=1 swift test --filter HelpTests writes it anew"
  )
  func golden() throws {
    let commands = Self.help()
    #expect(commands.count > 20)
    if ProcessInfo.processInfo.environment["UPDATE_HELP"] != nil {
      let text = commands.map { "\($0.heading)\n\n\($0.text)\n" }.joined(separator: "\n")
      try Data(text.utf8).write(to: Self.page)
    }
    let kept = try String(contentsOf: Self.page, encoding: .utf8)
    let parts = ("\n" + kept).split(separator: "\n==== ").map { part in
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return ("==== \(lines[0])", String(lines.last ?? ""))
    }
    let known = Dictionary(parts) { $1 }
    for (heading, text) in commands {
      let stale = known[heading]?.trimmed != text.trimmed
      #expect(!stale, "\(heading) is stale; it is now:\n\(text)")
    }
    #expect(Set(known.keys) == Set(commands.map(\.heading)), "commands that are gone, or new")
  }
}

extension String {
  /// The text without surrounding line ends.
  fileprivate var trimmed: Substring {
    let start = drop { $0 == "\n" }
    return start[..<(start.lastIndex { $0 != "\n" }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}
