import Testing

@testable import cps_preflight

/// Returns a file with one rule that has these keys, and the text that follows.
private func rule(_ keys: String, then rest: String = "") -> String {
  "version: 1\nstages:\n  - id: s\n    rules:\n      - { \(keys) }\n\(rest)"
}

/// Spellings of rule files, each with whether the program accepts it.
private let spellings: [(text: String, isAccepted: Bool)] =
  ["12", "1.5", "true", "no", "2026-01-02", "\"12\"", "é", "e\u{301}te\u{301}", "-", "1e3", "a.b_c-d", "½"]
  .map {
    (rule("id: \($0), check: card.present"), true)
  }
  + ["~", "\"\"", "\" \"", "a/b", "[a]", String(repeating: "a", count: 65)].map {
    (rule("id: \($0), check: card.present"), false)
  }
  + ["12", "true", "1.5", "texte", "{ fr: 12 }", "{ fr: a, en: false }", "2026-01-02"].flatMap { text in
    ["title", "remedy"].map { (rule("id: a, check: card.present, \($0): \(text)"), true) }
  }
  + ["~", "\"\"", "{}", "[a]", "{ fr: ~ }", "{ de: a }"].flatMap { text in
    ["title", "remedy"].map { (rule("id: a, check: card.present, \($0): \(text)"), false) }
  }
  + ["3s", "\"3s\"", "500ms", "60m", "3600s", "3600000ms", "007s"].map {
    (rule("id: a, check: card.present, timeout: \($0)"), true)
  }
  + ["3", "0s", "61m", "3601s", "3600001ms", "3h", "~"].map {
    (rule("id: a, check: card.present, timeout: \($0)"), false)
  }
  + ["10", "59"].map { (rule("id: a, check: card.present, exit: \($0)"), true) }
  + ["9", "60", "\"10\"", "10.5", "~", "true"].map {
    (rule("id: a, check: card.present, exit: \($0)"), false)
  }
  + ["[]", "[b]"].map { ("version: 1\nextends: default\ndisable: \($0)\n", $0 == "[]") }
  .filter { $0.1 }
  + ["5.2.2", "\"5.2.2\"", "\"5\"", "\"5.10\"", "1.2.3.4.5.6"].map {
    (rule("id: a, check: cryptolib.version, with: { minimum: \($0) }"), true)
  }
  + ["5", "5.10", "\"1.2.3.4.5.6.7\"", "\"v5\"", "true", "\"1234567890\""].map {
    (rule("id: a, check: cryptolib.version, with: { minimum: \($0) }"), false)
  }
  + ["{ 2025-07-01: 5.2.2 }", "{ \"2025-07-01\": \"5\" }", "{}"].map {
    (rule("id: a, check: cryptolib.version, with: { minimum: 5.0.0, issued_from: \($0) }"), true)
  }
  + ["{ 2025-02-30: 5.2.2 }", "{ 1: 5.2.2 }", "[]"].map {
    (rule("id: a, check: cryptolib.version, with: { minimum: 5.0.0, issued_from: \($0) }"), false)
  }
  + ["true", "\"true\"", "false"].map {
    (rule("id: a, check: fact, with: { fact: card.test, equals: \($0) }"), true)
  }
  + ["cps", "\"cps\""].map { (rule("id: a, check: fact, with: { fact: card.kind, in: [\($0)] }"), true) }
  + ["12", "true"].map { (rule("id: a, check: fact, with: { fact: card.reader, matches: \($0) }"), true) }
  + ["~", "\"\"", "{}"].map {
    (rule("id: a, check: fact, with: { fact: card.reader, equals: \($0) }"), false)
  }
  + ["[]", "[https://a.fr]", "[\"http://a\"]"].map {
    (rule("id: a, check: card.present, links: \($0)"), true)
  }
  + ["[]"].map { (rule("id: a, check: card.present, needs: \($0), with: {}"), true) }
  + ["for: []", "for: signature", "needs: ~", "links: ~", "with: ~", "severity: ~"].map {
    (rule("id: a, check: card.present, \($0)"), false)
  }
  + ["2026-12-31", "\"2026-12-31\""].map {
    (rule("id: 12, check: card.present", then: "waivers: [{ rule: 12, reason: 1, until: \($0) }]\n"), true)
  }
  + ["2026-12-32", "2026-02-30", "31/12/2026", "20261231", "~"].map {
    (rule("id: a, check: card.present", then: "waivers: [{ rule: a, reason: b, until: \($0) }]\n"), false)
  }
  + [
    "messages: []", "messages: [{ text: 61444, rule: a }]", "messages: [{ text: [a, b], rule: a }]",
    "messages: [{ codes: [F004, 61444, \"F610-F63F\", \"0040\", -2146435061], cause: a, remedy: { fr: b, en: c } }]",
    "messages: [{ text: a, rule: a, links: [https://a.example], origin: remote, source: b }]", "waivers: []",
    "sources: []",
    "sources: [cryptolib: {}]", "sources: [cryptolib: { architecture: 64 }]",
    "sources: [cryptolib: { architecture: \"32\" }]",
    "plugins: [{ path: ./p, environment: [HOME, true] }]", "plugins: [./p, 12]", "stages: []",
  ].filter { !$0.hasPrefix("stages") }.map { (rule("id: a, check: card.present", then: "\($0)\n"), true) }
  + [
    "messages: ~", "waivers: ~", "sources: ~", "sources: [cryptolib: ~]",
    "sources: [cryptolib: { architecture: 16 }]", "plugins: [~]",
    "messages: [{ rule: a }]", "messages: [{ text: a }]", "messages: [{ text: a, cause: b }]",
    "messages: [{ text: a, rule: a, cause: b, remedy: c }]", "messages: [{ text: a, rule: a, origin: moon }]",
    "messages: [{ codes: [], rule: a }]", "messages: [{ codes: [\"G004\"], rule: a }]",
    "messages: [{ text: [], rule: a }]",
    "messages: [{ text: a, rule: a, links: [b] }]",
    "plugins: [{ path: ./p, environment: [12] }]", "foo: 1", "extends: 1", "include: a",
  ].map { (rule("id: a, check: card.present", then: "\($0)\n"), false) }
  + [
    "override: {}", "override: { dam-present: {} }", "override: { dam-present: { title: 12, needs: [] } }",
    "stages: []",
  ]
  .map { ("version: 1\nextends: default\n\($0)\n", true) }
  + [
    "override: ~", "override: []", "override: { dam-present: ~ }", "stages: ~", "disable: ~",
    "version: \"1\"",
  ]
  .map { ("extends: default\n\($0)\n" + ($0.hasPrefix("version") ? "" : "version: 1\n"), false) }

