import FoundationEssentials
import Testing

/// Tokens of SoftHSM2, a real PKCS#11 module, in a folder for the test.
private struct SoftHSM {
  private let folder: Folder
  private let settings: String

  /// Makes a token for each label, with the code 1234.
  init(tokens labels: String...) async throws {
    folder = try Folder(["rules.yaml": CardRules.text, "tokens/.keep": "", "code": "1234"])
    settings = try folder.write(
      "directories.tokendir = \(folder.path)/tokens\nobjectstore.backend = file\nlog.level = ERROR\n",
      to: "conf")
    try folder.setMode(0o600, of: "code")
    for label in labels {
      try await shell("softhsm2-util --init-token --free --label \(label) --so-pin 12345678 --pin 1234")
    }
  }

  /// Writes a data object to the token.
  func write(_ bytes: [UInt8], to label: String, token: String = "carte", isPrivate: Bool = false)
    async throws
  {
    let file = try folder.write(bytes, to: "object")
    try await shell(
      """
      pkcs11-tool --module \(Self.module) --token-label \(token) --login --pin 1234 --type data \
        --write-object \(file) --label \(label) \(isPrivate ? "--private" : "")
      """)
  }

  func check(code: String? = "1234", _ arguments: String...) async throws -> BuiltProgram.Run {
    var given: [String] = []
    if let code {
      try folder.write(code, to: "code")
      try folder.setMode(0o600, of: "code")
      given = ["--pin-file", "\(folder.path)/code"]
    }
    return try await BuiltProgram.run(
      ["check", "--rules", "\(folder.path)/rules.yaml", "--module", Self.module, "--lang", "en"] + given
        + arguments, environment: ["SOFTHSM2_CONF": settings])
  }

  /// Returns what is read without a code, in English, unmasked.
  func facts() async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(
      [
        "facts", "--rules", "\(folder.path)/rules.yaml", "--module", Self.module, "--lang", "en", "--reveal",
      ], environment: ["SOFTHSM2_CONF": settings])
  }

  /// Returns whether the token reports that a wrong code was entered.
  func codeWasWrong() async throws -> Bool {
    try await shell("pkcs11-tool --module \(Self.module) --list-slots").contains("user PIN count low")
  }

  static let module = "/usr/lib/softhsm/libsofthsm2.so"

  @discardableResult
  private func shell(_ line: String) async throws -> String {
    let run = try await BuiltProgram.shell("export SOFTHSM2_CONF=\(settings); \(line) 2>&1")
    try #require(run.code == 0, "\(line): \(run.output)")
    return run.output
  }
}

@Suite("The card's objects through a real module, SoftHSM2", .serialized, .blocking)
struct SoftHSMTests {
  private static let identity: [UInt8] = [
    0xE3, 0x16, 0x81, 0x05, 0x28, 0x00, 0x00, 0x90, 0x17, 0x82, 0x01, 0x00, 0x83, 0x04, 0x20, 0x25, 0x09,
    0x10,
    0x84, 0x04, 0x20, 0x28, 0x09, 0x30,
  ]
  private static let situations: [UInt8] = [
    0xE0, 0x0F, 0xA0, 0x0D, 0x80, 0x01, 0x01, 0x81, 0x05, 0x69, 0x26, 0x12, 0x34, 0x4F, 0x84, 0x01, 0x11,
  ]

  private func card(_ situations: [UInt8]?) async throws -> SoftHSM {
    let token = try await SoftHSM(tokens: "carte")
    try await token.write([0, 0], to: "CPS_DATA")
    try await token.write(Self.identity, to: "CPS_ID_CARD")
    try await token.write([0xED, 0x03, 0x80, 0x01, 0x00], to: "CPS_INFO_PS")
    if let situations { try await token.write(situations, to: "CPS_SIT_FACT", isPrivate: true) }
    return token
  }

