import Preflight
import JSON
import Testing

@Suite("Values of facts in JSON")
struct FactValueTests {
  private func value(_ type: FactType, _ json: String) throws -> FactValue? {
    type.value(of: try JSONReader.read(Array(json.utf8)))
  }

  @Test(
    "Each type is read as it is written",
    arguments: [
      (.integer, "-3", .integer(-3)), (.integer, "9223372036854775807", .integer(.max)),
      (.duration, "\"90d\"", .duration(.seconds(7_776_000))), (.duration, "\"0s\"", .duration(.zero)),
      (.duration, "\"250ms\"", .duration(.milliseconds(250))),
      (.list, "[1, \"a\", null]", .list([.number("1"), .text("a"), .null])),
      (.map, "{\"a\": [true]}", .map([.init("a", .list([.boolean(true)]))])),
      (.concealed(.integer), "3", .concealed(.integer(3))),
      (.concealed(.text), "\"x\"", .concealed(.text("x"))),
    ] as [(FactType, String, FactValue)])
  func read(type: FactType, json: String, expected: FactValue) throws {
    #expect(try value(type, json) == expected)
  }

  @Test(
    "Nothing is taken for another type",
    arguments: [
      (.integer, "3.0"), (.integer, "\"3\""), (.integer, "1e3"), (.integer, "9223372036854775808"),
      (.boolean, "\"true\""), (.boolean, "1"), (.text, "1"), (.date, "\"2025-02-30\""), (.version, "5.2"),
      (.duration, "3"), (.duration, "\"3\""), (.duration, "\"-3s\""), (.list, "{}"), (.map, "[]"),
      (.concealed(.integer), "\"3\""), (.text, "null"),
    ] as [(FactType, String)])
  func refused(type: FactType, json: String) throws {
    #expect(try value(type, json) == nil)
  }

  @Test(
    "A mask is read as one, whatever the type of the personal value; what is not personal has none",
    arguments: [
      (.concealed(.date), "\"•••\"", true), (.concealed(.list), "\"•••\"", true),
      (.concealed(.list), "[1, [\"•••\"]]", true), (.concealed(.map), "{\"a\": {\"•••\": 1}}", true),
      (.concealed(.list), "[]", false), (.concealed(.list), "[\"••\"]", false),
      (.personal(.cardNumber), "\"•••••••017\"", true), (.text, "\"•••\"", false),
    ] as [(FactType, String, Bool)])
  func masks(type: FactType, json: String, isMask: Bool) throws {
    let fact = Fact(.cardNumber, given: try #require(try value(type, json)), source: "test")
    #expect(fact.value?.isMask == isMask)
  }

  @Test("What is written is read back", arguments: ["é\"\\\u{7}\n", "{\"a\": [1, 2.50, null]}"])
  func written(text: String) throws {
    let value = PlainValue.map([.init(text, .list([.text(text), .boolean(false), .number("2.50")]))])
    #expect(try JSONReader.read(Array(value.json.utf8)).plain == value)
  }

  @Test("A personal value of any type shows nothing of itself")
  func concealed() {
    let value = FactValue.concealed(.date(CivilDate(daysSince1970: 0)))
    #expect(LocalizedText(value).rendered(in: .english) == "•••")
    #expect(LocalizedText(value).rendered(in: .english, .revealed) == "1970-01-01")
    let words = Text("from 1970 to 1970", concealing: ["1970"])
    #expect(words.rendered(in: .english, .masked) == "from ••• to •••")
    #expect(words.rendered(in: .english, .revealed) == "from 1970 to 1970")
  }
}
