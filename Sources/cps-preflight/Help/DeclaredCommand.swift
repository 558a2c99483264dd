import ArgumentParser
import JSON
import Preflight

/// A command and all that it declares, as ArgumentParser describes it, so that there is no second list to maintain.
struct DeclaredCommand {
  /// An option, a flag or an argument.
  struct Argument {
    enum Kind: String {
      case positional
      case option
      case flag
    }

    let kind: Kind
    /// The names with their dashes, as they are declared; none of a positional argument.
    let names: [String]
    /// The name that calls show.
    let preferredName: String?
    /// What stands for the value.
    let valueName: String
    let isShown: Bool
    let isOptional: Bool
    let isRepeating: Bool
    /// Whether it takes what follows `--`.
    let followsTerminator: Bool
    let values: [String]
    let defaultValue: String
    let abstract: String
    let discussion: String
  }

  let name: String
  let abstract: String
  let discussion: String
  let arguments: [Argument]
  /// The commands of a group. That of help, which ArgumentParser adds, is none of them.
  let subcommands: [DeclaredCommand]

  /// Reads what the command declares.
  ///
  /// - Throws: ``Failure`` (70) if ArgumentParser's description of commands has changed, so that it cannot be read.
  init(_ command: any ParsableCommand.Type) throws(Failure) {
    guard let description = try? JSONReader.read(Array(command._dumpHelp().utf8)),
      let declared = description["command"].flatMap(Self.init(describedBy:))
    else { throw Failure(undescribed: command) }
    self = declared
  }

  /// Returns the command of that name inside the group, if there is one.
  func subcommand(_ name: String) -> DeclaredCommand? { subcommands.first { $0.name == name } }

  private init?(describedBy value: JSONValue) {
    guard let name = value["commandName"]?.text else { return nil }
    self.name = name
    abstract = value["abstract"]?.text ?? ""
    discussion = value["discussion"]?.text ?? ""
    let described = value["arguments"]?.elements ?? []
    arguments = described.compactMap(Argument.init(describedBy:))
    let groups = (value["subcommands"]?.elements ?? []).filter { $0["commandName"]?.text != "help" }
    subcommands = groups.compactMap(Self.init(describedBy:))
    guard arguments.count == described.count, subcommands.count == groups.count else { return nil }
  }
}

extension DeclaredCommand.Argument {
  fileprivate init?(describedBy value: JSONValue) {
    guard let kind = value["kind"]?.text.flatMap(Kind.init(rawValue:)),
      let isRepeating = value["isRepeating"]?.truth, let isOptional = value["isOptional"]?.truth,
      let isShown = value["shouldDisplay"]?.truth
    else { return nil }
    func spelling(_ name: JSONValue) -> String? {
      guard let text = name["name"]?.text, let kind = name["kind"]?.text else { return nil }
      return (kind == "long" ? "--" : "-") + text
    }
    let described = value["names"]?.elements ?? []
    names = described.compactMap(spelling)
    guard names.count == described.count, kind == .positional || !names.isEmpty else { return nil }
    self.kind = kind
    self.isRepeating = isRepeating
    self.isOptional = isOptional
    self.isShown = isShown
    preferredName = value["preferredName"].flatMap(spelling)
    valueName = value["valueName"]?.text ?? ""
    followsTerminator = value["parsingStrategy"]?.text == "postTerminator"
    values = (value["allValues"]?.elements ?? []).compactMap(\.text)
    defaultValue = value["defaultValue"]?.text ?? ""
    abstract = value["abstract"]?.text ?? ""
    discussion = value["discussion"]?.text ?? ""
  }
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
