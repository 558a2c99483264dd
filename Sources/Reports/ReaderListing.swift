package import Preflight

/// The readers and what is in them.
package struct ReaderListing: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// A line for each reader.
  package func text(of readers: [CardReader]) -> String {
    guard !readers.isEmpty else {
      return options.say(
        fr: "aucun lecteur n'est branché, ou PC/SC ne le voit pas (GALSS, pilote du fabricant)\n",
        en: "no reader is plugged in, or PC/SC does not see it (GALSS, maker's driver)\n")
    }
    let width = readers.map(\.name.count).max() ?? 0
    return readers.map { reader in
      let name = printable(reader.name)
      let padding = String(repeating: " ", count: max(0, width - name.count))
      return "\(name)\(padding)  \(content(of: reader))\n"
    }.joined()
  }

  /// A line for each reader that is not as it was before.
  ///
  /// - Parameter time: when that was seen.
  package func changes(from before: [CardReader], to now: [CardReader], at time: String) -> String {
    var lines: [String] = []
    for reader in now where !before.contains(reader) {
      lines.append("\(printable(reader.name)): \(content(of: reader))")
    }
    for reader in before where !now.contains(where: { $0.name == reader.name }) {
      lines.append(
        "\(printable(reader.name)): " + options.say(fr: "lecteur débranché", en: "reader unplugged"))
    }
    return lines.map { options.paint(time, .dim) + "  " + $0 + "\n" }.joined()
  }

  /// The readers as JSON. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func json(_ readers: [CardReader]) throws -> String {
    try JSONDocument.text(of: ReadersDocument(readers))
  }

  private func content(of reader: CardReader) -> String {
    let held = options.say(
      fr: " – tenue par un autre programme pour lui seul", en: " – held by another program for itself alone")
    return words(reader.content) + (reader.isHeldExclusively ? held : "")
  }

  private func words(_ content: CardReader.Content) -> String {
    switch content {
    case .empty: options.say(fr: "vide", en: "empty")
    case .mute:
      options.say(fr: "carte muette (insérée à l'envers ?)", en: "mute card (inserted the wrong way?)")
    case .unusable: options.say(fr: "lecteur hors d'usage", en: "reader out of order")
    case .card(.cps(let generation, let contactless), _):
      generation.rawValue.uppercased()
        + (contactless ? options.say(fr: ", sans contact", en: ", contactless") : "")
    case .card(.vitale, _):
      options.say(fr: "carte Vitale (celle du patient)", en: "Vitale card (the patient's)")
    case .card(.other, let atr):
      options.say(fr: "autre carte, ATR \(atr)", en: "another card, ATR \(atr)")
    }
  }
}

private struct ReadersDocument: Encodable {
  struct Reader: Encodable {
    let name: String
    /// `empty`, `mute`, `card` or `unusable`.
    let state: String
    let kind: String?
    let generation: String?
    let contactless: Bool?
    let atr: String?
    let heldExclusively: Bool
  }

  let schema = "cps-preflight/readers/1"
  let readers: [Reader]

  init(_ readers: [CardReader]) { self.readers = readers.map(Reader.init) }
}

extension ReadersDocument.Reader {
  init(_ reader: CardReader) {
    var state = "card"
    var kind: String?
    var generation: String?
    var contactless: Bool?
    var atr: String?
    switch reader.content {
    case .empty: state = "empty"
    case .mute: state = "mute"
    case .unusable: state = "unusable"
    case .card(let family, let answer):
      atr = answer.description
      switch family {
      case .cps(let chip, let isContactless):
        (generation, contactless) = (chip.rawValue, isContactless)
      case .vitale: kind = "vitale"
      case .other: kind = "unknown"
      }
    }
    self.init(
      name: reader.name, state: state, kind: kind, generation: generation, contactless: contactless, atr: atr,
      heldExclusively: reader.isHeldExclusively)
  }
}
