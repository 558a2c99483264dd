package import JSON

/// The request to the isolated reader, in version 1 of the plugin protocol.
package struct ReadingRequest: Sendable, Hashable {
  /// What to read, and from which reader.
  package struct Options: Sendable, Hashable {
    /// The PC/SC reader whose card is read; if `nil`, there must be only one token.
    package var reader: String?
    /// The names of all PC/SC readers, to recognise their slots.
    package var readers: [String] = []
    /// Whether only a slot with the name of the reader is accepted, as other readers hold cards too.
    package var isSlotNamed = false
    /// How long to leave a card alone, in milliseconds, if its code is either blocked or has just been entered.
    package var releaseMs = 0
    /// How long to wait, in milliseconds, before the module is asked again about a card that it says it does not know: the service may
    /// take that long to notice that a card was taken out.
    package var settleMs = 0
    /// The labels of the data objects to read without the code.
    package var publicObjects: [String] = []
    /// The labels of the data objects to read after the code was accepted.
    package var privateObjects: [String] = []
    /// The labels of other data objects that need the code. If one of ``privateObjects`` has no content they are read in any case:
    /// they show whether private objects can be read at all.
    package var furtherObjects: [String] = []
    /// Whether ``furtherObjects`` are read even if all of ``privateObjects`` have content.
    package var readsFurtherObjects = false
    /// The labels of the objects to read last: the module never caches them, so they prove that the card is there.
    package var provingObjects: [String] = []
    /// Whether the code porteur follows the request.
    package var hasCode = false

    /// Makes options that read nothing.
    package init() {}
  }

  /// The options of the request, in the place where plugins get those of a rule file.
  package let options: Options
  /// The time that the reader has to answer, in milliseconds.
  package let deadlineMs: Int

  /// Makes a request.
  ///
  /// - Parameter deadlineMs: the time for the answer, in milliseconds.
  package init(_ options: Options, deadlineMs: Int) {
    self.options = options
    self.deadlineMs = deadlineMs
  }
}

// MARK: - As JSON

extension ReadingRequest: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("protocol", 1)
      json.member("options", options)
      json.member("deadlineMs", deadlineMs)
      // The reader needs no facts, and nothing in its answer is text for people.
      json.member("facts") { $0.object { _ in } }
      json.member("language", "en")
    }
  }

  /// The request as it is sent: its length in bytes, in decimal, a line feed, and that many bytes of JSON.
  package var framed: [UInt8] {
    let json = Array(jsonLine.utf8)
    return Array("\(json.count)\n".utf8) + json
  }

  /// The greatest length of a request that is read, in bytes.
  package static let longest = 1 << 16

  /// Reads a request. Returns nil if it is not one that ``write(to:)`` writes.
  package init?(_ bytes: [UInt8]) {
    guard let json = try? JSONReader.read(bytes), json["protocol"]?.integer() == 1,
      let options = json["options"].flatMap(Options.init),
      let deadlineMs = json["deadlineMs"]?.integer(Int.self)
    else { return nil }
    self.init(options, deadlineMs: deadlineMs)
  }
}

extension ReadingRequest.Options: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("reader", reader)
      json.member("readers", readers)
      json.member("isSlotNamed", isSlotNamed)
      json.member("releaseMs", releaseMs)
      json.member("settleMs", settleMs)
      json.member("publicObjects", publicObjects)
      json.member("privateObjects", privateObjects)
      json.member("furtherObjects", furtherObjects)
      json.member("readsFurtherObjects", readsFurtherObjects)
      json.member("provingObjects", provingObjects)
      json.member("hasCode", hasCode)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let readers = json["readers"]?.texts, let isSlotNamed = json["isSlotNamed"]?.truth,
      let releaseMs = json["releaseMs"]?.integer(Int.self),
      let settleMs = json["settleMs"]?.integer(Int.self),
      let publicObjects = json["publicObjects"]?.texts, let privateObjects = json["privateObjects"]?.texts,
      let furtherObjects = json["furtherObjects"]?.texts,
      let readsFurtherObjects = json["readsFurtherObjects"]?.truth,
      let provingObjects = json["provingObjects"]?.texts, let hasCode = json["hasCode"]?.truth
    else { return nil }
    reader = json["reader"]?.text
    (self.readers, self.isSlotNamed) = (readers, isSlotNamed)
    (self.releaseMs, self.settleMs) = (releaseMs, settleMs)
    (self.publicObjects, self.privateObjects) = (publicObjects, privateObjects)
    (self.furtherObjects, self.readsFurtherObjects) = (furtherObjects, readsFurtherObjects)
    self.provingObjects = provingObjects
    self.hasCode = hasCode
  }
}

extension JSONValue {
  /// The strings of a list. Nil if it is not a list of strings only.
  fileprivate var texts: [String]? {
    guard let elements else { return nil }
    let texts = elements.compactMap(\.text)
    return texts.count == elements.count ? texts : nil
  }
}
