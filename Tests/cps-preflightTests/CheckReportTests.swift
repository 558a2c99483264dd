import Testing

@Suite("What `check` says")
struct CheckReportTests {
  private static let rules = """
    version: 1
    stages:
      - id: carte
        title: { fr: Carte, en: Card }
        rules:
          - id: presente
            title: { fr: Carte présente, en: Card present }
            check: card.present
            exit: 10
          - id: fin
            title: { fr: Fin proche, en: Ends soon }
            check: fact
            with: { fact: card.expiresOn, after: 2030-01-01 }
            severity: warning
            remedy: { fr: Guetter la carte., en: Look out for the card. }
      - id: facturation
        title: { fr: Facturation, en: Billing }
        rules:
          - id: numero
            title: { fr: Numéro, en: Number }
            check: billing.identifier
            with: { expected: "991086265" }
            exit: 21
            for: [teletransmission]
            remedy: { fr: Voir le numéro., en: See the number. }
            links: ["https://esante.gouv.fr/"]
          - { id: fse, title: FSE, check: billing.sign_fse, needs: [numero], for: [teletransmission] }
    """

  private func check(_ arguments: String..., language: String) async throws -> BuiltProgram.Run {
    let folder = try Folder(["rules.yaml": Self.rules, "facts.json": Sample().json])
    return try await BuiltProgram.run(
      ["check", "--facts", "facts.json", "--offline", "--on", Sample.day, "--lang", language] + arguments,
      in: folder.path, environment: ["COLUMNS": "80"])
  }

