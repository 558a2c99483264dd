import Preflight

extension Mending {
  /// Where the Cryptolib is downloaded from.
  fileprivate static let installingCryptolib = Mending.advice(
    LocalizedText(
      fr: """
        Télécharger le paquet RPM de la Cryptolib CPS (5.2.2 ou plus récente), l'installer, puis redémarrer : \
        https://esante.gouv.fr/services/espace-cps/telechargements-libres
        """,
      en: """
        Download the RPM package of Cryptolib CPS (5.2.2 or later), install it, then restart: \
        https://esante.gouv.fr/services/espace-cps/telechargements-libres
        """))
}

extension Examination {
  /// Whether the module's file is there, may be read, and could only have been written by root or the user.
  static let cryptolibModules = Examination(
    "cryptolib.module", .cryptolib, [.cryptolibModules, .cryptolibModule]
  ) {
    facts throws(Unavailability) in
    let modules = try facts.entries(.cryptolibModules)
    // p11-kit may name a module that is elsewhere.
    if modules.isEmpty, case .text(let path)? = facts[.cryptolibModule].value {
      let path = printable(path, limit: 200)
      return [.sound(fr: "Module PKCS#11 : \(path).", en: "PKCS#11 module: \(path).")]
    }
    guard !modules.isEmpty else {
      return [
        Observation(
          .fault, "missing",
          LocalizedText(
            fr: "Le module PKCS#11 de la Cryptolib est introuvable.",
            en: "The Cryptolib's PKCS#11 module was not found."),
          meaning: LocalizedText(
            fr: "Sans la Cryptolib, ni la carte ni ses données de facturation ne peuvent être lues.",
            en: "Without the Cryptolib, neither the card nor its billing data can be read."),
          mending: [.installingCryptolib])
      ]
    }
    var observations = modules.map(\.module)
    let is64 = modules.filter { $0.number("architecture") != 32 }
    if is64.count > 1 {
      observations.append(
        Observation(
          .attention, "several",
          LocalizedText(
            fr: "Plusieurs modules de la Cryptolib sont installés ; c'est le premier qui sert ici.",
            en: "Several modules of the Cryptolib are installed; the first one is used here."),
          meaning: LocalizedText(
            fr: "Le logiciel de facturation peut se servir d'un autre, plus ancien.",
            en: "The billing software may use another, older one."),
          mending: [
            .advice(
              LocalizedText(
                fr:
                  "Désinstaller l'ancienne Cryptolib, ou vérifier laquelle le logiciel de facturation charge.",
                en: "Uninstall the old Cryptolib, or check which one the billing software loads."))
          ]))
    }
    return observations
  }

  /// Which versions of the package are installed, and where that was read. The rule says whether that is
  /// enough.
  static let cryptolibVersions = Examination(
    "cryptolib.package", .cryptolib, [.cryptolibVersions, .cryptolibModules]
  ) { facts throws(Unavailability) in
    let hasModule = ((try? facts.entries(.cryptolibModules)) ?? []).isEmpty == false
    guard facts[.cryptolibVersions].value != nil else {
      // The module's examination reports a Cryptolib that is not there at all.
      guard hasModule else { return [] }
      return [
        Observation(
          .attention, "version_unknown",
          LocalizedText(
            fr: "Le module est là, mais aucun fichier ADM ni paquet ne dit la version de la Cryptolib.",
            en: "The module is there, but no ADM file and no package gives the Cryptolib's version."),
          meaning: LocalizedText(
            fr: "Le module a peut-être été copié d'un autre poste : sa version ne peut pas être vérifiée.",
            en: "The module may have been copied from another workstation: its version cannot be checked."),
          mending: [.installingCryptolib])
      ]
    }
    let versions = try facts.cryptolibs()
    var observations = versions.map { version in
      Observation.sound(
        fr: "Version du paquet lue dans \(version.words.french).",
        en: "Package version read in \(version.words.english).")
    }
    if !hasModule {
      observations.append(
        Observation(
          .fault, "module_missing",
          LocalizedText(
            fr: "L'installeur a noté une Cryptolib, mais son module n'est plus là.",
            en: "The installer recorded a Cryptolib, but its module is no longer there."),
          mending: [.installingCryptolib]))
    }
    if Set(versions.map(\.version)).count > 1 {
      observations.append(
        Observation(
          .attention, "several",
          LocalizedText(
            fr: "Plusieurs versions de la Cryptolib sont notées sur ce poste.",
            en: "Several versions of the Cryptolib are recorded on this workstation."),
          mending: [
            .advice(
              LocalizedText(
                fr:
                  "Désinstaller la plus ancienne, ou supprimer le fichier qu'une ancienne installation a laissé.",
                en: "Uninstall the older one, or delete the file that an old installation left behind."))
          ]))
    }
    return observations
  }

