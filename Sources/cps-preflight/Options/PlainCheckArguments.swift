import Preflight
import Reports
import VerdictFile
import Workstation

/// Reads the arguments of `check` as batches write them: long options, each with its value.
///
/// ArgumentParser takes longer to read them than the whole judgement does. Whatever is not plain (a mistake,
/// an abbreviation, a call for help) is left to it, so that there is one place that knows how to answer;
/// the tests hold the two together.
enum PlainCheckArguments {
  /// What the arguments after `check` say; nothing where ArgumentParser has to look at them.
  static func read(_ arguments: some Sequence<String>) -> CheckOptions? {
    options(arguments).flatMap { Checking.mistake($0) == nil ? $0 : nil }
  }

  /// What arguments that `check` and `run` have in common say.
  private static func options(_ arguments: some Sequence<String>) -> CheckOptions? {
    var options = CheckOptions()
    var seen: Set<String> = []
    var rest = arguments.makeIterator()
    while let argument = rest.next() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      guard let name = parts.first, repeatable.contains(name) || seen.insert(name).inserted else {
        return nil
      }
      if let flag = flags[name] {
        guard parts.count == 1 else { return nil }
        options[keyPath: flag] = true
        continue
      }
      // A value that looks like an option may be a forgotten value; `-` alone is standard input.
      guard let value = parts.count == 2 ? parts[1] : rest.next(),
        parts.count == 2 || !value.hasPrefix("-") || value == "-", options.set(name, to: value)
      else { return nil }
    }
    return options.mistake == nil ? options : nil
  }

  /// What the arguments after `run` say, with the command after `--`; nothing where ArgumentParser has to look at
  /// them.
  static func readGate(_ arguments: some Collection<String>) -> (CheckOptions, GatedCommand)? {
    guard let end = arguments.firstIndex(of: "--"), let options = options(arguments[..<end]),
      Gate.mistake(options) == nil,
      let command = GatedCommand(last: arguments[end...].count - 1)
    else { return nil }
    return (options, command)
  }

  /// The options that may be given several times.
  private static let repeatable: Set = ["--facts", "--plugin-dir", "--label"]

  private static var flags: [String: WritableKeyPath<CheckOptions, Bool>] {
    [
      "--offline": \.inputs.offline, "--reveal": \.reveal, "--verbose": \.verbose,
      "--all-readers": \.allReaders,
      "--nagios-exit": \.nagiosExit,
    ]
  }
}

extension CheckOptions {
  /// Sets an option from its text; false where there is no such option or it does not take that.
  fileprivate mutating func set(_ name: String, to value: String) -> Bool {
    switch name {
    case "--rules": inputs.rules = value
    case "--facts": inputs.facts.append(value)
    case "--report": inputs.report = value
    case "--report-max-age":
      inputs.reportMaxAge = Duration(notation: value)
      return inputs.reportMaxAge != nil
    case "--reader": inputs.reader = value
    case "--module": inputs.module = value
    case "--pin-file": inputs.pinFile = value
    case "--pin-fd":
      inputs.pinDescriptor = Int32(value)
      return inputs.pinDescriptor != nil
    case "--output": output = value
    case "--plugin-dir": inputs.pluginFolders.append(value)
    case "--label":
      guard let label = Label(notation: value) else { return false }
      labels.append(label)
    case "--key": key = value
    case "--journal": journal = value
    case "--journal-size":
      journalSize = ByteCount(notation: value)
      return journalSize != nil
    case "--am": am = value
    case "--on":
      inputs.on = CivilDate(value)
      return inputs.on != nil
    case "--timeout":
      guard let duration = Duration(notation: value, atMost: .longestWait) else { return false }
      inputs.timeout = duration
    case "--wait":
      inputs.wait = Duration(notation: value, atMost: .longestWait)
      return inputs.wait != nil
    case "--lang":
      language = Language(rawValue: value)
      return language != nil
    case "--for":
      use = Use(rawValue: value)
      return use != nil
    case "--situation":
      situation = Int(value)
      return situation != nil
    case "--format":
      guard let format = VerdictFormat(rawValue: value) else { return false }
      self.format = format
    default: return false
    }
    return true
  }
}
