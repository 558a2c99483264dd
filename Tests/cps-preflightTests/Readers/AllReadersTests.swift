import CardStage
import FoundationEssentials
import Testing

@Suite("check --all-readers", .serialized, .blocking)
struct AllReadersTests {
  private static func words(_ run: BuiltProgram.Run) -> [String] {
    run.output.split(separator: "\n").map(String.init)
  }

  @Test("Every card gets its report, in the order of the readers' names, and a line of the table at the end")
  func table() async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let cards = [
      try place.insert(Cards.cps3, of: place.daemon.readers[1]), try place.insert(Cards.cps4),
    ]
    let run = try await place.check("--all-readers")
    for card in cards { card.remove() }
    #expect(run.code == 0, "\(run)")
    let lines = Self.words(run)
    #expect(lines.filter { $0.hasPrefix("──") } == ["── Left 00 00 ──", "── Right 00 00 ──"])
    #expect(
      Array(lines.suffix(3)) == [
        "Reader       Verdict  Code  Cause", "Left 00 00   ready    0", "Right 00 00  ready    0",
      ])
    #expect(lines.count { $0.contains("READY") } == 2)
  }

  @Test("The code is that of the first reader, by name, whose card does not pass")
  func firstFailing() async throws {
    let place = try Workplace(readers: ["Left", "Middle", "Right"])
    let readers = place.daemon.readers
    let cards = [
      try place.insert(Cards.cps3), try place.insert(Cards.vitale, of: readers[1]),
      try place.insert(Cards.cps3, of: readers[2], .mute),
    ]
    let run = try await place.check("--all-readers")
    #expect(run.code == 75, "the patient's card has no generation: \(run)")
    let mute = "The card in “Right 00 00” is mute: it is probably inserted the wrong way."
    #expect(run.output.hasSuffix("\nRight 00 00   blocked    10    \(mute)\n"), "\(run.output)")
    #expect(run.output.contains("Middle 00 00  undecided  75    card.generation is not known: "))
    cards[1].remove()
    try place.settle("Middle 00 00", is: "empty")
    #expect(try await place.check("--all-readers").code == 10)
    cards[2].remove()
    try place.settle("Right 00 00", is: "empty")
    #expect(try await place.check("--all-readers").code == 0)
    cards[0].remove()
  }

  @Test("A reader whose name is part of another one's is not taken for it, nor one in other letters")
  func likeNames() async throws {
    let place = try Workplace(readers: ["Twin", "Twin 00", "TWIN"])
    let readers = place.daemon.readers
    let cards = [
      try place.insert(Cards.vitale), try place.insert(Cards.cps3, of: readers[1]),
      try VirtualCard(Cards.other, port: readers[2].port),
    ]
    try place.settle(readers[2].slot(0), is: "card")
    let run = try await place.check("--all-readers", "--format", "json")
    for card in cards { card.remove() }
    let document = try JSONTree(run.output)
    #expect(document["schema"] == .text("cps-preflight/verdicts/1"))
    #expect(document["exitCode"] == .number(75))
    guard case .list(let entries)? = document["readers"] else {
      Issue.record("\(run.output)")
      return
    }
    #expect(entries.map { $0["reader"] } == ["TWIN 00 00", "Twin 00 00", "Twin 00 00 00"].map { .text($0) })
    #expect(entries.map { $0["verdict"]?["exitCode"] } == [75, 75, 0].map { .number($0) })
    for (entry, reader) in zip(entries, ["TWIN 00 00", "Twin 00 00", "Twin 00 00 00"]) {
      #expect("\(entry)".contains("card read in “\(reader)”"), "\(entry)")
    }
  }

  @Test("The journal has a line for each, in the order of the readers' names, with each one's own code")
  func journal() async throws {
    let place = try Workplace(readers: ["Left", "Middle", "Right"])
    let readers = place.daemon.readers
    let cards = [
      try place.insert(Cards.cps3), try place.insert(Cards.vitale, of: readers[1]),
      try place.insert(Cards.cps4, of: readers[2]),
    ]
    let files = try Folder()
    let journal = "\(files.path)/j"
    let run = try await place.check("--all-readers", "--journal", journal)
    let full = try await place.check("--all-readers", "--journal", "\(files.path)/missing/j")
    for card in cards { card.remove() }
    #expect(run.code == 75, "\(run)")
    let lines = try String(contentsOf: URL(filePath: journal), encoding: .utf8).split(separator: "\n").map {
      try JSONTree(String($0))
    }
    #expect(lines.map { $0["reader"] } == ["Left 00 00", "Middle 00 00", "Right 00 00"].map { .text($0) })
    #expect(lines.map { $0["exitCode"] } == [0, 75, 0].map { .number($0) })
    #expect(lines.map { $0["verdict"] } == ["ready", "undecided", "ready"].map { .text($0) })
    #expect(lines.map { $0["command"] } == Array(repeating: .text("check"), count: 3))
    // What is not in the journal does not count, and is reported once.
    #expect(full.code == 74, "\(full)")
    #expect(full.errors.split(separator: "\n").count == 1, "\(full)")
    // Without a verdict, there is only the code.
    let wrong = try await place.program([
      "check", "--all-readers", "--rules", "\(files.path)/none.yaml", "--journal", journal,
    ])
    #expect(wrong.code == 66, "\(wrong)")
    let text = try String(contentsOf: URL(filePath: journal), encoding: .utf8)
    #expect(text.split(separator: "\n").count == 4 && text.contains("\"exitCode\":66,"), "\(text)")
  }

  @Test("Without a card it is as check says: 10, no reader or no card")
  func noCard() async throws {
    let none = try await Workplace(readers: []).check("--all-readers")
    #expect(none.code == 10)
    #expect(none.output.contains("no card reader is plugged in"))
    let place = try Workplace()
    let empty = try await place.check("--all-readers")
    #expect(empty.code == 10)
    #expect(empty.output == (try await place.check()).output)
    let json = try JSONTree(try await place.check("--all-readers", "--format", "json").output)
    #expect(json["exitCode"] == .number(10))
    #expect("\(json["readers"] ?? .null)".contains("no card in the reader"))
  }

  @Test("Without the service it is as check says: 69")
  func noService() async throws {
    let place = try Workplace()
    place.daemon.stop()
    let run = try await place.check("--all-readers")
    #expect(run.code == 69, "\(run)")
  }

  @Test("A service that hangs ends at the deadline, undecided")
  func hangs() async throws {
    let place = try Workplace()
    place.daemon.freeze()
    let run = try await place.check("--all-readers", "--timeout", "300ms")
    place.daemon.thaw()
    #expect(run.code == 75, "\(run)")
  }

  @Test("A card that another program holds does not keep the others from being judged")
  func held() async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let cards = [
      try place.insert(Cards.cps3), try place.insert(Cards.cps3, of: place.daemon.readers[1]),
    ]
    let holder = try place.hold("Left 00 00", "exclusive")
    let run = try await place.check("--all-readers")
    #expect(run.code == 75)
    #expect(run.output.contains("Left 00 00   undecided  75"), "\(run.output)")
    #expect(run.output.contains("Right 00 00  ready      0"))
    holder.signal(15)
    for card in cards { card.remove() }
  }

  @Test(
    "What a card holds is read as its reader's; no code is asked for or presented, even at a terminal",
    arguments: [
      // The module has no slot for the other reader, so it does not know that card.
      ("Left 00 00", ["Left 00 00   ready      0", "Right 00 00  undecided  69    This Cryptolib does"]),
      // For a slot that bears no reader's name, it is unknown which card is in it.
      ("Elsewhere", ["Left 00 00   undecided  75    The", "Right 00 00  undecided  75    The"]),
    ])
  func contents(slot: String, rows: [String]) async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let cards = [
      try place.insert(Cards.cps3), try place.insert(Cards.cps3, of: place.daemon.readers[1]),
    ]
    let files = try Folder([
      "rules.yaml": """
      version: 1
      stages:
        - id: carte
          rules:
            - { id: numero, check: fact, with: { fact: card.number, equals: "2800009017" }, exit: 12 }
            - { id: dam, check: billing.dam, severity: warning }
      """
    ])
    let module = "\(files.path)/slot=\(slot).so"
    try FileManager.default.copyItem(atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: module)
    let process = try place.start(
      [
        "check", "--all-readers", "--rules", "\(files.path)/rules.yaml", "--module", module, "--lang", "en",
      ], errors: .terminal)
    let output = process.readToEnd()
    for card in cards { card.remove() }
    #expect(process.finish() == (slot == "Elsewhere" ? 75 : 69), "\(output)")
    let lines = output.split(separator: "\n").filter { $0.hasPrefix("Left 00") || $0.hasPrefix("Right 00") }
    #expect(lines.count == 2 && zip(lines, rows).allSatisfy { $0.hasPrefix($1) }, "\(output)")
    // If the card was read, the warning says what is missing.
    #expect(output.contains("code porteur") == rows[0].contains("ready"), "\(output)")
    #expect(!FileManager.default.fileExists(atPath: module + ".logins"))
  }

  @Test(
    "What is about one card, or about none, does not go with it: 64, and no card is touched",
    arguments: [
      ["--reader", "x"], ["--facts", "docs/samples/card.json"], ["--offline"], ["--wait", "1s"],
      ["--pin-fd", "3"], ["--pin-file", "code"], ["--am", "1"], ["--situation", "1"], ["--report", "-"],
      ["--key", "key", "--format", "json"],
    ])
  func refused(arguments: [String]) async throws {
    let run = try await BuiltProgram.run(["check", "--all-readers"] + arguments)
    #expect(run.code == 64, "\(run)")
    #expect(run.errors.contains("--all-readers"), "\(run)")
  }
}
