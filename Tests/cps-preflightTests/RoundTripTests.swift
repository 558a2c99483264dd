import SeededNumbers
import Testing

@Suite("Facts that are written and read again")
struct RoundTripTests {
  /// Returns the outcome of every rule and the exit code, on lines; messages may differ.
  private func outcomes(_ folder: Folder, _ given: [String]) async throws -> String {
    let run = try await BuiltProgram.run(
      [
        "check", "--rules", "\(BuiltProgram.root)/rules.yaml", "--offline", "--on", Sample.day, "--format",
        "json",
      ]
        + given, in: folder.path)
    let lines = run.output.split(separator: "\n").filter {
      $0.contains("\"outcome\"") || $0.contains("exitCode")
    }
    return lines.joined(separator: "\n") + "\n\(run.code)"
  }

  /// Expects the same outcomes from the given files and from the facts written from them, masked and revealed, once and
  /// twice.
  private func expectRoundTrip(_ folder: Folder, _ given: [String]) async throws {
    let before = try await outcomes(folder, given)
    for reveal in [[], ["--reveal"]] {
      var source = given
      for round in 1...2 {
        let written = try await BuiltProgram.run(
          ["facts", "--rules", "\(BuiltProgram.root)/rules.yaml", "--offline", "--format", "json"] + source
            + reveal,
          in: folder.path)
        #expect(written.code == 0, "\(written)")
        try folder.write(written.output, to: "\(round).json")
        source = ["--facts", "\(round).json"]
        let after = try await outcomes(folder, source)
        #expect(after == before, "\(given) \(reveal) round \(round)\n\(written.output)")
      }
    }
  }

  @Test("No verdict changes, whatever a facts file says")
  func factsFile() async throws {
    var dice = SeededNumbers(14)
    let identifiers = [
      "692612344", "000000000", "FFFFFFFFFF", "991086264", "1234567890", "xxx26xxxxx", "•••00••••", "",
      "12345674", "99108626", #"69A612345", "masked": "letters"#, #"9910862", "masked": "wrong-length"#,
      #"0x9910862", "masked": "letters"#,
    ]
    let reasons = ["service", "timeout", "disagreement", "malformed", "card-removed", "ambiguous", "plugin"]
    let folder = try Folder()
    for _ in 0..<12 {
      var sample = Sample()
      let situations = (0..<Int.random(in: 1...3, using: &dice)).map { _ in
        let flags = ["signFSE", "signLots"].compactMap { name -> String? in
          let value = ["true", "true", "false", nil].randomElement(using: &dice) ?? nil
          return value.map { "\"\(name)\": \($0)" }
        }
        let modes = ["liberal", "salaried", "locum", "unpaid"]
        let practice =
          Bool.random(using: &dice) ? ["\"practice\": \"\(modes.randomElement(using: &dice) ?? "")\""] : []
        let identifier =
          Int.random(in: 0..<5, using: &dice) == 0
          ? "\"unknown\": [\"identifier\"]"
          : "\"identifier\": \"\(identifiers.randomElement(using: &dice) ?? "")\""
        return "{\(([identifier] + practice + flags).joined(separator: ", "))}"
      }
      sample = sample.with("billing.situations", "[\(situations.joined(separator: ", "))]")
      var json = String(sample.json.dropLast())
      let names = ["card.issuedOn", "card.pin", "cryptolib.version", "billing.dam"].shuffled(using: &dice)
      for (index, name) in names.prefix(Int.random(in: 0...2, using: &dice)).enumerated() {
        json = String(sample.with(name, nil).json.dropLast())
        sample = sample.with(name, nil)
        json +=
          index == 0
          ? ", \"reasons\": {\"\(name)\": \"\(reasons.randomElement(using: &dice) ?? "")\"}" : ""
      }
      try folder.write(json + "}", to: "given.json")
      try await expectRoundTrip(folder, ["--facts", "given.json"])
    }
  }

  @Test("Nor of a report in which something was not read")
  func report() async throws {
    let identifiers = [
      "692612344", "000000000", "69A612344", "xxx26xxxxx", "•••00••••", "991000009 autre chose",
    ]
    let folder = try Folder([
      "rest.json": """
      {"schema": "cps-preflight/facts/1",
       "facts": {"card.issuedOn": "2025-09-10", "card.expiresOn": "2028-09-30", "cryptolib.version": "5.2.4"}}
      """
    ])
    for identifier in identifiers {
      try folder.write(
        """
        *** Identification de la carte :
        Carte de Professionnel de Santé (CPS) n° 2800009017

        *** Situations d'exercice et de facturation

          * Exercice Libéral

           Facturation
           Identifiant : \(identifier)
           Autorisations de signature
             - autorisé à signer les FSE
             - autorisé à signer
        """, to: "report.txt")
      try await expectRoundTrip(folder, ["--report", "report.txt", "--facts", "rest.json"])
    }
  }

  @Test("What was misread is not taken for what nobody gave")
  func reasons() async throws {
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      stages:
        - id: s
          rules:
            - id: a
              check: cryptolib.version
              with: { minimum: "5.0", issued_from: { 2025-07-01: "5.2.2" } }
      """
    ])
    for (reason, code) in [("not-given", 0), ("malformed", 75), ("service", 0), ("timeout", 75)] {
      try folder.write(
        """
        {"schema": "cps-preflight/facts/1", "facts": {"cryptolib.version": "5.0.1"},
         "reasons": {"card.issuedOn": "\(reason)"}}
        """, to: "f.json")
      let run = try await BuiltProgram.run(["check", "--facts", "f.json", "--offline"], in: folder.path)
      #expect(run.code == Int32(code), "\(reason): \(run)")
    }
  }

  @Test(
    "What contradicts itself, or calls a number a mask, is refused",
    arguments: [
      #"{"identifier": "000000000", "masked": "sound"}"#, #"{"identifier": "•••••••", "masked": "sound"}"#,
      #"{"masked": "sound"}"#, #"{"identifier": "•••61••••", "masked": "fine"}"#,
      #"{"identifier": "692612344", "unknown": ["identifier"]}"#, #"{"unknown": ["name"]}"#,
      #"{"unknown": "link"}"#,
    ])
  func contradictions(situation: String) async throws {
    #expect(try await Sample().with("billing.situations", "[\(situation)]").check().code == 65)
  }

  @Test(
    "A fact is said once, and the day is never absent",
    arguments: [
      #""absent": ["card.pin"]"#, #""absent": ["today"]"#, #""absent": "holder.name""#, #""absent": [1]"#,
      #""absent": ["card.atr", "card.atr"]"#, #""reasons": {"card.pin": "service"}"#,
      #""reasons": {"card.atr": "because"}"#, #""absent": ["card.atr"], "reasons": {"card.atr": "timeout"}"#,
    ])
  func saidTwice(member: String) async throws {
    let json = "\(Sample().json.dropLast()), \(member)}"
    let run = try await BuiltProgram.run(["check", "--facts", "-", "--offline"], input: json)
    #expect(run.code == 65, "\(run)")
  }
}
