import JSON
import Preflight
import Testing

@Suite("The writer of JSON")
struct JSONWriterTests {
  /// A document with something of everything.
  private struct Document: JSONWritable {
    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("b", 1)
        json.member("a", ["x", "y"])
        json.member("none", String?.none)
        json.member("empty") { $0.object { _ in } }
        json.member("list", [Int]())
        json.member("map") { json in
          json.plain(.map([.init("z", .number("1e400")), .init("y", .list([.null, .boolean(true)]))]))
        }
      }
    }
  }

  @Test("Members that are prepared once are written as if one after the other")
  func prepared() {
    let members = JSONMembers { json in
      json.member("b", 1)
      json.member("a", "x")
    }
    func text(_ layout: JSONWriter.Layout, isSorted: Bool) -> String {
      var json = JSONWriter(layout, isSorted: isSorted)
      json.object { json in
        json.members(JSONMembers { _ in })
        json.member("c", true)
        json.members(members)
        json.member("d") { $0.object { $0.members(members) } }
      }
      return json.text
    }
    #expect(text(.compact, isSorted: false) == #"{"c":true,"b":1,"a":"x","d":{"b":1,"a":"x"}}"#)
    #expect(text(.spaced, isSorted: true) == #"{"a": "x", "b": 1, "c": true, "d": {"a": "x", "b": 1}}"#)
  }

  @Test(
    "A string of bytes is written as a string is",
    arguments: [
      "", "a", "l’été\u{A0}: «\u{A0}1\u{A0}»", "\"", "a\\b", "\u{1}", "\u{7F}", "\u{85}", "\u{AD}",
      "\u{202E}", "e\u{301}",
      "\u{1F600}", "abcdefgh\nijklmnop", "王", "\u{FFFE}",
    ])
  func stringOfBytes(_ text: String) {
    var (ofBytes, plain) = (JSONWriter(), JSONWriter())
    ofBytes.list { json in
      for _ in 1...2 { json.element { $0.string { $0.append(contentsOf: text.utf8) } } }
    }
    plain.list([text, text]) { $0.string($1) }
    #expect(ofBytes.text == plain.text)
  }

  @Test("Names that are prepared once are written as others are, in each layout")
  func preparedNames() {
    for layout in [JSONWriter.Layout.compact, .spaced, .indented] {
      for isSorted in [false, true] {
        var (prepared, plain) = (
          JSONWriter(layout, isSorted: isSorted), JSONWriter(layout, isSorted: isSorted)
        )
        prepared.object { json in
          json.member(JSONName("é\""), "x")
          json.member(JSONName("b"), 1)
          json.member(JSONName("a")) { $0.list { json in json.element { $0.null() } } }
        }
        plain.object { json in
          json.member("é\"", "x")
          json.member("b", 1)
          json.member("a") { $0.list([0]) { json, _ in json.null() } }
        }
        #expect(prepared.text == plain.text)
      }
    }
  }

  @Test("Whole numbers of every length", arguments: [0, 7, 10, 99, 100, -1, -10, 12345, Int.max, Int.min])
  func numbers(_ number: Int) {
    var json = JSONWriter()
    json.number(number)
    #expect(json.text == String(number))
    json.clear()
    json.number(UInt(bitPattern: number))
    #expect(json.text == String(UInt(bitPattern: number)))
  }

  @Test("Strings of any length, with what has to be escaped at any place")
  func escapes() throws {
    for count in 0..<20 {
      for place in 0...count {
        for (sign, written) in [
          ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\u{1}", "\\u0001"), ("é", "é"),
        ] {
          let (before, after) = (
            String(repeating: "a", count: place), String(repeating: "b", count: count - place)
          )
          var json = JSONWriter()
          json.string(before + sign + after)
          #expect(json.text == "\"\(before)\(written)\(after)\"")
        }
      }
    }
  }

  @Test("Exactly what cannot be seen is escaped")
  func unseen() {
    for value in UInt32(0x20)...0x30FF {
      guard let scalar = Unicode.Scalar(value), scalar != "\"", scalar != "\\" else { continue }
      for words in [String(scalar), "é\(scalar)’"] {
        var json = JSONWriter()
        json.string(words)
        #expect(json.text.contains(#"\u"#) == scalar.isUnseen, "\(value)")
      }
    }
  }

  @Test("Each layout, and members as they are written or sorted")
  func layouts() throws {
    func text(_ layout: JSONWriter.Layout, isSorted: Bool) -> String {
      var json = JSONWriter(layout, isSorted: isSorted)
      Document().write(to: &json)
      return json.text
    }
    #expect(
      text(.compact, isSorted: false)
        == #"{"b":1,"a":["x","y"],"empty":{},"list":[],"map":{"z":1e400,"y":[null,true]}}"#)
    // The members of a map that was read keep their order.
    #expect(
      text(.spaced, isSorted: true)
        == #"{"a": ["x", "y"], "b": 1, "empty": {}, "list": [], "map": {"z": 1e400, "y": [null, true]}}"#)
    #expect(
      text(.indented, isSorted: true) == """
        {
          "a" : [
            "x",
            "y"
          ],
          "b" : 1,
          "empty" : {

          },
          "list" : [

          ],
          "map" : {
            "z" : 1e400,
            "y" : [
              null,
              true
            ]
          }
        }
        """)
    for layout in [JSONWriter.Layout.compact, .spaced, .indented] {
      for isSorted in [false, true] {
        let read = try JSONReader.read(Array(text(layout, isSorted: isSorted).utf8))
        #expect(read.means(try JSONReader.read(Array(Document().jsonLine.utf8))))
      }
    }
  }

  @Test(
    "What nobody would see is escaped, and a string is read as it was",
    arguments: [
      ("é\"\\/", #""é\"\\/""#), ("\n\r\t\u{0}\u{1F}", #""\n\r\t\u0000\u001f""#),
      ("\u{7F}\u{85}", #""\u007f\u0085""#), ("\u{202E}", #""\u202e""#), ("\u{E0001}", #""\udb40\udc01""#),
      ("⚠️", "\"⚠️\""), ("{", "\"{\""), ("[", "\"[\""),
    ])
  func strings(text: String, written: String) throws {
    #expect(text.jsonLine == written)
    let value = try JSONReader.read(Array([text: text].jsonDocument.utf8))
    guard case .object(let members) = value.content, case .string(let read) = members[0].value.content
    else {
      Issue.record("no string")
      return
    }
    #expect(read == text && members[0].name == text)
  }

  @Test("A writer that was cleared begins anew")
  func cleared() {
    var json = JSONWriter()
    json.string("first")
    json.clear()
    json.list([1, 2]) { $0.number($1) }
    #expect(json.text == "[1,2]")
  }
}
