import Testing

@Suite("Input that cannot be used gets one clear line and its code")
struct BadInputTests {
  /// Runs `check` with that file in place of the card, and expects the code and one line that names the file.
  private func expect(
    _ option: String, _ path: String, _ code: Int32, saying words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let run = try await BuiltProgram.run(["check", option, path, "--offline", "--lang", "en"])
    #expect(run.code == code, "\(path): \(run)", sourceLocation: sourceLocation)
    #expect(run.output == "", sourceLocation: sourceLocation)
    #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errors.hasPrefix(path), "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errors.contains(words), "\(run.errors)", sourceLocation: sourceLocation)
  }

  @Test("Missing, a folder, too large, empty", arguments: ["--facts", "--report"])
  func anyFile(option: String) async throws {
    let folder = try Folder(["empty": "", "large": String(repeating: "a", count: (1 << 20) + 1)])
    try await expect(option, "\(folder.path)/none", 66, saying: "does not exist")
    try await expect(option, folder.path, 66, saying: "is a folder")
    try await expect(option, "\(folder.path)/large", 65, saying: "larger than allowed (1024 KiB)")
    try await expect(option, "\(folder.path)/empty", 65, saying: "empty")
  }

  @Test(
    "A facts file that is not what it should be",
    arguments: [
      ("{", ":1:2:", "too early"),
      ("nonsense", ":1:1:", "word"),
      ("[]", ":1:1:", "an object"),
      ("{\"facts\": {}}", ":1:1:", "“schema” is missing"),
      ("{\"schema\": \"cps-preflight/facts/2\", \"facts\": {}}", ":1:12:", "schema"),
      ("{\"schema\": \"cps-preflight/facts/1\"}", ":1:1:", "“facts” is missing"),
      ("{\"schema\": \"cps-preflight/facts/1\", \"facts\": {}} x", ":1:50:", "after the end"),
      ("{\"schema\": \"cps-preflight/facts/1\", \"facts\": {}, \"facts\": {}}", ":1:50:", "given twice"),
    ])
  func factsFile(text: String, place: String, words: String) async throws {
    let folder = try Folder(["f.json": text])
    try await expect(
      "--facts", "\(folder.path)/f.json", 65, saying: words == "word" ? "\(place) error:" : words)
    let run = try await BuiltProgram.run(["check", "--facts", "\(folder.path)/f.json", "--offline"])
    #expect(run.errors.contains("f.json\(place) error:"), "\(run.errors)")
  }

  @Test(
    "A fact that is not what it should be is named",
    arguments: [
      ("card.presnt", "true", "did you mean “card.present”"),
      ("card.present", "\"yes\"", "card.present takes a boolean"),
      ("card.present", "1", "card.present takes a boolean"),
      ("card.present", "null", "card.present takes a boolean"),
      ("card.kind", "\"CPS\"", "card.kind takes one of cps, cpf"),
      ("card.issuedOn", "\"10/09/2025\"", "card.issuedOn takes a date"),
      ("card.issuedOn", "\"2025-02-29\"", "card.issuedOn takes a date"),
      ("cryptolib.version", "5.10", "cryptolib.version takes a version"),
      ("cryptolib.version", "\"5..2\"", "cryptolib.version takes a version"),
      ("billing.situations", "{}", "billing.situations takes a list"),
      ("billing.situations", "[1]", "billing.situations[0] takes an object"),
      (
        "billing.situations", "[{\"identifier\": 692612344}]",
        "billing.situations[0].identifier takes a string"
      ),
      ("billing.situations", "[{\"signFSE\": \"true\"}]", "billing.situations[0].signFSE takes a boolean"),
      ("billing.situations", "[{\"signfse\": true}]", "did you mean “signFSE”"),
      (
        "card.expiresOn", "\"2020-01-01\"", "card.expiresOn (2020-01-01) is before card.issuedOn (2025-09-10)"
      ),
      ("cryptolib.versions", "[\"5.2.4\"]", "cryptolib.versions[0] takes an object"),
      ("cryptolib.versions", "[{\"place\": \"/a\"}]", "the field “cryptolib.versions[0].version” is missing"),
      (
        "cryptolib.versions", "[{\"version\": \"5.2.4\"}]",
        "the field “cryptolib.versions[0].place” is missing"
      ),
      (
        "cryptolib.versions", "[{\"version\": \"5.2.4\", \"place\": \"/a\", \"architecture\": \"64\"}]",
        "cryptolib.versions[0].architecture takes 64 or 32"
      ),
      ("cryptolib.versions", "[{\"vrsion\": \"5.2.4\", \"place\": \"/a\"}]", "did you mean “version”"),
      (
        "cryptolib.versions", "[{\"version\": \"5.2.5\", \"place\": \"/a\"}]",
        "cryptolib.version is not the newest of cryptolib.versions"
      ),
      ("cryptolib.versions", "[]", "cryptolib.version is not the newest of cryptolib.versions"),
      ("billing.dam", "false", "billing.dam is false while"),
      ("card.category", "\"81\"", "card.category takes one of 00, 02, 03, 80, 82, 83"),
      ("card.category", "80", "card.category takes one of 00, 02, 03, 80, 82, 83"),
      (
        "card.category", "\"00\", \"card.test\": true",
        "card.test is true while card.category is 00 (a card in use)"
      ),
      (
        "card.category", "\"83\", \"card.test\": false",
        "card.test is false while card.category is 83 (a test software certificate)"
      ),
      ("card.present", "false", "card.present is false while"),
      ("reader.state", "\"mute\"", "card.present is true while reader.state is mute"),
      ("reader.names", "[]", "card.present is true while reader.names is empty"),
      ("reader.names", "[\"A\"], \"card.reader\": \"B\"", "card.reader is not among reader.names"),
    ])
  func fact(name: String, json: String, words: String) async throws {
    let folder = try Folder(["f.json": Sample().with(name, json).json])
    try await expect("--facts", "\(folder.path)/f.json", 65, saying: words)
  }

