import ArgumentParser
import FoundationEssentials
import Preflight
import Testing

@testable import cps_preflight

@Suite("The manual page is kept by hand, and says what the program says of itself")
struct ManualPageTests {
  private let page: String

  init() throws {
    page = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/man/cps-preflight.1"), encoding: .utf8)
  }

  /// Returns the lines between a heading of the page and the next.
  private func section(_ name: String) throws -> String {
    let rest = try #require(page.split(separator: ".SH \(name)\n", maxSplits: 1).last)
    return String(rest.split(separator: ".SH ", maxSplits: 1)[0])
  }

  /// An entry of a list, in the language of manual pages (man(7)).
  private static func entry(_ term: String, _ words: String) -> String {
    ".TP\n.B \(term.replacing("-", with: "\\-"))\n\(words)\n"
  }

  @Test("Every command, with its summary")
  func commands() throws {
    func entries(_ command: any ParsableCommand.Type, _ names: [String]) -> String {
      let subcommands = command.configuration.subcommands
      guard subcommands.isEmpty else {
        return subcommands.map { entries($0, names + [$0.configuration.commandName ?? ""]) }.joined()
      }
      return Self.entry(names.joined(separator: " "), command.configuration.abstract)
    }
    #expect(try section("COMMANDS").hasSuffix(entries(RootCommand.self, [])))
  }

  @Test("Every exit code, with its meaning")
  func exitCodes() throws {
    let codes = Preflight.ExitCode.ofRules
    let entries = Preflight.ExitCode.table.map { entry in
      Self.entry(
        entry.code.map { "\($0.rawValue)" } ?? "\(codes.lowerBound)-\(codes.upperBound)",
        entry.meaning.rendered(in: .english))
    }
    #expect(try section("EXIT STATUS").contains(entries.joined()))
  }

  @Test("Its words are the words of a manual page: man reads it without a warning")
  func sound() async throws {
    let run = try await BuiltProgram.shell("groff -man -ww -z docs/man/cps-preflight.1")
    #expect(run.code == 0 && run.errors == "", "\(run)")
  }
}
