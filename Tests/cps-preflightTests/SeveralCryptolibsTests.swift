import FoundationEssentials
import Testing

/// A workstation with a 64-bit Cryptolib 5.2.1 and a 32-bit one 5.2.4, and a card that needs 5.2.2.
private struct Workstation {
  private let folder: Folder

  /// - Parameter files: the files that replace the two ADM files.
  init(_ files: [String: String]? = nil, source: String = "", card: String = Self.card) throws {
    folder = try Folder([
      "adm/.keep": "", "root/.keep": "",
      "card.json": "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\(card)}}",
    ])
    let adm = [
      "155": "050201\nINSTALLEUR_CRYPTOLIB_CPS_64B", "154": "050204\nINSTALLEUR_CRYPTOLIB_CPS",
    ]
    for (name, text) in files ?? adm {
      try folder.write(text, to: "root/var/opt/santesocial/commun/adm/\(name).adm")
    }
    try folder.write(
      """
      version: 1
      extends: default
      sources: [cryptoki, cryptolib: { root: \(folder.path)/root\(source) }]

      """, to: "rules.yaml")
  }

  static let card = "\"card.issuedOn\": \"2025-09-10\", \"card.expiresOn\": \"2028-09-30\""

  func check(_ arguments: String...) async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(
      [
        "check", "--rules", "rules.yaml", "--for", "adri", "--on", Sample.day, "--lang", "en",
      ] + arguments, in: folder.path)
  }

  /// Runs `facts` on the workstation, and `check` elsewhere on its output.
  func checkElsewhere() async throws -> BuiltProgram.Run {
    let facts = try await BuiltProgram.run(
      ["facts", "--rules", "rules.yaml", "--facts", "card.json", "--format", "json", "--on", Sample.day],
      in: folder.path)
    try folder.write(facts.output, to: "facts.json")
    return try await check("--facts", "facts.json", "--offline")
  }

  /// Makes an empty module with that name.
  func module(_ name: String) throws -> String {
    let path = "\(folder.path)/\(name).so"
    try FileManager.default.copyItem(atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: path)
    return path
  }
}

@Suite("Several Cryptolibs on one workstation, and one without a version")
struct SeveralCryptolibsTests {
  @Test("Where they are judged differently it is undecided, until one is named or removed")
  func several() async throws {
    let workstation = try Workstation()
    let run = try await workstation.check("--facts", "card.json")
    #expect(run.code == 75, "\(run)")
    #expect(run.output.contains("several Cryptolibs"))
    for words in ["/155.adm: 5.2.1 (64-bit)", "/154.adm: 5.2.4 (32-bit)", "architecture: 64"] {
      #expect(run.output.contains(words), "\(words) in \(run.output)")
    }
    #expect(try await workstation.checkElsewhere().output.contains("several Cryptolibs"))
    let cases: [(Workstation, code: Int)] = [
      (try Workstation(source: ", architecture: 64"), 40),
      (try Workstation(["155": "050201"]), 40), (try Workstation(["155": "050201", "154": "050200"]), 40),
    ]
    for (workstation, code) in cases {
      let run = try await workstation.check("--facts", "card.json")
      #expect(run.code == Int32(code), "\(run)")
      #expect(try await workstation.checkElsewhere().code == run.code)
    }
    // Only the Cryptolib is known here; the card is undecided.
    for workstation in [
      try Workstation(source: ", architecture: \"32\""), try Workstation(["154": "050204"]),
    ] {
      let run = try await workstation.check("--facts", "card.json")
      #expect(run.output.contains("Cryptolib 5.2.4 installed, 5.2.2 is enough"), "\(run)")
    }
  }

  @Test("Advice of one's own rules, which say nothing of the case, is not about cards and readers")
  func advice() async throws {
    let folder = try Folder([
      "root/var/opt/santesocial/commun/adm/155.adm": "050201",
      "root/usr/local/sesam/etc/adm/155.adm": "050204",
    ])
    try folder.write(
      """
      version: 1
      sources: [cryptolib: { root: \(folder.path)/root }]
      stages: [{ id: s, rules: [{ id: a, check: cryptolib.version, with: { minimum: 5.2.2 } }] }]
      """, to: "rules.yaml")
    let run = try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--lang", "en"], in: folder.path)
    #expect(run.code == 75)
    #expect(run.output.contains("→ Uninstall the Cryptolib that is too old ("), "\(run)")
    #expect(!run.output.contains("--reader"))
  }

  @Test("A facts file that lists them need not repeat the newest")
  func list() async throws {
    let listed = #"[{"version": "5.2.4", "place": "a"}, {"version": "5.2.2", "place": "b"}]"#
    for (json, code) in [(listed, 0), (listed.replacing("5.2.2", with: "5.2.1"), 75)] {
      let sample = Sample().with("cryptolib.version", nil).with("cryptolib.versions", json)
      #expect(try await sample.check().code == Int32(code))
    }
  }

  @Test("The module without a version is told with its path and its library's version")
  func module() async throws {
    let workstation = try Workstation([:])
    let module = try workstation.module("healthy")
    let run = try await workstation.check("--module", module)
    #expect(run.code == 69, "\(run)")
    #expect(
      run.output.contains("the Cryptolib's PKCS#11 module is there (\(module), library "), "\(run)")
    #expect(run.output.contains("no version of a Cryptolib found (looked for: 155.adm, 154.adm in "))
    #expect(!run.output.contains("no Cryptolib found"))
    // Without the module, there is no Cryptolib.
    let none = try await workstation.check("--facts", "card.json")
    #expect(none.code == 69 && none.output.contains("no Cryptolib found"), "\(none)")
  }
}
