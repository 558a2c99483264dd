import ArgumentParser
import Preflight
import Testing

@testable import cps_preflight

@Suite("The arguments of `check`, read plainly and by ArgumentParser")
struct PlainCheckArgumentsTests {
  @Test(
    "What is read plainly is what ArgumentParser reads",
    arguments: [
      [], ["--facts", "f.json"], ["--facts=f.json", "--offline"], ["--facts", "-"], ["--report=-"],
      ["--facts", "a", "--facts=b", "--facts", "-"],
      ["--rules", "r.yaml", "--for", "adri", "--on", "2026-12-31", "--lang", "en", "--reveal", "--verbose"],
      ["--am", "692612344", "--format", "json", "--output", "v.json", "--timeout", "500ms"],
      ["--format", "nagios", "--nagios-exit"], ["--format=html"],
      ["--plugin-dir", "a", "--plugin-dir=b"], ["--situation", "2", "--output=a=b"],
      ["--label", "a=b", "--label=c=d=e"],
      ["--format=json", "--key", "k"],
      ["--journal", "j", "--journal-size", "10MiB"], ["--journal=j"],
      ["--am=0692612344", "--for=teletransmission"],
    ])
  func alike(arguments: [String]) throws {
    let plain = try #require(PlainCheckArguments.read(arguments))
    #expect(plain == (try CheckCommand.parse(arguments)).options)
    let command = try Invocation.command(["check"] + arguments)
    #expect((command as? CheckCommand)?.options == plain)
  }

  @Test(
    "Whatever is not plain is left to ArgumentParser",
    arguments: [
      ["--help"], ["-h"], ["--version"], ["extra"], ["--"], ["--facts"], ["--facts", "--offline"],
      ["--offline=yes"],
      ["--on", "31/12/2026"], ["--for", "x"], ["--lang", "de"], ["--situation", "0"], ["--situation", "two"],
      ["--timeout", "3"], ["--format", "xml"], ["--am", "x"], ["--am", "1", "--situation", "1"],
      ["--facts", "-", "--report", "-"], ["--facts", "-", "--facts", "-"], ["--facts="],
      ["--report", "a", "--report", "b"], ["--nonsense", "x"],
      ["--with", "a"], ["--with", "=a"], ["--label", "a"], ["--label", "a=b", "--label", "a=c"],
      ["--nagios-exit"], ["--nagios-exit", "--format", "json"], ["--key", "k"],
      ["--journal-size", "1MiB"], ["--journal", "j", "--journal-size", "1MB"],
    ])
  func notPlain(arguments: [String]) {
    #expect(PlainCheckArguments.read(arguments) == nil)
  }

  /// The values of options that do not accept arbitrary text, and the companions that some options need.
  private static let values = [
    "--on": "2026-12-31", "--for": "adri", "--lang": "fr", "--situation": "1", "--timeout": "3s",
    "--wait": "30s", "--pin-fd": "3", "--report-max-age": "30d", "--label": "a=b", "--format": "json",
    "--am": "692612344", "--journal-size": "10MiB", "--with": "card.kind=cps",
  ]
  private static let beside = [
    "--journal-size": ["--journal", "file"], "--nagios-exit": ["--format", "nagios"],
    "--key": ["--format", "json"],
  ]

  /// Returns every way of writing an option once, with the companions that it needs.
  private static func ways(of option: CheckOption) -> [[String]] {
    let value = values[option.name] ?? "file"
    let ways =
      option.takesValue ? [[option.name, value], ["\(option.name)=\(value)"]] : [[option.name]]
    return ways.map { $0 + (beside[option.name] ?? []) }
  }

  @Test("The table of options is that of the help")
  func complete() throws {
    let names = CheckOption.all.map(\.name)
    #expect(Set(names).count == names.count)
    let help = CheckCommand.helpMessage(columns: 1000).split(separator: "\n")
      .filter { $0.hasPrefix("  --") }
      .map { $0.split(separator: " ") }
      .filter { !["--version", "--help"].contains($0[0].prefix { $0 != "," }) }
    #expect(names == help.map { String($0[0]) })
    for (option, words) in zip(CheckOption.all, help) {
      #expect(option.takesValue == words[1].hasPrefix("<"), "\(option.name)")
    }
  }

  @Test("Every option of the table is read alike in both ways", arguments: CheckOption.all.map(\.name))
  func alike(name: String) throws {
    let option = try #require(CheckOption.all.first { $0.name == name })
    for arguments in Self.ways(of: option) {
      let plain = try #require(PlainCheckArguments.read(arguments), "\(arguments)")
      #expect(plain == (try CheckCommand.parse(arguments)).options, "\(arguments)")
      #expect(plain != CheckOptions() || name == "--format", "\(arguments)")
      // Given twice: parsed directly if repeatable, otherwise left to ArgumentParser, which refuses it.
      let twice = [name] + (option.takesValue ? [Self.values[name] ?? "file"] : []) + arguments
      #expect((PlainCheckArguments.read(twice) != nil) == (option.isRepeatable && name != "--label"))
    }
    if option.takesValue {
      #expect(PlainCheckArguments.read([name]) == nil)
      #expect(PlainCheckArguments.read([name, "--reveal"]) == nil)
    } else {
      #expect(PlainCheckArguments.read(["\(name)=yes"]) == nil)
    }
  }

  @Test(
    "How a line that cannot be read is answered: in its language, and for Nagios",
    arguments: [
      (["check", "--nonsense", "--lang", "en"], Language.english, false),
      (["check", "--lang=en", "--lang", "fr"], .english, false),
      (["check", "--lang", "de", "--lang=en"], .english, false),
      (["facts", "x", "--lang", "fr"], .french, false),
      (["run", "--lang", "fr", "--", "send", "--lang", "en"], .french, false),
      (["check", "--nagios-exit", "--lang", "fr", "--on"], .french, true),
      (["check", "--on", "--nagios-exit", "--lang=fr"], .french, true),
      (["check", "--nagios-exit=yes", "--lang=fr"], .french, true),
      (["check", "--lang=fr", "--", "--nagios-exit"], .french, false),
      (["run", "--lang=fr", "--nagios-exit"], .french, false),
    ])
  func reply(arguments: [String], language: Language, isForNagios: Bool) {
    let reply = Reply(toUnread: arguments)
    #expect(reply.language == language)
    #expect(reply.isForNagios == isForNagios)
  }

  @Test("Reading the arguments looks at no file: what is named may be anything")
  func noFiles() async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      "mkfifo p; $P check --facts p --output p --report p --lang en --timeout 100ms --nonsense",
      in: folder.path)
    #expect(run.code == 64 && run.errors.contains("--nonsense"), "\(run)")
    #expect(PlainCheckArguments.read(["--facts", "f", "--output", "./f"]) != nil)
  }
}
