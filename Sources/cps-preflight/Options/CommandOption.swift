import ArgumentParser
import FactsFile
import Preflight
import Reports
import VerdictFile

/// The single definition of a command-line option: its name, its value, and its help.
///
/// It is shared by ArgumentParser, by the short cut of ``PlainCheckArguments``, and by the replies to a command line
/// that could not be parsed.
struct CommandOption<Value: ExpressibleByArgument> {
  // Nothing here has to be freed, and ArgumentParser's values are only made when it parses: the short cut
  // makes every option at each start.
  private let written: StaticString
  private let valueName: StaticString?
  private let abstract: StaticString
  private let discussion: StaticString
  private let named: NamedByValue?

  /// - Parameter valueName: the name of the value in the help; derived from the option if `nil`.
  fileprivate init(
    _ name: StaticString, _ valueName: StaticString?, _ abstract: StaticString, discussion: StaticString = "",
    completion named: NamedByValue? = nil
  ) {
    written = name
    self.valueName = valueName
    self.abstract = abstract
    self.discussion = discussion
    self.named = named
  }

  /// The name with its dashes.
  var name: String { written.description }

  fileprivate var help: ArgumentHelp {
    ArgumentHelp(
      abstract.description, discussion: discussion.description, valueName: valueName?.description)
  }

  /// What a shell offers for the value; the type's own words if `nil`.
  fileprivate var completion: CompletionKind? {
    switch named {
    case .file: .file()
    case .directory: .directory
    case nil: nil
    }
  }

  /// Returns the first value of the option in the arguments of any command, whatever is wrong with the others.
  func firstValue(in arguments: [String]) -> Value? {
    for written in WrittenOptions(arguments, takingValues: { $0 == name }) where written.name == name {
      if let value = written.value.flatMap(Value.init(argument:)) { return value }
    }
    return nil
  }
}

/// What a value names, for shells to complete it.
fileprivate enum NamedByValue { case file, directory }

/// The single definition of a command-line flag, like a ``CommandOption``.
struct CommandFlag {
  private let written: StaticString
  private let abstract: StaticString
  private let discussion: StaticString

  fileprivate init(_ name: StaticString, _ abstract: StaticString, discussion: StaticString = "") {
    written = name
    self.abstract = abstract
    self.discussion = discussion
  }

  /// The name with its dashes.
  var name: String { written.description }

  fileprivate var help: ArgumentHelp {
    ArgumentHelp(abstract.description, discussion: discussion.description)
  }

  /// Returns whether the flag is among the arguments of any command, whatever is wrong with the others.
  func isWritten(in arguments: [String]) -> Bool {
    WrittenOptions(arguments) { _ in false }.contains { $0.name == name }
  }
}

// MARK: - The options that commands share

extension CommandOption where Value == String {
  static var rules: Self {
    Self(
      "--rules", "file",
      "The rule file; default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.",
      completion: .file)
  }
  static var facts: Self {
    Self(
      "--facts", "file",
      "A facts file, in place of the card where it speaks of one; - is standard input; may be given several times.",
      completion: .file)
  }
  static var report: Self {
    Self(
      "--report", "file", "The Gestionnaire's CPS-INFO.TXT in place of the card; - is standard input.",
      completion: .file)
  }
  static var reader: Self {
    Self("--reader", "name", "The reader that counts, by its name or a part of it.")
  }
  static var module: Self {
    Self(
      "--module", "module", "The PKCS#11 module: a path, or a name that p11-kit knows.", completion: .file)
  }
  static var pinFile: Self {
    Self(
      "--pin-file", "file", "Read the code porteur from a file that is its owner's alone.",
      completion: .file)
  }
  static var pluginFolder: Self {
    Self(
      "--plugin-dir", "folder", "A folder of plugins, before the usual ones; may be given several times.",
      completion: .directory)
  }
  static var am: Self { Self("--am", "number", "The billing identifier (numéro AM) being billed with.") }
  static var output: Self {
    Self("--output", "file", "Write the verdict to a file, whole or not at all.", completion: .file)
  }
  static var key: Self {
    Self(
      "--key", "file", "Sign the verdict with the key in that file, which is its owner's alone.",
      completion: .file)
  }
  static var journal: Self {
    Self("--journal", "file", "Add a line about this run to a file.", completion: .file)
  }
}

extension CommandOption where Value == WrittenFact {
  static var with: Self {
    Self(
      "--with", "fact=value",
      "A fact, as a facts file would give it: card.issuedOn=2025-09-10; none that is personal; may be repeated."
    )
  }
}

extension CommandOption where Value == Int {
  static var situation: Self { Self("--situation", "n", "The billing situation being billed with, from 1.") }
}

extension CommandOption where Value == Int32 {
  static var pinDescriptor: Self { Self("--pin-fd", "n", "Read the code porteur from that descriptor.") }
}

extension CommandOption where Value == AgeArgument {
  static var reportMaxAge: Self {
    Self(
      "--report-max-age", "time",
      "How old the report may be: 12h, 30d; default: what the rule file says, else 30d.")
  }
}

