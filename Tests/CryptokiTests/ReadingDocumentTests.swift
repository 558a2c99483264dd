import JSON
import Preflight
import Processes
import Testing

@testable import Cryptoki

@Suite("What passes between the program and the isolated reader")
struct ReadingDocumentTests {
  private static let failure = Reading.Failure(call: "C_Login", returned: "CKR_\"é\\\u{1}\n")

  /// Readings of which each part is there, or not.
  private static var readings: [Reading] {
    var full = Reading()
    full.library = "3.1"
    full.module = "/opt/module\u{202E}.so"
    full.tokens = [
      Reading.Token(
        slot: .max, slotName: "Lecteur « à clavier » 00 00", label: "CPS3v1-1234", serial: "", flags: 0x4040D,
        shortestCode: 4, longestCode: 8)
    ]
    full.token = full.tokens.first
    full.lacksReader = true
    full.login = "CKR_OK"
    full.flagsAfterLogin = 0x8000_0000
    full.objects = [
      "A": .absent, "B": .value([]), "C": .value([0, 0x7F, 0x80, 0xFF]), "D": .unreadable(failure),
    ]
    full.staysAfterwards = true
    full.comesBack = true
    full.wasReleased = true
    full.failure = failure
    let reasons: [TrustFault.Reason] = [
      .missing, .notRegular, .notReadable(words: "mots"), .ofStranger(user: 1000), .writableByOthers,
      .writableByEverybody, .sharedFolder, .replaced, .plantedLink(user: 0),
    ]
    return [Reading(), full]
      + reasons.map { reason in
        var refused = Reading()
        refused.refusal = Reading.Refusal(module: "cps3", fault: TrustFault("/opt", reason))
        return refused
      }
  }

  @Test("A reading comes out as it went in", arguments: Self.readings)
  func roundTrip(reading: Reading) throws {
    #expect(ReadingAnswer(Array(ReadingAnswer(reading).jsonLine.utf8))?.reading == reading)
  }

  @Test("A request comes out as it went in, on one line")
  func requests() {
    var options = ReadingRequest.Options()
    for change: (inout ReadingRequest.Options) -> Void in [
      { _ in }, { $0.reader = "a\nbé" }, { $0.readers = ["", "\u{2028}"] },
      { $0.isSlotNamed = true }, { $0.releaseMs = 1500 }, { $0.settleMs = 600 },
      { $0.publicObjects = ["CPS_ID_CARD"] },
      { $0.privateObjects = ["CPS_SIT_FACT"] }, { $0.furtherObjects = ["CPS_ACTIVITY_01_PS"] },
      { $0.readsFurtherObjects = true }, { $0.provingObjects = ["CPS_DATA"] }, { $0.hasCode = true },
    ] {
      change(&options)
      let request = ReadingRequest(options, deadlineMs: 3000)
      let line = Array(request.jsonLine.utf8)
      #expect(!line.contains(UInt8(ascii: "\n")))
      #expect(ReadingRequest(line) == request)
      #expect(request.framed == Array("\(line.count)\n".utf8) + line)
    }
  }

  @Test("What is cut or altered anywhere is not believed, or says the same")
  func altered() {
    for reading in Self.readings {
      let line = Array(ReadingAnswer(reading).jsonLine.utf8)
      for end in line.indices { #expect(ReadingAnswer(Array(line[..<end])) == nil) }
      for (from, to) in [(":true", ":1"), (":{", ":["), (":[", ":{"), ("\"tokens\"", "\"tokenz\"")] {
        let other = String(decoding: line, as: UTF8.self).replacing(from, with: to)
        if other.utf8.elementsEqual(line) { continue }
        #expect(ReadingAnswer(Array(other.utf8)) == nil)
      }
    }
  }

  @Test(
    "An answer that lacks what it must have, or has it in another type, is none",
    arguments: [
      "", "{}", "[]", #"{"facts":{}}"#, #"{"facts":{"reading":{}}}"#, #"{"facts":{"reading":[]}}"#,
      #"{"facts":{"reading":{"tokens":[],"lacksReader":false,"objects":{"A":"0"},"staysAfterwards":true,"comesBack":false,"wasReleased":false}}}"#,
      #"{"facts":{"reading":{"tokens":[],"lacksReader":false,"objects":{"A":"zz"},"staysAfterwards":true,"comesBack":false,"wasReleased":false}}}"#,
      #"{"facts":{"reading":{"tokens":[],"lacksReader":false,"objects":{},"staysAfterwards":true,"comesBack":false,"wasReleased":false,"failure":null}}}"#,
      #"{"facts":{"reading":{"tokens":[],"lacksReader":false,"objects":{},"staysAfterwards":true,"comesBack":false,"wasReleased":false,"refusal":{"module":"m","path":"/","reason":"ofStranger"}}}}"#,
    ])
  func malformed(answer: String) {
    #expect(ReadingAnswer(Array(answer.utf8)) == nil)
  }
}
