import FoundationEssentials

/// A plugin for the tests, a real shell program, and rules that use it.
struct PluginCase {
  /// What `describe` prints.
  static let manifest = """
    {"protocol": 1, "name": "erp", "version": "1.2",
     "sources": [{"name": "account", "summary": "The account",
                  "facts": [{"name": "identifier", "type": "string", "personal": true},
                            {"name": "lots", "type": "integer"}]}],
     "checks": [{"name": "open", "summary": "The account is open",
                 "parameters": [{"name": "note", "type": "string", "default": "", "summary": "A note"}],
                 "facts": ["erp/identifier", "today"]}]}
    """
  static let described = "printf '%s' '\(manifest)'"
  static let gathered = #"echo '{"facts": {"identifier": "692612344", "lots": 3}}'"#
  static let passed = #"cat > /dev/null; echo '{"outcome": "pass", "message": "open"}'"#

  static let rules = """
    version: 1
    plugins: [plugin/erp]
    sources: [erp/account]
    stages:
      - id: s
        rules:
          - { id: open, check: erp/open, exit: 33 }
          - { id: lots, check: fact, with: { fact: erp/lots, at_least: "2" }, exit: 34 }
    """

  let folder: Folder

  /// - Parameters: the shell code of the plugin's answers.
  init(
    describe: String = described, gather: String = gathered, check: String = passed, rules: String = rules
  ) throws {
    folder = try Folder(["rules.yaml": rules, "home/.keep": ""])
    try write(
      """
      #!/bin/sh
      case "$1" in
      describe)
      \(describe)
      ;;
      gather)
      \(gather)
      ;;
      check)
      \(check)
      ;;
      esac
      """)
  }

  var path: String { "\(folder.path)/plugin/erp" }

  /// Writes the file of a plugin.
  func write(_ text: String, to name: String = "plugin/erp", mode: Int = 0o755) throws {
    try folder.writeProgram(text, to: name, mode: mode)
  }

  func setMode(_ mode: Int, of name: String) throws { try folder.setMode(mode, of: name) }

  /// Runs the program in the folder of the rules, in English, with its own home folder.
  func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(
      arguments + ["--lang", "en"], in: folder.path,
      environment: ["HOME": "\(folder.path)/home"].merging(environment) { $1 })
  }

  /// Judges with the rules.
  func check(_ arguments: String..., timeout: String = "30s") async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(
      ["check", "--timeout", timeout, "--lang", "en"] + arguments, in: folder.path,
      environment: ["HOME": "\(folder.path)/home"])
  }

  /// The ids of the processes that work in this folder; empty if all are gone.
  var processesLeft: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { name in
      guard Int(name) != nil else { return false }
      return (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")) == folder.path
    }
  }
}
