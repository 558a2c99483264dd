/// What the isolated reader is asked: a request of the plugin protocol, version 1.
package struct ReadingRequest: Codable, Sendable, Hashable {
  package struct Options: Codable, Sendable, Hashable {
    /// A path, or a name that p11-kit knows; if `nil`, the Cryptolib is looked for.
    package var module: String?
    /// The PC/SC reader whose card is meant; if `nil`, there has to be one token only.
    package var reader: String?
    /// All PC/SC readers: which slots are named like one.
    package var readers: [String] = []
    /// Whether only a slot that is named like the reader will do: there are cards in others too.
    package var isSlotNamed = false
    /// For how long to leave a card alone of which it is not clear whether its code is blocked or was just entered.
    package var releaseMs = 0
    /// The data objects to read without the code, and with it.
    package var publicObjects: [String] = []
    package var privateObjects: [String] = []
    /// Those to read last: the module never answers them from its cache, so that they prove that the card is there.
    package var provingObjects: [String] = []
    /// Whether the code porteur follows the request.
    package var hasCode = false

    package init() {}
  }

  package let `protocol`: Int
  package let options: Options
  package let deadlineMs: Int
  /// Nothing that is known is needed, and no word of the answer is meant for a person.
  package let facts: [String: String]
  package let language: String

  package init(_ options: Options, deadlineMs: Int) {
    self.protocol = 1
    self.options = options
    self.deadlineMs = deadlineMs
    facts = [:]
    language = "en"
  }
}

/// What it answers: one fact, the whole reading.
package struct ReadingAnswer: Codable, Sendable, Hashable {
  package struct Facts: Codable, Sendable, Hashable {
    package let reading: Reading
  }

  package let facts: Facts

  package init(_ reading: Reading) { facts = Facts(reading: reading) }
}
