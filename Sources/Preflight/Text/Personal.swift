/// A piece of personal data: a billing identifier, a card number, a name.
///
/// It masks itself when it is printed, interpolated or reflected. Code that needs the value itself uses
/// ``unmasked``, so that all such places can be found by searching for that word.
package struct Personal: Sendable, Hashable {
  /// The part of the value that may be shown.
  package enum Kind: Sendable, Hashable {
    /// A billing identifier (numéro AM): only the 4th and 5th characters are shown, `•••26••••`.
    case identifier
    /// The number of a card: only the last three characters are shown.
    case cardNumber
    /// A name: nothing is shown, not even its length.
    case name
    /// Anything else: nothing is shown.
    case other
  }

  /// The value itself. Output must use ``shown(_:)`` instead.
  package let unmasked: String
  /// The kind of data, which decides the mask.
  package let kind: Kind
  /// Whether the value is not known: ``unmasked`` is only the mask that its source gives.
  ///
  /// Such a value exists, but it cannot be compared with anything.
  package let isMask: Bool

  /// Creates a personal value.
  package init(_ value: String, as kind: Kind) { self.init(value, as: kind, isMask: false) }

  /// Creates a personal value of which only the mask is known.
  package init(mask: String, as kind: Kind) { self.init(mask, as: kind, isMask: true) }

  /// Creates a personal value from a text that was written somewhere: one that hides something, as outputs do, is a mask.
  package init(written text: String, as kind: Kind) {
    self.init(text, as: kind, isMask: Self.hides(text, as: kind))
  }

  private init(_ value: String, as kind: Kind, isMask: Bool) {
    self.unmasked = value
    self.kind = kind
    self.isMask = isMask
  }

  /// The mask of values that are not shown in part.
  package static let concealment = "•••"

  /// Returns whether `text` has the form of a masked value of that kind, as ``shown(_:)`` returns it.
  ///
  /// The 4th and 5th characters of a billing identifier, and the last three of a card number, may be any
  /// characters.
  package static func isMask(_ text: String, of kind: Kind) -> Bool {
    // Most texts are not masks: the dot has three bytes, of which this is the first.
    guard text.utf8.contains(0xE2), text.contains("•") else { return false }
    return Personal(text, as: kind).masked == text
  }

  /// Returns whether `text` hides something: it is a mask of that kind, or has the mask of another kind in it, such as `•••61••••` in
  /// the place of a name.
  package static func hides(_ text: String, as kind: Kind) -> Bool {
    if isMask(text, of: kind) { return true }
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "•" ? run + 1 : 0
      if run == concealment.unicodeScalars.count { return true }
    }
    return false
  }

  /// Returns the value as output may show it.
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
  /// The mask; never the value.
  package var description: String { masked }
  /// The mask; never the value.
  package var debugDescription: String { masked }
  /// A mirror that exposes nothing, so that `dump` does not show the value.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
