import FoundationEssentials
import Testing

private typealias Example = ExampleCase.Example

/// Returns a setting of a unit as systemd reads it: with lines joined, and dollar signs single.
private func setting(_ name: String, of unit: String) -> String {
  let lines = unit.replacing("\\\n", with: " ").split(separator: "\n")
  let line = lines.first { $0.hasPrefix("\(name)=") } ?? ""
  return String(line.dropFirst(name.count + 1)).replacing("$$", with: "$")
}

/// Returns the lines under `script:` of a job, as blocks.
private func script(ofJob text: String) -> String {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != "  script:" }
    .dropFirst()
    .prefix { $0.hasPrefix("    ") }
  return lines.filter { $0 != "    - |" }.map { String($0.dropFirst(6)) }.joined(separator: "\n") + "\n"
}

/// Returns the command of a crontab entry, which begins with five time fields and the user.
private func command(ofCrontab text: String) -> String {
  let line = text.split(separator: "\n").first { $0.hasPrefix("*/10 ") } ?? ""
  return line.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: false).dropFirst(6).joined()
    .replacing("\\%", with: "%")
}

@Suite("The examples of docs/examples do what they say")
struct ExamplesTests {
  static let examples: [ExampleCase.Example] = [
    Example(file: "batch.sh", line: "TRIES=3 PAUSE=0 ./batch.sh ./send-lots", retries: true),
    Example(file: "gate.py", line: "TRIES=3 PAUSE=0 /usr/bin/python3 gate.py ./send-lots", retries: true),
    Example(file: "Makefile", line: "make PAUSE=0 send || exit $((100 + $?))", retries: true),
    Example(
      file: "cps-lots.service", line: "CREDENTIALS_DIRECTORY=. RUNTIME_DIRECTORY=. PAUSE=0 sh -e script",
      retries: true
    ) { unit in
      "export CREDENTIALS_DIRECTORY RUNTIME_DIRECTORY PAUSE\n"
        + ["ExecStartPre", "ExecStart"].map { setting($0, of: unit) }.joined(separator: "\n")
    },
    Example(file: "gitlab-ci.yml", line: "sh -e script", retries: false) { script(ofJob: $0) },
  ]

  @Test(
    "Each sends when ready, holds, tries again, or calls for help", arguments: examples,
    ExampleCase.Class.allCases)
  private func reacts(_ example: Example, _ one: ExampleCase.Class) async throws {
    let place = try ExampleCase(one, example)
    let run = try await place.run(example.line)
    let isMake = example.file == "Makefile"
    // Make has a single code for every failure.
    #expect(run.code == (isMake && one != .ready ? 102 : one.code), "\(run)")
    #expect(place.isSent == (one == .ready), "\(run)")
    let word: String? =
      switch one {
      case .ready: nil
      case .blocked: "HELD"
      case .absentService, .undecided: "POSTPONED"
      case .brokenRules: "TO BE CORRECTED"
      }
    for other in ["HELD", "POSTPONED", "TO BE CORRECTED"] {
      #expect((run.output + run.errors).contains(other) == (other == word), "\(other): \(run)")
    }
    let isRetried = example.retries && (one == .absentService || one == .undecided)
    #expect(place.checks == (isRetried ? 3 : 1), "\(run)")
  }

  /// A recipe in a language that not every machine has.
  struct Recipe: CustomTestStringConvertible, Sendable {
    let file: String
    /// What it needs; without it, nothing is tried.
    let tool: String
    /// What it becomes in the folder `$B`, and the command that makes it, once for each change.
    var translation: (result: String, command: String)?
    let line: String

    var testDescription: String { file }

    var isThere: Bool { FileManager.default.isExecutableFile(atPath: tool) }
  }

  static let recipes = [
    Recipe(file: "gate.js", tool: "/usr/bin/node", line: "node gate.js"),
    Recipe(file: "gate.php", tool: "/usr/bin/php", line: "php gate.php"),
    Recipe(
      file: "Gate.java", tool: "/usr/bin/javac",
      translation: ("Gate.class", "javac -d \"$B\" docs/examples/Gate.java"),
      line: "java -XX:TieredStopAtLevel=1 -cp \"$B\" Gate"),
    Recipe(
      file: "Gate.cs", tool: "/usr/bin/mcs",
      translation: ("Gate.exe", "mcs -out:\"$B/Gate.exe\" docs/examples/Gate.cs"),
      line: "mono \"$B/Gate.exe\""),
  ].filter(\.isThere)

  private static let folderOfRecipes = BuiltProgram.beside("recipes")

  private static let translated = Task {
    for recipe in recipes {
      guard let translation = recipe.translation else { continue }
      let run = try await BuiltProgram.shell(
        """
        mkdir -p "$B"; [ "$B/\(translation.result)" -nt docs/examples/\(recipe.file) ] || \(translation.command)
        """, environment: ["B": folderOfRecipes])
      #expect(run.code == 0, "\(recipe): \(run)")
    }
  }

