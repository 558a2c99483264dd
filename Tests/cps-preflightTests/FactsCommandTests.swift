import Testing

@Suite("What `facts`, `rules` and `exit-codes` say")
struct FactsCommandTests {
  @Test("Facts written as JSON can be judged again")
  func roundTrip() async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      """
      $P facts --facts docs/samples/card.json --offline --format json --reveal > \(folder.path)/f.json &&
      $P check --facts \(folder.path)/f.json --offline --on 2026-03-15
      """)
    #expect(run.code == 0, "\(run)")
  }

  @Test("Each fact says where it came from")
  func sources() async throws {
    let run = try await BuiltProgram.run(
      ["facts", "--facts", "docs/samples/card.json", "--offline", "--lang", "en", "--on", "2026-03-15"])
    #expect(run.code == 0)
    #expect(run.output.contains("card.kind = cps (docs/samples/card.json)\n"))
    #expect(run.output.contains("today = 2026-03-15 (--on)\n"))
    #expect(run.output.contains("cryptolib.library ? "))
  }

  @Test(
    "The installed Cryptolib is found in a real folder, in either format, and so is an older one beside it")
  func cryptolib() async throws {
    let folder = try Folder([
      "root/var/opt/santesocial/commun/adm/155.adm": "050202\nINSTALLEUR_CRYPTOLIB_CPS_64B",
      "root/usr/local/sesam/etc/adm/154.adm": "050001\n",
    ])
    try folder.write(
      "version: 1\nsources: [cryptolib: { root: \(folder.path)/root }]\nstages:\n  - id: s\n    rules:\n"
        + "      - { id: a, check: cryptolib.version, with: { minimum: \"5.2\" } }\n",
      to: "rules.yaml")
    let run = try await BuiltProgram.run(["facts", "--rules", "\(folder.path)/rules.yaml", "--lang", "en"])
    #expect(run.output.contains("cryptolib.version = 5.2.2 (cryptolib)"), "\(run)")
    #expect(run.output.contains("5.0.1"), "says that there are several")
    #expect(run.output.contains("/154.adm: 5.0.1 (32-bit) (cryptolib)"), "\(run)")
    // The older one is not recent enough, and may be the one in use.
    let check = try await BuiltProgram.run(["check", "--rules", "\(folder.path)/rules.yaml"])
    #expect(check.code == 75, "\(check)")
  }

  @Test("A Cryptolib that is a Debian package is found in a real package database")
  func debianPackage() async throws {
    let folder = try Folder([
      "root/var/lib/dpkg/info/cryptolibcps.list": "/.\n",
      "root/var/lib/dpkg/status": """
      Package: cryptolibcps
      Status: install ok installed
      Maintainer: Essai <essai@example.org>
      Architecture: all
      Version: 1:5.2.4-1
      Description: essai

      """,
    ])
    try folder.write(
      "version: 1\nsources: [cryptolib: { root: \(folder.path)/root }]\nstages:\n  - id: s\n    rules:\n"
        + "      - { id: a, check: cryptolib.version, with: { minimum: \"5.2\" } }\n",
      to: "rules.yaml")
    let run = try await BuiltProgram.run(["facts", "--rules", "\(folder.path)/rules.yaml", "--lang", "en"])
    #expect(run.output.contains("cryptolib.version = 5.2.4 (cryptolib)\n"), "\(run)")
  }

  @Test("The report of the Gestionnaire takes the card's place, and lacks only the dates")
  func report() async throws {
    let report = """
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
    let rest = """
      {"schema": "cps-preflight/facts/1",
       "facts": {"card.issuedOn": "2025-09-10", "card.expiresOn": "2028-09-30", "cryptolib.version": "5.2.4"}}
      """
    let folder = try Folder(["CPS-INFO.TXT": report, "rest.json": rest])
    let file = "\(folder.path)/CPS-INFO.TXT"
    let version = try folder.write(
      rest.replacing("\"card.issuedOn\": \"2025-09-10\", \"card.expiresOn\": \"2028-09-30\", ", with: ""),
      to: "version.json")
    let alone = try await BuiltProgram.run([
      "check", "--report", file, "--facts", version, "--offline", "--on", Sample.day,
    ])
    #expect(alone.code == 75, "\(alone)")
    let together = try await BuiltProgram.run(
      ["check", "--report", file, "--facts", "\(folder.path)/rest.json", "--offline", "--on", Sample.day])
    #expect(together.code == 0, "\(together)")
  }

  @Test("The shipped rules are sound, and listed in both languages")
  func rules() async throws {
    let lint = try await BuiltProgram.run(["rules", "lint", "--lang", "en"])
    #expect(lint.code == 0 && lint.output == "rules.yaml: 11 rules, no errors\n", "\(lint)")
    let french = try await BuiltProgram.run(["rules", "list", "--lang", "fr"])
    #expect(
      french.output.contains(
        "  40  cryptolib-a-jour  cryptolib.version  bloquante  tous usages  Cryptolib adaptée à la carte\n"))
    let json = try await BuiltProgram.run(["rules", "list", "--format", "json", "--lang", "en"])
    #expect(json.output.contains("\"id\" : \"signature-des-lots\""))
  }

  @Test("Lint shows every error with its place")
  func lint() async throws {
    let folder = try Folder([
      "r.yaml": "version: 2\nstages:\n  - id: s\n    rules: [{ id: a, check: card.presnt }]\n"
    ])
    let run = try await BuiltProgram.run(["rules", "lint", "r.yaml", "--lang", "en"], in: folder.path)
    #expect(run.code == 78)
    #expect(run.errors.hasPrefix("r.yaml:1:10: error: version 2 is not known"))
    #expect(run.errors.contains("r.yaml:4:29: error: unknown check “card.presnt”"))
  }

  @Test("The exit codes, for people, programs and shells")
  func exitCodes() async throws {
    let text = try await BuiltProgram.run(["exit-codes", "--lang", "en"])
    #expect(text.output.contains("  0  every blocking rule passed → send\n"))
    #expect(
      text.output.contains(" 23  signature-des-lots: Allowed to sign lots → not send; show the remedy\n"))
    let french = try await BuiltProgram.run(["exit-codes", "--lang", "fr"])
    #expect(french.output.contains(" 10  carte-presente\u{A0}: Carte dans le lecteur → "), "\(french.output)")
    let shell = try await BuiltProgram.shell(
      "eval \"$($P exit-codes --format shell)\"; echo $CPS_PREFLIGHT_RULE_23_SIGNATURE_DES_LOTS $CPS_PREFLIGHT_UNDECIDED"
    )
    #expect(shell.output == "23 75\n", "\(shell)")
    #expect(try await BuiltProgram.run(["exit-codes", "--format", "json"]).output.contains("\"code\" : 69"))
  }

  @Test("The version, and the help with the table of exit codes")
  func help() async throws {
    #expect(try await BuiltProgram.run(["--version"]).output.hasPrefix("0."))
    let help = try await BuiltProgram.run(["--help", "--lang", "en"])
    #expect(help.code == 0 && help.output.contains("78    rules.yaml is invalid"), "\(help)")
  }
}

@Suite("A facts file and a report of different cards")
struct DifferentCardsTests {
  @Test("Nothing of either is believed, and both are named, though no rule asks for the number")
  func numbers() async throws {
    let folder = try Folder([
      "facts.json": Sample().json,
      "report.txt": "*** Identification de la carte :\nCarte de Professionnel de Santé (CPS) n° 2800009017\n",
    ])
    let run = try await BuiltProgram.run([
      "check", "--facts", "\(folder.path)/facts.json", "--report", "\(folder.path)/report.txt", "--offline",
      "--on", Sample.day, "--lang", "en",
    ])
    #expect(run.code == 75, "\(run.output)")
    #expect(run.output.contains("card.number: two sources disagree"))
    #expect(run.output.contains("facts.json says") && run.output.contains("report.txt says"))
  }
}
