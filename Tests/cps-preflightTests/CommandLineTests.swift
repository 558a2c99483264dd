import ArgumentParser
import Preflight
import Testing

@testable import cps_preflight

@Suite("A command line says one thing, or it is refused")
struct CommandLineTests {
  /// Returns how a command line ends before anything is performed.
  private func ending(_ arguments: [String]) -> Int32? {
    do {
      _ = try Invocation.command(arguments)
      return nil
    } catch let failure as Failure {
      return failure.code.rawValue
    } catch let unparsed as Unparsed {
      return unparsed.ending.rawValue
    } catch {
      Issue.record(error)
      return nil
    }
  }

  /// Returns each command that does something, with the words that lead to it.
  private static func commands(
    of group: any ParsableCommand.Type = RootCommand.self, _ path: [String] = []
  ) -> [(path: [String], type: any ParsableCommand.Type)] {
    group.configuration.subcommands.flatMap { command in
      let path = path + [command._commandName]
      return command.configuration.subcommands.isEmpty ? [(path, command)] : commands(of: command, path)
    }
  }

  /// The positional arguments that a command needs before its options are examined.
  private static let needed = [
    "run": ["--", "true"], "explain": ["F004"], "verdict verify": ["v.json"], "rules test": ["t.yaml"],
    "plugins describe": ["erp"], "plugins new": ["erp"], "plugins verify": ["./erp"],
  ]

  /// The values of options that do not accept arbitrary text.
  private static let values = [
    "--on": "2026-12-31", "--for": "adri", "--lang": "fr", "--situation": "1", "--timeout": "3s",
    "--wait": "30s",
    "--pin-fd": "3", "--am": "692612344", "--journal-size": "10MiB", "--max-age": "5m", "--jobs": "2",
    "--with": "card.kind=cps",
  ]

  /// The options that may be given several times.
  private static let repeatable: Set = ["--facts", "--with", "--plugin-dir", "--label"]

  @Test("An option given twice is refused, in every command and every way of writing it")
  func twice() throws {
    var tried = 0
    var asked = 0
    for (path, type) in Self.commands() {
      let needed = Self.needed[path.joined(separator: " ")] ?? []
      let options = try DeclaredOptions(of: type)
      let text = type.helpMessage(columns: 1000)
      for line in text.split(separator: "\n") where line.hasPrefix("  -") {
        let words = line.split(separator: " ")
        guard words[0] != "-h," else { continue }
        let name = String(words[0])
        // Of an option with two names, each could be given once.
        #expect(name.hasPrefix("--") && !name.hasSuffix(","), "\(path) \(line)")
        let takesValue = words.count > 1 && words[1].hasPrefix("<")
        guard !["--version", "--help"].contains(name) else { continue }
        let choices = line.split(separator: "values: ").dropFirst().first?.split { ",;)".contains($0) }
        let value = Self.values[name] ?? choices?.first.map(String.init) ?? "file"
        let ways = takesValue ? [[name, value], ["\(name)=\(value)"]] : [[name]]
        for first in ways {
          for second in ways {
            let repeated = options.repeated(in: path + first + second + needed)
            #expect(repeated == (Self.repeatable.contains(name) ? nil : name), "\(path) \(first) \(second)")
            #expect(options.repeated(in: path + first + needed) == nil)
            tried += 1
          }
        }
        // ArgumentParser is slow and treats both spellings the same: every option meets it, over all of them in every way.
        guard !Self.repeatable.contains(name) else { continue }
        let (first, second) = (ways[asked % ways.count], ways[asked / 2 % ways.count])
        asked += 1
        #expect(ending(path + first + second + needed) == 64, "\(path) \(first) \(second)")
      }
    }
    #expect(tried > 200 && asked > 80)
  }

