/// A value of any shape, for exchange with programs in other languages and with JSON.
package indirect enum PlainValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// A number, in the digits of its source.
  case number(String)
  case text(String)
  case list([PlainValue])
  /// Entries, in their order.
  case map([Entry])

  /// A name and its value.
  package struct Entry: Sendable, Hashable {
    /// The name, unique in its map.
    package let name: String
    /// The value of that name.
    package let value: PlainValue

    package init(_ name: String, _ value: PlainValue) {
      self.name = name
      self.value = value
    }
  }

  /// Returns all texts and numbers in it.
  ///
  /// - Parameter withNames: whether the names in maps are among them.
  package func leaves(withNames: Bool) -> [String] {
    switch self {
    case .null, .boolean: []
    case .number(let digits): [digits]
    case .text(let text): [text]
    case .list(let items): items.flatMap { $0.leaves(withNames: withNames) }
    case .map(let entries):
      entries.flatMap { (withNames ? [$0.name] : []) + $0.value.leaves(withNames: withNames) }
    }
  }

  /// The value as it appears in a sentence.
  package var words: String {
    switch self {
    case .null: "–"
    case .boolean(let flag): flag ? "true" : "false"
    case .number(let digits): digits
    case .text(let text): text
    case .list(let items): items.map(\.words).joined(separator: ", ")
    case .map(let entries): entries.map { "\($0.name): \($0.value.words)" }.joined(separator: ", ")
    }
  }
}

extension InstalledCryptolib {
  /// The value as facts files and verdicts write it.
  package var plain: PlainValue {
    var entries = [PlainValue.Entry("version", .text(version.description))]
    if let architecture { entries.append(.init("architecture", .number("\(architecture.rawValue)"))) }
    entries.append(.init("place", .text(place)))
    return .map(entries)
  }
}

extension BillingSituation {
  /// As facts files write it. A mask that does not say what is under it is passed on as not known, because it
  /// is not a number.
  var unmasked: PlainValue {
    var entries: [PlainValue.Entry] = []
    var unknown = unknownMembers
    if let link { entries.append(.init("link", .number("\(link)"))) }
    switch identifier {
    case nil: break
    case .masked(_, nil): unknown.insert("identifier", at: 0)
    case .absent, .masked(_, .unset): entries.append(.init("identifier", .text("")))
    case .written(let value): entries.append(.init("identifier", .text(value.unmasked)))
    case .masked(let value, .some(let writing)):
      entries.append(.init("identifier", .text(value.unmasked)))
      entries.append(.init("masked", .text(writing.rawValue)))
    }
    if let speciality { entries.append(.init("speciality", .text(speciality))) }
    if let practice { entries.append(.init("practice", .text(practice.rawValue))) }
    if let signFSE { entries.append(.init("signFSE", .boolean(signFSE))) }
    if let signLots { entries.append(.init("signLots", .boolean(signLots))) }
    if !unknown.isEmpty { entries.append(.init("unknown", .list(unknown.map(PlainValue.text)))) }
    return .map(entries)
  }
}
