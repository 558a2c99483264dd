import CardStage
import Testing

@Suite("The card that the module reads is the one in the reader", .serialized, .blocking)
struct CardAndReaderTests {
  /// Judges the card with our own module beside a real reader.
  private func check(
    _ faults: String, in place: Workplace, timeout: String = "20s"
  ) async throws -> (run: BuiltProgram.Run, module: ModuleCase) {
    let module = try ModuleCase(faults, sources: "pcsc, cryptoki")
    let arguments = module.arguments(timeout: timeout) + ["--lang", "en", "--pin-file", module.codeFile]
    return (try await place.program(arguments), module)
  }

  @Test("Of two slots, the one of the reader; one that is named like no reader, where it is the only one")
  func slots() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    for (slots, code) in [
      ("slot=Twin 00 00,slot=Twin 00 01", 0), ("slot=Twin 00 01,slot=Twin 00 00", 31),
      ("slot=elsewhere", 0), ("slot=elsewhere,slot=nowhere", 75),
    ] as [(String, Int32)] {
      let run = try await check(slots, in: place).run
      #expect(run.code == code, "\(slots): \(run)")
      if code == 75 { #expect(run.output.contains("does not see the card in “Twin 00 00”"), "\(run.output)") }
    }
    card.remove()
  }

  @Test("The terminal is asked for the code porteur once a card that needs it is there, and not before")
  func asking() async throws {
    let place = try Workplace()
    func start(_ arguments: [String]) throws -> (check: ChildProcess, module: ModuleCase) {
      let module = try ModuleCase("slot=Twin 00 00", sources: "pcsc, cryptoki")
      return (try place.start(module.arguments + ["--lang", "en"] + arguments, errors: .terminal), module)
    }
    let none = try start([])
    let report = none.check.readToEnd()
    #expect(none.check.finish() != 0 && none.check.readTerminalToEnd().isEmpty, "\(report)")
    let vitale = try place.insert(Cards.vitale)
    let other = try start([])
    _ = other.check.readToEnd()
    #expect(other.check.finish() != 0 && other.check.readTerminalToEnd().isEmpty)
    vitale.remove()
    try place.settle("Twin 00 00", is: "empty")
    // It is waited for, and then its code.
    let waiting = try start(["--wait", "10m"])
    #expect(try !waiting.check.readTerminal(until: "insert the CPS card").contains("Code porteur"))
    let cps = try place.insert(Cards.cps3)
    _ = try waiting.check.readTerminal(until: "Code porteur (empty: none): ")
    waiting.check.type("1234\n")
    let judged = waiting.check.readToEnd()
    #expect(waiting.check.finish() == 0, "\(judged)")
    #expect(waiting.module.logins == ["code"])
    cps.remove()
  }

  @Test("A card that PC/SC sees and the module does not know is told from one that is gone")
  func unknownCard() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let unknown = "this Cryptolib does not know the card in “Twin 00 00”, which has the ATR of a CPS"
    for (module, code, words) in [
      ("slot=Twin 00 00,unlisted,e1@C_GetTokenInfo", 69, unknown),
      ("slot=Twin 00 00,e1@C_GetTokenInfo", 69, unknown),
      ("slot=Twin 00 01,slot=Twin 00 00,unlisted,e1@C_GetTokenInfo", 69, unknown),
      ("slot=Twin 00 01", 69, "this Cryptolib does not show the reader “Twin 00 00”"),
      ("slot=Twin 00 00,unlisted,e0@C_GetTokenInfo", 75, "[C_GetTokenInfo : CKR_TOKEN_NOT_PRESENT]"),
      ("slot=Twin 00 00,unlisted", 75, "or no longer does"),
      // A card that is being taken out: unknown at first, then gone; or another one is there by then.
      ("slot=Twin 00 00,unlisted,pulled=e0", 75, "[C_GetTokenInfo : CKR_TOKEN_NOT_PRESENT]"),
      ("slot=Twin 00 00,unlisted,pulled=0", 75, "or no longer does"),
    ] as [(String, Int32, String)] {
      let (run, tried) = try await check(module, in: place)
      #expect(run.code == code, "\(module): \(run)")
      #expect(run.output.contains(words), "\(module): \(run.output)")
      if code == 69 { #expect(!run.output.contains("leave the card in")) }
      #expect(tried.logins.isEmpty)
    }
    card.remove()
  }

  @Test("A CPS4 is blocked where it says so after it was let go, unless another program uses it")
  func blocked() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps4)
    let (run, module) = try await check("cps4,flags=40000,slot=Twin 00 00", in: place)
    #expect(run.code == 31, "\(run)")
    #expect(run.output.contains("the code porteur is blocked"))
    #expect(module.logins.isEmpty)
    let holder = try place.hold("Twin 00 00", "shared")
    let used = try await check("cps4,flags=40000,slot=Twin 00 00", in: place).run
    #expect(used.code == 75, "\(used)")
    #expect(used.output.contains("as it does of a CPS4 whose code was just entered"))
    holder.signal(15)
    card.remove()
  }
}