  /// Whether the module can be loaded, and is the one that the installer recorded.
  static let cryptolibLibrary = Examination(
    "cryptolib.library", .cryptolib,
    [.cryptolibLibrary, .cryptolibModule, .cryptolibRecordedLibrary, .cryptolibModules, .readerNames]
  ) { facts throws(Unavailability) in
    let library = facts[.cryptolibLibrary]
    if case .unavailable(let why) = library.state {
      // That there is no module has already been reported.
      if ((try? facts.entries(.cryptolibModules)) ?? []).isEmpty, facts[.cryptolibModules].value != nil {
        return []
      }
      // So has one that is not trusted.
      if why.reason == .unsafe,
        (try? facts.entries(.cryptolibModules))?.contains(where: \.isDistrusted) == true
      {
        return []
      }
      guard why.reason == .service else { throw why }
      // Without PC/SC even a sound module cannot start, and is not to blame.
      if case .unavailable(let reason) = facts[.readerNames].state, reason.reason == .service,
        (try? facts.entries(.cryptolibModules))?.first?.number("architecture") != nil
      {
        return [
          Observation(
            .unseen, "not_tried",
            LocalizedText(
              fr: "Le module ne peut pas être essayé tant que PC/SC ne répond pas.",
              en: "The module cannot be tried as long as PC/SC does not answer."))
        ]
      }
      return [
        Observation(
          .fault, "not_loaded",
          LocalizedText(fr: "\(why.message.french).", en: "\(why.message.english).").capitalized,
          meaning: LocalizedText(
            fr: "Tant que le module ne se charge pas, rien de la carte ne peut être lu.",
            en: "As long as the module does not load, nothing of the card can be read."),
          mending: [.installingCryptolib])
      ]
    }
    let version = try facts.version(.cryptolibLibrary)
    guard case .version(let recorded)? = facts[.cryptolibRecordedLibrary].value, recorded != version else {
      return [
        .sound(
          fr: "Le module se charge ; version de la bibliothèque : \(version).",
          en: "The module loads; version of the library: \(version).")
      ]
    }
    let place = facts[.cryptolibRecordedLibrary].note ?? LocalizedText(everywhere: "ADM")
    return [
      Observation(
        .attention, "recorded_otherwise",
        LocalizedText(
          fr:
            "Le module se charge en version \(version), mais l'installeur a noté \(recorded) (\(place.french)).",
          en:
            "The module loads as version \(version), but the installer recorded \(recorded) (\(place.english))."
        ),
        meaning: LocalizedText(
          fr:
            "Le module vient d'une autre installation que les fichiers ADM : la version du paquet peut être fausse.",
          en:
            "The module comes from a different installation from the ADM files: the package version may be wrong."
        ),
        mending: [.installingCryptolib])
    ]
  }

  /// Whether the cache may be written by the user, and which folders everybody may write to.
  static let cryptolibFolders = Examination("cryptolib.folders", .cryptolib, [.cryptolibFolders]) {
    facts throws(Unavailability) in
    let folders = try facts.entries(.cryptolibFolders)
    return folders.flatMap { folder -> [Observation] in
      let path = printable(folder.text("path") ?? "", limit: 200)
      if folder.words("fault") != nil {
        return [
          Observation(
            .unseen, "unseen",
            LocalizedText(
              fr: "\(path) ne peut pas être regardé (droits).",
              en: "\(path) may not be looked at (permissions)."))
        ]
      }
      var observations: [Observation] = []
      let mode = folder.text("mode") ?? ""
      if folder.text("role") == "cache", folder.flag("writable") == false {
        observations.append(
          Observation(
            .attention, "cache_not_writable",
            LocalizedText(
              fr:
                "Le cache de la Cryptolib n'est pas modifiable par cet utilisateur : \(path) (mode \(mode)).",
              en: "This user cannot write to the Cryptolib's cache: \(path) (mode \(mode))."),
            meaning: LocalizedText(
              fr: "La Cryptolib relit alors toute la carte à chaque fois, ce qui prend plus de temps.",
              en: "The Cryptolib then reads the whole card again each time, which takes longer."),
            mending: [.asRoot("setfacl -m u:$(id -un):rwx \(shellWord(path))")]))
      }
      if folder.flag("everybody") == true {
        observations.append(
          Observation(
            .attention, "writable_by_everybody",
            LocalizedText(
              fr: "Tout le monde peut modifier \(path) (mode \(mode)).",
              en: "Everybody may write to \(path) (mode \(mode))."),
            meaning: LocalizedText(
              fr: """
                C'est ainsi que le paquet de l'ANS l'installe : un autre utilisateur du poste peut y changer la version \
                notée ou le cache. Rien à corriger sur un poste d'un seul utilisateur.
                """,
              en: """
                That is how ANS's package installs it: another user of the workstation may change the version recorded \
                there or the cache. Nothing to fix on a workstation with a single user.
                """)))
      }
      guard observations.isEmpty else { return observations }
      return [.sound(fr: "\(path) : mode \(mode).", en: "\(path): mode \(mode).")]
    }
  }
}

extension PlainEntry {
  /// Whether others could have changed it.
  fileprivate var isDistrusted: Bool { words("distrust") != nil }

  /// What the file of a module shows.
  fileprivate var module: Observation {
    let path = printable(text("path") ?? "", limit: 200)
    let mode = text("mode") ?? "?"
    let owner = number("owner").map { $0 == 0 ? "root" : "uid \($0)" } ?? "?"
    if let words = words("distrust") {
      return Observation(
        .fault, "unsafe",
        LocalizedText(
          fr: "Module PKCS#11 : \(words.french).", en: "PKCS#11 module: \(words.english)."),
        meaning: LocalizedText(
          fr: "Ce module reçoit le code porteur : qui peut le modifier peut lire ce code.",
          en: "This module is given the code porteur: anyone who can change it can read the code."),
        mending: [.asRoot("chown root:root \(shellWord(path))"), .asRoot("chmod 755 \(shellWord(path))")])
    }
    guard flag("readable") == true else {
      return Observation(
        .fault, "not_readable",
        LocalizedText(
          fr:
            "Le module \(path) ne peut pas être lu par cet utilisateur (propriétaire \(owner), mode \(mode)).",
          en: "This user may not read the module \(path) (owner \(owner), mode \(mode))."),
        mending: [.asRoot("chmod 755 \(shellWord(path))")])
    }
    let bits = number("architecture").map { ", \($0) bits" } ?? ""
    return .sound(
      fr: "Module \(path) : propriétaire \(owner), mode \(mode)\(bits).",
      en: "Module \(path): owner \(owner), mode \(mode)\(bits).")
  }
}
