import CardStage
import Glibc
import Testing

@Suite("The command readers", .serialized, .blocking)
struct ReadersCommandTests {
  @Test("The table of readers and cards")
  func table() async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let cards = [
      try place.insert(Cards.cps4), try place.insert(Cards.vitale, slot: 1),
      try place.insert(Cards.other, of: place.daemon.readers[1]),
      try place.insert(Cards.cps3, slot: 1, of: place.daemon.readers[1], .mute),
    ]
    let run = try await place.program(["readers", "--lang", "en"])
    #expect(run.code == 0)
    #expect(
      run.output == """
        Left 00 00   CPS4
        Left 00 01   Vitale card (the patient's)
        Right 00 00  another card, ATR 3B 02 14 50
        Right 00 01  mute card (inserted the wrong way?)

        """)
    let french = try await place.program(["readers", "--lang", "fr", "--reader", "left"])
    #expect(french.output == "Left 00 00  CPS4\nLeft 00 01  carte Vitale (celle du patient)\n")
    let json = try await place.program(["readers", "--format", "json", "--reader", "left 00 00"])
    #expect(json.output.contains("\"schema\" : \"cps-preflight/readers/1\""))
    #expect(json.output.contains("\"generation\" : \"cps4\""))
    for card in cards { card.remove() }
  }

  @Test("No reader")
  func none() async throws {
    let run = try await Workplace(readers: []).program(["readers", "--lang", "en"])
    #expect(run.code == 0)
    #expect(run.output == "no reader is plugged in, or PC/SC does not see it (GALSS, maker's driver)\n")
  }

  @Test("--watch follows insertions and removals, until it is told to end")
  func watch() async throws {
    let place = try Workplace()
    let watching = try place.start(["readers", "--watch", "--lang", "en"])
    _ = try watching.read(until: "Twin 00 01  empty\n")
    let card = try VirtualCard(Cards.cps3, port: place.reader.port)
    _ = try watching.read(until: "Twin 00 00: CPS3\n")
    card.remove()
    _ = try watching.read(until: "Twin 00 00: empty\n")
    watching.signal(SIGINT)
    #expect(watching.finish() == 130)
  }

  @Test("--watch ends with 74 when nobody reads it any more")
  func nobodyReads() async throws {
    let place = try Workplace()
    let run = try await BuiltProgram.shell(
      "PCSCLITE_CSOCK_NAME=\(place.daemon.socket) $P readers --watch --lang en >/dev/full")
    #expect(run.code == 74)
  }

  @Test("--watch is for people")
  func json() async throws {
    #expect(try await BuiltProgram.run(["readers", "--watch", "--format", "json"]).code == 64)
  }
}
