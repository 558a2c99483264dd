import Preflight

extension Examination {
  /// Which program this is, and how it came here.
  static let programInstallation = Examination(
    "program.installation", .program, [.programPath, .programVersion, .programOrigin]
  ) { facts throws(Unavailability) in
    let version = try facts.text(.programVersion)
    let path = printable(try facts.text(.programPath), limit: 200)
    let origin = (try? facts.text(.programOrigin)) ?? "other"
    let how: LocalizedText =
      switch origin {
      case "dpkg": LocalizedText(fr: "paquet Debian", en: "Debian package")
      case "rpm": LocalizedText(fr: "paquet RPM", en: "RPM package")
      case "local": LocalizedText(fr: "installé sans paquet", en: "installed without a package")
      case "build": LocalizedText(fr: "dossier de construction", en: "build folder")
      default: LocalizedText(fr: "hors de tout paquet", en: "of no package")
      }
    if origin == "build" {
      return [
        Observation(
          .attention, "build",
          LocalizedText(
            fr: "cps-preflight \(version), \(path) (\(how.french)).",
            en: "cps-preflight \(version), \(path) (\(how.english))."),
          meaning: LocalizedText(
            fr: "C'est un programme d'essai : un poste qui facture demande une installation.",
            en: "This is a trial build: a workstation that bills needs an installation."),
          mending: [.asRoot("make install")])
      ]
    }
    return [
      .sound(
        fr: "cps-preflight \(version), \(path) (\(how.french)).",
        en: "cps-preflight \(version), \(path) (\(how.english)).")
    ]
  }

  /// Whether the isolated program that reads the card is there, may be run and is trusted.
  static let programReader = Examination("program.reader", .program, [.programReader]) { facts in
    let fact = facts[.programReader]
    let meaning = LocalizedText(
      fr: "C'est lui qui charge la Cryptolib : sans lui, la carte n'est pas lue.",
      en: "It is what loads the Cryptolib: without it, the card is not read.")
    switch fact.state {
    case .known(let value):
      let path = LocalizedText(value)
      return [
        .sound(
          fr:
            "Le programme isolé qui lit la carte est là, et seuls root et l'utilisateur peuvent le modifier : \(path.french).",
          en:
            "The isolated program that reads the card is there, and only root and the user may write it: \(path.english)."
        )
      ]
    case .absent:
      return [
        Observation(
          .fault, "missing",
          LocalizedText(
            fr: "Le programme isolé « cps-preflight-cryptoki » n'est pas installé avec celui-ci.",
            en: "The isolated program “cps-preflight-cryptoki” is not installed with this one."),
          meaning: meaning,
          mending: [
            .advice(
              LocalizedText(
                fr: "Réinstaller cps-preflight en entier (make install, ou son paquet).",
                en: "Reinstall cps-preflight as a whole (make install, or its package)."))
          ])
      ]
    case .unavailable(let why):
      return [
        Observation(
          .fault, why.reason == .unsafe ? "unsafe" : "not_executable",
          LocalizedText(fr: "\(why.message.french).", en: "\(why.message.english)."),
          meaning: LocalizedText(
            fr: "Il n'est pas lancé, et la carte n'est pas lue : il reçoit le code porteur.",
            en: "It is not run, and the card is not read: it is given the code porteur."),
          mending: [
            .advice(
              LocalizedText(
                fr:
                  "Rendre ce fichier, et les dossiers au-dessus, à root ou à l'utilisateur du traitement, modifiables par eux seuls.",
                en:
                  "Make root or the batch's user the owner of this file and of the folders above it, and let nobody else write to them."
              ))
          ])
      ]
    }
  }

  /// The version of Landlock's ABI from which on a confined program has no TCP, and the one from which on it can signal no other
  /// (landlock(7)).
  private static let (confinesNetwork, confinesSignals) = (4, 6)

  /// Whether the kernel keeps the PKCS#11 module, and plugins, to their own folders.
  static let programConfinement = Examination("program.confinement", .program, [.programLandlock]) {
    facts throws(Unavailability) in
    let support = try facts.text(.programLandlock)
    if let version = Int(support) {
      if version >= confinesSignals {
        return [
          .sound(
            fr:
              "Le noyau confine le module PKCS#11 : fichiers, réseau, signaux (Landlock, version \(version)).",
            en:
              "The kernel confines the PKCS#11 module: files, network, signals (Landlock, version \(version))."
          )
        ]
      }
      let lacking =
        version >= confinesNetwork
        ? LocalizedText(fr: "pas ses signaux (version 6)", en: "not its signals (version 6)")
        : LocalizedText(
          fr: "ni le réseau (version 4) ni ses signaux (version 6)",
          en: "neither the network (version 4) nor its signals (version 6)")
      return [
        .sound(
          fr:
            "Le noyau confine ce que le module PKCS#11 écrit (Landlock, version \(version)), \(lacking.french).",
          en:
            "The kernel confines what the PKCS#11 module writes (Landlock, version \(version)), \(lacking.english)."
        )
      ]
    }
    let meaning = LocalizedText(
      fr: """
        Le module PKCS#11 et les plugins qui disent où ils écrivent (writes:) s'exécutent avec tous les droits de \
        l'utilisateur, comme avant.
        """,
      en: """
        The PKCS#11 module, and plugins that say where they write (writes:), run with all the rights of the user, as \
        before.
        """)
    if support == "off" {
      return [
        Observation(
          .attention, "switched_off",
          LocalizedText(
            fr: "Le noyau a été démarré sans Landlock.", en: "The kernel was started without Landlock."),
          meaning: meaning,
          mending: [
            .command("cat /sys/kernel/security/lsm"),
            .advice(
              LocalizedText(
                fr: "Ajouter landlock en tête de cette liste, dans l'option lsm= du noyau, puis redémarrer.",
                en: "Put landlock at the head of that list, in the kernel's option lsm=, then restart.")),
          ])
      ]
    }
    return [
      Observation(
        .attention, "no_landlock",
        LocalizedText(
          fr: "Le noyau n'offre pas Landlock.", en: "The kernel does not offer Landlock."),
        meaning: meaning,
        mending: [
          .advice(
            LocalizedText(
              fr: """
                Il faut Linux 5.13 ou plus récent, construit avec CONFIG_SECURITY_LANDLOCK ; un conteneur doit laisser \
                passer ses appels (seccomp).
                """,
              en: """
                Linux 5.13 or newer is needed, built with CONFIG_SECURITY_LANDLOCK; a container must let its calls pass \
                (seccomp).
                """))
        ])
    ]
  }

