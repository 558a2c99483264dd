import Preflight
import RuleDesk
import RuleStage
import Testing

@testable import RuleFile

/// Rule files in memory.
private struct Files: RuleFileAccess {
  let files: [String: String]
  /// Other names of files, each with the name of the file that has the text.
  var links: [String: String] = [:]

  /// The identity of the file, as links may give it several names.
  func identity(of path: String) -> String {
    let name = RelativePath.normalized(path)
    return links[name] ?? name
  }

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard let text = files[identity(of: path)] else { throw .missing }
    return Array(text.utf8)
  }

  func shippedRules() throws(FileFault) -> ReadFile {
    ReadFile(name: "default", bytes: try contents(of: "default"))
  }
}

private let shipped = """
  version: 1
  stages:
    - id: poste
      title: { fr: Poste, en: Workstation }
      rules:
        - { id: cryptolib, check: cryptolib.version, with: { minimum: 5.0.0, cps4: 5.2.0 }, exit: 40 }
    - id: carte
      rules:
        - { id: present, check: card.present, exit: 10 }
        - { id: valid, check: card.validity, exit: 30, needs: [present] }
  messages:
    - { text: pas de carte dans le lecteur, rule: present }

  """

private func read(_ text: String, _ others: [String: String] = [:]) -> RuleFile {
  RuleFile(
    Array(text.utf8), name: "dir/rules.yaml", registry: .forTests,
    access: Files(files: others.merging(["default": shipped]) { $1 }))
}

/// The diagnostics as `file:line:column id`.
private func diagnostics(_ text: String, _ others: [String: String] = [:]) -> [String] {
  read(text, others).diagnostics.map {
    "\($0.file):\($0.span.start.line):\($0.span.start.column) \($0.id.rawValue)"
  }
}

private let extending = "version: 1\nextends: default\n"

