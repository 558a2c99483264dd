/// A member name that many objects share. It is encoded once for the compact layout.
package struct JSONName: Sendable {
  let text: String
  /// The name with its quotation marks and the colon.
  let bytes: [UInt8]

  package init(_ text: String) {
    self.text = text
    var json = JSONWriter()
    json.string(text)
    bytes = json.bytes + [UInt8(ascii: ":")]
  }
}

/// Members that are the same in many objects. They are encoded once for the compact layout.
package struct JSONMembers: Sendable {
  let write: @Sendable (inout JSONWriter) -> Void
  let bytes: [UInt8]

  /// - Parameter write: adds the members by ``JSONWriter/member(_:_:)``.
  package init(_ write: @escaping @Sendable (inout JSONWriter) -> Void) {
    self.write = write
    var json = JSONWriter()
    json.object(write)
    bytes = Array(json.bytes.dropFirst().dropLast())
  }
}
