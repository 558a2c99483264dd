/// The parts of a value, for documents whose shape is known. Each is nil if the value is of another type.
extension JSONValue {
  /// The value of the member with that name. Nil if there is none, or this is not an object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The members, in the order of the text.
  package var members: [Member]? {
    guard case .object(let members) = content else { return nil }
    return members
  }

  /// The elements of a list.
  package var elements: [JSONValue]? {
    guard case .array(let elements) = content else { return nil }
    return elements
  }

  /// The characters of a string.
  package var text: String? {
    guard case .string(let text) = content else { return nil }
    return text
  }

  /// The value of `true` or `false`.
  package var truth: Bool? {
    guard case .boolean(let truth) = content else { return nil }
    return truth
  }

  /// Returns a whole number of that type. Nil if it does not fit, or is written with a fraction or an exponent.
  package func integer<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
    guard case .number(let digits) = content else { return nil }
    return Number(digits)
  }
}
