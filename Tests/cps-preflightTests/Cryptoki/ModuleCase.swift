import CardStage
import FoundationEssentials
import Testing

/// Rules about the content of the card, without the source `pcsc`.
enum CardRules {
  static let text = """
    version: 1
    sources: [cryptoki]
    stages:
      - id: carte
        rules:
          - { id: nature, check: fact, with: { fact: card.kind, equals: cps }, exit: 11 }
          - { id: numero, check: fact, with: { fact: card.number, equals: "2800009017" }, exit: 12 }
          - { id: code, check: card.pin, exit: 31 }
          - { id: dam, check: billing.dam, exit: 20 }
          - { id: identifiant, check: billing.identifier, exit: 21, needs: [dam] }
          - { id: lots, check: billing.sign_lots, exit: 23, needs: [dam] }
    """

  /// The same, for a module that writes in that folder.
  static func text(writing folder: String) -> String {
    text.replacing("[cryptoki]", with: "[\(source(writing: folder))]")
  }

  /// The source `cryptoki`, for a module that writes in that folder.
  static func source(writing folder: String) -> String { "{ cryptoki: { writes: [\"\(folder)\"] } }" }
}

/// Our own module, with the faults that its name asks for; Tests/FaultyModule describes the names.
struct ModuleCase {
  private let folder: Folder
  private let module: String

  /// - Parameters:
  ///   - sources: the sources of the rules' facts.
  ///   - code: the code porteur in ``codeFile``.
  ///   - rules: the rule file, with the source `cryptoki` alone.
  ///   - mayNote: whether the module may write what it was called for.
  init(
    _ faults: String, sources: String = "cryptoki", code: String = "1234", rules: String = CardRules.text,
    mayNote: Bool = true
  ) throws {
    folder = try Folder(["code": "\(code)\n"])
    let source = mayNote ? CardRules.source(writing: folder.path) : "cryptoki"
    let sources = sources.replacing("cryptoki", with: source)
    try folder.write(rules.replacing("[cryptoki]", with: "[\(sources)]"), to: "rules.yaml")
    module = "\(folder.path)/\(faults).so"
    try FileManager.default.copyItem(atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: module)
    try folder.setMode(0o600, of: "code")
  }

  /// The arguments for `check` to judge this card. The time is enough for a busy machine, except for a module that
  /// never ends.
  var arguments: [String] {
    arguments(timeout: module.contains("hang@") ? "3s" : "20s")
  }

  func arguments(timeout: String) -> [String] {
    ["check", "--rules", "\(folder.path)/rules.yaml", "--module", module, "--timeout", timeout]
  }

  /// The file with the code, accessible only to its owner.
  var codeFile: String { "\(folder.path)/code" }

  /// Judges the card, in English, with that code from a file.
  func check(code: String? = "1234", _ arguments: String...) async throws -> BuiltProgram.Run {
    var given: [String] = []
    if let code {
      try folder.write(code, to: "code")
      try folder.setMode(0o600, of: "code")
      given = ["--pin-file", "\(folder.path)/code"]
    }
    return try await BuiltProgram.run(
      self.arguments + ["--lang", "en"] + given + arguments)
  }

  /// How each C_Login received its code: `code` or `keypad`.
  var logins: [String] { lines(of: "logins") }

  /// The calls of C_Login, C_Logout, C_CloseSession and C_Finalize, in order.
  var calls: [String] { lines(of: "calls") }

  /// What the card was asked: C_GetTokenInfo, C_Login and the labels of the objects that were read, in order.
  var asked: [String] { lines(of: "asked") }

  /// What came of each thing that a module tries which pries (`pry@FUNCTION`): `write 13`, the number being the system's error.
  var tried: [String] { lines(of: "tried") }

  private func lines(of file: String) -> [String] {
    let text = (try? String(contentsOf: URL(filePath: "\(module).\(file)"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  /// Watches what is called and loaded: each call that is noted, and the end of each process that loaded the module.
  func watch() throws -> FolderWatch { try FolderWatch(folder.path) }

  /// Whether a process that had loaded the module is still running.
  var leavesProcesses: Bool { !processes.isEmpty }

  /// The processes that have loaded the module.
  var processes: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { name in
      guard let number = Int(name), let maps = ProcFile.contents(name, "maps") else { return nil }
      return maps.contains(module) ? number : nil
    }
  }
}
