import ArgumentParser
import Preflight

/// What a command line asks for: a command that does something, and nothing else.
///
/// ArgumentParser answers a call for help with success, whatever stands beside it, and takes the last of an option given
/// twice. A batch reads success as "send", so both are refused here, for every command at once.
struct Invocation {
  /// How a failure of the command is told.
  let reply: Reply
  /// Runs the command.
  ///
  /// - Throws: ``Ending`` or a ``Failure``.
  let perform: @MainActor () async throws -> Void

  /// Reads the arguments: plainly if they are those of `check` or `run` as batches write them, else with ArgumentParser.
  ///
  /// Throws what ``command(_:)`` throws.
  init(_ arguments: [String]) throws {
    if arguments.first == "check", let options = PlainCheckArguments.read(arguments.dropFirst()) {
      reply = options.reply
      perform = { try await Checking(options).perform() }
    } else if arguments.first == "run",
      let (options, command) = PlainCheckArguments.readGate(arguments.dropFirst())
    {
      reply = options.reply
      perform = { try await Gate(options, command).perform() }
    } else {
      let command = try Self.command(arguments)
      reply = command.reply
      perform = { try await command.perform() }
    }
  }

  /// The command that the arguments name.
  ///
  /// Throws what ArgumentParser has to say: mistakes, and the help or version where nothing else was asked for; or a
  /// ``Failure`` (64). A group of commands, or anything else that does nothing, is never returned.
  static func command(_ arguments: [String]) throws -> any RunnableCommand {
    do {
      var parsed = try RootCommand.parseAsRoot(arguments)
      if let command = parsed as? any RunnableCommand {
        let options = try DeclaredOptions(of: type(of: command))
        if let option = options.repeated(in: arguments) { throw Failure(givenTwice: option) }
        return command
      }
      if InformationRequest.isWhole(arguments) {
        // The help, which ArgumentParser throws.
        try parsed.run()
      } else if let request = InformationRequest.first(in: arguments) {
        throw Failure(notAlone: request)
      }
      throw ValidationError("Name a command.")
    } catch  where RootCommand.exitCode(for: error) == .success {
      guard InformationRequest.isWhole(arguments) else {
        throw Failure(notAlone: InformationRequest.first(in: arguments) ?? "--help")
      }
      throw error
    }
  }
}

/// A call for help, version or completions in place of a command. It stands alone, or it is a mistake.
enum InformationRequest {
  private static let help = ["--help", "-h", "--help-hidden"]
  private static let completions = "--generate-completion-script"
  private static let others = ["--version", "--experimental-dump-help", completions]

  /// Whether the arguments are such a call and nothing else: names of commands, then the call. Help may have a language.
  static func isWhole(_ arguments: [String]) -> Bool {
    let asksByWord = arguments.first == "help"
    var rest = arguments[(asksByWord ? 1 : 0)...]
    var group: any ParsableCommand.Type = RootCommand.self
    while let word = rest.first,
      let command = group.configuration.subcommands.first(where: { $0._commandName == word })
    {
      group = command
      rest = rest.dropFirst()
    }
    // `help --help` is the help of help; `help check --help` asks twice.
    if asksByWord {
      return rest.isEmpty || (rest.count == 1 && arguments.count == 2 && help.contains(rest[1]))
    }
    if !rest.contains("--"), isHelp(rest) { return true }
    switch rest.count {
    case 1: return rest.first.map { others.contains($0) || $0.hasPrefix(completions + "=") } ?? false
    case 2: return rest.first == completions && rest.last?.hasPrefix("-") == false
    default: return false
    }
  }

  /// The first such call among arguments, for messages; what follows `--` is none.
  static func first(in arguments: [String]) -> String? {
    arguments.prefix { $0 != "--" }.compactMap { argument in
      (help + others).first { argument == $0 || argument.hasPrefix($0 + "=") }
    }.first
  }

  /// Whether those words are a call for help, in a language or not.
  private static func isHelp(_ arguments: ArraySlice<String>) -> Bool {
    let language = CommandOption<Language>.language.name
    var words = Array(WrittenOptions(arguments) { $0 == language })
    if let index = words.firstIndex(where: { word in
      word.name == language && word.value.flatMap(Language.init(argument:)) != nil
    }) {
      words.remove(at: index)
    }
    return words.count == 1 && words[0].value == nil && help.contains(words[0].name)
  }
}

extension Failure {
  /// An option that may stand once and stands more often.
  fileprivate init(givenTwice option: String) {
    self.init(
      .usage,
      LocalizedText(
        fr: "\(option) est donné plusieurs fois : rien ne dit lequel compte ; n'en garder qu'un",
        en: "\(option) is given more than once, and nothing says which one counts; keep one"))
  }

  /// A call for help and the like with something beside it.
  fileprivate init(notAlone request: String) {
    self.init(
      .usage,
      LocalizedText(
        fr: """
          \(request) ne va avec rien d'autre (l'aide : avec --lang seulement), et rien n'a été fait ; retirer \(request), \
          ou le reste
          """,
        en: """
          \(request) goes with nothing else (help: with --lang only), and nothing was done; take \(request) away, or \
          the rest
          """))
  }
}
