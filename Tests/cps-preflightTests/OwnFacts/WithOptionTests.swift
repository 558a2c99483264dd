import Testing

@Suite("Facts on the command line, --with")
struct WithOptionTests {
  private static let whole = [
    "--with", "card.present=true", "--with=card.kind=cps", "--with", "card.contactless=false", "--with",
    "card.issuedOn=2025-09-10", "--with", "card.expiresOn=2028-09-30", "--with", "card.pin=ok", "--with",
    "cryptolib.version=5.2.4",
  ]

  @Test(
    "They count as a facts file, alone and together with one",
    arguments: [
      (["--for", "adri"], 0), (["--for", "adri", "--offline"], 0),
      // ADRI needs no billing data; the rest does, and a command line cannot give them.
      (["--offline"], 75),
    ] as [([String], Int32)])
  func alone(arguments: [String], code: Int32) async throws {
    let run = try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--on", Sample.day, "--lang", "en"] + Self.whole + arguments)
    #expect(run.code == code, "\(run)")
    // No reader was asked.
    #expect(!run.output.contains("PC/SC"), "\(run.output)")
  }

  @Test(
    "What a file and the command line say of one fact is believed if it is the same",
    arguments: [
      ("card.kind=cps", 0), ("card.kind=cpe", 75), ("card.generation=cps3", 0), ("card.pin=final", 75),
    ]
      as [(String, Int32)])
  func together(written: String, code: Int32) async throws {
    let run = try await Sample().check("--with", written)
    #expect(run.code == code, "\(run)")
    #expect((code == 0) == !run.output.contains("--with says"), "\(run.output)")
  }

  @Test("One fact given twice and differing is not believed")
  func twice() async throws {
    let run = try await Sample().with("card.kind", nil).check(
      "--with", "card.kind=cps", "--with", "card.kind=cpe")
    #expect(run.code == 75 && run.output.contains("card.kind: two sources disagree"), "\(run)")
    #expect(try await Sample().check("--with", "card.kind=cps", "--with", "card.kind=cps").code == 0)
  }

  @Test("One that says nothing of a card leaves the card to be read")
  func workstation() async throws {
    let run = try await BuiltProgram.run([
      "check", "--rules", "rules.yaml", "--with", "cryptolib.version=5.2.4", "--lang", "en",
    ])
    #expect(run.code == 69 && run.output.contains("PC/SC"), "\(run)")
  }

  @Test("facts shows where they come from, and run judges by them")
  func commands() async throws {
    let facts = try await BuiltProgram.run([
      "facts", "--offline", "--with", "card.kind=cpe", "--lang", "en",
    ])
    #expect(facts.code == 0 && facts.output.contains("card.kind = cpe (--with)\n"), "\(facts)")
    let json = try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--on", Sample.day, "--for", "adri", "--format", "json"] + Self.whole
    )
    let listed: [JSONTree]? =
      if case .list(let list)? = try JSONTree(json.output)["facts"] { list } else { nil }
    let kind = try #require(listed?.first { $0["name"] == .text("card.kind") })
    #expect(kind["source"] == .text("--with"))
    for (kind, code) in [("cps", 0), ("vitale", 11)] as [(String, Int32)] {
      let arguments = Self.whole.map { $0.replacing("kind=cps", with: "kind=\(kind)") }
      let run = try await BuiltProgram.run(
        ["run", "--rules", "rules.yaml", "--on", Sample.day, "--for", "adri"] + arguments + ["--", "true"])
      #expect(run.code == code, "\(run)")
    }
  }

  @Test("The day may be given so too, and --on goes before it")
  func day() async throws {
    let arguments = ["check", "--rules", "rules.yaml", "--for", "adri", "--lang", "en"] + Self.whole
    let late = try await BuiltProgram.run(arguments + ["--with", "today=2028-10-01"])
    #expect(late.code == 30 && late.output.contains("2028-10-01 (--with)"), "\(late)")
    #expect(
      try await BuiltProgram.run(arguments + ["--with", "today=2028-10-01", "--on", Sample.day]).code == 0)
  }

  @Test("Facts of a rule file's own, and those that are personal")
  func ownFacts() async throws {
    let one = try OwnFactsCase(["lot/test": nil])
    for (written, code) in [
      ("lot/test=false", 0), ("lot/test=true", 23), ("lot/test=peut-être", 64), ("lot/tset=true", 64),
      ("lot/identifier=692612344", 64), ("lot/oldest=2026-03-10", 64),
    ] as [(String, Int32)] {
      let run = try await one.check("--with", written)
      #expect(run.code == code, "\(written): \(run)")
      #expect(!(run.output + run.errors).contains("692612344"))
    }
  }

  @Test(
    "A mistake is one of usage, told without the value",
    arguments: [
      ("card.number=2800001017", "personnelle"), ("card.presnt=true", "card.present"),
      ("card.issuedOn=AAAA-MM-JJ", "une date AAAA-MM-JJ"), ("card.expiresOn=2024-01-01", "antérieur"),
      ("2800001017", "--with <fait=valeur>  Un fait"),
    ])
  func mistakes(written: String, words: String) async throws {
    let run = try await BuiltProgram.run([
      "check", "--offline", "--with", "card.issuedOn=2025-09-10", "--with", written, "--lang", "fr",
    ])
    #expect(run.code == 64 && run.output == "", "\(run)")
    #expect(run.errors.contains(words) && !run.errors.contains("2800001017"), "\(run.errors)")
  }

  @Test("--all-readers looks at readers: it takes none")
  func allReaders() async throws {
    let run = try await BuiltProgram.run(["check", "--all-readers", "--with", "card.kind=cps"])
    #expect(run.code == 64, "\(run)")
  }
}