@Suite("A rule file builds on others")
struct CompositionTests {
  @Test("It extends the shipped rules, and adds its own to their stages or after them")
  func extends() throws {
    let rules = try #require(
      read(
        extending + """
          stages:
            - { id: carte, rules: [{ id: mine, check: card.present, for: [adri] }] }
            - { id: new, rules: [{ id: last, check: card.validity, with: { days_left: 9 } }] }
          """
      ).ruleSet)
    #expect(rules.stages.map(\.id) == ["poste", "carte", "new"])
    #expect(rules.rules.map(\.id) == ["cryptolib", "present", "valid", "mine", "last"])
    #expect(rules.messages.map(\.rule) == ["present"])
  }

  @Test("It changes a rule by its id: key by key, and parameter by parameter while the check stays")
  func overrides() throws {
    let rules = try #require(
      read(
        extending + """
          override:
            cryptolib: { with: { minimum: 5.2.2 }, exit: 41 }
            valid: { check: card.present, needs: [], severity: warning }
          """
      ).ruleSet)
    let cryptolib = try #require(rules.rules.first { $0.id == "cryptolib" })
    #expect(cryptolib.parameters.version("minimum") == Version(5, 2, 2))
    #expect(cryptolib.parameters.version("cps4") == Version(5, 2, 0))
    #expect(cryptolib.exit?.rawValue == 41)
    let valid = try #require(rules.rules.first { $0.id == "valid" })
    #expect(valid.checkID == "card.present")
    #expect(valid.severity == .warning)
    #expect(valid.exit?.rawValue == 30)
  }

  @Test(
    "Who changes the years and says nothing of the CPS4 means every card",
    arguments: [
      ("{ years: 2 }", 2, nil), ("{ years: 2, years_cps4: 5 }", 2, 5), ("{ years_cps4: 5 }", 3, 5),
      ("{ days_left: 9 }", 3, 6), ("{ years: null }", nil, 6), ("{ years: 2, years_cps4: null }", 2, nil),
    ] as [(String, Int?, Int?)])
  func years(change: String, years: Int?, cps4: Int?) throws {
    let rules = """
      version: 1
      stages: [{ id: s, rules: [{ id: valid, check: card.validity, with: { years: 3, years_cps4: 6 }, exit: 30 }] }]
      """
    let file = read(
      "version: 1\ninclude: [a.yaml]\noverride: { valid: { with: \(change) } }\n", ["dir/a.yaml": rules])
    let parameters = try #require(file.ruleSet?.rules.first, "\(file.diagnostics)").parameters
    #expect(parameters.integer("years") == years)
    #expect(parameters.integer("years_cps4") == cps4)
    let isGone = years == nil || cps4 == nil
    #expect(file.warnings(on: nil).map(\.id) == (isGone ? [.droppedEntry] : []))
  }

  private static let withMap = """
    version: 1
    stages:
      - id: s
        rules:
          - id: cryptolib
            check: cryptolib.version
            with: { minimum: 5.0.0, issued_from: { 2025-07-01: 5.2.2 }, cps4: 5.2.0 }
            remedies: { cryptolib_missing: { fr: Un, en: One }, cryptolib_too_old: Two }

    """

  private func overriding(_ change: String) -> RuleFile {
    read("version: 1\ninclude: [a.yaml]\noverride:\n  cryptolib: \(change)\n", ["dir/a.yaml": Self.withMap])
  }

  @Test(
    "A parameter that is a map is changed entry by entry, and null takes one away",
    arguments: [
      ("{ 2027-01-01: 5.3.0 }", ["2025-07-01: 5.2.2", "2027-01-01: 5.3.0"]),
      ("{ 2024-01-01: 5.1.0 }", ["2024-01-01: 5.1.0", "2025-07-01: 5.2.2"]),
      ("{ 2025-07-01: 5.2.4 }", ["2025-07-01: 5.2.4"]),
      ("{ 2025-07-01: null, 2027-01-01: 5.3.0 }", ["2027-01-01: 5.3.0"]),
      ("{ 2025-07-01: ~ }", []), ("{}", ["2025-07-01: 5.2.2"]),
    ])
  func maps(change: String, entries: [String]) throws {
    let file = overriding("{ with: { issued_from: \(change) } }")
    let rule = try #require(file.ruleSet?.rules.first, "\(file.diagnostics)")
    guard case .map(let found)? = rule.parameters["issued_from"] else {
      Issue.record("no map")
      return
    }
    #expect(found.map { "\($0.key.plain.words): \($0.value.plain.words)" } == entries)
    #expect(rule.parameters.version("cps4") == Version(5, 2, 0))
    #expect(
      file.warnings(on: nil).map(\.id)
        == (change.contains("l,") || change.contains("~") ? [.droppedEntry] : []))
  }

  @Test("A whole parameter is taken away by null; nothing can be taken away that is not there")
  func taken() throws {
    let file = overriding("{ with: { cps4: null } }")
    #expect(try #require(file.ruleSet?.rules.first).parameters.version("cps4") == nil)
    #expect(file.warnings(on: nil).map(\.id) == [.droppedEntry])
    #expect(overriding("{ with: { minimum: null } }").diagnostics.map(\.id) == [.missingKey])
    #expect(
      overriding("{ with: { issued_from: { 2025-07-02: null } } }").diagnostics.map(\.id) == [.unknownKey])
    #expect(overriding("{ remedies: { need_unknown: null } }").diagnostics.map(\.id) == [.unknownKey])
  }

  @Test(
    "Remedies are changed case by case, a text by language as a whole; a remedy for all takes their place")
  func remedies() throws {
    func remedies(_ change: String) throws -> [String: String] {
      try #require(overriding(change).ruleSet?.rules.first).advice.remedies(in: .french)
    }
    #expect(
      try remedies("{ remedies: { cryptolib_missing: { en: Three } } }") == [
        "cryptolib_missing": "Three", "cryptolib_too_old": "Two",
      ])
    #expect(try remedies("{ remedies: { cryptolib_missing: null } }") == ["cryptolib_too_old": "Two"])
    #expect(try remedies("{ remedy: All }").isEmpty)
    #expect(overriding("{ remedy: All }").warnings(on: nil).map(\.id) == [.droppedEntry])
    #expect(try remedies("{ remedy: All, remedies: { version_unknown: X } }").count == 3)
    #expect(try remedies("{ check: card.present, with: {} }").isEmpty)
  }

  @Test("What all comes to tells of each entry of a map where it is from")
  func origins() {
    let lines = overriding("{ with: { issued_from: { 2027-01-01: 5.3.0 } } }").effectiveYAML.split(
      separator: "\n")
    #expect(lines.contains { $0.contains("2025-07-01") && $0.hasSuffix("# dir/a.yaml:7") })
    #expect(lines.contains { $0.contains("2027-01-01") && $0.hasSuffix("# dir/rules.yaml:4") })
  }

  @Test("It drops rules, and what the shipped file says of them")
  func disables() throws {
    let rules = try #require(read(extending + "disable: [present, valid]\n").ruleSet)
    #expect(rules.rules.map(\.id) == ["cryptolib"])
    #expect(rules.messages.isEmpty)
  }

  @Test("It includes other files, relative to itself, each once")
  func includes() throws {
    let one = "version: 1\nstages: [{ id: s, rules: [{ id: one, check: card.present }] }]\n"
    let rules = try #require(
      read(
        "version: 1\ninclude: [sub/a.yaml, b.yaml]\n",
        [
          "dir/sub/a.yaml": "version: 1\ninclude: [../c.yaml]\n",
          "dir/b.yaml": "version: 1\ninclude: [c.yaml]\n", "dir/c.yaml": one,
        ]
      ).ruleSet)
    #expect(rules.rules.map(\.id) == ["one"])
  }

  @Test("What is wrong is told in the file where it stands")
  func places() {
    let broken = "version: 1\nstages: [{ id: s, rules: [{ id: one, check: card.presnt }] }]\n"
    #expect(
      diagnostics("version: 1\ninclude: [b.yaml]\n", ["dir/b.yaml": broken]) == [
        "dir/b.yaml:2:45 unknown-check"
      ])
    #expect(
      diagnostics(extending + "override: { valid: { exit: 99 } }\n") == [
        "dir/rules.yaml:3:28 exit-out-of-range"
      ])
  }

  @Test(
    "What cannot be built on is an error at its place",
    arguments: [
      ("include: [none.yaml]", "3:11 bad-include"), ("include: [/etc/passwd]", "3:11 bad-include"),
      ("include: found.yaml", "3:10 wrong-type"), ("include: [rules.yaml]", "3:11 include-cycle"),
      ("include: [circle.yaml]", "circle"),
      ("override: { nothing: { exit: 12 } }", "3:13 unknown-rule"),
      ("disable: [nothing]", "3:11 unknown-rule"),
      ("override: { valid: { exit: 31 } }\ndisable: [valid]", "4:11 disabled-override"),
      ("disable: [valid]\noverride: { valid: { with: { days_left: 9 } } }", "3:11 disabled-override"),
      ("stages: [{ id: poste, rules: ~ }]", "3:30 missing-value"),
      ("stages: [{ id: poste, rules: { id: x } }]", "3:30 wrong-type"),
      ("stages: [{ id: poste, title: Poste }]", "3:12 missing-key"),
      ("stages: [{ id: poste, rule: [] }]", "3:12 missing-key, 3:23 unknown-key"),
      ("override: { valid: { id: other } }", "3:22 unknown-key"),
      ("override: { valid: { exitt: 12 } }", "3:22 unknown-key"),
      ("override: { valid: 12 }", "3:20 wrong-type"), ("disable: [present]", "3:11 disabled-need"),
      ("stages: [{ id: s, rules: [{ id: present, check: card.present, exit: 11 }] }]", "3:33 duplicate-id"),
      ("stages: [{ id: s, rules: [{ id: mine, check: card.present, exit: 10 }] }]", "3:66 duplicate-exit"),
      (
        "stages: [{ id: s, rules: [{ id: mine, check: card.present }] }]\ndisable: [mine]",
        "4:11 unknown-rule"
      ),
      ("waivers: [{ rule: nothing, reason: r, until: 2026-01-01 }]", "3:19 unknown-rule"),
      ("waivers: [{ rule: valid, reason: r }]", "3:13 missing-key"),
      ("waivers: [{ rule: valid, reason: \"\u{200B}\", until: 2026-01-01 }]", "3:34 missing-value"),
      ("waivers: [{ rule: valid, reason: r, until: 2026-01-01, note: x }]", "3:56 unknown-key"),
      ("waivers: [{ rule: valid, reason: r, until: 2026-01-01, max_days: 0 }]", "3:66 wrong-type"),
      (
        "waivers: [{ rule: valid, reason: r, until: 2026-01-01 }, { rule: valid, reason: r, until: 2026-01-01 }]",
        "3:66 duplicate-id"
      ),
      ("messages: [{ text: x y, rule: nothing }]", "3:31 unknown-rule"),
      ("messages: [{ rule: present }]", "3:14 missing-key"),
      ("messages: [{ text: x y }]", "3:14 missing-key"),
      ("messages: [{ text: x y, cause: z }]", "3:14 missing-key"),
      ("messages: [{ text: x y, rule: present, cause: z }]", "3:40 unknown-key"),
      ("messages: [{ codes: [F00G], rule: present }]", "3:22 bad-code"),
      ("messages: [{ codes: [0010], rule: present }]", "3:22 bad-code"),
      ("messages: [{ codes: [\"F63F-F610\"], rule: present }]", "3:22 bad-code"),
      ("messages: [{ text: [], rule: present }]", "3:20 missing-value"),
      ("messages: [{ text: x y, rule: present, origin: moon }]", "3:48 unknown-value"),
      ("messages: [{ text: x y, rule: present, links: [here] }]", "3:48 bad-link"),
    ])
  func mistakes(line: String, expected: String) {
    let found = diagnostics(
      extending + line + "\n",
      [
        "dir/circle.yaml": "version: 1\ninclude: [rules.yaml]\n",
        "dir/found.yaml": "version: 1\ninclude: []\n",
      ])
    #expect(
      found
        == (expected == "circle"
          ? ["dir/circle.yaml:2:11 include-cycle"]
          : expected.split(separator: ", ").map { "dir/rules.yaml:\($0)" }.sorted()))
  }

  @Test(
    "A blocking rule that comes to need a warning is told where that was written",
    arguments: [
      // The needed rule becomes a warning, then the rule that needs it changes, then the need itself.
      ("override: { present: { severity: warning } }", "dir/rules.yaml:3:34"),
      ("override: { valid: { needs: [soon] } }\ninclude: [soon.yaml]", "dir/rules.yaml:3:30"),
      ("override: { later: { severity: blocking } }\ninclude: [soon.yaml]", "dir/rules.yaml:3:32"),
      ("include: [soft.yaml]", "dir/soft.yaml:2:34"),
      ("include: [deep/soft.yaml]", "dir/deep/soft.yaml:2:34"),
      (
        "stages: [{ id: s, rules: [{ id: mine, check: card.present, needs: [soon] }] }]\ninclude: [soon.yaml]",
        "dir/rules.yaml:3:68"
      ),
    ])
  func warningNeeds(lines: String, expected: String) {
    let soft = "version: 1\noverride: { present: { severity: warning } }\n"
    let found = diagnostics(
      extending + lines + "\n",
      [
        "dir/soft.yaml": soft, "dir/deep/soft.yaml": soft,
        "dir/soon.yaml": """
        version: 1
        stages:
          - id: poste
            rules:
              - { id: soon, check: card.present, for: [adri], severity: warning }
              - { id: later, check: card.present, for: [adri], needs: [soon], severity: warning }

        """,
      ])
    #expect(found.filter { $0.hasSuffix("warning-need") } == ["\(expected) warning-need"])
  }

  @Test("To write the severity back repairs what an override broke")
  func warningNeedProposal() throws {
    let file = read(extending + "override: { present: { severity: warning } }\n")
    let proposal = try #require(file.diagnostics.first?.proposal?.edit)
    #expect(proposal.replacement == "blocking")
  }

  private static let one = "version: 1\nstages: [{ id: s, rules: [{ id: one, check: card.present }] }]\n"
  private static let changes = "override: { one: { exit: 12 } }\n"
  private static let waiver = "waivers: [{ rule: one, reason: r, until: 2026-01-01, max_days: 3650 }]\n"

  @Test(
    "An included file changes its own, what it includes and the shipped rules; never what stands beside it",
    arguments: [
      ("include: [one.yaml]\n" + changes, "", "", nil),
      ("include: [b.yaml]\n", "include: [one.yaml]\n" + changes, "", nil),
      ("include: [one.yaml, b.yaml]\n", "include: [one.yaml]\n" + changes, "", nil),
      ("include: [one.yaml, b.yaml]\n", "include: [c.yaml]\n" + changes, "include: [one.yaml]\n", nil),
      ("include: [c.yaml, b.yaml]\n", "include: [c.yaml]\n" + changes, "include: [one.yaml]\n", nil),
      ("extends: default\ninclude: [b.yaml]\n", "override: { valid: { exit: 12 } }\n", "", nil),
      ("include: [b.yaml]\n", "extends: default\ndisable: [valid]\n", "", nil),
      ("include: [c.yaml, b.yaml]\n", "disable: [valid]\n", "extends: default\n", nil),
      ("include: [one.yaml, b.yaml]\n", changes, "", "dir/b.yaml:3:13 foreign-rule"),
      ("include: [one.yaml, b.yaml]\n", "disable: [one]\n", "", "dir/b.yaml:3:11 foreign-rule"),
      ("include: [c.yaml, b.yaml]\n", changes, "include: [one.yaml]\n", "dir/b.yaml:3:13 foreign-rule"),
      ("include: [c.yaml]\n", changes, "include: [one.yaml, b.yaml]\n", "dir/b.yaml:3:13 foreign-rule"),
      // A waiver lets a failure through: no other file may grant it, whichever is read first.
      ("include: [b.yaml]\n", "include: [one.yaml]\n" + waiver, "", nil),
      ("include: [b.yaml]\n", "include: [c.yaml]\n" + waiver, "include: [one.yaml]\n", nil),
      ("include: [one.yaml, b.yaml]\n", "include: [one.yaml]\n" + waiver, "", nil),
      ("include: [b.yaml]\n", one.replacing("version: 1\n", with: "") + waiver, "", nil),
      ("extends: default\ninclude: [b.yaml]\n", waiver.replacing("one", with: "valid"), "", nil),
      ("include: [one.yaml, b.yaml]\n", waiver, "", "dir/b.yaml:3:19 foreign-rule"),
      ("include: [b.yaml, one.yaml]\n", waiver, "", "dir/b.yaml:3:19 foreign-rule"),
      (
        "include: [b.yaml]\n" + one.replacing("version: 1\n", with: ""), waiver, "",
        "dir/b.yaml:3:19 foreign-rule"
      ),
      ("include: [c.yaml, b.yaml]\n", waiver, "include: [one.yaml]\n", "dir/b.yaml:3:19 foreign-rule"),
      (
        "include: [c.yaml]\n" + one.replacing("version: 1\n", with: ""), waiver, "include: [b.yaml]\n",
        "dir/b.yaml:3:19 foreign-rule"
      ),
    ] as [(String, String, String, String?)])
  func siblings(named: String, b: String, c: String, expected: String?) {
    // Each of them has something to build on, so it needs no stages.
    let empty = "include: [none.yaml]\n"
    let rest = "version: 1\nstages: [{ id: t, rules: [{ id: other, check: card.validity }] }]\n"
    func file(_ lines: String) -> String {
      "version: 1\n" + (lines.contains("include") || lines.contains("extends") ? "" : empty) + lines
    }
    let files = [
      "dir/one.yaml": Self.one, "dir/none.yaml": rest, "dir/b.yaml": file(b), "dir/c.yaml": file(c),
    ]
    #expect(diagnostics(file(named), files) == (expected.map { [$0] } ?? []))
  }

  @Test("A file counts once, by whichever names it is included; one that comes back to itself is a circle")
  func links() {
    func found(_ includes: String) -> [DiagnosticID] {
      let files = Files(
        files: [
          "one.yaml": Self.one, "default": shipped, "back.yaml": "version: 1\ninclude: [alias.yaml]\n",
        ], links: ["link.yaml": "one.yaml", "sub/hard.yaml": "one.yaml", "alias.yaml": "rules.yaml"])
      let text = "version: 1\ninclude: [\(includes)]\noverride: { one: { exit: 12 } }\n"
      return RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests, access: files).diagnostics
        .map(
          \.id)
    }
    #expect(found("one.yaml, link.yaml, sub/hard.yaml") == [])
    #expect(found("link.yaml, one.yaml") == [])
    #expect(found("one.yaml, back.yaml").contains(.includeCycle))
  }

  @Test(
    "An override that makes a rule ask less is told, for it is easily overlooked",
    arguments: [
      ("{ severity: warning, for: [adri], needs: [] }", 3), ("{ severity: blocking }", 0),
      ("{ check: card.validity }", 1), ("{ check: card.present }", 0), ("{ needs: [first] }", 1),
      ("{ needs: [first, second] }", 0), ("{ needs: [second, first] }", 0), ("{ for: [signature] }", 1),
      ("{ for: [adri, signature] }", 0), ("{ exit: 12 }", 0),
    ])
  func lostStrictness(change: String, count: Int) {
    let rules = """
      version: 1
      stages:
        - id: s
          rules:
            - { id: first, check: card.present }
            - { id: second, check: card.validity }
            - { id: one, check: card.present, needs: [first, second], for: [adri, signature] }

      """
    let file = read("version: 1\ninclude: [a.yaml]\noverride: { one: \(change) }\n", ["dir/a.yaml": rules])
    #expect(file.diagnostics.isEmpty, "\(file.diagnostics)")
    #expect(file.warnings(on: nil).filter { $0.id == .droppedEntry }.count == count)
  }

  @Test(
    "Two included files that say different things are told with both places, unless one includes the other",
    arguments: [
      (
        "override: { valid: { exit: 12 } }", "override: { valid: { exit: 13 } }", "", "override.valid.exit",
        22
      ),
      ("override: { valid: { exit: 12 } }", "override: { valid: { exit: 12 } }", "", nil, 0),
      ("override: { valid: { exit: 12 } }", "override: { valid: { with: { days_left: 9 } } }", "", nil, 0),
      (
        "override: { valid: { with: { days_left: 8 } } }", "override: { valid: { with: { days_left: 9 } } }",
        "",
        "override.valid.with.days_left", 30
      ),
      (
        "override: { cryptolib: { with: { issued_from: { 2027-01-01: 5.3.0 } } } }",
        "override: { cryptolib: { with: { issued_from: { 2028-01-01: 5.4.0 } } } }", "", nil, 0
      ),
      ("override: { valid: { exit: 12 } }", "disable: [valid]", "", "disable.valid", 11),
      ("report: { max_age: 30d }", "report: { max_age: 60d }", "", "report.max_age", 20),
      ("report: { max_age: 30d }", "report: { max_age: 60d }", "report: { max_age: 9d }", nil, 0),
      ("sources: [pcsc]", "sources: [cryptolib]", "", "sources", 10),
      (
        "override: { valid: { exit: 12 } }", "override: { valid: { exit: 13 } }",
        "override: { valid: { exit: 14 } }", nil, 0
      ),
      (
        "override: { valid: { exit: 12 } }", "include: [a.yaml]\noverride: { valid: { exit: 13 } }", "", nil,
        0
      ),
    ] as [(String, String, String, String?, Int)])
  func disagreements(a: String, b: String, own: String, path: String?, column: Int) {
    let start = "version: 1\nextends: default\n"
    let file = read(
      start + "include: [a.yaml, b.yaml]\n" + own + "\n", ["dir/a.yaml": start + a, "dir/b.yaml": start + b])
    let found = file.warnings(on: nil).filter { $0.id == .contradictoryChange }
    guard let path else {
      #expect(found.isEmpty, "\(found)")
      return
    }
    #expect(
      found.map { "\($0.file):\($0.span.start.line):\($0.span.start.column)" } == ["dir/b.yaml:3:\(column)"])
    #expect(
      found.first?.words(in: .english)
        == "“\(path)” is set differently in dir/a.yaml:3: what is written here counts, as it is included later"
    )
  }

  @Test("The effective rules are a rule file that says the same, and every part says where it comes from")
  func effective() throws {
    let file = read(
      extending + """
        override: { valid: { with: { days_left: 30 } } }
        stages: [{ id: mine, rules: [{ id: last, check: fact, with: { fact: card.kind, matches: "c.s # “x”: \\"y\\"" } }] }]
        waivers: [{ rule: valid, reason: 'l''essai', until: 2026-12-31 }]
        """)
    let rules = try #require(file.ruleSet)
    let again = RuleFile(Array(file.effectiveYAML.utf8), name: "effective", registry: .forTests)
    let same = try #require(again.ruleSet, "\(file.effectiveYAML)")
    #expect(same.rules.map(\.id) == rules.rules.map(\.id))
    #expect(same.rules.map(\.parameters) == rules.rules.map(\.parameters))
    #expect(same.rules.map(\.waiver) == rules.rules.map(\.waiver))
    #expect(same.rules.map(\.exit) == rules.rules.map(\.exit))
    #expect(same.messages == rules.messages)
    #expect(file.effectiveYAML.contains("days_left: 30") && file.effectiveYAML.contains("# dir/rules.yaml:3"))
    #expect(file.effectiveYAML.contains("# default:6"))
  }
}
