import Preflight

extension [Mending] {
  /// Installs the service and the free driver of readers.
  fileprivate static let installingService: Self = [
    .install(debian: "pcscd libccid", rpm: "pcsc-lite pcsc-lite-ccid"), .startingService,
  ]
  fileprivate static let restartingService: Self = [
    .restart(unit: "pcscd.socket pcscd.service", program: "pcscd")
  ]
  /// A rule for polkit that lets the user who runs the line do both; it is shown, not run.
  fileprivate static let grantingBoth: Self = [
    .command(
      #"echo "polkit.addRule(function(action, subject) { if ((action.id == 'org.debian.pcsc-lite.access_pcsc' || action.id == 'org.debian.pcsc-lite.access_card') && subject.user == '$(id -un)') return polkit.Result.YES; });" | sudo tee /etc/polkit-1/rules.d/40-cps-preflight.rules"#
    ),
    .advice(
      LocalizedText(
        fr:
          "Taper cette ligne en tant qu'utilisateur du traitement : elle lui donne les deux actions, qui vont ensemble.",
        en: "Type this line as the batch's user: it grants that user both actions, which go together.")),
  ]
}

extension Mending {
  fileprivate static let startingService = Mending.start(unit: "pcscd.socket", program: "pcscd")
}

extension Examination {
  /// Whether the service runs and answers this user.
  static let pcscService = Examination("pcsc.service", .pcsc, [.pcscService, .pcscPackages]) {
    facts throws(Unavailability) in
    let condition = try facts.text(.pcscService)
    let words = facts[.pcscService].note ?? LocalizedText(everywhere: Text(condition))
    let message = LocalizedText(fr: "\(words.french).", en: "\(words.english).").capitalized
    let noReader = LocalizedText(
      fr: "Sans ce service, aucun lecteur ni aucune carte n'est vu.",
      en: "Without this service no reader and no card is seen.")
    switch condition {
    case "running":
      return [
        .sound(
          fr: "Le service PC/SC (pcscd) répond, dans la version de protocole de ce programme.",
          en: "The PC/SC service (pcscd) answers, in this program's version of the protocol.")
      ]
    case "absent":
      if let packages = try? facts.entries(.pcscPackages), !packages.contains(where: \.isService) {
        return [
          Observation(
            .fault, "not_installed",
            LocalizedText(
              fr: "Le service PC/SC (pcscd) n'est pas installé.",
              en: "The PC/SC service (pcscd) is not installed."),
            meaning: noReader, mending: .installingService)
        ]
      }
      return [Observation(.fault, "stopped", message, meaning: noReader, mending: [.startingService])]
    case "forbidden":
      return [
        Observation(
          .fault, "forbidden", message,
          meaning: LocalizedText(
            fr: "Le socket de pcscd est normalement ouvert à tous (mode 0666) : c'est polkit qui choisit.",
            en: "pcscd's socket is normally open to everybody (mode 0666): polkit is what chooses."),
          mending: .restartingService)
      ]
    case "refused": return [Observation(.fault, "refused", message, mending: .grantingBoth)]
    case "other-version":
      return [
        Observation(
          .fault, "other_version", message,
          mending: [.install(debian: "pcscd libpcsclite1", rpm: "pcsc-lite pcsc-lite-libs")])
      ]
    case "deaf": return [Observation(.fault, "deaf", message, meaning: noReader, mending: .restartingService)]
    default: return [Observation(.fault, "failing", message, mending: .restartingService)]
    }
  }

