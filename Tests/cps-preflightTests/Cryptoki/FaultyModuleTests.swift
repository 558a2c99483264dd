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
      ("hang@C_Initialize", 75, "did not answer within 3000 ms"),
      ("hang@C_GetSlotList", 75, "did not answer within 3000 ms"),
      ("hang@C_Login", 75, "did not answer within 3000 ms"),
      ("hang@C_GetAttributeValue", 75, "did not answer within 3000 ms"),
      ("abort@C_Initialize", 69, "crashed (signal 6)"),
      ("abort@C_GetAttributeValue", 69, "crashed (signal 6)"),
      ("exit@C_GetSlotList", 69, "gave an answer that makes no sense"),
      ("5@C_Initialize", 69, "[C_Initialize : CKR_GENERAL_ERROR]"),
      ("32@C_OpenSession", 75, "taken out or no longer answers [C_OpenSession : CKR_DEVICE_REMOVED]"),
      ("30@C_OpenSession", 75, "taken out or no longer answers [C_OpenSession : CKR_DEVICE_ERROR]"),
      ("e0@C_GetTokenInfo", 75, "taken out or no longer answers [C_GetTokenInfo : CKR_TOKEN_NOT_PRESENT]"),
      (
        "e1@C_GetTokenInfo", 69,
        "this Cryptolib does not know this card: install the latest"
      ),
      ("e1@C_Initialize", 75, "taken out or no longer answers [C_Initialize : CKR_TOKEN_NOT_RECOGNIZED]"),
      ("FFFFFFFF80000001@C_OpenSession", 75, "an update of the card was begun and not finished"),
      ("80000001@C_OpenSession", 75, "[C_OpenSession : CKR_VENDOR_DEFINED + 1]"),
      ("5@C_GetAttributeValue", 75, "[C_GetAttributeValue : CKR_GENERAL_ERROR]"),
      ("size=65537", 75, "[C_GetAttributeValue : CKR_ATTRIBUTE_VALUE_INVALID]"),
      (
        "32@C_GetAttributeValue", 75,
        "taken out or no longer answers [C_GetAttributeValue : CKR_DEVICE_REMOVED]"
      ),
      ("5@C_FindObjectsInit", 75, "[C_FindObjectsInit : CKR_GENERAL_ERROR]"),
      ("vanish", 75, "the card was no longer there at the end of the reading"),
      ("12345@C_GetInfo", 75, "[C_GetInfo : 0x12345]"),
      ("slots=257", 69, "claims more than 256 card slots, or one more each time: none is read"),
      ("slots=4000000000", 69, "claims more than 256 card slots"),
      ("swell", 69, "claims more than 256 card slots, or one more each time"),
      ("swell,unlisted", 69, "claims more than 256 card slots, or one more each time"),
      ("slots=256", 75, "does not see exactly one card (cards seen: 256)"),
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
    arguments: [
      "print@C_Initialize", "print@C_Login,print@C_GetInfo", "size=0", "size=4096", "size=4097",
      "size=5000,grow", "size=65536", "daemon@C_Initialize",
      "daemon@C_Login,daemon@C_Finalize", "fork@C_Initialize", "5@C_Finalize", "5@C_Logout",
    ])
  func harmless(name: String) async throws {
    let module = try ModuleCase(name)
    #expect(try await module.check().code == 0)
    #expect(!module.leavesProcesses)
  }

  @Test("Processes that a module sent away end with it, whatever it does itself")
  func daemons() async throws {
    let module = try ModuleCase("daemon@C_Initialize,hang@C_Login")
    #expect(try await module.check().code == 75)
    #expect(!module.leavesProcesses)
  }

  @Test("A module that takes memory without end finds none before the machine does")
  func leak() async throws {
    let module = try ModuleCase("leak@C_OpenSession")
    let run = try await module.check()
    #expect([69, 75].contains(run.code), "\(run)")
    #expect(!module.leavesProcesses)
  }

  @Test(
    "The session is closed and the module finalised whatever happened, and the card logged out unless it was logged in before",
    arguments: [
      ("healthy", ["C_Login", "C_Logout", "C_CloseSession", "C_Finalize"]),
      ("A0@C_Login", ["C_Login", "C_CloseSession", "C_Finalize"]),
      ("100@C_Login", ["C_Login", "C_CloseSession", "C_Finalize"]),
      ("5@C_GetAttributeValue", ["C_Login", "C_Logout", "C_CloseSession", "C_Finalize"]),
      // What could not be read may be another card's: the module starts again to see which one is there.
      ("nodam", ["C_Login", "C_Logout", "C_CloseSession", "C_Finalize", "C_Finalize"]),
      ("vanish", ["C_Login", "C_Logout", "C_CloseSession", "C_Finalize"]),
      ("b3@C_GetSessionInfo", ["C_Login", "C_Logout", "C_CloseSession", "C_Finalize"]),
      ("flags=40000", ["C_CloseSession", "C_Finalize"]),
      ("32@C_OpenSession", ["C_Finalize"]),
      ("e0@C_GetTokenInfo", ["C_Finalize"]),
      ("5@C_GetInfo", ["C_Finalize"]),
    ])
  func ends(name: String, calls: [String]) async throws {
    let module = try ModuleCase(name)
    _ = try await module.check()
    #expect(module.calls == calls)
  }

  @Test(
    "Nothing is asked of the card that the rules do not need: its activities only where a number is compared or the billing data are in doubt",
    arguments: [
      ("healthy", [], ["C_Login", "CPS_SIT_FACT", "CPS_DATA"]),
      (
        "healthy", ["--am", "692612344"],
        ["C_Login", "CPS_SIT_FACT", "CPS_ACTIVITY_01_PS", "CPS_DATA"]
      ),
      (
        "nodam", [],
        ["C_Login", "CPS_SIT_FACT", "CPS_ACTIVITY_01_PS", "CPS_DATA", "C_GetTokenInfo"]
      ),
      (
        "A0@C_Login", [],
        ["C_Login", "C_GetTokenInfo", "CPS_DATA"]
      ),
    ])
  func asked(name: String, arguments: [String], asked: [String]) async throws {
    let module = try ModuleCase(name)
    _ = try await BuiltProgram.run(module.arguments + ["--pin-file", module.codeFile] + arguments)
    #expect(module.asked == ["C_GetTokenInfo", "CPS_INFO_PS", "CPS_ID_CARD"] + asked)
  }

  @Test(
    "A card without DAM is believed to have none only if the same card is there when the module starts anew",
    arguments: [("nodam", Int32(20)), ("nodam,exchange", 75), ("exchange", 0)])
  func exchanged(name: String, code: Int32) async throws {
    #expect(try await ModuleCase(name).check().code == code)
  }

  @Test(
    "A card that left its slot meanwhile, or is there no longer, is not believed, whatever was read",
    arguments: ["vanish", "b3@C_GetSessionInfo", "54@C_GetSessionInfo"])
  func left(name: String) async throws {
    let run = try await ModuleCase(name).check()
    #expect(run.code == 75, "\(run)")
    #expect(run.output.contains("the card was no longer there at the end of the reading"), "\(run.output)")
  }

  @Test("A try that was made is told even where the card has gone since")
  func triedAndGone() async throws {
    let module = try ModuleCase("A0@C_Login,vanish")
    let run = try await module.check()
    #expect(
      run.output.contains("✗ code: the code porteur given is wrong; how many tries are left is not known"))
    #expect(module.logins == ["code"])
  }

  @Test(
    "A CPS4 that may be blocked, or whose code may have just been entered, is read again once it was let go")
  func mayBeEntered() async throws {
    let entered = try ModuleCase("cps4,flags=40000,once")
    let codeFile = ["--pin-file", entered.codeFile, "--lang", "en"]
    let run = try await BuiltProgram.run(entered.arguments(timeout: "20s") + codeFile)
    #expect(run.code == 0, "\(run)")
    #expect(entered.calls == ["C_Finalize", "C_Login", "C_Logout", "C_CloseSession", "C_Finalize"])
    // There is too little time for that, and it is unknown whether another program uses the card.
    let unclear = try ModuleCase("cps4,flags=40000")
    let undecided = try await BuiltProgram.run(
      unclear.arguments(timeout: "8s") + ["--lang", "en", "--pin-file", unclear.codeFile])
    #expect(undecided.code == 75)
    #expect(
      undecided.output.contains(
        "? code: the Cryptolib says that the code porteur is blocked, as it does of a CPS4"))
    #expect(unclear.logins.isEmpty)
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
    let module = try ModuleCase(
      "healthy",
      rules: """
        version: 1
        sources: [cryptoki]
        stages: [{ id: s, rules: [{ id: r, check: card.pin, exit: 31 }] }]
        """)
    let run = try await module.check()
    #expect(run.code == 0, "\(run)")
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
      try folder.setMode(mode, of: "code")
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
      #expect(run.output.contains(module), "it is named: \(run.output)")
    }
  }
}