extension CommandOption where Value == DurationArgument {
  static var wait: Self { Self("--wait", "time", "How long to wait for a card: 30s, 2m.") }
  static var timeout: Self { Self("--timeout", "time", "How long a source may take: 500ms, 10s, 1m.") }
}

extension CommandOption where Value == CivilDate {
  static var day: Self { Self("--on", "date", "Judge as on that day, YYYY-MM-DD.") }
}

extension CommandOption where Value == Language {
  static var language: Self { Self("--lang", "language", "fr or en; default: the locale's, else French.") }
}

extension CommandOption where Value == Use {
  static var use: Self { Self("--for", "use", "What the card is to be used for.") }
}

extension CommandOption where Value == VerdictFormat {
  static var format: Self { Self("--format", nil, "How the verdict is written.") }
}

extension CommandOption where Value == Label {
  static var label: Self {
    Self(
      "--label", "name=value",
      "What the verdict says of itself in prometheus, junit and nagios; may be repeated.",
      discussion: "A name of letters, digits and _, which the formats do not use themselves.")
  }
}

extension CommandOption where Value == ByteCount {
  static var journalSize: Self {
    Self("--journal-size", "size", "How large the journal may become: 512KiB, 1GiB; default: 10MiB.")
  }
}

extension CommandFlag {
  static var offline: Self { Self("--offline", "Use nothing but the files given.") }
  static var reveal: Self { Self("--reveal", "Show personal data unmasked.") }
  static var verbose: Self {
    Self("--verbose", "Show the facts as well, and every rule that was not judged.")
  }
  static var allReaders: Self {
    Self("--all-readers", "Judge every card in every reader, a verdict each; no code porteur is presented.")
  }
  static var nagiosExit: Self {
    Self(
      "--nagios-exit", "Exit as monitoring systems expect: 0 OK, 1 warning, 2 critical, 3 unknown.",
      discussion: "Only with --format nagios. Whatever goes wrong is 3.")
  }
}

// MARK: - As ArgumentParser declares them

extension Option {
  /// Declares an option that may be left out.
  init<Taken>(_ option: CommandOption<Taken>) where Value == Taken? {
    self.init(name: option.specification, help: option.help, completion: option.completion)
  }

  /// Declares an option with a default.
  init(wrappedValue: Value, _ option: CommandOption<Value>) where Value: ExpressibleByArgument {
    self.init(
      wrappedValue: wrappedValue, name: option.specification, help: option.help, completion: option.completion
    )
  }

  /// Declares an option that may be given several times.
  init<Taken>(wrappedValue: [Taken], _ option: CommandOption<Taken>) where Value == [Taken] {
    self.init(
      wrappedValue: wrappedValue, name: option.specification, help: option.help, completion: option.completion
    )
  }
}

extension Flag where Value == Bool {
  init(wrappedValue: Bool, _ flag: CommandFlag) {
    self.init(
      wrappedValue: wrappedValue, name: .customLong(String(flag.name.dropFirst(2))), help: flag.help)
  }
}

extension CommandOption {
  fileprivate var specification: NameSpecification { .customLong(String(name.dropFirst(2))) }
}

// MARK: - What options take

extension Use: ExpressibleByArgument {
  /// Reads a use in any case, and as French writes it: `télétransmission`, however its accents are encoded.
  public init?(argument: String) { self.init(rawValue: Folding.folded(argument.unicodeScalars)) }
}
extension Language: ExpressibleByArgument {}
extension VerdictFormat: ExpressibleByArgument {}

extension CivilDate: ExpressibleByArgument {
  /// Reads a date such as `2026-03-15`. Returns `nil` if the calendar has no such day.
  public init?(argument: String) { self.init(argument) }
}

extension ByteCount: ExpressibleByArgument {
  /// Reads a size such as `10MiB`. Returns `nil` if it is malformed.
  public init?(argument: String) { self.init(notation: argument) }
}

extension Label: ExpressibleByArgument {
  /// Reads a label `NAME=VALUE`. Returns `nil` if it is malformed.
  package init?(argument: String) { self.init(notation: argument) }
}

extension WrittenFact: ExpressibleByArgument {
  /// Reads a fact `NAME=VALUE`. Returns `nil` if it has no name or no `=`.
  package init?(argument: String) { self.init(notation: argument) }
}

/// A wait or a timeout on the command line, such as `10s`: at most one hour.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(notation: argument, atMost: .longestWait) else { return nil }
    self.duration = duration
  }

  init(_ duration: Duration) { self.duration = duration }

  var defaultValueDescription: String { duration.notation }
}

/// A greatest age on the command line, such as `5m` or `30d`, without an upper limit.
struct AgeArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(notation: argument) else { return nil }
    self.duration = duration
  }

  init(_ duration: Duration) { self.duration = duration }

  var defaultValueDescription: String { duration.notation }
}
