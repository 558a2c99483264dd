import Preflight

/// Makes a plain value of a document.
///
/// Foundation's encoder knows numbers of 64 bits and doubles only: it cannot write `1e400`, nor `2.50` as it was read.
struct PlainEncoder: Encoder {
  private let slot: Slot
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  /// The document as a value. Throws what it throws itself.
  static func value(of document: some Encodable) throws -> PlainValue {
    // What has its own text already.
    if let plain = document as? PlainDocument { return plain.value }
    let slot = Slot()
    try document.encode(to: PlainEncoder(slot: slot))
    return slot.value
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .members = slot.content {} else { slot.content = .members([:]) }
    return KeyedEncodingContainer(Members(slot: slot))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .elements = slot.content {} else { slot.content = .elements([]) }
    return Elements(slot: slot)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(slot: slot) }

  /// Where a value is put together.
  private final class Slot {
    enum Content {
      case value(PlainValue)
      case members([String: Slot])
      case elements([Slot])
    }

    var content = Content.value(.null)

    var value: PlainValue {
      switch content {
      case .value(let value): value
      case .elements(let slots): .list(slots.map(\.value))
      case .members(let slots):
        .map(slots.sorted { $0.key < $1.key }.map { PlainValue.Entry($0.key, $0.value.value) })
      }
    }

    func add(_ key: String) -> Slot {
      let slot = Slot()
      if case .members(var members) = content {
        members[key] = slot
        content = .members(members)
      }
      return slot
    }

    func append() -> Slot {
      let slot = Slot()
      if case .elements(var elements) = content {
        elements.append(slot)
        content = .elements(elements)
      }
      return slot
    }
  }

  private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let codingPath: [any CodingKey] = []

    mutating func encodeNil(forKey key: Key) throws { _ = slot.add(key.stringValue) }

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
      slot.add(key.stringValue).content = .value(try PlainEncoder.value(of: value))
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      PlainEncoder(slot: slot.add(key.stringValue)).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      PlainEncoder(slot: slot.add(key.stringValue)).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { PlainEncoder(slot: slot.add("super")) }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
      PlainEncoder(slot: slot.add(key.stringValue))
    }
  }

  private struct Elements: UnkeyedEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey] = []

    var count: Int { if case .elements(let elements) = slot.content { elements.count } else { 0 } }

    mutating func encodeNil() throws { _ = slot.append() }

    mutating func encode(_ value: some Encodable) throws {
      slot.append().content = .value(try PlainEncoder.value(of: value))
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      PlainEncoder(slot: slot.append()).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      PlainEncoder(slot: slot.append()).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { PlainEncoder(slot: slot.append()) }
  }

  private struct Single: SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey] = []

    mutating func encodeNil() throws { slot.content = .value(.null) }
    mutating func encode(_ value: Bool) throws { slot.content = .value(.boolean(value)) }
    mutating func encode(_ value: String) throws { slot.content = .value(.text(value)) }
    mutating func encode(_ value: Double) throws { try encode(fraction: value) }
    mutating func encode(_ value: Float) throws { try encode(fraction: Double(value)) }
    mutating func encode(_ value: Int) throws { encode(integer: value) }
    mutating func encode(_ value: Int8) throws { encode(integer: value) }
    mutating func encode(_ value: Int16) throws { encode(integer: value) }
    mutating func encode(_ value: Int32) throws { encode(integer: value) }
    mutating func encode(_ value: Int64) throws { encode(integer: value) }
    mutating func encode(_ value: UInt) throws { encode(integer: value) }
    mutating func encode(_ value: UInt8) throws { encode(integer: value) }
    mutating func encode(_ value: UInt16) throws { encode(integer: value) }
    mutating func encode(_ value: UInt32) throws { encode(integer: value) }
    mutating func encode(_ value: UInt64) throws { encode(integer: value) }

    mutating func encode(_ value: some Encodable) throws {
      slot.content = .value(try PlainEncoder.value(of: value))
    }

    private func encode(integer: some BinaryInteger) { slot.content = .value(.number("\(integer)")) }

    private func encode(fraction: Double) throws {
      guard fraction.isFinite else {
        throw EncodingError.invalidValue(
          fraction, .init(codingPath: codingPath, debugDescription: "JSON has no such number"))
      }
      slot.content = .value(.number("\(fraction)"))
    }
  }
}