  @Test(
    "A number or a name in the place of a key is not shown, and a misspelt key is",
    arguments: [
      ("692612344", false), ("card2800001017", false), ("TESTARD ALBAN", false), ("Gérard", false),
      ("٩٩١٠٨٦٢٦٥", false), ("x\\u0000", false), ("", false), ("card.colour", true), ("cardNumber2", true),
    ])
  func keys(key: String, isShown: Bool) async throws {
    for json in [
      Sample().with(key, "1").json, Sample().with("billing.situations", "[{\"\(key)\": 1}]").json,
      "{\"\(key)\": 1, \"schema\": \"cps-preflight/facts/1\", \"facts\": {}}",
      Sample().with("card.pin", nil).json.dropLast() + ", \"absent\": [\"\(key)\"]}",
      "{\"\(key)\": 1, \"\(key)\": 1}",
    ] {
      let folder = try Folder(["f.json": String(json)])
      let run = try await BuiltProgram.run(
        [
          "check", "--facts", "f.json", "--offline", "--lang", "en", "--rules",
          "\(BuiltProgram.root)/rules.yaml",
        ],
        in: folder.path)
      #expect(run.code == 65)
      let line = try await BuiltProgram.run(["evaluate", "--lang", "en", "--quiet"], input: String(json))
      #expect(line.code == 65)
      for said in [run.errors, line.output + line.errors] {
        #expect(said.contains(isShown ? "“\(key)”" : "“•••”"), "\(said)")
        if !isShown, !key.isEmpty { #expect(!said.contains(key), "\(said)") }
      }
    }
  }

  @Test("Bytes that are no text", arguments: ["--facts", "--report"])
  func binary(option: String) async throws {
    let folder = try Folder()
    let path = try folder.write([0x7B, 0x22, 0xFF, 0x00, 0x80], to: "bytes")
    try await expect(option, path, 65, saying: "error:")
  }

  @Test("Rules that are missing, a folder, too large")
  func rules() async throws {
    let folder = try Folder(["large.yaml": String(repeating: "#", count: (1 << 20) + 1)])
    for (path, code) in [("none.yaml", 66), (".", 66), ("large.yaml", 78)] {
      let run = try await BuiltProgram.run(["check", "--rules", "\(folder.path)/\(path)", "--lang", "en"])
      #expect(run.code == Int32(code), "\(path): \(run)")
      #expect(run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("What an input says cannot play tricks on the terminal")
  func escapes() async throws {
    let folder = try Folder([
      "f.json": "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\"x\\u001b[2J\": 1}}",
      "r.yaml": "version: 1\n\"x\\e[2J\": 1\nstages: []\n",
    ])
    for arguments in [
      ["--facts", "f.json", "--offline", "--rules", "\(BuiltProgram.root)/rules.yaml"],
      ["--rules", "r.yaml"],
    ] {
      let run = try await BuiltProgram.run(["check"] + arguments, in: folder.path)
      #expect([65, 78].contains(run.code))
      #expect(run.errors.contains("x?[2J") || run.errors.contains("“•••”") || run.errors.contains("« ••• »"))
      #expect(!run.errors.contains("\u{1B}"), "\(run.errors)")
    }
  }

  @Test("No prefix of a facts file is taken for the whole")
  func truncated() async throws {
    let json = Sample().json
    let folder = try Folder()
    for length in stride(from: 0, to: json.count - 1, by: 97) {
      let path = try folder.write(String(json.prefix(length)), to: "f.json")
      let run = try await BuiltProgram.run(["check", "--facts", path, "--offline"])
      #expect(run.code == 65, "\(length): \(run)")
    }
  }
}
