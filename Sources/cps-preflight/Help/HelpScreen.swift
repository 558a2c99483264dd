import ArgumentParser
import Preflight
import Reports

/// The help of a command, in either language.
///
/// ArgumentParser writes it in English only. This is the same screen, made of the same declarations: a test holds the
/// English one to ArgumentParser's own.
struct HelpScreen {
  private let command: DeclaredCommand
  /// The names that lead to the command, that of the program first.
  private let names: [String]
  /// The call that the command declares in place of one that is made of its options.
  private let declaredCall: String?
  private let language: Language

  /// Makes the help of the command.
  ///
  /// - Parameters:
  ///   - path: the commands that lead to it, that of the program first.
  ///   - root: what the program declares.
  init(of path: [any ParsableCommand.Type], in root: DeclaredCommand, language: Language) {
    names = path.map { $0._commandName }
    command = names.dropFirst().reduce(root) { $0.subcommand($1) ?? $0 }
    self.language = language
    declaredCall = path.last?.configuration.usage
  }

  /// Returns the help in lines of that width.
  func text(columns: Int) -> String {
    var overview = HelpTexts.own(\.overview, language) + words(command.abstract)
    if !command.discussion.isEmpty { overview += "\n\n" + discussion }
    var parts = [
      Self.wrapped(overview, to: columns) + "\n",
      HelpTexts.own(\.usage, language) + call + "\n",
    ]
    parts += sections(columns).map { heading, entries in
      "\(heading)\n" + entries.joined()
    }
    var text = parts.joined(separator: "\n")
    if !command.subcommands.isEmpty {
      let line = (names.prefix(1) + ["help"] + names.dropFirst()).joined(separator: " ")
      text +=
        "\n  "
        + HelpTexts.seeCommands("\(line) \(HelpTexts.valueNames(in: "<subcommand>", language))", language)
    }
    return text
  }

  /// What is said of the command beside its first line. The exit codes are those of the table, in its words.
  private var discussion: String {
    names.count == 1 ? RootCommand.discussion(in: language) : words(command.discussion)
  }

  // MARK: - The call

  /// How the command is called, in one line.
  var call: String {
    if let declaredCall { return HelpTexts.valueNames(in: declaredCall, language) }
    let line = names.joined(separator: " ")
    // The version and the help, which every command has, are in no call.
    let arguments = command.arguments.filter {
      $0.isShown && !Self.everywhere.contains($0.preferredName ?? "")
    }
    let needed = arguments.filter { $0.kind == .positional || !$0.isOptional }
    let called: String
    if arguments.count <= Self.mostInCall {
      called = ([line] + arguments.map(Self.call)).joined(separator: " ")
    } else if needed.isEmpty || needed.count > Self.mostInCall {
      called = "\(line) <options>"
    } else {
      called = ([line, "[<options>]"] + needed.map(Self.call)).joined(separator: " ")
    }
    return HelpTexts.valueNames(in: called + (command.subcommands.isEmpty ? "" : " <subcommand>"), language)
  }

  private static let everywhere: Set = ["--version", "--help"]
  /// With more options than that, a call names only those that are needed.
  private static let mostInCall = 12

  private static func call(_ argument: DeclaredCommand.Argument) -> String {
    var call =
      switch argument.kind {
      case .positional: "<\(argument.valueName)>"
      case .flag: argument.preferredName ?? ""
      case .option: "\(argument.preferredName ?? "") <\(argument.valueName)>"
      }
    if argument.isRepeating { call += " ..." }
    if argument.isOptional { call = "[\(call)]" }
    return argument.followsTerminator ? "-- \(call)" : call
  }

  // MARK: - The lists

  private func sections(_ columns: Int) -> [(heading: String, entries: [String])] {
    let shown = command.arguments.filter(\.isShown)
    func entries(_ arguments: [DeclaredCommand.Argument]) -> [String] {
      arguments.map { argument in
        Self.entry(
          label(of: argument), ([words(argument.abstract)] + remark(on: argument)).joined(separator: " "),
          words(argument.discussion), columns)
      }
    }
    return [
      (HelpTexts.own(\.arguments, language), entries(shown.filter { $0.kind == .positional })),
      (HelpTexts.own(\.options, language), entries(shown.filter { $0.kind != .positional })),
      (
        HelpTexts.own(\.subcommands, language),
        command.subcommands.map { Self.entry($0.name, words($0.abstract), "", columns) }
      ),
    ].filter { !$0.1.isEmpty }
  }

  private func label(of argument: DeclaredCommand.Argument) -> String {
    let value = HelpTexts.valueNames(in: "<\(argument.valueName)>", language)
    // A short name comes before the long one.
    let names = argument.names.sorted { $0.utf8.count < $1.utf8.count }.joined(separator: ", ")
    switch argument.kind {
    case .positional: return value
    case .flag: return names
    case .option: return "\(names) \(value)"
    }
  }

  /// Which values the argument takes, and its value if none is given.
  private func remark(on argument: DeclaredCommand.Argument) -> [String] {
    var parts: [String] = []
    if !argument.values.isEmpty {
      parts.append(HelpTexts.own(\.values, language) + argument.values.joined(separator: ", "))
    }
    if !argument.defaultValue.isEmpty {
      parts.append(HelpTexts.own(\.usual, language) + argument.defaultValue)
    }
    return parts.isEmpty ? [] : ["(" + parts.joined(separator: HelpTexts.own(\.separator, language)) + ")"]
  }

  private func words(_ english: String) -> String { HelpTexts.words(english, language) }

  // MARK: - Lines

  private static let labelColumns = 26

  private static func entry(_ label: String, _ abstract: String, _ discussion: String, _ columns: Int)
    -> String
  {
    let label = "  " + label
    let lines = wrapped(abstract, to: columns, indent: labelColumns)
    var text = label
    if !abstract.isEmpty {
      text += label.count < labelColumns ? String(lines.dropFirst(label.count)) : "\n" + lines
    }
    text += "\n"
    if !discussion.isEmpty { text += wrapped(discussion, to: columns, indent: 8) + "\n" }
    return text
  }

  /// Returns the text in lines that break at spaces, each with that indentation. A word longer than a line stays whole.
  private static func wrapped(_ text: String, to columns: Int, indent: Int = 0) -> String {
    let width = max(columns - indent, 1)
    var lines: [Substring] = []
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in paragraphs.enumerated() {
      var rest = line
      // As ArgumentParser does it: only the last line may fill the width.
      while rest.count > width || (rest.count == width && index < paragraphs.count - 1) {
        guard let space = rest.prefix(width).lastIndex(of: " ") ?? rest.firstIndex(of: " ") else { break }
        lines.append(rest[..<space])
        rest = rest[rest.index(after: space)...]
      }
      lines.append(rest)
    }
    let margin = String(repeating: " ", count: indent)
    return lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
  }
}
