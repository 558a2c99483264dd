/// The request to the isolated reader, in version 1 of the plugin protocol.
package struct ReadingRequest: Codable, Sendable, Hashable {
  /// What to read, and from which module and reader.
  package struct Options: Codable, Sendable, Hashable {
    /// The module: a path, or a name that p11-kit knows; the Cryptolib's module if `nil`.
    package var module: String?
    /// The PC/SC reader whose card is read; if `nil`, there must be only one token.
    package var reader: String?
    /// The names of all PC/SC readers, to recognise their slots.
    package var readers: [String] = []
    /// Whether only a slot with the name of the reader is accepted, as other readers hold cards too.
    package var isSlotNamed = false
    /// How long to leave a card alone, in milliseconds, if its code is either blocked or has just been entered.
    package var releaseMs = 0
    /// The labels of the data objects to read without the code.
    package var publicObjects: [String] = []
    /// The labels of the data objects to read after the code was accepted.
    package var privateObjects: [String] = []
    /// The labels of the objects to read last: the module never caches them, so they prove that the card is there.
    package var provingObjects: [String] = []
    /// Whether the code porteur follows the request.
    package var hasCode = false

    /// Makes options that read nothing.
    package init() {}
  }

  /// The version of the plugin protocol: 1; docs/plugins.md.
  package let `protocol`: Int
  /// The options of the request, in the place where plugins get those of a rule file.
  package let options: Options
  /// The time that the reader has to answer, in milliseconds.
  package let deadlineMs: Int
  /// Always empty: the reader needs no facts.
  package let facts: [String: String]
  /// Always `en`: nothing in the answer is text for people.
  package let language: String

  /// Makes a request.
  ///
  /// - Parameter deadlineMs: the time for the answer, in milliseconds.
  package init(_ options: Options, deadlineMs: Int) {
    self.protocol = 1
    self.options = options
    self.deadlineMs = deadlineMs
    facts = [:]
    language = "en"
  }
}

/// The answer of the isolated reader: a single fact, the whole reading.
package struct ReadingAnswer: Codable, Sendable, Hashable {
  /// The facts of the answer, as the plugin protocol shapes them.
  package struct Facts: Codable, Sendable, Hashable {
    /// All that was read, in one fact.
    package let reading: Reading
  }

  /// The only member of the answer.
  package let facts: Facts

  /// Makes the answer that carries a reading.
  package init(_ reading: Reading) { facts = Facts(reading: reading) }
}
