import Preflight

/// Looks for the known names that were meant by unknown ones, as long as that is little work: a file full of unknown
/// names takes no longer than one with a few.
package struct NameSearch: Sendable {
  /// The most letters to compare in all.
  private static let limit = 1_000_000
  /// The most names to list if none is near.
  private static let listed = 40

  /// The number of findings after which no more names are searched.
  static let fewest = 4000
  /// The message for keys that are not searched.
  static let unknownKey = LocalizedText(fr: "clé inconnue", en: "unknown key")
  /// The longest name, in bytes, that is compared or listed.
  private static let longest = 256

  /// The number of letters compared so far.
  private(set) var work = 0
  /// The first place for which nothing was searched any more.
  package private(set) var unsearched: Span?

  package init() {}

  /// The proposal for that name; `nil` if there is nothing to propose.
  mutating func proposal(for name: String, at span: Span, among names: [String]) -> Proposal? {
    guard work < Self.limit else {
      unsearched = unsearched ?? span
      return nil
    }
    let known = names.filter { $0.utf8.count <= Self.longest }
    let length = min(name.utf8.count, 64)
    // Names of another length are not compared, but looking at them costs time too.
    work += 8 * (names.count - known.count)
    work += known.reduce(20) { $0 + 8 + (abs($1.utf8.count - length) > 24 ? 0 : length * 4) }
    // With a colon in it, it is a name with its value; neither may be lost.
    if name.utf8.count <= Self.longest, !name.contains(":") {
      if let meant = MeantName.name(for: name, among: known) { return .name(meant, at: span) }
      let near = nearestNames(to: name, among: known)
      if let proposal = Proposal.oneOf(near, at: span) { return proposal }
    }
    guard !known.isEmpty else { return nil }
    let list = known.prefix(Self.listed).joined(separator: ", ")
    let rest = known.count - Self.listed
    guard rest > 0 else { return Proposal(LocalizedText(fr: "l'un de : \(list)", en: "one of: \(list)")) }
    return Proposal(
      LocalizedText(fr: "l'un de : \(list), et \(rest) autres", en: "one of: \(list), and \(rest) others"))
  }
}
