import Testing

@Suite("What is shown")
struct ShownWordsTests {
  /// One character of each kind that controls a terminal, reorders a line or is invisible.
  private static let unseen = "\u{1B}[31m\u{7}\u{9B}\u{85}\u{202E}\u{2066}\u{200B}\u{FEFF}\u{E0041}"

  private static func isClean(_ text: String) -> Bool {
    !text.unicodeScalars.contains { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(
          scalar.properties.generalCategory)
    }
  }

  @Test(
    "of the command line has nothing in it that nobody sees",
    arguments: [
      ["check", "--for=\(unseen)"], ["check", "--lang", unseen], ["check", "--\(unseen)"], ["check", unseen],
      [unseen],
      ["check", "--on", unseen], ["check", "--rules", unseen], ["check", "--facts", unseen],
      ["check", "--am", unseen],
      ["check", "--timeout=\(unseen)"], ["check", "--label", unseen], ["check", "--format", unseen],
      ["rules", unseen],
      ["check", "--module", unseen], ["check", "--report", unseen], ["explain", unseen],
      ["rules", "show", "--rules", unseen],
      ["plugins", "describe", unseen], ["readers", "--timeout", unseen], ["evaluate", "--for", unseen],
      ["verdict", "verify", unseen], ["run", "--for=\(unseen)", "--", "true"],
      ["doctor", "--root", unseen], ["doctor", "--rules", unseen],
      ["doctor", "--journal", "/none/\(unseen)"],
    ])
  func arguments(arguments: [String]) async throws {
    let result = try await BuiltProgram.run(arguments)
    #expect(result.code != 0)
    #expect(Self.isClean(result.errors), "\(result.errors.debugDescription)")
    #expect(Self.isClean(result.output), "\(result.output.debugDescription)")
  }

  @Test("of the command line begins no line of its own")
  func lines() async throws {
    let result = try await BuiltProgram.run(["check", "--for=x\nready: may send"])
    #expect(result.code == 64)
    #expect(!result.errors.contains("\nready"))
  }

  @Test(
    "of a number or a name that was typed in the wrong place is nothing",
    arguments: [
      ["check", "692612344"], ["check", "--am692612344"], ["check", "--692612344"], ["check", "-692612344"],
      ["check", "--for", "692612344"], ["check", "--on", "692612344"], ["check", "--format", "692612344"],
      ["check", "--lang", "692612344"], ["check", "--journal-size", "692612344x"],
      ["check", "--label", "692612344"],
      ["check", "--rules", "692612344"], ["check", "--facts=692612344"], ["check", "--timeout=692612344"],
      ["692612344"], ["rules", "692612344"], ["rules", "lint", "692612344"], ["explain", "692612344"],
      ["explain", "numéro 692612344"], ["evaluate", "--jobs", "692612344"],
      ["verdict", "verify", "692612344"],
      ["check", "--for", "adri", "--for", "692612344"], ["run", "--am=x692612344", "--", "true"],
      ["check", "692612344", "--nagios-exit", "--format", "nagios"], ["readers", "692 612 344"],
      ["check", "Monsieur TESTARD"], ["check", "TESTARD"], ["check", "--for", "TESTARD"], ["TESTARD"],
      ["check", "--monsieur TESTARD"], ["check", "x", "TESTARD", "692612344"],
      ["doctor", "692612344"], ["doctor", "--rules", "692612344"], ["doctor", "--module", "692612344"],
    ])
  func typed(arguments: [String]) async throws {
    // Of this machine, the doctor would tell process ids, sizes and times, in which such digits may stand by chance.
    let nowhere = try Folder()
    let result = try await BuiltProgram.run(
      arguments.first == "doctor" ? arguments + ["--root", nowhere.path] : arguments)
    #expect(result.code != 0)
    // Programs that hold a reader are told with their process ids, whatever the root.
    let output = result.output.replacing(/\([0-9]+\)/, with: "")
    for words in ["692", "344", "TESTARD", "Monsieur"] {
      #expect(!result.errors.contains(words), "\(result.errors)")
      #expect(!output.contains(words), "\(output)")
    }
  }

  private static let rules = #"""
    version: 1
    stages:
      - id: poste
        title: "a\e[31m\x9B\x85\u202E\u2066\u200B\uFEFF\U000E0041\x7F\u2028"
        rules:
          - id: age
            title: "t\u202E"
            check: fact
            with: { fact: card.reader, matches: "c\u200Bps\x9B" }
            exit: 11
            remedy: { fr: "r\u202Ex\ny", en: "r\x9Bx" }
            links: ["https://example.org/\u202E"]
    """#

  @Test("of the rules in force is clean, is YAML, and is the same rules when it is read back")
  func show() async throws {
    let folder = try Folder(["a.yaml": Self.rules])
    let file = "\(folder.path)/a.yaml"
    let shown = try await BuiltProgram.run(["rules", "show", "--rules", file])
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(Self.isClean(shown.output), "\(shown.output.debugDescription)")
    let copy = try Folder(["a.yaml": shown.output])
    let again = "\(copy.path)/a.yaml"
    for command in [["rules", "list", "--format", "json"], ["rules", "docs"]] {
      let one = try await BuiltProgram.run(command + ["--rules", file])
      let two = try await BuiltProgram.run(command + ["--rules", again])
      #expect(two.code == 0, "\(two.errors)")
      #expect(one.output.replacing(folder.path, with: "") == two.output.replacing(copy.path, with: ""))
    }
  }

  @Test(
    "of a verdict is clean in every format",
    arguments: ["text", "json", "junit", "nagios", "prometheus", "html"])
  func formats(format: String) async throws {
    let facts =
      #"{"schema": "cps-preflight/facts/1", "facts": {"card.present": true, "card.kind": "cps", "card.reader": "a\u202e\u009b"}}"#
    let folder = try Folder(["a.yaml": Self.rules, "f.json": facts])
    let result = try await BuiltProgram.run(
      [
        "check", "--rules", "\(folder.path)/a.yaml", "--facts", "\(folder.path)/f.json", "--offline",
        "--verbose", "--format", format,
      ])
    #expect(result.code == 11, "\(result.errors)")
    #expect(Self.isClean(result.output), "\(result.output.debugDescription)")
    #expect(Self.isClean(result.errors), "\(result.errors.debugDescription)")
  }

  @Test(
    "of rules is clean",
    arguments: [
      ["rules", "list"], ["rules", "list", "--format", "json"], ["rules", "docs"],
      ["rules", "docs", "--format", "html"],
      ["rules", "lint"], ["rules", "lint", "--format", "sarif"], ["rules", "lint", "--format", "json"],
      ["exit-codes"],
      ["exit-codes", "--format", "json"], ["explain", "age"], ["explain", "11"],
    ])
  func listings(command: [String]) async throws {
    let folder = try Folder(["a.yaml": Self.rules])
    let file = "\(folder.path)/a.yaml"
    let arguments = command.starts(with: ["rules", "lint"]) ? command + [file] : command + ["--rules", file]
    let result = try await BuiltProgram.run(arguments)
    #expect(result.code == 0, "\(result.errors)")
    #expect(Self.isClean(result.output), "\(result.output.debugDescription)")
    #expect(Self.isClean(result.errors), "\(result.errors.debugDescription)")
  }
}
