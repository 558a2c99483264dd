import CardStage
import Testing

@Suite("What is in the reader is said, each with its own message and remedy", .serialized, .blocking)
struct CardInReaderTests {
  @Test("No reader at all")
  func noReader() async throws {
    let run = try await Workplace(readers: []).check()
    #expect(run.code == 10)
    #expect(run.output.contains("no card reader is plugged in"))
    #expect(run.output.contains("→ Call extension 12."), "what is said of no case is said of every one")
  }

  @Test("A reader that PC/SC does not see is named with what may be the cause, whatever the rules")
  func unseenReader() async throws {
    let place = try Workplace(readers: [])
    let shipped = try Folder(["rules.yaml": "version: 1\nextends: default\ndisable: [cryptolib-a-jour]\n"])
    let advice = ["on a serial port, held by GALSS", "not CCID", "maker's driver"]
    for (arguments, words) in [
      (["check", "--rules", place.rules], ["GALSS", "maker's driver"]),
      (["check", "--rules", "\(shipped.path)/rules.yaml"], advice),
      (["readers"], ["GALSS", "maker's driver"]),
    ] {
      let run = try await place.program(arguments + ["--lang", "en"])
      for word in words { #expect(run.output.contains(word), "\(run)") }
    }
  }

  @Test("A reader without a card")
  func empty() async throws {
    let run = try await Workplace().check()
    #expect(run.code == 10)
    #expect(run.output.contains("no card in the reader"))
    #expect(run.output.contains("→ A card, please (–)."))
  }

  @Test("rules test --from-card writes what the card in the reader is, and the test passes without it")
  func testFromCard() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps4)
    let run = try await place.program([
      "rules", "test", "--from-card", "--rules", place.rules, "--lang", "en",
    ])
    card.remove()
    #expect(run.code == 0 && run.output.contains("      card.generation: \"cps4\"\n"), "\(run)")
    #expect(run.output.contains("        presente: pass\n") && run.output.contains("      exit: 0\n"))
    let folder = try Folder(["made.test.yaml": run.output])
    let again = try await BuiltProgram.run(["rules", "test", "made.test.yaml"], in: folder.path)
    #expect(again.code == 0, "\(again)")
  }

  @Test(
    "The cards of the trade",
    arguments: [
      ("a CPS3", Cards.cps3, 0, ["generation of the chip: cps3", "read without contact: no"]),
      ("a CPS4", Cards.cps4, 0, ["generation of the chip: cps4", "read without contact: no"]),
      (
        "a contactless CPS", Cards.contactless, 0,
        ["read without contact", "→ By its chip."]
      ),
      (
        "the patient's card", Cards.vitale, 75,
        ["Vitale card is in the reader", "→ One's own card."]
      ),
      ("another card", Cards.other, 75, ["not a CPS (ATR 3B 02 14 50)", "→ Unknown ATR: 3B 02 14 50."]),
    ])
  func card(title: String, atr: String, code: Int32, words: [String]) async throws {
    let place = try Workplace()
    let card = try place.insert(atr)
    let run = try await place.check()
    card.remove()
    #expect(run.code == code, "\(title): \(run.output)")
    for word in words + ["card read in “Twin 00 00”"] { #expect(run.output.contains(word), "\(run.output)") }
  }

  @Test("A card inserted the wrong way")
  func mute() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3, .mute)
    let run = try await place.check()
    card.remove()
    #expect(run.code == 10)
    #expect(run.output.contains("the card in “Twin 00 00” is mute"))
    #expect(run.output.contains("→ Turn over the one in “Twin 00 00”."))
  }

  @Test("A reader whose name is not UTF-8")
  func latinName() async throws {
    let place = try Workplace(readers: ["Santé"])
    let card = try VirtualCard(Cards.cps3, port: place.reader.port)
    let run = try await place.check("--wait", "10s")
    card.remove()
    #expect(run.code == 0, "\(run.output)")
    #expect(run.output.contains("card read in “Sant\u{FFFD} 00 00”"))
  }

  @Test("As many readers as the service can have")
  func full() async throws {
    let place = try Workplace(readers: (1...8).map { "Twin \($0)" })
    let run = try await place.check("--wait", "100ms")
    #expect(run.code == 10, "\(run.output)")
    #expect(run.output.contains("no card in the reader"))
  }

  @Test("Beside the patient's card, the CPS is the one that counts")
  func twin() async throws {
    let place = try Workplace()
    let vitale = try place.insert(Cards.vitale)
    let cps = try place.insert(Cards.cps3, slot: 1)
    let run = try await place.check()
    #expect(run.code == 0, "\(run.output)")
    #expect(run.output.contains("card read in “Twin 00 01”"))
    vitale.remove()
    cps.remove()
  }

  @Test("Two CPS: undecided, naming both, unless one reader is named")
  func two() async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let left = try place.insert(Cards.cps3)
    let right = try place.insert(Cards.cps4, slot: 1, of: place.daemon.readers[1])
    let both = try await place.check()
    #expect(both.code == 75)
    #expect(both.output.contains("several CPS cards, in “Left 00 00” and “Right 00 01”"), "\(both.output)")
    #expect(both.output.contains("--reader"))
    for (name, code, generation) in [("Left 00 00", 0, "cps3"), ("right", 0, "cps4"), ("t 00 01", 0, "cps4")]
    {
      let run = try await place.check("--reader", name)
      #expect(run.code == code, "\(name): \(run.output)")
      #expect(run.output.contains(generation))
    }
    let none = try await place.check("--reader", "Middle")
    #expect(none.code == 10)
    #expect(none.output.contains("plugged in: “Left 00 00”"), "\(none.output)")
    left.remove()
    right.remove()
  }

  @Test("A rule file may name the reader and a wait; the command line goes before it")
  func options() async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let rules = """
      version: 1
      sources: [{ pcsc: { reader: left, wait: 50ms } }]
      stages: [{ id: s, rules: [{ id: r, check: card.present, exit: 10 }] }]
      """
    let folder = try Folder(["rules.yaml": rules])
    let card = try place.insert(Cards.cps3, of: place.daemon.readers[1])
    let check = ["check", "--rules", "\(folder.path)/rules.yaml", "--lang", "en"]
    #expect(try await place.program(check).code == 10)
    #expect(try await place.program(check + ["--reader", "right"]).code == 0)
    card.remove()
  }

  @Test("The card is shared, and left as it was found")
  func sharing() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let holder = try place.hold("Twin 00 00", "shared")
    let before = card.commands
    #expect(try await place.check().code == 0)
    #expect(card.commands == before, "neither reset nor powered off")
    holder.signal(15)
    card.remove()
  }

  @Test("A card that another program holds for itself")
  func exclusive() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let holder = try place.hold("Twin 00 00", "exclusive")
    let run = try await place.check()
    #expect(run.code == 75)
    #expect(run.output.contains("another program has exclusive use of the card in “Twin 00 00”"))
    #expect(run.output.contains("→ Close the program that uses the card"))
    #expect(try await place.program(["readers", "--lang", "en"]).output.contains("held by another program"))
    holder.signal(15)
    card.remove()
  }

  @Test("A card in the middle of another program's transaction is waited for until the deadline")
  func transaction() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let holder = try place.hold("Twin 00 00", "transaction")
    let run = try await place.check("--timeout", "2s")
    #expect(run.code == 75)
    #expect(run.output.contains("could not be reached within 2000 ms"), "\(run.output)")
    holder.signal(15)
    card.remove()
  }

  @Test("Rules that ask nothing of the card never touch the reader")
  func untouched() async throws {
    let place = try Workplace()
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      stages: [{ id: s, rules: [{ id: r, check: fact, with: { fact: today, after: 2020-01-01 } }] }]
      """
    ])
    place.daemon.freeze()
    let run = try await place.program(["check", "--rules", "\(folder.path)/rules.yaml", "--wait", "2h"])
    #expect(run.code == 64, "an hour at most is waited")
    let plain = try await place.program(["check", "--rules", "\(folder.path)/rules.yaml", "--wait", "1h"])
    #expect(plain.code == 0, "\(plain.output)")
    place.daemon.thaw()
  }
}
