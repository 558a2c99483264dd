import Testing

/// Returns the facts of a card with which everything is allowed on 2026-03-15, with some facts replaced.
private func facts(_ others: String) -> String {
  let usual = [
    "card.present": "true", "card.kind": "\"cps\"", "card.contactless": "false",
    "card.generation": "\"cps3\"",
    "card.issuedOn": "\"2025-09-10\"", "card.expiresOn": "\"2028-09-30\"", "card.pin": "\"ok\"",
    "billing.dam": "true", "cryptolib.version": "\"5.2.4\"",
    "billing.situations": "[{\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": true}]",
  ]
  let kept = usual.filter { !others.contains("\"\($0.key)\"") }.map { "\"\($0.key)\": \($0.value)" }.sorted()
  return "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\((kept + [others]).joined(separator: ", "))}}"
}

private func check(
  _ others: String, rules: String = "version: 1\nextends: default\n", _ options: String...
) async throws -> BuiltProgram.Run {
  let folder = try Folder(["rules.yaml": rules, "card.json": facts(others)])
  return try await BuiltProgram.run(
    [
      "check", "--rules", "\(folder.path)/rules.yaml", "--facts", "\(folder.path)/card.json", "--offline",
      "--on", "2026-03-15", "--lang", "en",
    ] + options)
}

@Suite("What to do depends on the case")
struct RemediesTests {
  private static let waived = """
    version: 1
    extends: default
    waivers: [{ rule: cryptolib-a-jour, reason: Later, until: 2026-04-01 }]

    """

  @Test(
    "A card without DAM is told from a Cryptolib that does not see it, by what the rules ask of the Cryptolib"
  )
  func dam() async throws {
    let adequate = try await check("\"billing.dam\": false, \"billing.situations\": []")
    #expect(adequate.code == 20)
    #expect(adequate.output.contains("call the CPAM"))
    #expect(!adequate.output.contains("Download") && !adequate.output.contains("too old"))
    let old = try await check(
      "\"billing.dam\": false, \"billing.situations\": [], \"cryptolib.version\": \"5.2.1\"",
      rules: Self.waived)
    #expect(old.code == 20)
    #expect(old.output.contains("Cryptolib 5.2.1 is too old for the card: download version 5.2.2 or later"))
    let unknown = try await check(
      "\"billing.dam\": false, \"billing.situations\": []",
      rules: "version: 1\nextends: default\ndisable: [cryptolib-a-jour]\n", "--format", "json")
    #expect(unknown.output.contains("\"dam_in_doubt\""))
  }

  @Test("Who may sign FSE and not lots needs no new card")
  func healthCentre() async throws {
    let situation =
      "\"billing.situations\": [{\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": false}]"
    let run = try await check(situation, "--for", "teletransmission")
    #expect(run.code == 23)
    #expect(run.output.contains("with a card of its own"))
    #expect(!run.output.contains("new card"))
    let json = try await check(situation, "--for", "teletransmission", "--format", "json")
    #expect(json.output.contains("\"case\" : \"fse_only\"") || json.output.contains("\"case\": \"fse_only\""))
  }

  @Test("What a rule asks for is what its title and its remedy say")
  func parameters() async throws {
    let rules = """
      version: 1
      extends: default
      override:
        cryptolib-a-jour: { with: { minimum: "5.2.6" } }
        fin-de-validite-proche: { with: { days_left: 90 } }

      """
    let old = try await check("\"card.present\": true", rules: rules)
    #expect(old.code == 40)
    #expect(old.output.contains("Download Cryptolib 5.2.6 or later") && !old.output.contains("5.2.2"))
    let soon = try await check(
      "\"card.expiresOn\": \"2026-06-01\", \"cryptolib.version\": \"5.2.6\"", rules: rules)
    #expect(soon.code == 0)
    #expect(soon.output.contains("More than 90 days of validity left") && !soon.output.contains("60 days"))
    #expect(soon.output.contains("by 2026-06-01, call"))
  }

  @Test("Identifiers stay masked in remedies and titles, and values are escaped in addresses")
  func personal() async throws {
    let rules = """
      version: 1
      stages:
        - id: s
          rules:
            - id: a
              check: billing.identifier
              with: { expected: "751612346" }
              title: "Number {expected}"
              remedies: { identifier_not_on_card: "Not {wanted}, not {expected}" }
              links: ["https://example.org/{wanted}/{expected}", "https://example.org/{situation}"]

      """
    let run = try await check("\"card.present\": true", rules: rules)
    #expect(run.code == 1)
    #expect(run.output.contains("Not •••61••••, not •••61••••"))
    #expect(run.output.contains("https://example.org/%E2%80%A2") && !run.output.contains("{situation}"))
    #expect(!run.output.contains("751612346"))
  }
}
