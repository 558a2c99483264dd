import Preflight

extension Examination {
  /// Which system this is.
  static let machineSystem = Examination(
    "machine.system", .machine, [.machineSystem, .machineContainer, .machineSystemd]
  ) { facts in
    var observations: [Observation] = []
    if case .text(let system)? = facts[.machineSystem].value {
      observations.append(.sound(fr: "Système : \(system).", en: "System: \(system)."))
    }
    if case .text(let container)? = facts[.machineContainer].value {
      observations.append(
        Observation(
          .attention, "container",
          LocalizedText(
            fr: "Ce poste est un conteneur (\(container)).",
            en: "This workstation is a container (\(container))."),
          meaning: LocalizedText(
            fr: """
              Un lecteur n'y est vu que si pcscd de l'hôte y est partagé (/run/pcscd) ou si l'USB y est transmis, et les deux \
              pcsc-lite doivent avoir la même version de protocole.
              """,
            en: """
              A reader is seen in it only if the host's pcscd is shared with it (/run/pcscd) or USB is passed on, and both \
              pcsc-lite must be of the same protocol version.
              """)))
    }
    return observations
  }

  /// The years that a clock may show: from the first in which this program can run to one that is far enough
  /// away.
  private static let plausible = 2026...2099

  /// Whether the clock can be right.
  static let machineClock = Examination("machine.clock", .machine, [.today, .cardIssuedOn, .cardExpiresOn]) {
    facts throws(Unavailability) in
    let today = try facts.date(.today)
    let mending: [Mending] = [.asRoot("timedatectl set-ntp true"), .command("date")]
    let meaning = LocalizedText(
      fr:
        "Une horloge fausse fait juger une carte périmée, ou en laisse passer une, et fait refuser les lots.",
      en: "A wrong clock makes a card look expired, or lets an expired one pass, and has lots refused.")
    guard plausible.contains(today.year) else {
      return [
        Observation(
          .fault, "implausible",
          LocalizedText(
            fr: "L'horloge du poste dit le \(today), ce qui est impossible.",
            en: "The workstation's clock says \(today), which is impossible."),
          meaning: meaning, mending: mending)
      ]
    }
    if case .date(let issued)? = facts[.cardIssuedOn].value, issued > today {
      return [
        Observation(
          .fault, "before_card",
          LocalizedText(
            fr: "L'horloge du poste dit le \(today), avant la délivrance de la carte (\(issued)).",
            en: "The workstation's clock says \(today), before the card was issued (\(issued))."),
          meaning: meaning, mending: mending)
      ]
    }
    return [.sound(fr: "L'horloge du poste dit le \(today).", en: "The workstation's clock says \(today).")]
  }

  /// The zones of French civil time, on the mainland and overseas (IANA).
  private static let frenchZones: Set<String> = [
    "Europe/Paris", "Europe/Monaco", "America/Guadeloupe", "America/Martinique", "America/Cayenne",
    "Indian/Reunion",
    "Indian/Mayotte", "America/Miquelon", "America/St_Barthelemy", "America/Marigot", "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis", "Pacific/Marquesas", "Pacific/Gambier",
  ]

  /// Whether the time zone is a French one.
  static let machineTimeZone = Examination("machine.timeZone", .machine, [.machineTimeZone]) {
    facts throws(Unavailability) in
    guard case .text(let zone)? = try facts.ifPresent(.machineTimeZone) else {
      return [
        Observation(
          .attention, "unset",
          LocalizedText(
            fr: "Aucun fuseau horaire n'est réglé : le poste compte en temps universel.",
            en: "No time zone is set: the workstation counts in universal time."),
          meaning: zoneMeaning, mending: [.asRoot("timedatectl set-timezone Europe/Paris")])
      ]
    }
    guard !frenchZones.contains(zone) else {
      return [.sound(fr: "Fuseau horaire : \(zone).", en: "Time zone: \(zone).")]
    }
    return [
      Observation(
        .attention, "elsewhere",
        LocalizedText(
          fr: "Le fuseau horaire n'est pas français : \(zone).",
          en: "The time zone is not a French one: \(zone)."),
        meaning: zoneMeaning, mending: [.asRoot("timedatectl set-timezone Europe/Paris")])
    ]
  }

  private static let zoneMeaning = LocalizedText(
    fr:
      "cps-preflight juge toujours à la date de Paris ; d'autres logiciels peuvent dater les FSE de la veille autour de minuit.",
    en:
      "cps-preflight always judges by the date in Paris; other software may date FSE a day early around midnight."
  )

