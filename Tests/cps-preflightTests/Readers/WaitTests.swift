import CardStage
import Glibc
import Testing

@Suite("Waiting for a card", .serialized, .blocking)
struct WaitTests {
  private func check(_ place: Workplace, _ wait: String) -> [String] {
    ["check", "--rules", place.rules, "--lang", "en", "--wait", wait]
  }

  @Test("It ends at once when the card comes, and the terminal says meanwhile what is waited for")
  func comes() async throws {
    let place = try Workplace()
    let start = ContinuousClock.now
    let waiting = try place.start(check(place, "60m"), errors: .terminal)
    #expect(try waiting.readTerminal(until: "insert the CPS card").contains("CPS card (3600 s left)"))
    let vitale = try VirtualCard(Cards.vitale, port: place.reader.port)
    #expect(try waiting.readTerminal(until: "put the CPS card in it").contains("Vitale"))
    let mute = try VirtualCard(Cards.cps3, port: place.reader.port + 1, .mute)
    #expect(try waiting.readTerminal(until: "turn it over").contains("mute"))
    mute.remove()
    try place.settle(place.reader.slot(1), is: "empty")
    let cps = try VirtualCard(Cards.cps3, port: place.reader.port + 1)
    let report = waiting.readToEnd()
    #expect(waiting.finish() == 0, "\(report)")
    #expect(report.contains("card read in “Twin 00 01”"))
    #expect(start.duration(to: .now) < .seconds(600))
    vitale.remove()
    cps.remove()
  }

  @Test("A card that is there is not waited for")
  func there() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    #expect(try await place.check("--wait", "60m").code == 0)
    card.remove()
  }

  @Test("At the deadline, what is there is judged")
  func deadline() async throws {
    let place = try Workplace()
    let start = ContinuousClock.now
    let run = try await place.check("--wait", "600ms")
    #expect(run.code == 10)
    #expect(run.output.contains("no card in"))
    #expect(run.errors.isEmpty, "nothing is announced where there is no terminal")
    #expect(start.duration(to: .now) >= .milliseconds(600))
    let card = try place.insert(Cards.vitale)
    let vitale = try await place.check("--wait", "300ms")
    #expect(vitale.output.contains("Vitale card is in the reader"))
    card.remove()
  }

  @Test("Ctrl-C and SIGTERM end it cleanly", arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func interrupted(signal: Int32, code: Int32) async throws {
    let place = try Workplace()
    let waiting = try place.start(check(place, "60m"), errors: .terminal)
    _ = try waiting.readTerminal(until: "insert")
    waiting.signal(signal)
    #expect(try waiting.readTerminal(until: "judged").contains("interrupted, nothing is judged"))
    #expect(waiting.readToEnd().isEmpty)
    #expect(waiting.finish() == code)
  }

  @Test("The time a person takes is not the rule's time")
  func ruleTimeout() async throws {
    let place = try Workplace()
    let rules = """
      version: 1
      sources: [pcsc]
      stages: [{ id: s, rules: [{ id: r, check: card.present, exit: 10, timeout: 10s }] }]
      """
    let folder = try Folder(["rules.yaml": rules])
    let run = try await place.program(
      ["check", "--rules", "\(folder.path)/rules.yaml", "--wait", "11s", "--lang", "en"])
    #expect(run.code == 10, "\(run.output)")
  }
}
