import ArgumentParser
import FoundationEssentials

@testable import cps_preflight

/// What ArgumentParser says of the program's commands and their options.
struct CommandManual {
  /// A command, as ArgumentParser describes it.
  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  /// An option, a flag or an argument.
  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let parsingStrategy: String?
    let names: [Name]?
    let preferredName: Name?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
    let discussion: String?

    var isPositional: Bool { kind == "positional" }

    /// The option and its value, in the fonts of manual pages.
    func shown(_ names: [Name]) -> String {
      let value = valueName.map(ManualPage.italic)
      guard !isPositional else { return value ?? "" }
      let names = names.map { ManualPage.bold($0.spelling) }.joined(separator: ", ")
      return kind == "option" ? [names, value].compactMap(\.self).joined(separator: " ") : names
    }
  }

  private struct Tool: Decodable {
    let command: Command
  }

  /// Returns a page for each command that does something, by its file in `docs/man`.
  static func pages() throws -> [(file: String, text: String)] {
    let tool = try JSONDecoder().decode(Tool.self, from: Data(RootCommand._dumpHelp().utf8))
    return try (tool.command.subcommands ?? []).flatMap { try pages(of: $0, ["cps-preflight"]) }
  }

  private static func pages(of command: Command, _ path: [String]) throws -> [(file: String, text: String)] {
    guard command.commandName != "help" else { return [] }
    let path = path + [command.commandName]
    if let subcommands = command.subcommands, !subcommands.isEmpty {
      return try subcommands.flatMap { try pages(of: $0, path) }
    }
    let name = path.joined(separator: "-")
    return [("\(name).1", try page(of: command, path, name))]
  }

  private static func page(of command: Command, _ path: [String], _ name: String) throws -> String {
    let abstract = command.abstract ?? ""
    let summary = abstract.prefix(1).lowercased() + abstract.dropFirst()
    var page = try ManualPage(
      name, section: 1, summary: summary.hasSuffix(".") ? String(summary.dropLast()) : summary)
    let arguments = (command.arguments ?? []).filter { argument in
      argument.shouldDisplay && !["help", "version"].contains(argument.preferredName?.name)
    }

    page.section("Synopsis")
    let usage = arguments.map { argument in
      let name =
        argument.shown(argument.preferredName.map { [$0] } ?? []) + (argument.isRepeating ? "..." : "")
      let separator = ["postTerminator", "allRemainingInput"].contains(argument.parsingStrategy ?? "")
      let words = separator ? "\(ManualPage.bold("--")) \(name)" : name
      return argument.isOptional && !separator ? "[\(words)]" : words
    }
    page.call(([ManualPage.bold(path.joined(separator: " "))] + usage).joined(separator: " "))

    page.section("Description")
    page.paragraph(abstract)
    if let discussion = command.discussion { page.paragraph(discussion) }

    if !arguments.isEmpty { page.section("Options") }
    for argument in arguments {
      var words = [argument.abstract, argument.discussion].compactMap(\.self).map {
        $0.replacing("\n", with: " ")
      }
      if let values = argument.allValues, !values.isEmpty {
        words.append("Values: \(values.joined(separator: ", ")).")
      }
      if let usual = argument.defaultValue { words.append("Default: \(usual).") }
      page.entry(argument.shown(argument.names ?? []), [ManualPage.inline(words.joined(separator: " "))])
    }

    page.section("Exit status")
    page.paragraph(
      "The codes are those of `cps-preflight`(1); `cps-preflight exit-codes` prints those of the rules in use."
    )
    page.seeAlso([
      ("cps-preflight", 1), ("cps-preflight-rules", 5), ("cps-preflight-facts", 5),
      ("cps-preflight-plugin", 7),
    ])
    return page.text
  }
}