  /// Whether texts with accents can be shown.
  static let machineLocale = Examination("machine.locale", .machine, [.machineLocale]) {
    facts throws(Unavailability) in
    let locale: String? =
      if case .text(let locale)? = try facts.ifPresent(.machineLocale) { locale } else { nil }
    let folded = locale?.lowercased() ?? ""
    if folded.contains("utf-8") || folded.contains("utf8") {
      return [.sound(fr: "Langue et caractères : \(locale ?? "").", en: "Locale: \(locale ?? "").")]
    }
    return [
      Observation(
        .attention, locale == nil ? "unset" : "not_utf8",
        LocalizedText(
          fr: "La langue du poste n'est pas réglée en UTF-8 (\(locale ?? "LANG absent")).",
          en: "The workstation's locale is not UTF-8 (\(locale ?? "LANG is not set"))."),
        meaning: LocalizedText(
          fr: "Les accents des rapports peuvent être illisibles ; le jugement n'en dépend pas.",
          en: "Accents in reports may be illegible; judging does not depend on it."),
        mending: [.command("export LANG=C.UTF-8")])
    ]
  }

  /// Whether a line can be added to the journal.
  static let machineJournal = Examination("machine.journal", .machine, [.machineJournal]) {
    facts throws(Unavailability) in
    guard case .map(let entries)? = try facts.ifPresent(.machineJournal) else { return [] }
    let journal = PlainEntry(.map(entries))
    let path = printable(journal.text("path") ?? "", limit: 200)
    let folder = journal.text("folder") ?? ""
    guard journal.flag("there") == true else {
      return [
        Observation(
          .fault, "no_folder",
          LocalizedText(
            fr: "Le dossier du journal n'existe pas : \(path).",
            en: "The journal's folder does not exist: \(path)."),
          meaning: journalMeaning, mending: [.asRoot("install -d -o $(id -un) \(shellWord(folder))")])
      ]
    }
    guard journal.flag("writable") == true else {
      return [
        Observation(
          .fault, "not_writable",
          LocalizedText(
            fr: "Cet utilisateur ne peut pas écrire le journal \(path).",
            en: "This user cannot write to the journal \(path)."),
          meaning: journalMeaning, mending: [.asRoot("chown $(id -un) \(shellWord(folder))")])
      ]
    }
    return [.sound(fr: "Le journal peut être écrit : \(path).", en: "The journal can be written: \(path).")]
  }

  private static let journalMeaning = LocalizedText(
    fr: "check --journal s'arrête alors avec le code 74, et le lot ne part pas.",
    en: "check --journal then ends with code 74, and the lot is not sent.")

  /// The free space below which writing a lot may fail, in MiB.
  private static let leastRoom = 100

  /// Whether there is free space where files are written.
  static let machineDisk = Examination("machine.disk", .machine, [.machineDisk]) {
    facts throws(Unavailability) in
    let rooms = try facts.entries(.machineDisk)
    let scarce = rooms.filter { ($0.number("availableMiB") ?? 0) < leastRoom || $0.number("files") == 0 }
    guard !scarce.isEmpty else {
      let least = rooms.compactMap { $0.number("availableMiB") }.min()
      return least.map {
        [
          .sound(
            fr: "Espace libre sur les disques : \($0) Mio au moins.",
            en: "Free space on disks: \($0) MiB at least.")
        ]
      } ?? []
    }
    return scarce.map { room in
      let path = printable(room.text("path") ?? "", limit: 200)
      let left = room.number("availableMiB") ?? 0
      return Observation(
        left == 0 || room.number("files") == 0 ? .fault : .attention, "full",
        LocalizedText(
          fr: "Il ne reste que \(left) Mio sous \(path).", en: "Only \(left) MiB are left under \(path)."),
        meaning: LocalizedText(
          fr: "Journal, rapport, cache de la Cryptolib et lots ne peuvent plus être écrits.",
          en: "Journal, report, the Cryptolib's cache and lots can no longer be written."),
        mending: [.command("df -h \(shellWord(path))")])
    }
  }

  /// The memory that a check takes with the isolated reader, in MiB; the reader itself is given 256.
  private static let leastMemory = 128

  /// Whether there is memory left.
  static let machineMemory = Examination("machine.memory", .machine, [.machineMemory]) {
    facts throws(Unavailability) in
    guard case .map(let entries)? = try facts.ifPresent(.machineMemory) else { return [] }
    let memory = PlainEntry(.map(entries))
    let limits = ["availableMiB", "groupMiB", "processMiB"].compactMap { memory.number($0) }
    guard let least = limits.min() else { return [] }
    if least < leastMemory {
      return [
        Observation(
          .attention, "scarce",
          LocalizedText(
            fr: "Il ne reste que \(least) Mio de mémoire.", en: "Only \(least) MiB of memory are left."),
          meaning: LocalizedText(
            fr:
              "La Cryptolib peut s'arrêter au milieu d'une lecture ; ce sont aussi les limites du conteneur ou du service.",
            en:
              "The Cryptolib may stop in the middle of a reading; limits of the container or the service count as well."
          ),
          mending: [.command("free -m")])
      ]
    }
    return [.sound(fr: "Mémoire : \(least) Mio au moins.", en: "Memory: \(least) MiB at least.")]
  }
}
