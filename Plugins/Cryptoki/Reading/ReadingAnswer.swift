package import JSON
import Processes

/// The answer of the isolated reader: a single fact, the whole reading, as the plugin protocol shapes facts.
package struct ReadingAnswer: Sendable, Hashable {
  /// What was read.
  package let reading: Reading

  /// Makes the answer that carries a reading.
  package init(_ reading: Reading) { self.reading = reading }

  /// Reads an answer. Returns nil if it is not one that ``write(to:)`` writes: then no part of it is
  /// believed.
  package init?(_ bytes: [UInt8]) {
    guard let json = try? JSONReader.read(bytes),
      let reading = json["facts"]?["reading"].flatMap(Reading.init)
    else { return nil }
    self.init(reading)
  }
}

extension ReadingAnswer: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("facts") { json in
        json.object { $0.member("reading", reading) }
      }
    }
  }
}

extension Reading: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("library", library)
      json.member("module", module)
      json.member("tokens", tokens)
      json.member("token", token)
      json.member("lacksReader", lacksReader)
      json.member("login", login)
      json.member("flagsAfterLogin", flagsAfterLogin)
      json.member("objects", objects)
      json.member("staysAfterwards", staysAfterwards)
      json.member("comesBack", comesBack)
      json.member("wasReleased", wasReleased)
      json.member("failure", failure)
      json.member("refusal", refusal)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let tokens = json["tokens"]?.elements, let lacksReader = json["lacksReader"]?.truth,
      let objects = json["objects"]?.members, let staysAfterwards = json["staysAfterwards"]?.truth,
      let comesBack = json["comesBack"]?.truth, let wasReleased = json["wasReleased"]?.truth
    else { return nil }
    self.init()
    (self.lacksReader, self.staysAfterwards) = (lacksReader, staysAfterwards)
    (self.comesBack, self.wasReleased) = (comesBack, wasReleased)
    library = json["library"]?.text
    module = json["module"]?.text
    login = json["login"]?.text
    flagsAfterLogin = json["flagsAfterLogin"]?.integer()
    for token in tokens {
      guard let token = Token(token) else { return nil }
      self.tokens.append(token)
    }
    for member in objects {
      guard let object = Object(member.value) else { return nil }
      self.objects[member.name] = object
    }
    // A part that is there but makes no sense is not the same as a missing one.
    if let part = json["token"] {
      guard let token = Token(part) else { return nil }
      self.token = token
    }
    if let part = json["failure"] {
      guard let failure = Failure(part) else { return nil }
      self.failure = failure
    }
    if let part = json["refusal"] {
      guard let refusal = Refusal(part) else { return nil }
      self.refusal = refusal
    }
  }
}

extension Reading.Token: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("slot", slot)
      json.member("slotName", slotName)
      json.member("label", label)
      json.member("serial", serial)
      json.member("flags", flags)
      json.member("shortestCode", shortestCode)
      json.member("longestCode", longestCode)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let slot = json["slot"]?.integer(UInt.self), let slotName = json["slotName"]?.text,
      let label = json["label"]?.text, let serial = json["serial"]?.text,
      let flags = json["flags"]?.integer(UInt.self), let shortest = json["shortestCode"]?.integer(UInt.self),
      let longest = json["longestCode"]?.integer(UInt.self)
    else { return nil }
    self.init(
      slot: slot, slotName: slotName, label: label, serial: serial, flags: flags, shortestCode: shortest,
      longestCode: longest)
  }
}

extension Reading.Object: JSONWritable {
  /// Writes `null` for an object that is not there, a string of hexadecimal digits for its content, an object for a failure.
  package func write(to json: inout JSONWriter) {
    switch self {
    case .absent: json.null()
    case .value(let bytes): json.string(Hexadecimal.digits(of: bytes))
    case .unreadable(let failure): failure.write(to: &json)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    switch json.content {
    case .null: self = .absent
    case .string(let digits):
      guard let bytes = Hexadecimal.bytes(of: digits) else { return nil }
      self = .value(bytes)
    default:
      guard let failure = Reading.Failure(json) else { return nil }
      self = .unreadable(failure)
    }
  }
}

extension Reading.Failure: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("call", call)
      json.member("returned", returned)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let call = json["call"]?.text, let returned = json["returned"]?.text else { return nil }
    self.init(call: call, returned: returned)
  }
}

extension Reading.Refusal: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("module", module)
      json.member("path", fault.path)
      json.member("reason", fault.reason.name)
      json.member("words", fault.reason.words)
      json.member("user", fault.reason.user)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let module = json["module"]?.text, let path = json["path"]?.text, let name = json["reason"]?.text,
      let reason = TrustFault.Reason(
        named: name, words: json["words"]?.text, user: json["user"]?.integer(Int.self))
    else { return nil }
    self.init(module: module, fault: TrustFault(path, reason))
  }
}

extension TrustFault.Reason {
  fileprivate var name: String {
    switch self {
    case .missing: "missing"
    case .notRegular: "notRegular"
    case .notReadable: "notReadable"
    case .ofStranger: "ofStranger"
    case .writableByOthers: "writableByOthers"
    case .writableByEverybody: "writableByEverybody"
    case .sharedFolder: "sharedFolder"
    case .replaced: "replaced"
    case .plantedLink: "plantedLink"
    }
  }

  fileprivate var words: String? { if case .notReadable(let words) = self { words } else { nil } }

  fileprivate var user: Int? {
    switch self {
    case .ofStranger(let user), .plantedLink(let user): user
    default: nil
    }
  }

  fileprivate init?(named name: String, words: String?, user: Int?) {
    let reasons: [Self?] = [
      .missing, .notRegular, words.map { .notReadable(words: $0) }, user.map { .ofStranger(user: $0) },
      .writableByOthers, .writableByEverybody, .sharedFolder, .replaced, user.map { .plantedLink(user: $0) },
    ]
    guard let reason = reasons.compactMap(\.self).first(where: { $0.name == name }) else { return nil }
    self = reason
  }
}

/// Bytes as pairs of hexadecimal digits.
private enum Hexadecimal {
  static func digits(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Returns the bytes. Nil if the text is anything else.
  static func bytes(of digits: String) -> [UInt8]? {
    let halves = digits.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard halves.count == digits.utf8.count, halves.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: halves.count, by: 2).map { UInt8(halves[$0] << 4 | halves[$0 + 1]) }
  }
}
