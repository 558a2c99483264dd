import FoundationEssentials
import Glibc

/// The commands of a page, and what the page says that they print.
struct PageSession {
  struct Command {
    let line: Int
    let text: String
    /// The lines that the page shows; nil if it shows none, as it gives the command alone.
    var shown: [String]?
  }

  let page: Page
  let commands: [Command]

  /// The first words of lines of code that are commands, and not the content of a file.
  private static let words: Set<String> = [
    "cps-preflight", "sudo", "make", "sh", "node", "java", "python3", "php", "mcs", "mono", "chmod", "cp",
    "head",
    "eval", "cat", "sed", "erp/test", "pre-commit", "git", "fleet-facts.sh",
    "evaluate-parallel.sh",
    "spark-submit", "jq",
  ]

  init(_ page: Page) {
    self.page = page
    commands = page.blocks.flatMap { block in
      guard block.kind == .code else { return [Command]() }
      if block.lines.contains(where: { $0.hasPrefix("$ ") }) { return Self.session(block) }
      return Self.plain(block)
    }
  }

  /// Returns the commands of a block that shows no output. A blank line ends what belongs together.
  private static func plain(_ block: Page.Block) -> [Command] {
    block.lines.enumerated().split { $0.element.isEmpty }.flatMap { lines -> [Command] in
      guard let first = lines.first else { return [] }
      let word = String(first.element.prefix { $0 != " " })
      guard words.contains(word), !first.element.hasPrefix("cps-preflight (") else { return [] }
      // Several lines that are one command stand by themselves.
      if lines.contains(where: { $0.element == "esac" }) {
        let text = lines.map(\.element).joined(separator: "\n")
        return [Command(line: block.line + first.offset, text: text)]
      }
      return lines.map { Command(line: block.line + $0.offset, text: $0.element) }
    }
  }

  private static func session(_ block: Page.Block) -> [Command] {
    var commands: [Command] = []
    var goesOn = false
    for (index, line) in block.lines.enumerated() {
      if goesOn, let last = commands.popLast() {
        commands.append(Command(line: last.line, text: "\(last.text)\n\(line)", shown: []))
      } else if line.hasPrefix("$ ") {
        commands.append(Command(line: block.line + index, text: String(line.dropFirst(2)), shown: []))
      } else if !commands.isEmpty {
        commands[commands.count - 1].shown?.append(line)
        continue
      }
      goesOn = line.hasSuffix("\\")
    }
    // A blank line before the next command is the page's own.
    return commands.map { command in
      var command = command
      while command.shown?.last == "" { command.shown?.removeLast() }
      return command
    }
  }

  /// A report of the Gestionnaire, of which pages speak.
  private static let report = """
    *** Identification de la carte :
    Carte de Professionnel de Santé (CPS) n° 2800009017

    *** Situations d'exercice et de facturation

      * Exercice Libéral

       Facturation
       Identifiant : 692612344
       Autorisations de signature
         - autorisé à signer les FSE
         - autorisé à signer les lots

    """

  /// What a command printed, and what it ended with.
  struct Result {
    let code: Int32
    let lines: [String]
  }

  /// Runs the commands one after the other in one shell, as the reader does: in a fresh folder, with the installed program first
  /// in `PATH`, and files of which pages speak.
  ///
  /// - Returns: the results, by index; of a command that is not run, none.
  func results(
    in program: InstalledProgram, skipping: (Command) -> Bool
  ) async throws -> [Int: Result] {
    let mark = "\u{1E}"
    let folder = try Folder([
      "card.json": Sample().json, "code": "1234\n",
      "CPS-INFO.TXT": Self.report, "facts.ndjson": "{\"facts\": {\"card.kind\": \"cps\"}}\n",
      "fleet-rules.yaml": "version: 1\nextends: default\n",
    ])
    try folder.writeProgram("#!/bin/sh\ntouch sent\n", to: "send-lots")
    if page.path.contains("rule-tests") {
      // The page begins with a file of tests.
      let example = page.blocks.first { $0.kind == .code }?.lines.prefix { !$0.isEmpty } ?? []
      try folder.write(example.joined(separator: "\n") + "\n", to: "my-rules.test.yaml")
      try folder.write("version: 1\nextends: default\n", to: "my-rules.yaml")
    }
    var script = """
      ln -s /mnt/share/doc/cps-preflight/docs docs
      ln -s /mnt/share/doc/cps-preflight/Plugins Plugins
      chmod 600 code
      cp docs/samples/card.json card.json
      cp docs/examples/[gG]ate.* docs/examples/batch.sh .
      HOME=$PWD PAUSE=0 TRIES=1; export HOME PAUSE TRIES
      s=0

      """
    for (index, command) in commands.enumerated() where !skipping(command) {
      // Installed files are where the tree is.
      let text = command.text.replacing("/usr/share/", with: "/mnt/share/")
      script += """
        printf '\(mark)\(index)\\n'
        exec 3>&1; (exit $s)
        { \(text)
        } 2>&1 </dev/null
        s=$?; printf '\(mark)=%d\\n' $s

        """
    }
    // The tree is at a place whose name is as long as that of `/usr`, so that lines break where the reader's do.
    let unshare = geteuid() == 0 ? "unshare --mount" : "unshare --map-root-user --mount"
    let run = try await BuiltProgram.shell(
      """
      cat > script <<'END OF THE SCRIPT'
      \(script)END OF THE SCRIPT
      \(unshare) sh -c 'mount --bind "$TREE" /mnt && exec timeout 60 sh script'
      """, in: folder.path,
      environment: [
        "TREE": program.prefix, "PATH": "/mnt/bin:\(folder.path):/usr/bin:/bin", "COLUMNS": "80",
        "LANG": page.language == "fr" ? "fr_FR.UTF-8" : "en_GB.UTF-8",
      ])
    var results: [Int: Result] = [:]
    let parts = run.output.split(separator: Character(mark)).map(String.init)
    for (start, end) in zip(parts, parts.dropFirst()) where end.hasPrefix("=") {
      var lines = start.replacing("/mnt/", with: "/usr/").replacing(folder.path, with: "/home/reader")
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      guard let index = Int(lines.removeFirst()), let code = Int32(end.dropFirst().prefix { $0.isNumber })
      else {
        continue
      }
      while lines.last == "" { lines.removeLast() }
      results[index] = Result(code: code, lines: lines)
    }
    return results
  }
}