/// Declarations and comparisons of a rule file's own facts, each with whether the program accepts it.
private let ownFacts: [(text: String, isAccepted: Bool)] =
  ["{}", "{ lot/a: { type: date } }", "{ a-1/B.c_d-2: { type: map, personal: true, title: 12 } }"].map {
    (rule("id: a, check: card.present", then: "facts: \($0)\n"), true)
  }
  + [
    "~", "[]", "{ lot/a: date }", "{ lot/a: {} }", "{ lot/a: { type: text } }", "{ a: { type: date } }",
    "{ lot/a: { type: date, personal: 1 } }", "{ Lot/a: { type: date } }",
    "{ lot/a: { type: date, secret: true } }",
  ].map { (rule("id: a, check: card.present", then: "facts: \($0)\n"), false) }
  + ["equals: { fact: card.atr }", "equals: 12"].map {
    (rule("id: a, check: fact, with: { fact: card.reader, \($0) }"), true)
  }
  + [
    "equals: { fact: [card.atr] }", "equals: { fact: ~ }", "equals: { facts: a }", "in: [{ fact: card.atr }]",
  ].map {
    (rule("id: a, check: fact, with: { fact: card.reader, \($0) }"), false)
  }
  + ["before: { fact: today }", "not_older_than: 8d", "not_older_than: 48h"].map {
    (rule("id: a, check: fact, with: { fact: card.issuedOn, \($0) }"), true)
  }
  + ["not_older_than: 8", "not_older_than: { fact: today }"].map {
    (rule("id: a, check: fact, with: { fact: card.issuedOn, \($0) }"), false)
  }
  + ["{ fact: card.number }", "\"692612344\""].map {
    (rule("id: a, check: billing.identifier, with: { expected: \($0) }"), true)
  }
  + ["{}", "[]"].map { (rule("id: a, check: billing.identifier, with: { expected: \($0) }"), false) }

@Suite("The program and the JSON Schema take the same rule files, as far as a schema can tell")
struct AcceptedRulesTests {
  @Test("What the program takes, the schema takes; what it refuses for its form, the schema refuses")
  func same() async throws {
    let spellings = spellings + ownFacts
    let schema = try await BuiltProgram.run(["rules", "schema"]).output
    var files = ["schema.json": schema]
    for (index, spelling) in spellings.enumerated() { files["r\(1000 + index).yaml"] = spelling.text }
    let folder = try Folder(files)
    let report = try await JSONSchemaChecker.run(
      ["--output-format", "json", "--schemafile", "schema.json"]
        + files.keys.filter { $0 != "schema.json" }.sorted(), in: folder.path)
    for (index, spelling) in spellings.enumerated() {
      let rules = try await LoadedRules.read("\(folder.path)/r\(1000 + index).yaml", .warns)
      let isTaken = (try? rules.ruleSet()) != nil
      #expect(isTaken == spelling.isAccepted, "the program: \(spelling.text)")
      let isRefused = report.output.contains("r\(1000 + index).yaml")
      #expect(isRefused != spelling.isAccepted, "the schema: \(spelling.text)")
    }
  }
}
