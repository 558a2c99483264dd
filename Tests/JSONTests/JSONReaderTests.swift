import JSON
import Testing

/// Returns the content of the text, written again, or the reason of the fault with its offset in bytes.
private func read(_ text: String) -> String {
  do throws(JSONFault) {
    return written(try JSONReader.read(Array(text.utf8)))
  } catch {
    return "\(error.reason) \(error.offset)"
  }
}

private func written(_ value: JSONValue) -> String {
  switch value.content {
  case .null: "null"
  case .boolean(let flag): "\(flag)"
  case .number(let digits): digits
  case .string(let text): "‹\(text)›"
  case .array(let values): "[" + values.map(written).joined(separator: " ") + "]"
  case .object(let members):
    "{" + members.map { "\($0.name)=\(written($0.value))" }.joined(separator: " ") + "}"
  }
}

@Suite("JSON as RFC 8259 has it")
struct JSONReaderTests {
  @Test(
    "What is JSON is read",
    arguments: [
      ("{}", "{}"), ("[ ]", "[]"), (" null\n", "null"), ("\u{FEFF}true", "true"), ("-0.5e+10", "-0.5e+10"),
      ("{\"a\": [1, false], \"b\": {}}", "{a=[1 false] b={}}"),
      (#""é \u00e9 \ud83d\ude00 \n\/\"""#, "‹é é 😀 \n/\"›"),
    ])
  func sound(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test(
    "What is not JSON is refused at its place",
    arguments: [
      ("", "endOfText 0"), ("{", "endOfText 1"), ("[1,", "endOfText 3"), ("\"open", "endOfText 0"),
      ("[1,]", "unexpectedCharacter 3"), ("{\"a\":1,}", "unexpectedCharacter 7"),
      ("{a:1}", "unexpectedCharacter 1"),
      ("'a'", "unexpectedCharacter 0"), ("tru", "unexpectedCharacter 0"), ("// c", "unexpectedCharacter 0"),
      ("01", "badNumber 0"), ("1.", "badNumber 0"), ("-", "badNumber 0"), ("1e", "badNumber 0"),
      ("NaN", "unexpectedCharacter 0"), ("+1", "unexpectedCharacter 0"),
      (#""\x""#, "badEscape 1"), (#""\ud83d""#, "badEscape 1"), (#""\ude00\ud83d""#, "badEscape 1"),
      (#""\u00g0""#, "badEscape 1"), ("\"a\nb\"", "controlCharacter 2"), ("1 2", "trailingText 2"),
      ("{\"a\":1,\"a\":2}", "duplicateKey(\"a\") 7"), ("{\"a\":1,\"\\u0061\":2}", "duplicateKey(\"a\") 7"),
    ])
  func unsound(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test("A key given twice is seen among few and among many", arguments: [1, 2, 23, 24, 25, 26, 100])
  func duplicates(count: Int) {
    let members = (0..<count).map { "\"k\($0)\":0" }
    #expect(read("{\(members.joined(separator: ","))}").hasPrefix("{k0=0"))
    for again in [0, count / 2, count - 1] {
      let text = "{\((members + ["\"k\(again)\":0"]).joined(separator: ","))}"
      #expect(read(text) == "duplicateKey(\"k\(again)\") \(text.utf8.count - members[again].utf8.count - 1)")
    }
  }

  @Test(
    "A member can be read of what is not sound as a whole, as long as it stands before the fault",
    arguments: [
      (#"{"id": 1, "b": ?"#, "1"), (#"{"a": {"id": 2}, "id": "x"} rest"#, "‹x›"),
      (#"{"a": ?, "id": 1}"#, nil),
      (#"{"id": 1"#, "1"), (#"{"id": "op"#, nil), ("", nil), ("[1]", nil), (#"{"a": 1}"#, nil),
    ])
  func firstMember(text: String, expected: String?) {
    #expect(JSONReader.firstMember("id", ofObjectIn: Array(text.utf8)).map(written) == expected)
  }

  @Test("Nesting has a limit, long before the stack's")
  func depth() {
    #expect(read(String(repeating: "[", count: 100_000)).hasPrefix("tooDeep"))
    #expect(read(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).hasPrefix("[["))
  }

  @Test("Bytes that are no UTF-8 are refused")
  func encoding() {
    #expect(throws: JSONFault.self) { try JSONReader.read([0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: JSONFault.self) { try JSONReader.read([0xFF, 0xFE, 0x7B, 0x00]) }
  }

  @Test("A large file is read in good time")
  func large() {
    let many = "[" + Array(repeating: "{\"name\": \"value\"}", count: 50_000).joined(separator: ",") + "]"
    #expect(read(many).count > 50_000)
  }
}
