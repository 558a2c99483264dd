import Preflight

extension Examination {
  /// Whether GALSS is set up here at all, and completely.
  static let galssFile = Examination("galss.file", .galss, [.galssFile]) { facts throws(Unavailability) in
    guard case .map(let entries)? = try facts.ifPresent(.galssFile) else {
      return [
        .sound(
          "none", fr: "GALSS n'est pas installé : les lecteurs passent par PC/SC.",
          en: "GALSS is not installed: readers are reached through PC/SC.")
      ]
    }
    let file = PlainEntry(.map(entries))
    let path = printable(file.text("path") ?? "", limit: 200)
    guard let ports = file.text("ports") else {
      return [
        Observation(
          .attention, "ports_missing",
          LocalizedText(
            fr: "\(path) est là, mais io_comm.ini manque à côté.",
            en: "\(path) is there, but io_comm.ini is missing beside it."),
          meaning: LocalizedText(
            fr: "Sous Linux, GALSS n'ouvre un port série que s'il y est décrit (erreur 800C).",
            en: "On Linux, GALSS opens a serial port only if it is described there (error 800C)."),
          mending: [.advice(.reinstallingGALSS), .command("cps-preflight explain 800C")])
      ]
    }
    return [
      .sound(
        fr: "GALSS : \(path), \(printable(ports, limit: 200)).",
        en: "GALSS: \(path), \(printable(ports, limit: 200)).")
    ]
  }

  /// Whether each channel leads to a reader that is there.
  static let galssChannels = Examination("galss.channels", .galss, [.galssChannels, .readerNames]) {
    facts throws(Unavailability) in
    guard try facts.ifPresent(.galssChannels) != nil else { return [] }
    let channels = try facts.entries(.galssChannels)
    guard !channels.isEmpty else {
      return [
        Observation(
          .fault, "no_channel",
          LocalizedText(fr: "galss.ini ne décrit aucun canal.", en: "galss.ini describes no channel."),
          mending: [.advice(.reinstallingGALSS), .command("cps-preflight explain 8003")])
      ]
    }
    var names: [String]?
    if case .texts(let known)? = facts[.readerNames].value { names = known }
    return channels.map { $0.channel(among: names) }
  }

  /// Whether the tables, traces and working folder of the SSV are there.
  static let sesamFiles = Examination("sesam.files", .galss, [.sesamFiles]) { facts throws(Unavailability) in
    let files = try facts.entries(.sesamFiles)
    guard !files.isEmpty else {
      return [
        .sound(
          "none", fr: "Aucun sesam.ini : les SSV ne sont pas installés ici.",
          en: "No sesam.ini: the SSV are not installed here.")
      ]
    }
    return files.flatMap(\.sesam)
  }
}

extension LocalizedText {
  fileprivate static let reinstallingGALSS = LocalizedText(
    fr: "Réinstaller le logiciel du lecteur (GALSS), ou passer à un lecteur PC/SC : GALSS est en fin de vie.",
    en: "Reinstall the reader's software (GALSS), or change to a PC/SC reader: GALSS is being phased out.")
  fileprivate static let reinstallingSSV = LocalizedText(
    fr: "Réinstaller les SSV (FSV) avec l'installeur du logiciel de facturation.",
    en: "Reinstall the SSV (FSV) with the billing software's installer.")
}