  @Test("The text report, in French, line by line")
  func french() async throws {
    let run = try await check(language: "fr")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(run.code == 21)
    #expect(lines[0] == "Vérification avant envoi – tous usages")
    #expect(lines[1] == "Règles : rules.yaml · date : 15/03/2026 (--on)")
    #expect(lines[3] == "Carte")
    #expect(lines[4].hasPrefix("  ✓ Carte présente : "))
    #expect(lines[5].hasPrefix("  ! Fin proche\u{A0}: "))
    #expect(lines[6] == "    01/01/2030).")
    #expect(lines[7] == "      → Guetter la carte.")
    #expect(lines[9] == "Facturation")
    #expect(
      lines[10]
        == "  ✗ Numéro\u{A0}: la carte n’a pas l’identifiant •••08••••\u{A0}; elle a\u{A0}: situation 1"
    )
    #expect(lines[11] == "    (•••61••••).")
    #expect(lines[13] == "  – 1 règle n’a pas été jugée (--verbose les montre).")
    #expect(
      lines[15] == "BLOQUÉ, ne pas envoyer. La carte n’a pas l’identifiant •••08••••\u{A0}; elle a\u{A0}:")
    #expect(lines[16] == "  situation 1 (•••61••••).")
    #expect(lines[17] == "→ Voir le numéro.")
    #expect(lines[18] == "  https://esante.gouv.fr/")
    #expect(lines[19] == "Code 21\u{A0}; pour en savoir plus\u{A0}: cps-preflight explain 21")
    #expect(lines.count == 21)
  }

  @Test("Rules that were not judged are one line, and each its own where more is asked for")
  func folded() async throws {
    let run = try await check("--verbose", language: "fr")
    #expect(
      run.output.contains("  – FSE\u{A0}: non jugée\u{A0}: la règle «\u{A0}Numéro\u{A0}»"), "\(run.output)")
    #expect(!run.output.contains("--verbose"))
  }

  @Test(
    "The command that explains the code names the rule file where the caller did",
    arguments: [("rules.yaml", "rules.yaml"), ("it's one.yaml", #"'it'\''s one.yaml'"#)])
  func explanation(file: String, written: String) async throws {
    let folder = try Folder([file: Self.rules, "facts.json": Sample().json])
    let run = try await BuiltProgram.run(
      [
        "check", "--facts", "facts.json", "--offline", "--on", Sample.day, "--lang", "en", "--rules", file,
      ], in: folder.path)
    #expect(
      run.output.hasSuffix("\nCode 21; for more: cps-preflight explain 21 --rules \(written)\n"),
      "\(run.output)")
    let explained = try await BuiltProgram.shell(
      "$P explain 21 --rules \(written) --lang en", in: folder.path)
    #expect(explained.code == 0 && explained.output.contains("See the number."), "\(explained)")
  }

  @Test("Lines are as wide as COLUMNS says where no terminal does, and 80 columns where that says nothing")
  func width() async throws {
    let folder = try Folder(["rules.yaml": Self.rules, "facts.json": Sample().json])
    let arguments = ["check", "--facts", "facts.json", "--offline", "--on", Sample.day, "--lang", "en"]
    for (columns, expected) in [
      ("40", 31...40), ("120", 81...120), ("x", 60...80), ("", 60...80), ("0", 60...80),
    ] {
      let run = try await BuiltProgram.run(arguments, in: folder.path, environment: ["COLUMNS": columns])
      let widest = run.output.split(separator: "\n").filter { !$0.contains("://") }.map(\.count).max() ?? 0
      #expect(expected.contains(widest), "\(columns): \(run.output)")
    }
  }

  @Test("And in English, the language of the locale where none is asked for")
  func english() async throws {
    let folder = try Folder(["rules.yaml": Self.rules, "facts.json": Sample().json])
    let arguments = ["check", "--facts", "facts.json", "--offline", "--on", Sample.day, "--for", "adri"]
    for (environment, last) in [
      (["LANG": "en_GB.UTF-8"], "READY: it may be sent, with 1 warning (code 0)."),
      (
        ["LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"],
        "PRÊT : l’envoi est possible, avec 1 avertissement (code 0)."
      ),
      (["LANG": "C"], "PRÊT : l’envoi est possible, avec 1 avertissement (code 0)."),
    ] {
      let run = try await BuiltProgram.run(arguments, in: folder.path, environment: environment)
      #expect(run.code == 0, "\(run)")
      #expect(run.output.split(separator: "\n").last.map(String.init) == last)
    }
  }

  @Test("Identifiers are masked in every format unless revealed")
  func masks() async throws {
    for format in ["text", "json"] {
      let masked = try await check("--format", format, "--verbose", language: "fr")
      #expect(!masked.output.contains("692612344"), "\(masked.output)")
      #expect(masked.output.contains("•••61••••"))
      let revealed = try await check("--format", format, "--verbose", "--reveal", language: "fr")
      #expect(revealed.output.contains("692612344"))
      #expect(masked.code == revealed.code)
    }
    let facts = try await BuiltProgram.run(["facts", "--facts", "docs/samples/card.json", "--offline"])
    #expect(!facts.output.contains("692612344") && !facts.output.contains("TESTARD"))
  }

  @Test("No colour where the output is no terminal")
  func colour() async throws {
    #expect(try await !check(language: "fr").output.contains("\u{1B}"))
  }

  @Test("A title cannot play tricks on the terminal")
  func escapes() async throws {
    let folder = try Folder([
      "rules.yaml":
        "version: 1\nstages: [{ id: s, rules: [{ id: a, title: \"x\\e[2Jy\", check: card.present }] }]",
      "facts.json": Sample().json,
    ])
    let run = try await BuiltProgram.run(
      ["check", "--facts", "facts.json", "--offline"], in: folder.path)
    #expect(run.code == 0)
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test("The JSON verdict has the fields of its schema, whatever the verdict")
  func json() async throws {
    let run = try await check("--format", "json", language: "en")
    #expect(run.code == 21)
    for part in [
      "\"schema\" : \"cps-preflight/verdict/1\"", "\"verdict\" : \"blocked\"", "\"exitCode\" : 21",
      "\"today\" : \"2026-03-15\"", "\"path\" : \"rules.yaml\"", "\"outcome\" : \"skipped\"",
      "\"remedy\" : \"See the number.\"", "\"name\" : \"billing.situations\"",
    ] {
      #expect(run.output.contains(part), "\(part) in \(run.output)")
    }
  }

  @Test("A verdict written to a file is whole, and nothing is left beside it")
  func output() async throws {
    let folder = try Folder(["rules.yaml": Self.rules, "facts.json": Sample().json])
    let run = try await BuiltProgram.shell(
      """
      $P check --facts facts.json --offline --on \(Sample.day) --format json --output v.json; echo $?
      ls -A; grep -c verdict/1 v.json
      """, in: folder.path)
    #expect(run.output == "21\nfacts.json\nrules.yaml\nv.json\n1\n", "\(run)")
  }

  @Test("A link stays one, and the file that it names is made where it is not there yet")
  func outputThroughLink() async throws {
    let folder = try Folder(["rules.yaml": Self.rules, "facts.json": Sample().json])
    let run = try await BuiltProgram.shell(
      """
      mkdir kept; ln -s kept/today.json first; ln -s first v.json
      for time in 1 2; do
        $P check --facts facts.json --offline --on \(Sample.day) --format json --output v.json; echo $?
        readlink v.json first; ls -A kept; grep -c verdict/1 kept/today.json
      done
      """, in: folder.path)
    let once = "21\nfirst\nkept/today.json\ntoday.json\n1\n"
    #expect(run.output == once + once, "\(run)")
  }

  @Test(
    "What is read is not written over: 64, and it is as it was",
    arguments: [
      "--output facts.json", "--journal facts.json", "--output rules.yaml", "--output ./link",
      "--rules other.yaml --output $PWD/other.yaml", "--format json --key key --output key",
      "--output j --journal j", "--pin-file key --journal key",
    ])
  func overwriting(options: String) async throws {
    let folder = try Folder([
      "rules.yaml": Self.rules, "other.yaml": Self.rules, "facts.json": Sample().json,
      "key": "0123456789abcdef0123456789abcdef",
    ])
    for command in [
      "$P check OPTIONS --lang=en", "$P check --verbose OPTIONS --lang en",
      "$P run OPTIONS --lang en -- true",
    ] {
      let given = "--facts facts.json --offline --on \(Sample.day) \(options)"
      let run = try await BuiltProgram.shell(
        "chmod 600 key; ln -sf facts.json link; cat * > ../$$; \(command.replacing("OPTIONS", with: given)); "
          + "code=$?; cat * | cmp - ../$$ || code=1; rm ../$$; exit $code", in: folder.path)
      #expect(run.code == 64, "\(run)")
      #expect(run.errors.contains("would overwrite the file of --"), "\(run)")
    }
  }

  @Test("What is written goes to files that have a name: 64", arguments: ["--output", "--journal"])
  func unnamed(option: String) async throws {
    let folder = try Folder(["facts.json": Sample().json])
    for path in ["-", ""] {
      let run = try await BuiltProgram.run(
        ["check", "--facts", "facts.json", "--offline", "--lang", "en", option, path], in: folder.path)
      #expect(run.code == 64 && run.errors.contains("\(option) takes the path of a file"), "\(run)")
    }
  }

  @Test("The facts may come from standard input, or a pipe")
  func standardInput() async throws {
    let run = try await BuiltProgram.run(
      ["check", "--facts", "-", "--offline", "--on", Sample.day], input: Sample().json)
    #expect(run.code == 0, "\(run)")
    let folder = try Folder(["facts.json": Sample().json])
    let piped = try await BuiltProgram.shell(
      "cat facts.json | $P check --facts /dev/stdin --rules \(BuiltProgram.root)/rules.yaml --offline --on \(Sample.day)",
      in: folder.path)
    #expect(piped.code == 0, "\(piped)")
  }

  @Test("Standard input that gives nothing ends at the deadline, undecided")
  func silentInput() async throws {
    // The pipe is open for writing as long as the shell holds descriptor 3, and nobody writes to it.
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      "mkfifo p; exec 3<>p; $P check --facts - --rules \(BuiltProgram.root)/rules.yaml --offline --timeout 200ms <&3",
      in: folder.path)
    #expect(run.code == 75, "\(run)")
  }
}
