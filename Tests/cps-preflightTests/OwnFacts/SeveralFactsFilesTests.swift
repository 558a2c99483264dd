import CardStage
import Testing

@Suite("Several facts files, and the card beside them", .serialized, .blocking)
struct SeveralFactsFilesTests {
  @Test("What two of them say differently is not believed, and both are named")
  func different() async throws {
    let one = try OwnFactsCase()
    try one.folder.write(
      OwnFactsCase.file(["lot/test": "true", "lot/identifier": "\"751612346\""]), to: "other.json")
    let run = try await one.check("--facts", "other.json")
    #expect(run.code == 75, "\(run)")
    #expect(
      run.output.contains(
        "lot/test: two sources disagree, lot.json says “no” and other.json says “yes”"), "\(run.output)")
    #expect(run.output.contains("lot.json says “•••” and other.json says “•••”"), "\(run.output)")
    let absent = "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {}, \"absent\": [\"lot/test\"]}"
    try one.folder.write(absent, to: "other.json")
    #expect(try await one.check("--facts", "other.json").output.contains("other.json says “there is none”"))
  }

  @Test("Of situations and of what looks alike under its mask is told what differs")
  func situations() async throws {
    let one = try OwnFactsCase()
    let asked = """
      version: 1
      stages: [{ id: s, rules: [{ id: x, check: billing.identifier }] }]
      """
    try one.folder.write(asked, to: "asked.yaml")
    func said(_ first: String, _ second: String) async throws -> String {
      for (file, situation) in [("a.json", first), ("b.json", second)] {
        try one.folder.write(
          OwnFactsCase.file(["billing.situations": "[{\(situation)}]", "card.present": "true"]), to: file)
      }
      let run = try await one.run(
        ["check", "--rules", "asked.yaml", "--facts", "a.json", "--facts", "b.json", "--offline"])
      #expect(run.code == 75, "\(run)")
      return run.output
    }
    let flags = try await said(
      #""identifier": "692612344", "signFSE": true"#, #""identifier": "692612344", "signFSE": false"#)
    #expect(
      flags.contains(
        "a.json says “situation 1: signing FSE yes” and b.json says “situation 1: signing FSE no”"),
      "\(flags)")
    let numbers = try await said(#""identifier": "692612344""#, #""identifier": "752612346""#)
    #expect(
      numbers.contains(
        "“situation 1: identifier •••61••••” and b.json says “situation 1: identifier •••61••••” "
          + "(another value, under the same mask)"), "\(numbers)")
    let unset = try await said(#""identifier": "692612344""#, #""speciality": "01""#)
    #expect(unset.contains("b.json says “situation 1: identifier absent, speciality 01”"), "\(unset)")
  }

  @Test(
    "Files that speak of two cards, or of two moments, are not put together, whether or not a rule asks for what tells them apart",
    arguments: [
      ("card.number", "2800001017", "2800009017", 75),
      ("holder.name", "TESTARD ALBAN", "DUPONTEL JEANNE", 75),
      ("holder.name", "TESTARD ALBAN", "TESTARD JEANNE", 75),
      ("holder.name", "TESTARD Hélène-Marie", "Helene Marie Testard", 0),
      ("holder.name", "TESTARD ALBAN", "Testard", 0), ("holder.name", "TESTARD ALBAN", "•••", 0),
      ("card.atr", "3B751300004009EA9000", "3BAC00402A001225006480000310009000", 75),
      ("card.reader", "Lecteur du bureau", "Lecteur du couloir", 75), ("reader.state", "mute", "card", 75),
      ("report.createdOn", "2025-01-01", "2026-03-10", 75), ("card.reader", "Lecteur", "Lecteur", 0),
    ])
  func twoCards(fact: String, first: String, second: String, code: Int) async throws {
    let rules = "version: 1\nstages: [{ id: s, rules: [{ id: x, check: card.kind }] }]\n"
    let card = ["card.kind": "\"cps\"", "card.contactless": "false"]
    for values in [[first, second], [second, first]] {
      let folder = try Folder(["rules.yaml": rules, "card.json": OwnFactsCase.file(card)])
      for (file, value) in zip(["a.json", "b.json"], values) {
        try folder.write(OwnFactsCase.file([fact: "\"\(value)\""]), to: file)
      }
      let files = ["card.json", "a.json", "b.json"].flatMap { ["--facts", $0] }
      let run = try await BuiltProgram.run(
        ["check", "--rules", "rules.yaml", "--offline", "--on", Sample.day, "--lang", "en"] + files,
        in: folder.path)
      #expect(run.code == code, "\(run)")
      #expect((code == 75) == run.output.contains("\(fact): two sources disagree"), "\(run)")
      #expect(fact != "holder.name" || !run.output.contains("TESTARD"))
    }
  }

  @Test("What two of them say alike is believed, in any order, and one may be standard input")
  func alike() async throws {
    let one = try OwnFactsCase()
    try one.folder.write(OwnFactsCase.file(["lot/test": "false"]), to: "other.json")
    #expect(try await one.check("--facts", "other.json").code == 0)
    #expect(try await one.run(["check", "--facts", "lot.json", "--facts=card.json", "--offline"]).code == 0)
    let piped = try await one.run(
      ["check", "--facts", "-", "--facts", "lot.json", "--offline"],
      input: Sample().with("card.test", "false").json)
    #expect(piped.code == 0, "\(piped)")
  }

  @Test(
    "What is wrong with any of them is told of that one",
    arguments: [
      ("{", 65, "other.json:1:"),
      ("{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\"card.presnt\": true}}", 65, "card.present"),
      ("{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\"card.present\": false}}", 75, "disagree"),
      (
        "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\"reader.state\": \"empty\"}}", 65,
        "card.json, lot.json, other.json"
      ),
    ])
  func wrong(text: String, code: Int32, words: String) async throws {
    let one = try OwnFactsCase(
      rules: OwnFactsCase.rules
        + "      - { id: t, rules: [{ id: p, check: card.present }] }\n".replacing("      - ", with: "  - "))
    try one.folder.write(text, to: "other.json")
    let run = try await one.check("--facts", "other.json", "--verbose")
    #expect(run.code == code, "\(run)")
    #expect((run.output + run.errors).contains(words), "\(run)")
  }

  @Test("A second one that is missing ends the run as the first would")
  func missing() async throws {
    let run = try await OwnFactsCase().check("--facts", "none.json")
    #expect(run.code == 66 && run.errors.contains("none.json"), "\(run)")
  }

  @Test("--output writes over none of them")
  func spared() async throws {
    let run = try await OwnFactsCase().check("--output", "lot.json")
    #expect(run.code == 64 && run.errors.contains("--output would overwrite the file of --facts"), "\(run)")
  }

  @Test("A file that says nothing of the card leaves it to be read; one that does takes its place")
  func card() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let lot = try Folder([
      "rules.yaml": """
      version: 1
      facts: { lot/generation: { type: string } }
      sources: [pcsc]
      stages:
        - id: s
          rules:
            - { id: present, check: card.present, exit: 10 }
            - { id: same, check: fact, with: { fact: lot/generation, equals: { fact: card.generation } }, exit: 12 }

      """,
      "lot.json": OwnFactsCase.file(["lot/generation": "\"cps3\"", "cryptolib.version": "\"5.2.4\""]),
      "gone.json": OwnFactsCase.file(["card.present": "false"]),
    ])
    func check(_ files: String...) async throws -> BuiltProgram.Run {
      try await place.program(
        ["check", "--rules", "\(lot.path)/rules.yaml", "--lang", "en"]
          + files.flatMap { ["--facts", "\(lot.path)/\($0)"] })
    }
    let read = try await check("lot.json")
    let given = try await check("lot.json", "gone.json")
    card.remove()
    #expect(read.code == 0, "\(read)")
    #expect(read.output.contains("card read in “Twin 00 00”"), "\(read)")
    #expect(given.code == 10, "\(given)")
  }
}
