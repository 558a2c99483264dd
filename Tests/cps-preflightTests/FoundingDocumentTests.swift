import Testing

/// The report that users are shown when they are told how to verify a card, masked as it is there.
private let sample = """
  *** Situations d'exercice et de facturation

  Facturation

  Identifiant : xxx26xxxxx

  Spécialité Assurance Maladie : Non définie

  - Etablissement ou Centre de Santé
  - Non définie

  Code Agrément : Non défini

  Autorisations de signature

  - **autorisé à signer les FSE**
  - **autorisé à signer les lots**

  """

private let stepsInTheGestionnaire = [
  "Gestionnaire de la carte CPS", "saisir CPS dans la recherche", "Services CPS", "Lecture situation",
  "code porteur à 4 chiffres", "valider",
]

@Suite("What users are told to do by hand is what the program tells them")
struct FoundingDocumentTests {
  private func check(_ arguments: String..., language: String = "fr") async throws -> BuiltProgram.Run {
    let folder = try Folder(["CPS-INFO.TXT": sample])
    return try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--report", "\(folder.path)/CPS-INFO.TXT", "--lang", language]
        + arguments)
  }

  @Test(
    "The masked report alone is undecided, and the one line that gives what it lacks is told",
    arguments: [["--offline"], []])
  func alone(arguments: [String]) async throws {
    let folder = try Folder(["CPS-INFO.TXT": sample])
    let run = try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--report", "\(folder.path)/CPS-INFO.TXT", "--lang", "fr"]
        + arguments)
    #expect(run.code == 75, "\(run)")
    let line =
      "    --with card.kind=cps/cpf/cpe/cpa/vitale/unknown --with card.issuedOn=AAAA-MM-JJ "
      + "--with card.expiresOn=AAAA-MM-JJ --with cryptolib.version=X.Y.Z\n"
    #expect(run.output.contains(line), "\(run.output)")
    #expect(run.output.contains("IDENTIFICATION DE LA CARTE"))
    // Neither the billing data nor the presence of a card are missing: the report has them.
    #expect(!run.output.contains("--with card.present") && !run.output.contains("--with billing"))
  }

  @Test("That line, copied as it is, is refused; filled in, it lets the lot go")
  func filledIn() async throws {
    let facts = ["card.kind", "card.issuedOn", "card.expiresOn", "cryptolib.version"]
    let values = ["cps", "2025-09-10", "2028-09-30", "5.2.4"]
    let copied = ["cps/cpf/cpe/cpa/vitale/unknown", "AAAA-MM-JJ", "AAAA-MM-JJ", "X.Y.Z"]
    for index in facts.indices {
      #expect(try await check("--with", "\(facts[index])=\(copied[index])").code == 64)
    }
    let given = zip(facts, values).map { "--with=\($0)=\($1)" }
    let whole = try await check(given[0], given[1], given[2], given[3], "--offline", "--on", Sample.day)
    #expect(whole.code == 0, "\(whole)")
    #expect(!whole.output.contains("Il manque"))
    // Each of them was needed, and is what remains to be told.
    for index in facts.indices {
      let others = given.indices.filter { $0 != index }.map { given[$0] }
      let run = try await check(others[0], others[1], others[2], "--offline", "--on", Sample.day)
      #expect(run.code == 75, "\(facts[index]): \(run)")
      let last = run.output.split(separator: "\n").first { $0.hasPrefix("    --with") } ?? ""
      #expect(
        last.hasPrefix("    --with \(facts[index])=") && last.split(separator: " ").count == 2, "\(last)")
    }
  }

  @Test("Where billing data are missing, the five steps in the Gestionnaire are told")
  func steps() async throws {
    let offline = try await BuiltProgram.run([
      "check", "--rules", "rules.yaml", "--offline", "--with", "card.kind=cps", "--lang", "fr",
    ])
    let missing = try await BuiltProgram.run([
      "check", "--report", "/nonexistent/CPS-INFO.TXT", "--lang", "fr",
    ])
    let other = try await BuiltProgram.run(["check", "--report", "README.md", "--lang", "fr"])
    #expect([offline.code, missing.code, other.code] == [75, 66, 65])
    let explained = try await BuiltProgram.run(["explain", "Gestionnaire", "--lang", "fr"])
    for run in [offline, missing, other, explained] {
      for step in stepsInTheGestionnaire {
        #expect((run.output + run.errors).contains(step), "\(step): \(run)")
      }
    }
  }

  @Test("A card in a reader is not completed by hand: nothing is said to be missing")
  func reader() async throws {
    let run = try await BuiltProgram.run(["check", "--rules", "rules.yaml", "--lang", "en"])
    #expect(!run.output.contains("Missing, for a decision"), "\(run.output)")
  }

  @Test(
    "Terms, telephone numbers and addresses, each in its place",
    arguments: [
      ("CPS", ["carte à puce", "identité", "qualifications", "ADRI", "numéro AM", "autorisations"]),
      ("CPE", ["carte à puce", "facture", "télétransmet", "pour le compte du professionnel de santé"]),
      (
        "ANS",
        ["esante.gouv.fr", "0 806 800 213 pour les commandes", "0 809 40 00 82 pour une carte périmée"]
      ),
      ("Ma carte", ["portail-macarte", "0 806 800 213", "code de déblocage"]),
      ("lecture situation", ["Services CPS", "CPS-INFO.TXT"]),
      ("date de délivrance", ["IDENTIFICATION DE LA CARTE"]),
      ("code porteur", ["portail", "Ma carte"]),
      ("carte-en-cours-de-validite", ["0 809 40 00 82"]), ("code-porteur-utilisable", ["0 806 800 213"]),
      ("dam-present", ["0 806 800 213", "portail-macarte", "redémarrer l’ordinateur"]),
      ("cryptolib-a-jour", ["RPM", "redémarrer l’ordinateur", "https://github.com/ansforge/dops-cryptolib"]),
      (
        "La CPS n'a pas de DAM (Domaine d'Assurance Maladie)",
        ["5.2.2", "redémarrer l’ordinateur", "dops-cryptolib"]
      ),
    ])
  func places(subject: String, words: [String]) async throws {
    let run = try await BuiltProgram.run(["explain", subject, "--lang", "fr"])
    #expect(run.code == 0)
    let plain = run.output.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    for word in words { #expect(plain.contains(word), "\(word): \(plain)") }
    #expect(!plain.contains("cryptolib-cps-windows"), "the page for Windows is of no use on Linux")
  }
}