  /// Whether the driver of readers is installed beside the service.
  static let pcscPackages = Examination("pcsc.packages", .pcsc, [.pcscPackages]) {
    facts throws(Unavailability) in
    guard try facts.ifPresent(.pcscPackages) != nil else { return [] }
    let packages = try facts.entries(.pcscPackages)
    let list = packages.compactMap { package in
      package.text("name").map { "\($0) \(package.text("version") ?? "")" }
    }.joined(separator: ", ")
    guard packages.contains(where: \.isService) else { return [] }
    guard packages.contains(where: { ["libccid", "pcsc-lite-ccid"].contains($0.text("name")) }) else {
      return [
        Observation(
          .attention, "ccid_missing",
          LocalizedText(
            fr: "Le pilote libre des lecteurs (libccid) n'est pas installé ; paquets : \(list).",
            en: "The free driver of readers (libccid) is not installed; packages: \(list)."),
          meaning: LocalizedText(
            fr: "Les lecteurs CCID, presque tous, ne sont vus que par lui.",
            en: "Nearly all readers are CCID ones, which only this driver serves."),
          mending: [
            .install(debian: "libccid", rpm: "pcsc-lite-ccid"),
            .restart(unit: "pcscd.socket pcscd.service", program: "pcscd"),
          ])
      ]
    }
    return [.sound(fr: "Paquets installés : \(list).", en: "Packages installed: \(list).")]
  }

  /// Whether systemd starts the service when it is needed.
  static let pcscUnit = Examination("pcsc.unit", .pcsc, [.pcscUnit, .pcscService]) {
    facts throws(Unavailability) in
    guard case .text(let state)? = try facts.ifPresent(.pcscUnit) else { return [] }
    switch state {
    case "active":
      return [
        .sound(
          fr: "systemd tient pcscd.socket ouvert.", en: "systemd holds pcscd.socket open.")
      ]
    case "failed":
      return [
        Observation(
          .fault, "failed",
          LocalizedText(
            fr: "systemd n'a pas pu ouvrir pcscd.socket.", en: "systemd could not open pcscd.socket."),
          mending: [
            .command("systemctl status pcscd.socket pcscd.service"),
            .restart(unit: "pcscd.socket", program: "pcscd"),
          ])
      ]
    // That the service does not run is reported by its own examination.
    case _ where facts[.pcscService].value != .text("running"): return []
    case "inactive":
      return [
        Observation(
          .attention, "inactive",
          LocalizedText(
            fr:
              "pcscd tourne, mais pcscd.socket n'est pas actif : au prochain démarrage il ne tournera peut-être plus.",
            en: "pcscd runs, but pcscd.socket is not active: after the next start it may no longer run."),
          mending: [.startingService])
      ]
    default: return []
    }
  }

  /// Whether polkit lets the user do both things that a batch needs.
  static let pcscRights = Examination("pcsc.rights", .pcsc, [.pcscMayConnect, .pcscMayUseCards]) {
    facts throws(Unavailability) in
    guard case .boolean(let mayConnect)? = try facts.ifPresent(.pcscMayConnect),
      case .boolean(let mayUseCards)? = try facts.ifPresent(.pcscMayUseCards)
    else { return [] }
    if mayConnect, mayUseCards {
      return [
        .sound(
          fr:
            "polkit permet à cet utilisateur access_pcsc et access_card ; l'utilisateur du traitement en a besoin aussi.",
          en: "polkit allows this user access_pcsc and access_card; the batch's user needs them as well.")
      ]
    }
    let refused = [("access_pcsc", mayConnect), ("access_card", mayUseCards)].filter { !$0.1 }.map(\.0)
    let french = refused.joined(separator: " et ")
    let english = refused.joined(separator: " and ")
    return [
      Observation(
        .fault, "refused",
        LocalizedText(
          fr: "polkit refuse à cet utilisateur \(french).", en: "polkit refuses this user \(english)."),
        meaning: LocalizedText(
          fr:
            "Un utilisateur sans session graphique, comme celui d'un traitement, n'a par défaut ni l'une ni l'autre action.",
          en: "A user without a graphical session, such as a batch's, has neither action by default."),
        mending: .grantingBoth)
    ]
  }

