import ArgumentParser
import FoundationEssentials
import Preflight
import Testing

@testable import cps_preflight

@Suite("The help of every command is what was last looked at")
struct HelpTests {
  /// The commands that lead to each command, groups first.
  private static func paths(
    _ path: [any ParsableCommand.Type] = [RootCommand.self]
  ) -> [[any ParsableCommand.Type]] {
    [path] + (path.last?.configuration.subcommands ?? []).flatMap { paths(path + [$0]) }
  }

  /// Returns each command with its help.
  private static func help(in language: Language) throws -> [(heading: String, text: String)] {
    let root = try DeclaredCommand(RootCommand.self)
    return paths().map { path in
      let names = path.map { $0._commandName } + ["--help"]
      return (
        "==== " + names.joined(separator: " "),
        HelpScreen(of: path, in: root, language: language).text(columns: 100)
      )
    }
  }

  @Test(
    "Tests/Golden has the help of each command; UPDATE_HELP=1 swift test --filter HelpTests writes it anew",
    arguments: [(Language.english, "help.txt"), (.french, "help.fr.txt")])
  func golden(language: Language, file: String) throws {
    let page = URL(filePath: "\(BuiltProgram.root)/Tests/Golden/\(file)")
    let commands = try Self.help(in: language)
    #expect(commands.count > 20)
    if ProcessInfo.processInfo.environment["UPDATE_HELP"] != nil {
      let text = commands.map { "\($0.heading)\n\n\($0.text)\n" }.joined(separator: "\n")
      try Data(text.utf8).write(to: page)
    }
    let kept = try String(contentsOf: page, encoding: .utf8)
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

  @Test("The English help is ArgumentParser's own, whatever the width", arguments: [60, 100])
  func english(columns: Int) throws {
    let root = try DeclaredCommand(RootCommand.self)
    for path in Self.paths() {
      let own = HelpScreen(of: path, in: root, language: .english).text(columns: columns)
      guard let command = path.last else { continue }
      #expect(own.trimmed == RootCommand.helpMessage(for: command, columns: columns).trimmed)
    }
  }

  @Test("Every command, option and argument has its French text, and no text is left that nothing declares")
  func french() throws {
    var declared: Set<String> = []
    var valueNames: Set<String> = ["options", "options of check", "arguments", "subcommand", "shell"]
    func collect(_ command: DeclaredCommand) {
      declared.insert(command.abstract)
      declared.insert(command.discussion)
      for argument in command.arguments {
        declared.insert(argument.abstract)
        declared.insert(argument.discussion)
        if argument.kind != .flag { valueNames.insert(argument.valueName) }
      }
      command.subcommands.forEach(collect)
    }
    try collect(DeclaredCommand(RootCommand.self))
    // That of the program is the table of exit codes, which has both languages.
    declared.subtract(["", RootCommand.discussion(in: .english)])
    #expect(declared.subtracting(HelpTexts.french.keys) == [], "without a French text")
    #expect(Set(HelpTexts.french.keys).subtracting(declared) == [], "French texts of nothing")
    #expect(valueNames.subtracting(HelpTexts.frenchValueNames.keys) == [], "without a French name")
    #expect(Set(HelpTexts.frenchValueNames.keys).subtracting(valueNames) == [], "French names of nothing")
  }

  @Test(
    "Help is in the language that is asked for, or the locale's",
    arguments: [
      (["--help"], "fr_FR.UTF-8", "COMMANDES"), (["help"], "fr_FR.UTF-8", "COMMANDES"),
      (["help", "rules", "lint"], "fr_FR.UTF-8", "Échouer aussi"),
      (["check", "-h"], "en_GB.UTF-8", "OPTIONS:"),
      (["check", "--help", "--lang", "fr"], "en_GB.UTF-8", "OPTIONS\u{A0}:"),
      (["--help", "--lang", "en"], "fr_FR.UTF-8", "SUBCOMMANDS:"),
      (["rules", "--lang=fr", "--help"], "en_GB.UTF-8", "COMMANDES"), (["help"], "de_DE.UTF-8", "COMMANDES"),
    ])
  func language(arguments: [String], locale: String, words: String) async throws {
    let run = try await BuiltProgram.run(arguments, environment: ["LANG": locale])
    #expect(run.code == 0 && run.output.contains(words), "\(run)")
  }
}

extension String {
  /// The text without surrounding line ends.
  fileprivate var trimmed: Substring {
    let start = drop { $0 == "\n" }
    return start[..<(start.lastIndex { $0 != "\n" }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}
