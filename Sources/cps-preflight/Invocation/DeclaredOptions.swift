import ArgumentParser
import Preflight
import JSON

/// The options and flags that a command declares, as dumped by ArgumentParser, so that there is no second list to
/// maintain.
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
  /// - Throws: ``Failure`` (70) if ArgumentParser's description of commands has changed, so that it cannot be read.
  init(of command: any ParsableCommand.Type) throws(Failure) {
    guard let description = try? JSONReader.read(Array(command._dumpHelp().utf8)),
      let declared = description["command"]?["arguments"]?.elements
    else { throw Failure(undescribed: command) }
    for argument in declared {
      guard let kind = argument["kind"]?.text, let isRepeating = argument["isRepeating"]?.truth
      else { throw Failure(undescribed: command) }
      guard kind != "positional" else { continue }
      guard let names = argument["names"]?.elements, !names.isEmpty else {
        throw Failure(undescribed: command)
      }
      for name in names {
        guard let text = name["name"]?.text, let kind = name["kind"]?.text else {
          throw Failure(undescribed: command)
        }
        positions[(kind == "long" ? "--" : "-") + text] = options.count
      }
      options.append(Option(takesValue: kind == "option", isRepeating: isRepeating))
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

extension Failure {
  /// Makes the failure for a command whose options cannot be determined.
  fileprivate init(undescribed command: any ParsableCommand.Type) {
    self.init(
      .internalError,
      LocalizedText(
        fr:
          "les options de « \(command._commandName) » ne peuvent pas être vérifiées ; signaler cette erreur",
        en: "the options of “\(command._commandName)” cannot be examined; report this as a bug"))
  }
}