  /// What each reader holds.
  static let pcscReaders = Examination("pcsc.readers", .readers, [.pcscReaders, .pcscService]) {
    facts throws(Unavailability) in
    // That the service cannot be asked has already been reported.
    if let value = facts[.pcscService].value, value != .text("running") { return [] }
    let readers = try facts.entries(.pcscReaders)
    guard !readers.isEmpty else {
      return [
        Observation(
          .attention, "none",
          LocalizedText(fr: "PC/SC ne voit aucun lecteur.", en: "PC/SC sees no reader."),
          meaning: LocalizedText(
            fr: "Un lecteur que GALSS tient sur un port série n'est pas vu par PC/SC.",
            en: "A reader that GALSS holds on a serial port is not seen by PC/SC."),
          mending: [
            .advice(
              LocalizedText(
                fr: "Brancher un lecteur PC/SC.", en: "Plug in a PC/SC reader."))
          ])
      ]
    }
    return readers.map { $0.reader }
  }

  /// Which other programs may hold a reader.
  static let pcscPrograms = Examination("pcsc.programs", .readers, [.pcscPrograms]) {
    facts throws(Unavailability) in
    let programs = try facts.texts(.pcscPrograms)
    guard !programs.isEmpty else { return [] }
    let list = programs.prefix(8).joined(separator: ", ")
    return [
      Observation(
        .attention, "others",
        LocalizedText(
          fr: "D'autres programmes se servent des lecteurs, d'après ce qui se voit d'ici : \(list).",
          en: "Other programs use the readers, as far as can be seen from here: \(list)."),
        meaning: LocalizedText(
          fr: "Un logiciel qui tient la carte pour lui seul empêche les autres de la lire (0x8010000B).",
          en: "Software that holds the card for itself keeps the others from reading it (0x8010000B)."),
        mending: [
          .advice(
            LocalizedText(
              fr: "Si la carte est dite occupée, fermer ces programmes, puis recommencer.",
              en: "If the card is reported as in use, close these programs, then try again."))
        ])
    ]
  }
}

extension PlainEntry {
  /// Whether it is the package of the service.
  fileprivate var isService: Bool { ["pcscd", "pcsc-lite"].contains(text("name")) }

  /// What a reader holds.
  fileprivate var reader: Observation {
    let name = printable(text("name") ?? "", limit: 120)
    func told(_ sign: Observation.Sign, _ case: String, _ fr: Text, _ en: Text, _ mending: [Mending] = [])
      -> Observation
    {
      Observation(
        sign, `case`, LocalizedText(fr: "« \(name) » : \(fr).", en: "“\(name)”: \(en)."), mending: mending)
    }
    if flag("exclusive") == true {
      return told(
        .attention, "held", "un autre programme tient la carte pour lui seul",
        "another program holds the card for itself alone",
        [
          .advice(
            LocalizedText(
              fr: "Fermer le programme qui tient la carte, puis recommencer.",
              en: "Close the program that holds the card, then try again."))
        ])
    }
    switch (text("state"), text("card")) {
    case ("empty", _): return told(.sound, "empty", "vide", "empty")
    case ("mute", _):
      return told(
        .attention, "mute", "la carte ne répond pas", "the card does not answer",
        [
          .advice(
            LocalizedText(
              fr: "Retirer la carte, la retourner, la remettre puce en avant.",
              en: "Take the card out, turn it over, insert it chip first."))
        ])
    case ("unusable", _):
      return told(
        .fault, "unusable", "le lecteur ne fonctionne pas", "the reader does not work",
        [
          .advice(
            LocalizedText(
              fr: "Débrancher le lecteur et le rebrancher.", en: "Unplug the reader and plug it in again."))
        ])
    case (_, "vitale"):
      return told(.sound, "vitale", "carte Vitale (celle du patient)", "Vitale card (the patient's)")
    case (_, "other"):
      return told(.sound, "other", "une carte qui n'est pas une CPS", "a card that is no CPS")
    case (_, let generation?) where flag("contactless") == true:
      return told(
        .attention, "contactless", "\(generation.uppercased()), lue sans contact : elle ne peut pas signer",
        "\(generation.uppercased()), read without contact: it cannot sign",
        [
          .advice(
            LocalizedText(
              fr: "Insérer la carte dans le lecteur, par sa puce.",
              en: "Insert the card into the reader, by its chip."))
        ])
    case (_, let generation):
      return told(.sound, "card", "\((generation ?? "").uppercased())", "\((generation ?? "").uppercased())")
    }
  }
}