extension PlainEntry {
  /// What a channel shows.
  ///
  /// - Parameter names: the readers of PC/SC; `nil` if they are not known.
  fileprivate func channel(among names: [String]?) -> Observation {
    let channel = printable(text("name") ?? "", limit: 40)
    guard let target = text("target").map({ printable($0, limit: 120) }) else {
      return Observation(
        .fault, "no_target",
        LocalizedText(
          fr: "\(channel) de galss.ini n'a pas de « Caracteristiques ».",
          en: "\(channel) of galss.ini has no “Caracteristiques”."),
        mending: [.advice(.reinstallingGALSS), .command("cps-preflight explain 8005")])
    }
    if let device = text("device").map({ printable($0, limit: 120) }) {
      if flag("there") == true {
        return .sound(fr: "\(channel) : \(target), \(device).", en: "\(channel): \(target), \(device).")
      }
      return Observation(
        .fault, "device_missing",
        LocalizedText(
          fr: "\(channel) mène à \(device), qui n'existe pas.",
          en: "\(channel) leads to \(device), which does not exist."),
        meaning: LocalizedText(
          fr:
            "Le lecteur est débranché, ou son port a changé de nom : GALSS ne le trouvera pas (erreur 0400).",
          en:
            "The reader is unplugged, or its port has another name now: GALSS will not find it (error 0400)."),
        mending: [
          .advice(
            LocalizedText(
              fr: "Rebrancher le lecteur, ou corriger ce port dans io_comm.ini.",
              en: "Plug the reader in again, or correct that port in io_comm.ini.")),
          .command("ls -l /dev/ttyS* /dev/ttyUSB* /dev/ttyACM*"),
        ])
    }
    if target.isPort {
      return Observation(
        .attention, "port_unknown",
        LocalizedText(
          fr: "\(channel) mène à \(target), mais io_comm.ini ne dit pas quel périphérique c'est.",
          en: "\(channel) leads to \(target), but io_comm.ini does not say which device that is."),
        mending: [.advice(.reinstallingGALSS), .command("cps-preflight explain 800C")])
    }
    guard let names else {
      return Observation(
        .unseen, "readers_unknown",
        LocalizedText(
          fr: "\(channel) mène à « \(target) » ; PC/SC ne dit pas si ce lecteur est là.",
          en: "\(channel) leads to “\(target)”; PC/SC does not say whether that reader is there."))
    }
    if names.contains(where: { $0.lowercased().hasPrefix(target.lowercased()) }) {
      return .sound(
        fr: "\(channel) : « \(target) », que PC/SC voit.", en: "\(channel): “\(target)”, which PC/SC sees.")
    }
    return Observation(
      .fault, "reader_missing",
      LocalizedText(
        fr: "\(channel) mène au lecteur « \(target) », que PC/SC ne voit pas.",
        en: "\(channel) leads to the reader “\(target)”, which PC/SC does not see."),
      meaning: LocalizedText(
        fr:
          "Le logiciel de facturation dira le lecteur ou la carte absents, même si un autre lecteur est branché.",
        en:
          "The billing software will say that the reader or the card is absent, even if another reader is plugged in."
      ),
      mending: [
        .advice(
          LocalizedText(
            fr: "Rebrancher ce lecteur, ou écrire dans galss.ini le nom de l'un de ceux qui sont là.",
            en: "Plug that reader in again, or write the name of one that is there into galss.ini.")),
        .command("cps-preflight readers"),
      ])
  }

  /// What a `sesam.ini` shows.
  fileprivate var sesam: [Observation] {
    let path = printable(text("path") ?? "", limit: 200)
    if let fault = words("fault") {
      return [
        Observation(
          .unseen, "not_readable",
          LocalizedText(fr: "\(path) \(fault.french).", en: "\(path) \(fault.english)."))
      ]
    }
    let observations = [tables(path), traces(path), work(path)].compactMap(\.self)
    guard observations.isEmpty else { return observations }
    return [
      .sound(
        fr: "\(path) : tables, traces et dossier de travail sont là.",
        en: "\(path): tables, traces and working folder are there.")
    ]
  }

