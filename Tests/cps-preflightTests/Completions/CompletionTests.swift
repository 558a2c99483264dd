import Foundation
import Testing

/// A folder with the program in a folder of its own, and files to complete.
struct CompletionStage {
  let folder: Folder

  init() throws {
    folder = try Folder([
      "work/my-rules.yaml": "version: 1\nextends: default\n", "work/my-facts.json": "", "work/plugins/x": "",
    ])
    try folder.write("", to: "bin/x")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/bin/cps-preflight", withDestinationPath: BuiltProgram.path)
  }

  /// Runs a script of that shell beside the files, with the program in the `PATH`.
  func run(_ script: String, in shell: String) async throws -> BuiltProgram.Run {
    let path = try folder.write(script, to: "script")
    return try await BuiltProgram.shell(
      "timeout 300 \(shell) \(path)", in: "\(folder.path)/work",
      environment: ["PATH": "\(folder.path)/bin:/usr/bin:/bin", "HOME": folder.path, "TERM": "xterm"])
  }
}

@Suite("Shells complete what is typed")
struct CompletionTests {
  /// A line as it is typed, and the words that bash offers for the last one.
  private static let bash: [(typed: String, offered: String)] = [
    ("check --rules my-r", "my-rules.yaml"), ("check --facts my-", "my-facts.json my-rules.yaml"),
    ("check --report my-f", "my-facts.json"), ("run --output my-f", "my-facts.json"),
    ("check --journal my-f", "my-facts.json"), ("facts --pin-file my-f", "my-facts.json"),
    ("check --key my-f", "my-facts.json"), ("check --module my-f", "my-facts.json"),
    ("check --plugin-dir p", "plugins"), ("check --plugin-dir my", ""),
    ("rules lint my-r", "my-rules.yaml"), ("rules test my-r", "my-rules.yaml"),
    ("rules init my-r", "my-rules.yaml"), ("verdict verify my-f", "my-facts.json"),
    ("plugins verify my-f", "my-facts.json"),
    ("explain carte-d", "carte-de-test"), ("explain card.v", "card.validity"),
    ("explain --rules my-rules.yaml dam", "dam-present"), ("explain card.iss", "card.issuedOn"),
    ("explain --rules missing.yaml card.va", "card.validity"),
    ("check --format ht", "html"), ("check --for adr", "adri"), ("check --wi", "--with"),
  ]

  @Test("bash offers files and folders where an option takes one, and ids after explain")
  func bash() async throws {
    let lines = Self.bash.map { "try \"cps-preflight \($0.typed)\"" }
    let run = try await CompletionStage().run(
      """
      eval "$(cps-preflight --generate-completion-script bash)"
      try() {
        COMP_LINE="$1" COMP_POINT=${#1} COMPREPLY=()
        read -ra COMP_WORDS <<<"$1"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _cps-preflight cps-preflight "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}" | sort | tr '\\n' ' '
        echo
      }
      \(lines.joined(separator: "\n"))

      """, in: "bash")
    let offered = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(run.errors == "")
    #expect(offered == Self.bash.map(\.offered))
  }

  @Test("Whatever takes a file or a folder says so")
  func declared() async throws {
    let help = try JSONTree(try await BuiltProgram.run(["--experimental-dump-help"]).output)
    var told: [String] = []
    func look(at command: JSONTree, _ path: String) {
      let arguments: [JSONTree] = if case .list(let list)? = command["arguments"] { list } else { [] }
      for argument in arguments {
        guard case .text(let value)? = argument["valueName"] else { continue }
        guard ["file", "files", "folder", "path", "module", "command"].contains(value) else { continue }
        let kind = argument["completionKind"]
        if kind?["file"] == nil, kind?["directory"] == nil { told.append("\(path): \(argument)") }
      }
      let commands: [JSONTree] = if case .list(let list)? = command["subcommands"] { list } else { [] }
      for command in commands {
        guard case .text(let name)? = command["commandName"] else { continue }
        look(at: command, "\(path) \(name)")
      }
    }
    look(at: try #require(help["command"]), "cps-preflight")
    #expect(told == [])
  }

  /// A line as it is typed, and what the one word that fits makes of it.
  private static let unique: [(typed: String, completed: String)] = [
    ("check --rules my-r", "my-rules.yaml"), ("check --report my-f", "my-facts.json"),
    ("check --plugin-dir plu", "plugins"), ("rules lint my-r", "my-rules.yaml"),
    ("rules test my-r", "my-rules.yaml"), ("verdict verify my-f", "my-facts.json"),
    ("explain carte-d", "carte-de-test"), ("explain card.va", "card.validity"),
  ]

  @Test(
    "zsh and fish complete the same at a terminal; make slow-test tries it",
    .enabled(if: getenv("CPS_PREFLIGHT_MANY_SHELLS") != nil), arguments: ["zsh", "fish"])
  func terminal(shell: String) async throws {
    let stage = try CompletionStage()
    // A terminal of its own for each line: what was typed before cannot be taken for what follows.
    let start =
      shell == "zsh"
      ? (
        "zsh -f -i",
        "PS1=; fpath=(\(stage.folder.path) $fpath); autoload -U compinit; compinit -u -d \(stage.folder.path)/dump"
      ) : ("fish --no-config -i", "function fish_prompt; end; source \(stage.folder.path)/_cps-preflight")
    let lines = Self.unique.map { line in
      """
      zpty t \(start.0)
      zpty -w t "\(start.1.replacing("$", with: "\\$")); echo RE''ADY"
      zpty -r -m t out '*READY*'
      zpty -w -n t 'cps-preflight \(line.typed)'$'\\t'
      zpty -r -m t out '*\(line.completed)*' && print '\(line.completed)'
      zpty -d t
      """
    }
    let run = try await stage.run(
      """
      zmodload zsh/zpty
      cps-preflight --generate-completion-script \(shell) > \(stage.folder.path)/_cps-preflight
      \(lines.joined(separator: "\n"))

      """, in: "zsh -f")
    #expect(
      run.output.split(separator: "\n").map(String.init) == Self.unique.map(\.completed), "\(run.errors)")
  }

  @Test("What a shell asks is answered in the first place only, and is no verdict")
  func asked() async throws {
    let asked = try await BuiltProgram.run([
      "---completion", "explain", "--", "positional@0", "2", "0", "cps-preflight", "explain", "",
    ])
    #expect(asked.code == 0 && asked.output.hasPrefix("cryptolib-a-jour\n"), "\(asked)")
    for line in [
      ["check", "---completion"], ["---completion"], ["---completion", "check", "--", "--rules"],
    ] {
      #expect(try await BuiltProgram.run(line).code == 64, "\(line)")
    }
  }
}
