import Testing

/// A fact, its JSON (`nil`: left out), the use, and the code that `check` must exit with.
private struct Case: CustomTestStringConvertible, Sendable {
  let fact: String
  let json: String?
  let use: String?
  let code: Int32

  init(_ fact: String, _ json: String?, for use: String? = nil, _ code: Int32) {
    (self.fact, self.json, self.use, self.code) = (fact, json, use, code)
  }

  var testDescription: String { "\(fact) = \(json ?? "–") for \(use ?? "all"): \(code)" }
}

private func situation(_ fields: String) -> String { "[{\(fields)}]" }

@Suite("Every exit code is reached")
struct ExitCodeTests {
  @Test(
    "The first blocking rule that does not pass decides",
    arguments: [
      Case("card.test", "false", 0),
      Case("cryptolib.version", "\"5.2.1\"", 40),
      Case("cryptolib.version", "\"4.9.9\"", 40),
      Case("cryptolib.version", "\"5.10\"", 0),
      Case("card.kind", "\"vitale\"", 11),
      Case("card.kind", "\"cpf\"", 11),
      Case("card.kind", "\"cpe\"", 0),
      Case("card.contactless", "true", 11),
      Case("card.expiresOn", "\"2026-03-14\"", 30),
      Case("card.expiresOn", "\"2026-03-15\"", 0),
      Case("card.pin", "\"blocked\"", 31),
      Case("card.pin", "\"final\"", 31),
      Case("billing.situations", situation("\"signFSE\": true, \"signLots\": true"), 21),
      Case(
        "billing.situations",
        situation("\"identifier\": \"0000000000\", \"signFSE\": true, \"signLots\": true"), 21),
      Case(
        "billing.situations",
        situation("\"identifier\": \"692612344\", \"signFSE\": false, \"signLots\": true"), 22),
      Case(
        "billing.situations",
        situation("\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": false"), 23),
      Case(
        "billing.situations",
        situation("\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": false"),
        for: "signature", 0),
      Case("billing.situations", situation("\"identifier\": \"\""), for: "adri", 0),
      Case("cryptolib.version", nil, 75),
      Case("card.present", nil, 75),
      Case("card.pin", nil, 75),
      Case("card.issuedOn", nil, 75),
      Case("billing.situations", nil, 75),
    ])
  private func verdicts(_ one: Case) async throws {
    let sample = Sample().with(one.fact, one.json)
    let run =
      if let use = one.use { try await sample.check("--for", use) } else { try await sample.check() }
    #expect(run.code == one.code, "\(run.output)\(run.errors)")
    #expect(run.errors == "")
  }

  @Test("Without a card: 10; without a DAM: 20")
  func absentCard() async throws {
    var absent = Sample()
    for fact in ["kind", "generation", "contactless", "issuedOn", "expiresOn", "pin", "number"] {
      absent = absent.with("card.\(fact)", nil)
    }
    absent = absent.with("holder.name", nil).with("billing.dam", nil).with("billing.situations", nil)
      .with("card.present", "false")
    #expect(try await absent.check().code == 10)
    let withoutDAM = Sample().with("billing.dam", "false").with("billing.situations", "[]")
    #expect(try await withoutDAM.check().code == 20)
  }

  @Test("A rule without a code of its own: 1")
  func ruleWithoutCode() async throws {
    let folder = try Folder([
      "rules.yaml":
        "version: 1\nstages: [{ id: s, rules: [{ id: a, check: fact, with: { fact: card.test, equals: true } }] }]"
    ])
    #expect(try await Sample().with("card.test", "false").check(rules: "\(folder.path)/rules.yaml").code == 1)
  }

  @Test(
    "A wrong command line: 64",
    arguments: [
      [], ["rules"], ["nonsense"], ["check", "--no-such-option"], ["check", "--on", "31/12/2026"],
      ["check", "--for", "x"],
      ["check", "--am", "12x"], ["check", "--am", "1", "--situation", "1"], ["check", "--situation", "0"],
      ["check", "--timeout", "soon"], ["check", "--facts", "-", "--report", "-"],
      ["check", "--format", "xml"],
      ["facts", "extra"], ["rules", "nonsense"],
    ])
  func usage(arguments: [String]) async throws {
    let run = try await BuiltProgram.run(arguments, environment: ["LANG": "en_GB.UTF-8"])
    #expect(run.code == 64, "\(run)")
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("Error:") || run.errors.hasPrefix("cps-preflight: error:"), "\(run)")
  }

  @Test("A needed service that is absent: 69")
  func absentService() async throws {
    // An empty folder in place of the workstation: no Cryptolib in it.
    let folder = try Folder()
    try folder.write(
      "version: 1\nsources: [cryptolib: { root: \(folder.path) }]\n"
        + "stages: [{ id: s, rules: [{ id: a, check: cryptolib.version, with: { minimum: \"5.0\" } }] }]",
      to: "rules.yaml")
    let run = try await BuiltProgram.run(["check", "--rules", "\(folder.path)/rules.yaml"])
    #expect(run.code == 69, "\(run)")
  }

  @Test("A report that cannot be written: 74")
  func unwritable() async throws {
    let check = "$P check --facts docs/samples/card.json --offline --on 2026-03-15"
    for line in [
      "\(check) > /dev/full", "\(check) --format json > /dev/full", "\(check) >&-",
      "\(check) --output /nowhere/verdict.json", "\(check) --output /dev/full", "$P --help > /dev/full",
      "$P --version > /dev/full", "$P exit-codes > /dev/full", "$P rules list > /dev/full",
      "$P rules lint > /dev/full", "$P facts --offline > /dev/full",
      // A pipe that nobody reads, and a link to itself.
      "d=$(mktemp -d); mkfifo $d/p; \(check) --output $d/p; code=$?; rm -r $d; exit $code",
      "d=$(mktemp -d); ln -s l $d/l; \(check) --output $d/l; code=$?; rm -r $d; exit $code",
      // A file that no longer has a name.
      "d=$(mktemp -d); exec 3>$d/f; rm $d/f; \(check) --output /dev/fd/3 && exit; code=$?; rmdir $d && exit $code",
      // No file opened meanwhile takes the place of a closed descriptor.
      "\(check) >&- <&- 2>&-", "$P evaluate >&- <docs/samples/fleet.ndjson",
    ] {
      let run = try await BuiltProgram.shell(line)
      #expect(run.code == 74, "\(line): \(run)")
    }
  }

  @Test("A rule file that is invalid, or in which nothing is judged: 78")
  func invalidRules() async throws {
    let folder = try Folder([
      "empty.yaml": "", "broken.yaml": "version: [", "none.yaml": "version: 1\nstages: []",
      "warnings.yaml":
        "version: 1\nstages: [{ id: s, rules: [{ id: a, check: card.present, severity: warning }] }]",
      "adri.yaml": "version: 1\nstages: [{ id: s, rules: [{ id: a, check: card.present, for: [adri] }] }]",
      "skipped.yaml": """
      version: 1
      stages:
        - id: s
          rules:
            - { id: a, check: fact, with: { fact: card.test, equals: true }, severity: warning }
            - { id: b, check: card.present, needs: [a] }
      """,
    ])
    for name in ["empty", "broken", "none", "warnings", "adri", "skipped"] {
      let run = try await Sample().with("card.test", "false").check(
        "--for", "teletransmission", rules: "\(folder.path)/\(name).yaml")
      #expect(run.code == 78, "\(name): \(run)")
    }
  }
}
