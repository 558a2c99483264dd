package import Preflight

/// A value that can write itself as JSON.
package protocol JSONWritable {
  func write(to json: inout JSONWriter)
}

extension JSONWritable {
  /// The value as a document: indented, with sorted members and a final line break.
  package var jsonDocument: String {
    var json = JSONWriter(.indented, isSorted: true)
    write(to: &json)
    json.endLine()
    return json.text
  }

  /// The value on one line, with sorted members and without a line break.
  package var jsonLine: String {
    var json = JSONWriter(.compact, isSorted: true)
    write(to: &json)
    return json.text
  }
}

extension Bool: JSONWritable {
  package func write(to json: inout JSONWriter) { json.boolean(self) }
}

extension Int: JSONWritable {
  package func write(to json: inout JSONWriter) { json.number(self) }
}

extension UInt: JSONWritable {
  package func write(to json: inout JSONWriter) { json.number(self) }
}

extension Int32: JSONWritable {
  package func write(to json: inout JSONWriter) { json.number(Int(self)) }
}

extension String: JSONWritable {
  package func write(to json: inout JSONWriter) { json.string(self) }
}

extension Array: JSONWritable where Element: JSONWritable {
  package func write(to json: inout JSONWriter) { json.list(self) { $1.write(to: &$0) } }
}

extension Dictionary: JSONWritable where Key == String, Value: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in for (name, value) in self { json.member(name, value) } }
  }
}

extension PlainValue: JSONWritable {
  package func write(to json: inout JSONWriter) { json.plain(self) }

  /// The value as JSON on one line, the format of requests to outside plugins.
  package var json: String {
    var json = JSONWriter(.spaced)
    json.plain(self)
    return json.text
  }
}