  @Test(
    "What looks like an option given twice and is none",
    arguments: [
      ["check", "--plugin-dir", "a", "--plugin-dir=b", "--plugin-dir", "a"],
      ["check", "--reader=--facts", "--facts", "f"], ["check", "--output=--output"],
      ["run", "--facts", "f", "--", "send", "--facts", "f", "--facts", "f", "--help", "--version"],
      ["run", "--offline", "--", "--offline", "--offline"],
      ["explain", "--", "--lang", "fr", "--lang", "fr", "--help"],
    ])
  func once(arguments: [String]) { #expect(ending(arguments) == nil) }

  @Test(
    "Help, version and completions are given where they stand alone",
    arguments: [
      ["--help"], ["-h"], ["--help-hidden"], ["--version"], ["--experimental-dump-help"], ["help"],
      ["help", "check"], ["help", "rules", "lint"], ["help", "--help"],
      ["--generate-completion-script", "bash"], ["--generate-completion-script=zsh"],
      ["check", "--help"], ["check", "-h"], ["check", "--version"], ["check", "--experimental-dump-help"],
      ["check", "--help", "--lang", "fr"], ["check", "--lang", "en", "--help"], ["check", "-h", "--lang=fr"],
      ["run", "--help"], ["run", "--lang", "fr", "-h"], ["rules", "--help"], ["rules", "lint", "--help"],
      ["rules", "test", "--help"], ["verdict", "verify", "--help"],
    ])
  func alone(arguments: [String]) { #expect(ending(arguments) == 0) }

  @Test("Help, version and completions beside anything else are refused, in every command")
  func notAlone() {
    let calls = [
      ["--help"], ["-h"], ["--help-hidden"], ["--version"], ["--experimental-dump-help"], ["--help=yes"],
      ["--version=1"],
      ["-help"], ["-hx"], ["--generate-completion-script", "bash"], ["--generate-completion-script=bash"],
      ["--generate-completion-script"], ["--experimental-dump-help=1"],
    ]
    for (command, (path, _)) in Self.commands().enumerated() {
      let needed = Self.needed[path.joined(separator: " ")] ?? []
      for (number, call) in calls.enumerated() {
        let others: [[String]] = [
          ["--rules", "r"], ["--facts=f"], ["--lang", "de"], ["--lang", "fr", "--lang", "fr"], ["x"], call,
        ]
        var lines: [[String]] = []
        for beside in others {
          lines.append(path + call + beside + needed)
          lines.append(path + beside + call + needed)
          lines.append(call + path + beside)
          lines.append(["help"] + path + beside)
        }
        // « x » may be a shell, which only ArgumentParser knows not to be one.
        for line in lines where InformationRequest.isWhole(line) { #expect(ending(line) == 64, "\(line)") }
        // Whatever ArgumentParser makes of them, help that is not whole is refused. It is slow, so that every command and
        // every call meet it, in every form over all of them.
        let line = lines[(command * calls.count + number) % lines.count]
        #expect(ending(line) == 64, "\(line)")
      }
    }
    for line in [
      ["check", "--version", "--lang", "fr"], ["check", "--reader", "--help"],
      ["check", "--facts", "--version"],
      ["run", "--help", "--", "true"], ["run", "--version", "--", "true"], ["--help", "check"],
      ["--version", "--help"],
      ["help", "check", "nothing"], ["---completion", "check", "--", "--lang"],
      ["check", "--help", "--help"],
    ] {
      #expect(ending(line) == 64, "\(line)")
    }
  }

  @Test(
    "A group without a command is a mistake",
    arguments: [[], ["rules"], ["plugins"], ["verdict"], ["--"], ["rules", "--"]])
  func group(arguments: [String]) { #expect(ending(arguments) == 64) }

  @Test(
    "An argument that may be a code porteur is in no error",
    arguments: [
      ["check", "483162"], ["483162"], ["check", "--483162"], ["check", "-483162"], ["check", " 483162 "],
      ["check", "--rules", "483162"], ["check", "--rules=483162"], ["check", "--facts", "483162"],
      ["check", "--report", "483162"], ["check", "--plugin-dir", "483162"], ["check", "--lang", "483162"],
      ["check", "--for=483162"], ["check", "--timeout", "483162"], ["check", "--on", "483162"],
      ["check", "--journal-size", "483162", "--journal", "j"], ["check", "--format", "483162"],
      ["check", "--nagios-exit", "--format", "nagios", "483162"],
      ["check", "--facts", "card.json", "--offline", "--key", "483162", "--format", "json"],
      ["check", "--facts", "card.json", "--offline", "--situation", "483162"],
      ["check", "--pin-file", "483162", "--module", "none"], ["check", "--pin-fd", "483162"],
      ["check", "--reader", "483162", "--module", "483162"],
      ["facts", "--reader", "483162", "--module", "483162", "--pin-file", "483162"],
      ["run", "--", "483162"], ["run", "483162", "--", "true"], ["explain", "483162"],
      ["verdict", "verify", "483162"],
      ["rules", "lint", "--rules", "483162"], ["rules", "test", "483162"], ["plugins", "describe", "483162"],
      ["plugins", "verify", "483162"], ["plugins", "new", "483162"], ["exit-codes", "483162"],
      ["evaluate", "--jobs", "483162"], ["readers", "483162"],
    ])
  func codes(arguments: [String]) async throws {
    let folder = try Folder(["card.json": Sample().json])
    // Every length that a code has, in both languages, over all of them.
    let turn = arguments.joined().utf8.count % 6
    for (language, code) in [
      (["fr", "en"][turn % 2], ["4831", "483162", "48316259"][turn / 2]),
      (["en", "fr"][turn % 2], ["483162", "48316259", "4831"][turn / 2]),
    ] {
      let line = arguments.map { $0.replacing("483162", with: code) }
      let run = try await BuiltProgram.run(
        line, in: folder.path, environment: ["LANG": "\(language)_FR.UTF-8"])
      #expect(run.code != 0)
      #expect(!(run.output + run.errors).contains(code), "\(line): \(run)")
    }
  }

  @Test("An argument that is no code is shown", arguments: ["483", "48.3", "x483162594", "4831.yaml"])
  func others(word: String) async throws {
    let run = try await BuiltProgram.run(["check", "--rules", word, "--lang", "en"])
    #expect(run.code == 66)
    #expect(run.errors.hasPrefix("\(word): error"), "\(run.errors)")
    let masked = try await BuiltProgram.run(["check", "--rules", "4831", "--lang", "en"])
    #expect(masked.errors.hasPrefix("••••: error"), "\(masked.errors)")
  }
}