  @Test(
    "Each recipe does so too, where its language is installed: Node, PHP, Java, Mono", arguments: recipes,
    ExampleCase.Class.allCases)
  private func recipe(_ recipe: Recipe, _ one: ExampleCase.Class) async throws {
    try await Self.translated.value
    let example = Example(file: recipe.file, line: "", retries: true)
    let place = try ExampleCase(one, example)
    let start = "export B='\(Self.folderOfRecipes)' TRIES=2 PAUSE=0; \(recipe.line)"
    if one == .ready {
      try place.gate.folder.writeProgram("#!/bin/sh\ntouch sent\nexit 9\n", to: "send-lots")
    }
    let run = try await place.run("\(start) ./send-lots")
    #expect(run.code == (one == .ready ? 9 : one.code), "\(run)")
    #expect(place.isSent == (one == .ready), "\(run)")
    #expect(place.checks == (one == .absentService || one == .undecided ? 2 : 1), "\(run)")
    let word: [ExampleCase.Class: String] = [
      .blocked: "HELD", .absentService: "POSTPONED", .undecided: "POSTPONED", .brokenRules: "TO BE CORRECTED",
    ]
    #expect(word[one].map { run.errors.contains($0) } ?? true, "\(run)")
    guard one == .ready else { return }
    #expect(try await place.run("\(start) ./missing").code == 127)
    #expect(try await place.run(start).code == 64)
    try place.gate.folder.writeProgram("#!/bin/sh\nkill -9 $$\n", to: "bin/cps-preflight")
    #expect(try await place.run("rm sent; \(start) ./send-lots").code >= 70 && !place.isSent)
  }

  @Test("What the sending itself ends with is told apart")
  func sendingFails() async throws {
    for (example, code) in zip(Self.examples, [9, 9, 102, 9, 3] as [Int32]) {
      let place = try ExampleCase(.ready, example)
      try place.gate.folder.write("#!/bin/sh\nexit 9\n", to: "send-lots")
      let run = try await place.run(example.line)
      #expect(run.code == code, "\(example.file): \(run)")
    }
  }

  @Test("Without a command nothing is judged, and a command that is missing is no verdict")
  func noCommand() async throws {
    for (example, start) in zip(Self.examples, ["./batch.sh", "/usr/bin/python3 gate.py"]) {
      let place = try ExampleCase(.ready, example)
      let none = try await place.run(start)
      #expect(none.code == 64 && place.checks == 0, "\(example.file): \(none)")
      let missing = try await place.run("\(start) ./missing")
      #expect(missing.code == 127, "\(example.file): \(missing)")
    }
  }

  @Test("What is no verdict holds the sending all the same", arguments: ["true", "echo '{'"])
  func noVerdict(words: String) async throws {
    let place = try ExampleCase(.ready, Self.examples[1])
    try place.gate.folder.write("#!/bin/sh\n\(words)\nexit 1\n", to: "other/cps-preflight")
    let run = try await place.run(
      "cp other/cps-preflight copy; chmod +x copy; mv copy other/cps-preflight; "
        + "PATH=$PWD/other:$PATH /usr/bin/python3 gate.py ./send-lots")
    #expect(run.code == 1 && run.errors == "HELD: the lots are not sent (code 1)\n", "\(run)")
    #expect(!place.isSent)
  }

  @Test(
    "Cron tells Nagios",
    arguments: zip(
      ExampleCase.Class.allCases,
      [
        "0;CPS OK", "2;CPS CRITICAL", "3;CPS UNKNOWN",
        "3;CPS UNKNOWN", "2;TO BE CORRECTED (code 78): rules.yaml:",
      ]))
  private func cron(_ one: ExampleCase.Class, _ state: String) async throws {
    let example = Example(
      file: "nagios-passive.cron", line: "COMMANDS=nagios.cmd; export COMMANDS; sh script", retries: false
    ) {
      command(ofCrontab: $0)
    }
    let place = try ExampleCase(one, example)
    let run = try await place.run(example.line)
    #expect(run.code == 0 && run.output == "" && run.errors == "", "\(run)")
    let line = try place.gate.text(of: "nagios.cmd")
    #expect(line.contains("] PROCESS_SERVICE_CHECK_RESULT;") && line.contains(";CPS;\(state)"), "\(line)")
    #expect(line.split(separator: "\n").count == 1 && line.hasPrefix("["))
  }

  @Test(
    "systemd understands the unit",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
  func unit() async throws {
    let run = try await BuiltProgram.shell(
      "systemd-analyze verify --man=no --recursive-errors=no docs/examples/cps-lots.service")
    #expect(run.code == 0 && run.errors == "", "\(run)")
  }

  @Test("GitLab understands the job, by its published schema")
  func gitlab() async throws {
    let run = try await JSONSchemaChecker.run([
      "--builtin-schema", "vendor.gitlab-ci", "docs/examples/gitlab-ci.yml",
    ])
    #expect(run.code == 0, "\(run)")
  }
}
