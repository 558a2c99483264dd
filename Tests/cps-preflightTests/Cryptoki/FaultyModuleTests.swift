import FoundationEssentials
import Testing

@Suite("Whatever the module does costs its facts, never the verdict")
struct FaultyModuleTests {
  @Test("A healthy card, its code given")
  func healthy() async throws {
    let module = try ModuleCase("healthy")
    let run = try await module.check()
    #expect(run.code == 0, "\(run)")
    #expect(module.logins == ["code"])
    #expect(!(run.output + run.errors).contains("1234"))
  }

  @Test(
    "Faults, their code and their words",
    arguments: [
      ("hang@C_Initialize", 75, "did not answer within 2000 ms"),
      ("hang@C_GetSlotList", 75, "did not answer within 2000 ms"),
      ("hang@C_Login", 75, "did not answer within 2000 ms"),
      ("hang@C_GetAttributeValue", 75, "did not answer within 2000 ms"),
      ("abort@C_Initialize", 69, "crashed (signal 6)"),
      ("abort@C_GetAttributeValue", 69, "crashed (signal 6)"),
      ("exit@C_GetSlotList", 69, "gave an answer that makes no sense"),
      ("5@C_Initialize", 69, "[C_Initialize : CKR_GENERAL_ERROR]"),
      ("32@C_OpenSession", 75, "taken out or no longer answers [C_OpenSession : CKR_DEVICE_REMOVED]"),
      ("30@C_OpenSession", 75, "taken out or no longer answers [C_OpenSession : CKR_DEVICE_ERROR]"),
      ("e0@C_GetTokenInfo", 75, "taken out or no longer answers [C_GetTokenInfo : CKR_TOKEN_NOT_PRESENT]"),
      ("e1@C_Initialize", 75, "taken out or no longer answers [C_Initialize : CKR_TOKEN_NOT_RECOGNIZED]"),
      ("FFFFFFFF80000001@C_OpenSession", 75, "an update of the card was begun and not finished"),
      ("80000001@C_OpenSession", 75, "[C_OpenSession : CKR_VENDOR_DEFINED + 1]"),
      ("5@C_GetAttributeValue", 75, "[C_GetAttributeValue : CKR_GENERAL_ERROR]"),
      ("5@C_FindObjectsInit", 75, "[C_FindObjectsInit : CKR_GENERAL_ERROR]"),
      ("12345@C_GetInfo", 75, "[C_GetInfo : 0x12345]"),
    ])
  func fault(name: String, code: Int32, words: String) async throws {
    let module = try ModuleCase(name)
    let run = try await module.check()
    #expect(run.code == code, "\(run)")
    #expect(run.output.contains(words), "\(run.output)")
    #expect(module.logins.count <= 1)
    #expect(!module.leavesProcesses)
  }

  @Test(
    "What is no fault of the card",
    arguments: ["print@C_Initialize", "print@C_Login,print@C_GetInfo", "grow", "fork@C_Initialize"])
  func harmless(name: String) async throws {
    let module = try ModuleCase(name)
    #expect(try await module.check().code == 0)
    // A child that the module leaves behind holds every descriptor: it is neither waited for nor spared.
    #expect(!module.leavesProcesses)
  }

  @Test("A card that has no DAM lists its object, and fails to read it")
  func noDAM() async throws {
    let run = try await ModuleCase("nodam").check()
    #expect(run.code == 20)
    #expect(run.output.contains("the card has no DAM"))
  }

  @Test(
    "The code's state is read before any try, and a try is made once at most",
    arguments: [
      ("flags=40000", "1234", 31, "the code porteur is blocked", 0),
      ("flags=20000", "1234", 31, "one try of the code porteur is left", 0),
      ("flags=10000", "1234", 0, "still be used", 1),
      // Another program has logged in.
      ("100@C_Login", "1234", 0, "✓ lots", 1),
      ("wrong", "9999", 31, "the code porteur given is wrong: more than one try is left", 1),
      ("A4@C_Login", "1234", 31, "wrong, and the card is now blocked", 1),
      ("A0@C_Login", "1234", 31, "the code porteur given is wrong", 1),
      ("5@C_Login", "1234", 75, "[C_Login : CKR_GENERAL_ERROR]", 1),
    ])
  func code(name: String, code: String, exit: Int32, words: String, tries: Int) async throws {
    let module = try ModuleCase(name)
    let run = try await module.check(code: code)
    #expect(run.code == exit, "\(run)")
    #expect(run.output.contains(words), "\(run.output)")
    #expect(module.logins.count == tries)
  }

  @Test("A reader with its own keypad asks for the code itself")
  func keypad() async throws {
    let module = try ModuleCase("flags=100")
    #expect(try await module.check(code: nil).code == 0)
    #expect(module.logins == ["keypad"])
  }

  @Test("Without a code, what needs it is undecided, and the rest is judged")
  func noCode() async throws {
    let module = try ModuleCase("healthy")
    let run = try await module.check(code: nil)
    #expect(run.code == 75)
    #expect(run.output.contains("code porteur not given"))
    #expect(run.output.contains("✓ nature"))
    #expect(module.logins.isEmpty)
  }

  @Test("Rules that need nothing behind the code do not present it")
  func notNeeded() async throws {
    let module = try ModuleCase("healthy")
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      sources: [cryptoki]
      stages: [{ id: s, rules: [{ id: r, check: card.pin, exit: 31 }] }]
      """
    ])
    let run = try await module.check("--rules", "\(folder.path)/rules.yaml")
    #expect([0, 64].contains(run.code))
    #expect(module.logins.isEmpty)
  }

  @Test(
    "A code that is none is refused before the card is touched",
    arguments: ["123", "123456789", "12a4", "", "12 4", "１２３４"])
  func malformed(code: String) async throws {
    let module = try ModuleCase("healthy")
    let run = try await module.check(code: code)
    #expect(run.code == 64)
    #expect(run.errors.contains("the card is not touched"))
    #expect(module.logins.isEmpty)
  }

  @Test("A file that others may read, or that is none, is refused")
  func unsafe() async throws {
    let module = try ModuleCase("healthy")
    let folder = try Folder(["code": "1234"])
    for mode in [0o640, 0o604, 0o666] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(folder.path)/code")
      let run = try await module.check(code: nil, "--pin-file", "\(folder.path)/code")
      #expect(run.code == 77, "\(run)")
    }
    #expect(try await module.check(code: nil, "--pin-file", folder.path).code == 77)
    #expect(try await module.check(code: nil, "--pin-file", "\(folder.path)/none").code == 66)
    #expect(try await module.check(code: nil, "--pin-fd", "99").code == 64)
    #expect(module.logins.isEmpty)
  }

  @Test("A module that is not there")
  func missing() async throws {
    let folder = try Folder(["rules.yaml": CardRules.text])
    for module in ["\(folder.path)/none.so", "no-such-name", "\(folder.path)/rules.yaml"] {
      let run = try await BuiltProgram.run(
        ["check", "--rules", "\(folder.path)/rules.yaml", "--module", module, "--lang", "en"])
      #expect(run.code == 69, "\(run)")
      #expect(run.output.contains("could not be loaded"), "\(run.output)")
    }
  }
}