  /// Which rule file is in use, and who may write it.
  static let rulesFile = Examination("rules.file", .rules, [.rulesPath, .rulesOwnersOnly, .rulesUnsafe]) {
    facts throws(Unavailability) in
    if case .unavailable(let why) = facts[.rulesPath].state {
      return [
        Observation(
          .fault, why.reason == .unsafe ? "unsafe" : "unreadable",
          LocalizedText(fr: "\(why.message.french).", en: "\(why.message.english)."),
          meaning: LocalizedText(
            fr: "check refusera de juger avec ces règles.", en: "check will refuse to judge by these rules."),
          mending: [facts[.rulesUnsafe].mendingRules])
      ]
    }
    let path = printable(try facts.text(.rulesPath), limit: 200)
    if path == "default" {
      return [
        .sound(
          fr: "Règles en vigueur : celles du programme, aucun fichier n'est installé.",
          en: "Rules in use: the program's own, no file is installed.")
      ]
    }
    guard facts[.rulesOwnersOnly].value == .boolean(false) else {
      return [
        .sound(
          fr: "Règles en vigueur : \(path), que seuls root et l'utilisateur peuvent modifier.",
          en: "Rules in use: \(path), which only root and the user may write to.")
      ]
    }
    let words = facts[.rulesOwnersOnly].note ?? LocalizedText(everywhere: "")
    return [
      Observation(
        .attention, "writable_by_others",
        LocalizedText(
          fr: "Règles en vigueur : \(path), que d'autres peuvent modifier (\(words.french)).",
          en: "Rules in use: \(path), which others may write to (\(words.english))."),
        meaning: LocalizedText(
          fr: "Quiconque peut changer les règles peut laisser partir n'importe quel lot.",
          en: "Anyone who may change the rules can let any lot be sent."),
        mending: [.asRoot("chmod go-w \(shellWord(path))")])
    ]
  }

  /// What is wrong or suspicious in the rule file.
  static let rulesLint = Examination("rules.lint", .rules, [.rulesPath, .rulesErrors, .rulesWarnings]) {
    facts throws(Unavailability) in
    // That a file is not read has already been reported.
    guard case .text(let path)? = facts[.rulesPath].value else { return [] }
    let errors = try facts.texts(.rulesErrors)
    let warnings = try facts.texts(.rulesWarnings)
    let file = path == "default" ? "" : " \(shellWord(path))"
    func found(_ sign: Observation.Sign, _ name: String, _ texts: [String]) -> [Observation] {
      texts.map { text in
        Observation(
          sign, name, LocalizedText(everywhere: Text(text)),
          mending: [.command("cps-preflight rules lint\(file)")])
      }
    }
    let observations = found(.fault, "error", errors) + found(.attention, "warning", warnings)
    guard observations.isEmpty else { return observations }
    return [.sound(fr: "Le fichier de règles est sans erreur.", en: "The rule file has no errors.")]
  }

  /// Whether each plugin from outside can be used.
  static let rulesPlugins = Examination("rules.plugins", .rules, [.rulesPlugins]) {
    facts throws(Unavailability) in
    let plugins = try facts.entries(.rulesPlugins)
    return plugins.map { plugin in
      let path = printable(plugin.text("path") ?? "", limit: 200)
      guard let fault = plugin.words("fault") else {
        let name = printable("\(plugin.text("name") ?? "?") \(plugin.text("version") ?? "")", limit: 80)
        return .sound(
          fr: "Plugin \(name) (\(path)) : il se décrit, et d'autres ne peuvent pas le modifier.",
          en: "Plugin \(name) (\(path)): it describes itself, and others may not write to it.")
      }
      let isUnsafe = plugin.flag("unsafe") == true
      return Observation(
        .fault, isUnsafe ? "unsafe" : "unusable",
        LocalizedText(
          fr: "Le plugin \(path) ne peut pas servir : \(fault.french).",
          en: "The plugin \(path) cannot be used: \(fault.english)."),
        mending: [
          isUnsafe
            ? .asRoot("chmod go-w \(shellWord(path))")
            : .command("cps-preflight plugins verify \(shellWord(path))")
        ])
    }
  }
}

extension Fact {
  /// How to fix a rule file that is not read: by its permissions, or its path.
  fileprivate var mendingRules: Mending {
    if case .text(let path)? = value { return .asRoot("chmod go-w \(shellWord(path))") }
    return .advice(
      LocalizedText(
        fr: "Corriger le fichier de règles ou son nom (--rules) ; sans fichier, les règles livrées servent.",
        en: "Correct the rule file or its name (--rules); without a file, the shipped rules are used."))
  }
}
