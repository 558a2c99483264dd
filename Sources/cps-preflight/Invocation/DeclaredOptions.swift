import ArgumentParser

/// The options and flags that a command declares.
struct DeclaredOptions {
  private struct Option {
    let takesValue: Bool
    let isRepeating: Bool
  }

  private var options: [Option] = []
  /// The index in `options` by name, with its dashes.
  private var positions: [String: Int] = [:]

  /// Reads the options of a command.
  ///
  /// - Throws: ``Failure`` (70) if they cannot be read.
  init(of command: any ParsableCommand.Type) throws(Failure) {
    for argument in try DeclaredCommand(command).arguments where argument.kind != .positional {
      for name in argument.names { positions[name] = options.count }
      options.append(Option(takesValue: argument.kind == .option, isRepeating: argument.isRepeating))
    }
  }

  /// Returns the first option that is repeated although it may not be. Arguments after `--` are not options.
  ///
  /// - Parameter arguments: arguments that ArgumentParser has parsed as this command, so that each option has its
  ///   value.
  func repeated(in arguments: [String]) -> String? {
    var seen: Set<Int> = []
    for written in WrittenOptions(arguments, takingValues: { takesValue($0) }) {
      guard let position = positions[written.name] else { continue }
      guard seen.insert(position).inserted || options[position].isRepeating else { return written.name }
    }
    return nil
  }

  /// Whether any option is written twice, before the values of options are told from options.
  ///
  /// False for most command lines, whose options then need not be looked up: describing a command takes longer than
  /// parsing it. Each option has one name.
  static func mayBeRepeated(in arguments: [String]) -> Bool {
    var seen: Set<Substring> = []
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("-") {
      guard seen.insert(argument.prefix { $0 != "=" }).inserted else { return true }
    }
    return false
  }

  private func takesValue(_ name: String) -> Bool { positions[name].map { options[$0].takesValue } ?? false }
}
