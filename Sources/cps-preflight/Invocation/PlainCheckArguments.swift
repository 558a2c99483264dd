import Workstation

/// Parses the arguments of `check` as batches write them: long options, each with its value.
///
/// ArgumentParser takes longer to parse them than the whole judgement takes. Anything else (a mistake, an abbreviation,
/// a request for help) is left to ArgumentParser, so that only one place knows how to answer. Both use the same
/// ``CommandOption`` values; a test parses every one of them in both ways.
enum PlainCheckArguments {
  /// Returns the options in the arguments after `check`, or `nil` if ArgumentParser has to parse them.
  static func read(_ arguments: some Collection<String>) -> CheckOptions? {
    options(arguments).flatMap { $0.mistakeInCheck == nil ? $0 : nil }
  }

  /// Returns the options in the arguments after `run` and the command after `--`, or `nil` if ArgumentParser has to
  /// parse them.
  static func readGate(_ arguments: some Collection<String>) -> (CheckOptions, GatedCommand)? {
    guard let end = arguments.firstIndex(of: "--"), let options = options(arguments[..<end]),
      options.mistakeInRun == nil, let command = GatedCommand(last: arguments[end...].count - 1)
    else { return nil }
    return (options, command)
  }

  /// Parses the options shared by `check` and `run`.
  private static func options(_ arguments: some Collection<String>) -> CheckOptions? {
    guard !arguments.contains("--") else { return nil }
    // A few names are compared faster than they are hashed.
    let all = CheckOption.all
    var options = CheckOptions()
    var seen: [String] = []
    for written in WrittenOptions(
      arguments, takingValues: { name in all.first { $0.name == name }?.takesValue == true })
    {
      guard let option = all.first(where: { $0.name == written.name }),
        !seen.contains(option.name) || option.isRepeatable,
        option.takesValue == (written.value != nil), option.set(&options, written.value ?? "")
      else { return nil }
      seen.append(option.name)
    }
    return options.mistake == nil ? options : nil
  }
}
