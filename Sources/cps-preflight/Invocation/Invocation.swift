import ArgumentParser
import Preflight

/// A command line that was parsed: a command that does something, and nothing else.
///
/// ArgumentParser answers a request for help with success, whatever else is given, and uses the last value of a
/// repeated option. A batch reads success as "send", so both are refused here, for every command at once.
struct Invocation {
  /// How to report a failure of the command.
  let reply: Reply
  /// Runs the command.
  ///
  /// - Throws: ``Ending`` or a ``Failure``.
  let perform: @MainActor () async throws -> Void

  /// Parses the arguments: directly if they are those of `check` or `run` as batches write them, otherwise with
  /// ArgumentParser.
  ///
  /// - Throws: the errors of ``command(_:)``.
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

  /// Returns the command that the arguments name.
  ///
  /// A group of commands, or anything else that does nothing, is never returned.
  ///
  /// - Throws: ``Unparsed``, also with the help or version if nothing else was requested, or a ``Failure`` (64).
  static func command(_ arguments: [String]) throws -> any RunnableCommand {
    // Before ArgumentParser, which would answer such a request, or name another mistake, after taking its time.
    if let request = InformationRequest.first(in: arguments), !InformationRequest.isWhole(arguments),
      !InformationRequest.isOfShell(arguments)
    {
      throw Failure(notAlone: request)
    }
    if let commands = InformationRequest.helped(by: arguments), let command = commands.last {
      throw Unparsed(CleanExit.helpRequest(command))
    }
    let parsed: any ParsableCommand
    do {
      parsed = try RootCommand.parseAsRoot(arguments)
    } catch {
      let unparsed = Unparsed(error)
      guard
        unparsed.ending != .success || InformationRequest.isWhole(arguments)
          || InformationRequest.isOfShell(arguments)
      else {
        throw Failure(notAlone: InformationRequest.first(in: arguments) ?? "--help")
      }
      throw unparsed
    }
    if let command = parsed as? any RunnableCommand {
      if DeclaredOptions.mayBeRepeated(in: arguments) {
        let options = try DeclaredOptions(of: type(of: command))
        if let option = options.repeated(in: arguments) { throw Failure(givenTwice: option) }
      }
      if let mistake = command.mistake { throw Failure(.usage, mistake) }
      return command
    }
    throw Unparsed(ValidationError("Name a command."))
  }
}

/// What ArgumentParser throws in place of a command: a mistake, or the help or version that was asked for.
struct Unparsed: Error {
  let error: any Error
  /// How ArgumentParser would end the program. It makes the whole message to tell, so that it is asked once.
  let ending: ArgumentParser.ExitCode

  init(_ error: any Error) {
    self.error = error
    ending = RootCommand.exitCode(for: error)
  }
}

/// A request for help, version or completions instead of a command. It must stand alone.
enum InformationRequest {
  private static let help = ["--help", "-h", "--help-hidden"]
  private static let completions = "--generate-completion-script"
  private static let others = ["--version", "--experimental-dump-help", completions]

  /// Returns whether a shell asks for the words that may follow, as the completion script makes it do. ArgumentParser takes
  /// the word in the first place only, where no command can stand.
  static func isOfShell(_ arguments: [String]) -> Bool { arguments.first == "---completion" }

  /// Returns whether the arguments are such a request and nothing else: names of commands, then the request. Help may
  /// have a language.
  static func isWhole(_ arguments: [String]) -> Bool {
    let asksByWord = arguments.first == "help"
    let rest = named(by: arguments[(asksByWord ? 1 : 0)...]).rest
    // `help --help` is the help of `help`; `help check --help` asks twice.
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

  /// Returns the commands that lead to the one whose help is asked for, that of the program first; `nil` if
  /// the arguments are not a complete request for help.
  static func helped(by arguments: [String]) -> [any ParsableCommand.Type]? {
    if arguments.first == "help" { return isWhole(arguments) ? named(by: arguments[1...]).commands : nil }
    let (commands, rest) = named(by: arguments[...])
    return !rest.contains("--") && isHelp(rest) ? commands : nil
  }

  /// Returns the commands that the first words name, that of the program first, and the words after them.
  private static func named(
    by words: ArraySlice<String>
  ) -> (commands: [any ParsableCommand.Type], rest: ArraySlice<String>) {
    var rest = words
    var commands: [any ParsableCommand.Type] = [RootCommand.self]
    while let word = rest.first,
      let command = commands.last?.configuration.subcommands.first(where: { $0._commandName == word })
    {
      commands.append(command)
      rest = rest.dropFirst()
    }
    return (commands, rest)
  }

  /// Returns the first such request among the arguments before `--`, for messages.
  static func first(in arguments: [String]) -> String? {
    arguments.prefix { $0 != "--" }.compactMap { argument in
      (help + others).first { argument == $0 || argument.hasPrefix($0 + "=") }
    }.first
  }

  /// Returns whether the words are a request for help, with or without a language.
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
  /// Makes the failure for an option that was repeated although it may not be.
  fileprivate init(givenTwice option: String) {
    self.init(
      .usage,
      LocalizedText(
        fr: "\(option) est donné plusieurs fois : rien ne dit lequel compte ; n'en garder qu'un",
        en: "\(option) is given more than once, and nothing says which one counts; keep one"))
  }

  /// Makes the failure for a request for help, or the like, that does not stand alone.
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