  private func tables(_ path: String) -> Observation? {
    guard let tables = text("tables").map({ printable($0, limit: 200) }) else {
      return Observation(
        .fault, "tables_missing",
        LocalizedText(
          fr: "\(path) ne dit pas où sont les tables des SSV (RepertoireTable).",
          en: "\(path) does not say where the SSV's tables are (RepertoireTable)."),
        meaning: LocalizedText(
          fr: "Le logiciel de facturation s'arrête sur l'erreur F680 : aucune FSE n'est signée.",
          en: "The billing software stops with error F680: no FSE is signed."),
        mending: [.advice(.reinstallingSSV), .command("cps-preflight explain F680")])
    }
    guard flag("tablesThere") == true, flag("tablesEmpty") == false else {
      return Observation(
        .fault, "tables_absent",
        LocalizedText(
          fr: "\(path) : les tables des SSV ne sont pas dans \(tables).",
          en: "\(path): the SSV's tables are not in \(tables)."),
        meaning: LocalizedText(
          fr: "Une table des SSV manque ou est d'une autre version (erreurs F610 à F63F).",
          en: "A table of the SSV is missing or of another version (errors F610 to F63F)."),
        mending: [.advice(.reinstallingSSV), .command("cps-preflight explain F610")])
    }
    return nil
  }

  private func traces(_ path: String) -> Observation? {
    let message: LocalizedText
    if flag("mgc") != true {
      message = LocalizedText(fr: "\(path) n'a pas de section [MGC].", en: "\(path) has no section [MGC].")
    } else if text("traces") == nil {
      message = LocalizedText(
        fr: "\(path) : la section [MGC] n'a pas de RepertoireConfigTrace.",
        en: "\(path): the section [MGC] has no RepertoireConfigTrace.")
    } else if flag("tracesThere") != true {
      message = LocalizedText(
        fr: "\(path) : log4crc.xml n'est pas dans le RepertoireConfigTrace de [MGC].",
        en: "\(path): log4crc.xml is not in the RepertoireConfigTrace of [MGC].")
    } else {
      return nil
    }
    return Observation(
      .fault, "mgc", message,
      meaning: LocalizedText(
        fr: "Le logiciel dit alors « Section MGC absente, ou clé RepertoireConfigTrace absente ».",
        en: "The software then says « Section MGC absente, ou clé RepertoireConfigTrace absente »."),
      mending: [
        .advice(.reinstallingSSV),
        .command("cps-preflight explain 'Section MGC absente, ou clé RepertoireConfigTrace absente'"),
      ])
  }

  private func work(_ path: String) -> Observation? {
    guard let work = text("work") else {
      return Observation(
        .fault, "work_missing",
        LocalizedText(
          fr: "\(path) ne nomme pas de dossier de travail (RepertoireTravail dans [COMMUN]).",
          en: "\(path) names no working folder (RepertoireTravail in [COMMUN])."),
        meaning: LocalizedText(fr: "C'est l'erreur F6F1 des SSV.", en: "That is error F6F1 of the SSV."),
        mending: [.advice(.reinstallingSSV), .command("cps-preflight explain F6F1")])
    }
    let shown = printable(work, limit: 200)
    guard flag("workThere") == true else {
      return Observation(
        .fault, "work_absent",
        LocalizedText(
          fr: "\(path) : le dossier de travail \(shown) n'existe pas.",
          en: "\(path): the working folder \(shown) does not exist."),
        mending: [.asRoot("mkdir -p \(shellWord(work))"), .command("cps-preflight explain F6F1")])
    }
    let locked = text("admLocked") ?? ""
    guard flag("workWritable") == true, locked.isEmpty else {
      let files = locked.isEmpty ? "" : " (\(printable(locked, limit: 200)))"
      return Observation(
        .fault, "work_locked",
        LocalizedText(
          fr: "Cet utilisateur ne peut pas modifier \(shown)\(files).",
          en: "This user cannot write to \(shown)\(files)."),
        meaning: LocalizedText(
          fr: "Les SSV y notent leur version, et s'arrêtent sinon sur l'erreur F6F2.",
          en: "The SSV record their version there, and stop with error F6F2 otherwise."),
        mending: [
          .asRoot("setfacl -R -m u:$(id -un):rwX \(shellWord(work))"), .command("cps-preflight explain F6F2"),
        ])
    }
    return nil
  }
}
