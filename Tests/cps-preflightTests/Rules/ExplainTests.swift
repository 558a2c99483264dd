import Testing

private func explain(_ subject: String..., rules: String = "rules.yaml", language: String = "en") async throws
  -> BuiltProgram.Run
{
  try await BuiltProgram.run(["explain", "--rules", rules, "--lang", language] + subject)
}

@Suite("explain says what something means and what to do")
struct ExplainTests {
  @Test(
    "The message of the reader software leads to the Cryptolib remedy, however it was copied",
    arguments: [
      "Carte du Professionnel de Santé est non valide ou inexploitable par le Logiciel Lecteur. La CPS n'a pas de DAM (Domaine d'Assurance Maladie)",
      "CARTE DU PROFESSIONNEL DE SANTE EST NON VALIDE OU INEXPLOITABLE PAR LE LOGICIEL LECTEUR. LA CPS N’A PAS DE DAM",
      "Erreur : Carte du Professionnel\nde Santé est non valide ou\ninexploitable par le Logiciel Lecteur.\r\n\tLa CPS n'a pas de DAM (Domaine d'Assurance Maladie)",
      "[12:31:07] FSV code 0x1234 – carte du professionnel de sante (CPS) est non valide, ou inexploitable, par le logiciel lecteur ! la cps n a pas de dam domaine d assurance maladie. Contactez votre éditeur.",
      "La CPS n'a pas de DAM", "« … La CPS n'a pas de DAM … »",
      "la CPS n'a pas de DAM (Domaine d’Assurance Maladie)",
      "Carte du Profesionnel de Sante\u{301} est non valide ou inexploitable par le Logiciel Lecteur",
    ])
  func message(words: String) async throws {
    let run = try await explain(words)
    #expect(run.code == 0)
    #expect(run.output.contains("[dam-present]"))
    #expect(run.output.contains("download version {needed} or later"))
    #expect(
      run.output.contains("Download Cryptolib {needed} or later, install it, then restart the computer"))
    #expect(run.output.contains("{ 2025-07-01: \"5.2.2\" }"), "which version that is")
    #expect(
      run.output.contains("https://github.com/ansforge/dops-cryptolib"))
  }

  @Test(
    "What is not that message is not taken for it",
    arguments: [
      "La carte du patient est non valide", "imprimante hors ligne", "la", "…", "Logiciel Lecteur",
    ])
  func otherWords(words: String) async throws {
    let run = try await explain(words)
    #expect(run.code == 66)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("messages"))
  }

  @Test("Several arguments are one message, and - is standard input")
  func arguments() async throws {
    #expect(try await explain("La", "CPS", "n'a", "pas", "de", "DAM").output.contains("[dam-present]"))
    let piped = try await BuiltProgram.run(
      ["explain", "-", "--lang", "en"], input: "La CPS n'a\npas de DAM\n")
    #expect(piped.output.contains("[dam-present]"))
  }

  @Test(
    "A rule, a code, a check, a fact",
    arguments: [
      (
        "code-porteur-utilisable",
        ["Code porteur usable", "Exit code: 31", "Check: card.pin", "rules.yaml:", "What to do: "]
      ),
      ("31", ["code-porteur-utilisable"]), ("75", ["The batch should: retry"]),
      ("0", ["every blocking rule passed"]),
      ("card.validity", ["days_left", "[carte-en-cours-de-validite]", "[fin-de-validite-proche]"]),
      ("card.issuedOn", ["date of issue", "cryptolib-a-jour"]),
      ("card.category", ["TRE_G01", "carte-de-test"]),
      ("card.test", ["undecided, pass", "test_card", "[carte-de-test]", "F026"]),
      (
        "Une carte CPS de TEST ne doit pas être utilisée en environnement réel",
        ["[carte-de-test]", "F026"]
      ),
    ])
  func subjects(subject: String, words: [String]) async throws {
    let run = try await explain(subject)
    #expect(run.code == 0)
    for words in words { #expect(run.output.contains(words), "\(run.output)") }
  }

  @Test("What is not known is an error, with the name that was probably meant")
  func unknown() async throws {
    let run = try await explain("code-porteur-utilisble")
    #expect(run.code == 66)
    #expect(run.errors.contains("code-porteur-utilisable"))
    #expect(try await explain("47").code == 66)
  }

  @Test("Integrators teach it messages of their own")
  func ownMessages() async throws {
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      extends: default
      messages:
        - { text: Lecteur bifente non détecté sur le port USB, rule: carte-presente }
        - text: [Serveur de factures injoignable, Timeout vers ERP]
          codes: [70001, "E901-E903"]
          cause: { fr: Le serveur ne répond pas., en: The server does not answer. }
          remedy: { fr: Attendre., en: Wait. }
          links: [https://erp.example/aide]
          origin: remote
          source: { fr: "manuel de 2024", en: "manual of 2024" }

      """
    ])
    let run = try await explain(
      "ERREUR 12: lecteur bifente NON DETECTE sur port usb", rules: "\(folder.path)/rules.yaml")
    #expect(run.code == 0)
    #expect(run.output.contains("[carte-presente]"))
    for subject in ["timeout vers erp", "70001", "erreur E902"] {
      let told = try await explain(subject, rules: "\(folder.path)/rules.yaml").output
      for words in [
        "The server does not answer", "Wait.", "change nothing here", "manual of 2024", "erp.example",
      ] {
        #expect(told.contains(words), "\(told)")
      }
    }
    #expect(
      try await explain("La CPS n'a pas de DAM", rules: "\(folder.path)/rules.yaml").output.contains(
        "[dam-present]"))
  }
}
