import ArgumentParser
import Preflight
import Reports
import VerdictFile
import Workstation

/// An option of `check`, and how it changes ``CheckOptions``.
struct CheckOption {
  let name: String
  let takesValue: Bool
  /// Whether the option may be repeated.
  let isRepeatable: Bool
  /// Sets the option from text. Returns `false` if the value is invalid.
  let set: (inout CheckOptions, String) -> Bool

  /// Every option of `check`, in the order of its help.
  static var all: [CheckOption] {
    [
      CheckOption(.rules) { $0.inputs.rules = $1 },
      CheckOption(.facts, isRepeatable: true) { $0.inputs.facts.append($1) },
      CheckOption(.with, isRepeatable: true) { $0.inputs.with.append($1) },
      CheckOption(.report) { $0.inputs.report = $1 },
      CheckOption(.reportMaxAge) { $0.inputs.reportMaxAge = $1.duration },
      CheckOption(.reader) { $0.inputs.reader = $1 },
      CheckOption(.wait) { $0.inputs.wait = $1.duration },
      CheckOption(.module) { $0.inputs.module = $1 },
      CheckOption(.pinDescriptor) { $0.inputs.pinDescriptor = $1 },
      CheckOption(.pinFile) { $0.inputs.pinFile = $1 },
      CheckOption(.offline) { $0.inputs.offline = true },
      CheckOption(.day) { $0.inputs.on = $1 },
      CheckOption(.timeout) { $0.inputs.timeout = $1.duration },
      CheckOption(.pluginFolder, isRepeatable: true) { $0.inputs.pluginFolders.append($1) },
      CheckOption(.language) { $0.language = $1 },
      CheckOption(.reveal) { $0.reveal = true },
      CheckOption(.use) { $0.use = $1 },
      CheckOption(.am) { $0.am = $1 },
      CheckOption(.situation) { $0.situation = $1 },
      CheckOption(.format) { $0.format = $1 },
      CheckOption(.nagiosExit) { $0.nagiosExit = true },
      CheckOption(.label, isRepeatable: true) { $0.labels.append($1) },
      CheckOption(.output) { $0.output = $1 },
      CheckOption(.key) { $0.key = $1 },
      CheckOption(.journal) { $0.journal = $1 },
      CheckOption(.journalSize) { $0.journalSize = $1 },
      CheckOption(.verbose) { $0.verbose = true },
      CheckOption(.allReaders) { $0.allReaders = true },
    ]
  }

  private init<Value>(
    _ option: CommandOption<Value>, isRepeatable: Bool = false,
    _ set: @escaping (inout CheckOptions, Value) -> Void
  ) {
    name = option.name
    takesValue = true
    self.isRepeatable = isRepeatable
    self.set = { options, text in
      guard let value = Value(argument: text) else { return false }
      set(&options, value)
      return true
    }
  }

  private init(_ flag: CommandFlag, _ set: @escaping (inout CheckOptions) -> Void) {
    name = flag.name
    takesValue = false
    isRepeatable = false
    self.set = { options, _ in
      set(&options)
      return true
    }
  }
}

/// Arguments as written, up to `--`, each with its value.
struct WrittenOptions: Sequence, IteratorProtocol {
  struct Element {
    /// The argument up to `=`: the name of an option, or another word.
    let name: String
    /// The text after `=`, or the next argument if the option takes a value; `nil` if there is none.
    let value: String?
    /// Whether the value follows `=`.
    let isAttached: Bool
  }

  private var rest: ArraySlice<String>
  private let takesValue: (String) -> Bool

  /// - Parameter takesValue: whether the option of that name takes a value.
  init(_ arguments: some Sequence<String>, takingValues takesValue: @escaping (String) -> Bool) {
    rest = Array(arguments)[...]
    self.takesValue = takesValue
  }

  mutating func next() -> Element? {
    guard let argument = rest.popFirst(), argument != "--" else {
      rest = []
      return nil
    }
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    if parts.count == 2 { return Element(name: name, value: String(parts[1]), isAttached: true) }
    // A value that looks like an option may be a forgotten value; `-` alone is standard input.
    guard takesValue(name), let following = rest.first, !following.hasPrefix("-") || following == "-" else {
      return Element(name: name, value: nil, isAttached: false)
    }
    return Element(name: name, value: rest.removeFirst(), isAttached: false)
  }
}
