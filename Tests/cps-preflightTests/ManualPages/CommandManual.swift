import Preflight

@testable import cps_preflight

/// The manual pages of the commands, made of what they declare, in either language.
enum CommandManual {
  /// Returns a page for each command that does something, by its file in `docs/man`.
  static func pages(in language: Language = .english) throws -> [(file: String, text: String)] {
    try DeclaredCommand(RootCommand.self).subcommands
      .flatMap { try pages(of: $0, ["cps-preflight"], language) }
  }

  private static func pages(
    of command: DeclaredCommand, _ path: [String], _ language: Language
  ) throws -> [(file: String, text: String)] {
    let path = path + [command.name]
    guard command.subcommands.isEmpty else {
      return try command.subcommands.flatMap { try pages(of: $0, path, language) }
    }
    let name = path.joined(separator: "-")
    let folder = language == .french ? "fr/" : ""
    return [("\(folder)\(name).1", try page(of: command, path, name, language))]
  }

  private static func page(
    of command: DeclaredCommand, _ path: [String], _ name: String, _ language: Language
  ) throws -> String {
    func words(_ english: String) -> String { HelpTexts.words(english, language) }
    func said(_ french: String, _ english: String) -> String { language == .french ? french : english }
    let abstract = words(command.abstract)
    let summary = abstract.prefix(1).lowercased() + abstract.dropFirst()
    var page = try ManualPage(
      name, section: 1, summary: summary.hasSuffix(".") ? String(summary.dropLast()) : summary, in: language)
    let arguments = command.arguments.filter { argument in
      argument.isShown && !["--help", "--version"].contains(argument.preferredName)
    }

    page.section("Synopsis")
    let usage = arguments.map { argument in
      let name =
        shown(argument, argument.preferredName.map { [$0] } ?? [], language)
        + (argument.isRepeating ? "..." : "")
      let words = argument.followsTerminator ? "\(ManualPage.bold("--")) \(name)" : name
      return argument.isOptional && !argument.followsTerminator ? "[\(words)]" : words
    }
    page.call(([ManualPage.bold(path.joined(separator: " "))] + usage).joined(separator: " "))

    page.section("Description")
    page.paragraph(abstract)
    if !command.discussion.isEmpty { page.paragraph(words(command.discussion)) }

    if !arguments.isEmpty { page.section("Options") }
    for argument in arguments {
      var sentences = [argument.abstract, argument.discussion].filter { !$0.isEmpty }
        .map { words($0).replacing("\n", with: " ") }
      if !argument.values.isEmpty {
        sentences.append("\(said("Valeurs\u{A0}:", "Values:")) \(argument.values.joined(separator: ", ")).")
      }
      if !argument.defaultValue.isEmpty {
        sentences.append("\(said("Par défaut\u{A0}:", "Default:")) \(argument.defaultValue).")
      }
      page.entry(
        shown(argument, argument.names, language), [ManualPage.inline(sentences.joined(separator: " "))])
    }

    page.section(said("Codes de sortie", "Exit status"))
    page.paragraph(
      said(
        "Les codes sont ceux de `cps-preflight`(1)\u{A0}; `cps-preflight exit-codes` imprime ceux des règles en usage.",
        "The codes are those of `cps-preflight`(1); `cps-preflight exit-codes` prints those of the rules in use."
      )
    )
    page.seeAlso([
      ("cps-preflight", 1), ("cps-preflight-rules", 5), ("cps-preflight-facts", 5),
      ("cps-preflight-plugin", 7),
    ])
    return page.text
  }

  /// The option and its value, in the fonts of manual pages.
  private static func shown(
    _ argument: DeclaredCommand.Argument, _ names: [String], _ language: Language
  ) -> String {
    let value = ManualPage.italic(
      String(HelpTexts.valueNames(in: "<\(argument.valueName)>", language).dropFirst().dropLast()))
    let names = names.map(ManualPage.bold).joined(separator: ", ")
    return switch argument.kind {
    case .positional: value
    case .option: "\(names) \(value)"
    case .flag: names
    }
  }
}
