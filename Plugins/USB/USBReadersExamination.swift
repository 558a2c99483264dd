import Preflight

extension Examination {
  /// Whether PC/SC sees every reader that is plugged in.
  static let usbReaders = Examination("usb.readers", .readers, [.usbReaders, .readerNames]) {
    facts throws(Unavailability) in
    let readers = try facts.entries(.usbReaders).compactMap { USBReader($0) }
    guard !readers.isEmpty else {
      // USB does not show a reader on a serial port.
      if case .texts(let names)? = facts[.readerNames].value, !names.isEmpty { return [] }
      return [
        Observation(
          .attention, "none",
          LocalizedText(
            fr: "Aucun lecteur de cartes n'est branché en USB.", en: "No card reader is plugged in over USB."),
          meaning: LocalizedText(
            fr: "Sans lecteur, aucune carte ne peut être lue ; un lecteur sur port série ne se voit pas ici.",
            en: "Without a reader no card can be read; a reader on a serial port does not show here."),
          mending: [
            .advice(
              LocalizedText(
                fr: "Brancher le lecteur, ou essayer un autre câble et un autre port USB.",
                en: "Plug the reader in, or try another cable and another USB port."))
          ])
      ]
    }
    guard case .texts(let names)? = facts[.readerNames].value else {
      return readers.map { reader in
        Observation(
          .unseen, "pcsc_unknown",
          LocalizedText(
            fr: "\(reader.words) est branché ; PC/SC ne dit pas s'il le voit.",
            en: "\(reader.words) is plugged in; PC/SC does not say whether it sees it."),
          meaning: reader.isCCID ? nil : reader.needsMaker)
      }
    }
    var unmatched = names
    return readers.sorted { $0.driver != nil && $1.driver == nil }.map { reader in
      if let name = reader.name(among: unmatched) {
        // A reader with several slots has a name for each.
        unmatched.removeAll { $0.withoutSlot == name.withoutSlot }
        return .sound(
          fr: "\(reader.words) : branché, et PC/SC le voit (« \(printable(name, limit: 120)) »).",
          en: "\(reader.words): plugged in, and PC/SC sees it (“\(printable(name, limit: 120))”).")
      }
      return reader.unseenByPCSC
    }
  }
}

extension USBReader {
  /// The PC/SC name of this reader; `nil` if it has none.
  fileprivate func name(among names: [String]) -> String? {
    if let driver {
      return names.first { $0.folded.hasPrefix(driver.folded) }
    }
    // A driver that is unknown here may give any name; most often it is that of the device itself.
    let own = name.folded
    return names.first { !own.isEmpty && ($0.folded.contains(own) || own.contains($0.withoutSlot.folded)) }
  }

  /// What a reader that is not CCID needs.
  fileprivate var needsMaker: LocalizedText {
    let maker = maker ?? name
    return LocalizedText(
      fr: """
        Le pilote libre (libccid) ne connaît que les lecteurs CCID : celui-ci demande le pilote Linux de son fabricant \
        (\(maker)), et l'application EI96S en version 4.0 au moins pour PC/SC.
        """,
      en: """
        The free driver (libccid) knows CCID readers only: this one needs its maker's driver for Linux (\(maker)), and \
        the application EI96S, version 4.0 at least, for PC/SC.
        """)
  }

  /// A reader that USB shows and PC/SC does not.
  fileprivate var unseenByPCSC: Observation {
    if !isCCID {
      let maker = maker ?? name
      return Observation(
        .fault, "driver_missing",
        LocalizedText(
          fr: "\(words) est branché, mais PC/SC ne le voit pas : ce n'est pas un lecteur CCID.",
          en: "\(words) is plugged in, but PC/SC does not see it: it is not a CCID reader."),
        meaning: needsMaker,
        mending: [
          .advice(
            LocalizedText(
              fr: "Installer le pilote du fabricant (\(maker)), ou brancher un lecteur CCID.",
              en: "Install the maker's driver (\(maker)), or plug in a CCID reader.")),
          .restart(unit: "pcscd.socket pcscd.service", program: "pcscd"),
        ])
    }
    guard driver != nil else {
      return Observation(
        .fault, "driver_unknown",
        LocalizedText(
          fr: "\(words) est branché, mais PC/SC ne le voit pas : aucun pilote installé ne le connaît.",
          en: "\(words) is plugged in, but PC/SC does not see it: no driver that is installed knows it."),
        meaning: LocalizedText(
          fr: "C'est un lecteur CCID : le pilote libre manque, ou il est plus ancien que le lecteur.",
          en: "It is a CCID reader: the free driver is missing, or older than the reader."),
        mending: [
          .install(debian: "libccid", rpm: "pcsc-lite-ccid"),
          .restart(unit: "pcscd.socket pcscd.service", program: "pcscd"),
        ])
    }
    return Observation(
      .fault, "not_seen",
      LocalizedText(
        fr: "\(words) est branché et son pilote est installé, mais PC/SC ne le voit pas.",
        en: "\(words) is plugged in and its driver is installed, but PC/SC does not see it."),
      meaning: LocalizedText(
        fr: "pcscd n'a pas pu l'ouvrir : un autre programme le tient, ou il a été branché avant le pilote.",
        en:
          "pcscd could not open it: another program holds it, or it was plugged in before the driver was there."
      ),
      mending: [
        .advice(
          LocalizedText(
            fr: "Débrancher le lecteur et le rebrancher.", en: "Unplug the reader and plug it in again.")),
        .restart(unit: "pcscd.socket pcscd.service", program: "pcscd"),
      ])
  }
}

extension String {
  fileprivate var folded: String { lowercased() }

  /// The name without the numbers of reader and slot, which pcscd adds: `Twin 00 01` is slot 1 of `Twin 00`.
  fileprivate var withoutSlot: String {
    let words = split(separator: " ")
    guard words.count > 2, words.suffix(2).allSatisfy({ $0.count == 2 }) else { return self }
    return words.dropLast().joined(separator: " ")
  }
}
