import ArgumentParser
import Preflight

/// What a command line asks for: a command that does something, and nothing else.
///
/// ArgumentParser answers a call for help with success, whatever stands beside it, and takes the last of an option given
/// twice. A batch reads success as "send", so both are refused here, for every command at once.
enum Invocation {
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
    let call = withoutLanguage(rest)
    if call.count == 1, help.contains(call[0]) { return true }
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

  private static func withoutLanguage(_ arguments: ArraySlice<String>) -> [String] {
    var rest = Array(arguments)
    if let index = rest.firstIndex(where: { $0.hasPrefix("--lang=") }) {
      if Language(rawValue: String(rest[index].dropFirst(7))) != nil { rest.remove(at: index) }
    } else if let index = rest.firstIndex(of: "--lang"), rest.indices.contains(index + 1),
      Language(rawValue: rest[index + 1]) != nil
    {
      rest.removeSubrange(index...index + 1)
    }
    return rest
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
