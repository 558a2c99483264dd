/// A piece of personal data: a billing identifier, a card number, a name.
///
/// It masks itself wherever it is printed, interpolated or reflected; who needs the value itself says
/// ``unmasked``, so that every such place can be found by that word.
package struct Personal: Sendable, Hashable {
  /// What of the value may be shown.
  package enum Kind: Sendable, Hashable {
    /// A billing identifier (numéro AM): the 4th and 5th characters are shown, `•••26••••`.
    case identifier
    /// The number of a card: the last three characters are shown.
    case cardNumber
    /// A name: nothing is shown, not even its length.
    case name
    /// Anything else, of which nothing is known that could be shown.
    case other
  }

  /// The value itself. Never to be written anywhere but through ``shown(_:)``.
  package let unmasked: String
  /// Which mask it wears.
  package let kind: Kind
  /// Whether the value itself is not here: ``unmasked`` is the mask under which it was written down.
  ///
  /// Such a value is there, and can be compared with nothing.
  package let isMask: Bool

  package init(_ value: String, as kind: Kind) { self.init(value, as: kind, isMask: false) }

  /// A value of which only its mask is here.
  package init(mask: String, as kind: Kind) { self.init(mask, as: kind, isMask: true) }

  private init(_ value: String, as kind: Kind, isMask: Bool) {
    self.unmasked = value
    self.kind = kind
    self.isMask = isMask
  }

  /// What is shown of what cannot be shown in part.
  package static let concealment = "•••"

  /// Whether `text` is what ``shown(_:)`` makes of a value of that kind when it masks it.
  ///
  /// A billing identifier keeps its 4th and 5th characters, whatever they are; a card's number its last three.
  package static func isMask(_ text: String, of kind: Kind) -> Bool {
    let characters = Array(text)
    guard !characters.isEmpty, characters.contains("•") else { return false }
    return Personal(text, as: kind).masked == text
  }

  /// The value as it may be written out.
  package func shown(_ disclosure: Disclosure) -> String {
    switch disclosure {
    case .revealed: unmasked
    case .masked: masked
    }
  }

  private var masked: String {
    if isMask { return unmasked }
    let characters = Array(unmasked)
    let shown: Range<Int> =
      switch kind {
      case .identifier: characters.count >= 8 ? 3..<5 : 0..<0
      case .cardNumber: characters.count >= 8 ? (characters.count - 3)..<characters.count : 0..<0
      case .name, .other: 0..<0
      }
    guard kind != .name, kind != .other else { return Self.concealment }
    return String(characters.indices.map { shown.contains($0) ? characters[$0] : "•" })
  }
}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { masked }
  package var debugDescription: String { masked }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