  @Test("Login and private objects; a wrong code costs one try and leaves the rest judged")
  func whole() async throws {
    let card = try await card(Self.situations)
    #expect(try await card.check().code == 0)
    #expect(try await card.codeWasWrong() == false)
    let wrong = try await card.check(code: "4321")
    #expect(wrong.code == 31, "\(wrong.output)")
    #expect(wrong.output.contains("✓ nature"))
    #expect(try await card.codeWasWrong())
    #expect(try await card.check().code == 0)
    let facts = try await card.check("--verbose")
    #expect(facts.output.contains("card.expiresOn") == false, "nothing is read that no rule asks for")
    #expect(facts.output.contains("•••••••017") && !facts.output.contains("2800009017 ("))
  }

  @Test(
    "No billing object, or an empty one, is no DAM", arguments: [nil, [0xE0, 0x00], [0x00]] as [[UInt8]?])
  func noDAM(situations: [UInt8]?) async throws {
    #expect(try await card(situations).check().code == 20)
  }

  @Test("Another number than a locum's own is undecided, and a new card for nobody else's")
  func locum() async throws {
    for (mode, code): (UInt8, Int) in [(0x04, 75), (0x00, 21)] {
      let card = try await card(Self.situations)
      let activity: [UInt8] = [0xEE, 0x07, 0x80, 0x02, mode, 0x00, 0x83, 0x01, 0x01]
      try await card.write(activity, to: "CPS_ACTIVITY_03_PS", isPrivate: true)
      let other = try await card.check("--am", "991086265")
      #expect(other.code == code, "\(other.output)")
      #expect(other.output.contains("remplaçant") == (mode == 0x04) || other.output.contains("locum"))
      #expect(try await card.check("--am", "69261234").code == 0)
    }
  }

  @Test("Broken billing data are undecided, with their place")
  func broken() async throws {
    let run = try await card(Self.situations.dropLast(4).map(\.self)).check()
    #expect(run.code == 75)
    #expect(
      run.output.contains("CPS_SIT_FACT, byte 0: an element of 15 bytes, where only 11 are left"),
      "\(run.output)")
  }

  @Test("Of two objects of one label nobody knows which counts, unless they are the same")
  func twice() async throws {
    let token = try await card(Self.situations)
    try await token.write(Self.situations, to: "CPS_SIT_FACT", isPrivate: true)
    #expect(try await token.check().code == 0)
    try await token.write([0xE0, 0x00], to: "CPS_SIT_FACT", isPrivate: true)
    let run = try await token.check()
    #expect(run.code == 75)
    #expect(run.output.contains("[C_FindObjects : 3 × CPS_SIT_FACT]"), "\(run.output)")
  }

  @Test("A month that is none leaves its date unknown, with its place, and nothing else")
  func thirteenthMonth() async throws {
    let token = try await SoftHSM(tokens: "carte")
    try await token.write([0, 0], to: "CPS_DATA")
    try await token.write(Self.identity.map { $0 == 0x09 ? 0x13 : $0 }, to: "CPS_ID_CARD")
    let run = try await token.facts()
    #expect(run.output.contains("card.number = 2800009017"), "\(run.output)")
    #expect(run.output.contains("card.issuedOn ? CPS_ID_CARD, byte 14: this is not a date"))
    #expect(run.output.contains("card.expiresOn ? CPS_ID_CARD, byte 20: this is not a date"))
  }

  @Test("What the module remembers of a card proves nothing: without CPS_DATA nothing is believed")
  func cached() async throws {
    let token = try await SoftHSM(tokens: "carte")
    try await token.write(Self.identity, to: "CPS_ID_CARD")
    let run = try await token.check()
    #expect(run.code == 75)
    #expect(run.output.contains("what was read is not believed"))
  }

  @Test("Two tokens, and nobody says which")
  func two() async throws {
    let run = try await SoftHSM(tokens: "carte", "autre").check()
    #expect(run.code == 75)
    #expect(run.output.contains("cards seen: "), "\(run.output)")
  }

  @Test("No token")
  func none() async throws {
    let run = try await SoftHSM().check()
    #expect(run.code == 69, "\(run.output)")
  }
}
