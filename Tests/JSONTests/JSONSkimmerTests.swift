import Testing

@testable import JSON

@Suite("The skimmer of JSON")
struct JSONSkimmerTests {
  private func takes(_ text: String) -> Bool { takes(Array(text.utf8)) }

  private func takes(_ bytes: [UInt8]) -> Bool {
    guard var json = JSONSkimmer(bytes) else { return false }
    do throws(JSONSkimmer.GivenUp) {
      try json.skip()
      try json.end()
      return true
    } catch {
      return false
    }
  }

  @Test(
    "It takes plain JSON",
    arguments: [
      "{}", "[]", "[ ]", "{ }", " 1 ", "-0.5e+3", "true", "false", "null", #""é\n\u00e9""#,
      #"{"a":[1,{"b":"c"}]}"#,
      "[1 , 2]", "\t[\r]", "\u{FEFF}1", #"{"a":{"x":1},"b":{"x":1}}"#,
    ])
  func plain(_ text: String) {
    #expect(takes(text))
  }

  @Test(
    "It gives up on what is wrong, or might be",
    arguments: [
      "", " ", "{", "[", "[1", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, "1 2",
      "01", "1.", "-",
      "tru", "nul", "falsee", #""a"#, #""\x""#, #""\ud800""#, "\"\u{1}\"", #"{"a":1,"a":2}"#,
      #"{"\u0061":1}"#, #"{"é":1}"#,
      #"{"":1}"#, "{1:1}", "[1}", #"{"a":1]"#, "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
    ])
  func given(_ text: String) {
    #expect(!takes(text))
  }

  @Test("It reads a text among others, and nothing before or behind it")
  func among() {
    let texts = [
      #"{"abcdefgh":"ijklmnop"}"#, "1", #"{"a":[tr"#, #""é"#, "[1,2]", "\u{FEFF}true", #"{"a":1}"#,
    ]
    for text in texts {
      for around in ["", "5", "\"", "}", "é", "ue", "\\u00e9\"", "\u{FEFF}", " "] {
        let bytes = Array((around + text + around).utf8)
        let start = around.utf8.count
        guard var json = JSONSkimmer(bytes, in: start..<(start + text.utf8.count)) else {
          Issue.record("\(around)\(text)")
          continue
        }
        let isTaken = (try? json.skip()) != nil && (try? json.end()) != nil
        #expect(isTaken == takes(text), "\(around)\(text)")
      }
    }
  }

  @Test("A name is told from others of the same digest")
  func names() throws {
    let known = JSONSkimmer.KnownName("first.expiresOn")
    for (name, isKnown) in [
      ("first.expiresOn", true), ("other.expiresOn", false), ("t.expiresOn", false),
      ("firstXexpiresOn", false), ("firsT.expiresOn", false),
    ] {
      guard var json = JSONSkimmer(Array("{\"\(name)\":1}".utf8)) else {
        Issue.record("\(name)")
        continue
      }
      try json.object { json, found throws(JSONSkimmer.GivenUp) in
        #expect(json.isName(found, known) == isKnown, "\(name)")
        try json.skip()
      }
    }
  }

  @Test(
    "It sees a name that is given twice among many, and takes as many as its limit",
    arguments: [15, 16, 17, 40, 64])
  func manyNames(count: Int) {
    func object(_ names: [Int]) -> String {
      "{" + names.map { #""n\#($0)":{"n1":0}"# }.joined(separator: ",") + "}"
    }
    let names = Array(1...count)
    #expect(takes(object(names)))
    #expect(takes("[\(object(names)),\(object(names))]"), "the names of one object are none of the next")
    for index in names.indices.dropLast() {
      #expect(!takes(object(Array(names.dropLast()) + [names[index]])), "\(names[index]) twice")
    }
    #expect(!takes(object(Array(1...65))))
  }

  @Test("It gives up on what is not UTF-8")
  func bytes() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xEF, 0xBB],
    ] {
      #expect(!takes(bytes))
    }
  }

  @Test("It takes nothing that the reader refuses, wherever a text is cut or a byte is changed")
  func noLooser() {
    let text = Array(#"{"a":[1,-2.5e3,"é\u00e9\"",{"b":null}],"c":{"a":true,"d":[]},"e":" "}"#.utf8)
    var taken = 0
    for index in text.indices {
      var variants = [Array(text[..<index]), Array(text[..<index] + text[(index + 1)...])]
      for byte: UInt8 in [0x00, 0x20, 0x22, 0x2C, 0x30, 0x3A, 0x5B, 0x5C, 0x5D, 0x61, 0x7B, 0x7D, 0x80, 0xC3]
      {
        variants.append(Array(text[..<index] + [byte] + text[(index + 1)...]))
        variants.append(Array(text[..<index] + [byte] + text[index...]))
      }
      for variant in variants where takes(variant) {
        taken += 1
        #expect((try? JSONReader.read(variant)) != nil, "\(String(decoding: variant, as: UTF8.self))")
      }
    }
    #expect(taken > 50)
  }
}
