import ArgumentParser
import Preflight
import JSON

/// The options and flags that a command declares, in ArgumentParser's own words: there is no second list to keep.
struct DeclaredOptions {
  private struct Option {
    let takesValue: Bool
    let isRepeating: Bool
  }

  private var options: [Option] = []
  /// By name, with its dashes, where an option stands in `options`.
  private var positions: [String: Int] = [:]

  /// - Throws: ``Failure`` (70) if ArgumentParser no longer describes commands as it did: nothing could be told then.
  init(of command: any ParsableCommand.Type) throws(Failure) {
    guard let description = try? JSONReader.read(Array(command._dumpHelp().utf8)),
      let declared = description.member("command")?.member("arguments")?.elements
    else { throw Failure(undescribed: command) }
    for argument in declared {
      guard let kind = argument.member("kind")?.text, let isRepeating = argument.member("isRepeating")?.truth
      else { throw Failure(undescribed: command) }
      guard kind != "positional" else { continue }
      guard let names = argument.member("names")?.elements, !names.isEmpty else {
        throw Failure(undescribed: command)
      }
      for name in names {
        guard let text = name.member("name")?.text, let kind = name.member("kind")?.text else {
          throw Failure(undescribed: command)
        }
        positions[(kind == "long" ? "--" : "-") + text] = options.count
      }
      options.append(Option(takesValue: kind == "option", isRepeating: isRepeating))
    }
  }

  /// The first option that stands among the arguments again although it may not. What follows `--` is no option.
  ///
  /// - Parameter arguments: what ArgumentParser has read as this command; each option has its value.
  func repeated(in arguments: [String]) -> String? {
    var seen: Set<Int> = []
    for written in WrittenOptions(arguments, takingValues: { takesValue($0) }) {
      guard let position = positions[written.name] else { continue }
      guard seen.insert(position).inserted || options[position].isRepeating else { return written.name }
    }
    return nil
  }

  private func takesValue(_ name: String) -> Bool { positions[name].map { options[$0].takesValue } ?? false }
}

extension JSONValue {
  fileprivate func member(_ name: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name == name }?.value
  }

  fileprivate var elements: [JSONValue]? {
    guard case .array(let elements) = content else { return nil }
    return elements
  }

  fileprivate var text: String? {
    guard case .string(let text) = content else { return nil }
    return text
  }

  fileprivate var truth: Bool? {
    guard case .boolean(let truth) = content else { return nil }
    return truth
  }
}

extension Failure {
  /// A command whose options cannot be learnt.
  fileprivate init(undescribed command: any ParsableCommand.Type) {
    self.init(
      .internalError,
      LocalizedText(
        fr:
          "les options de « \(command._commandName) » ne peuvent pas être vérifiées ; signaler cette erreur",
        en: "the options of “\(command._commandName)” cannot be examined; report this as a bug"))
  }
}
