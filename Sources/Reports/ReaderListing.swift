import JSON
package import Preflight

/// The list of readers and their contents.
package struct ReaderListing: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// Returns one line for each reader.
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

  /// Returns one line for each reader that has changed, with the time on French clocks.
  ///
  /// - Parameter time: when the change was noticed.
  package func changes(from before: [CardReader], to now: [CardReader], at time: Moment) -> String {
    var lines: [String] = []
    for reader in now where !before.contains(reader) {
      lines.append("\(printable(reader.name)): \(content(of: reader))")
    }
    for reader in before where !now.contains(where: { $0.name == reader.name }) {
      lines.append(
        "\(printable(reader.name)): " + options.say(fr: "lecteur débranché", en: "reader unplugged"))
    }
    let clock = FrenchTime(time).written(in: options.language)
    return lines.map { options.paint(clock, .dim) + "  " + $0 + "\n" }.joined()
  }

  /// Returns the readers as JSON.
  package func json(_ readers: [CardReader]) -> String { ReadersDocument(readers: readers).jsonDocument }

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
      options.say(fr: "autre carte, ATR \(atr.description)", en: "another card, ATR \(atr.description)")
    }
  }
}

private struct ReadersDocument: JSONWritable {
  let readers: [CardReader]

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("schema", "cps-preflight/readers/1")
      json.member("readers") { json in json.list(readers) { Self.write($1, to: &$0) } }
    }
  }

  private static func write(_ reader: CardReader, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", reader.name)
      switch reader.content {
      case .empty: json.member("state", "empty")
      case .mute: json.member("state", "mute")
      case .unusable: json.member("state", "unusable")
      case .card(let family, let answer):
        json.member("state", "card")
        json.member("atr", answer.description)
        switch family {
        case .cps(let chip, let isContactless):
          json.member("generation", chip.rawValue)
          json.member("contactless", isContactless)
        case .vitale: json.member("kind", "vitale")
        case .other: json.member("kind", "unknown")
        }
      }
      json.member("heldExclusively", reader.isHeldExclusively)
    }
  }
}
