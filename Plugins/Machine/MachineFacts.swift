package import Preflight

extension FactName {
  /// The name of the operating system.
  package static let machineSystem = FactName("machine.system")
  /// What installs packages.
  package static let machinePackager = FactName("machine.packager")
  /// Whether systemd runs the services.
  package static let machineSystemd = FactName("machine.systemd")
  /// The kind of container.
  package static let machineContainer = FactName("machine.container")
  /// The time zone.
  package static let machineTimeZone = FactName("machine.timeZone")
  /// The locale.
  package static let machineLocale = FactName("machine.locale")
  /// Whether the user is root.
  package static let machineRoot = FactName("machine.root")
  /// The free space on disks.
  package static let machineDisk = FactName("machine.disk")
  /// The memory that is left, and its limits.
  package static let machineMemory = FactName("machine.memory")
  /// The journal's folder.
  package static let machineJournal = FactName("machine.journal")

  /// The path of the program.
  package static let programPath = FactName("program.path")
  /// The version of the program.
  package static let programVersion = FactName("program.version")
  /// How the program was installed.
  package static let programOrigin = FactName("program.origin")
  /// The path of the isolated reader of cards.
  package static let programReader = FactName("program.reader")
  /// What the kernel offers of Landlock.
  package static let programLandlock = FactName("program.landlock")

  /// The rule file in use.
  package static let rulesPath = FactName("rules.path")
  /// Whether only root and the user may write the rule file.
  package static let rulesOwnersOnly = FactName("rules.ownersOnly")
  /// The file or folder for which the rule file is refused.
  package static let rulesUnsafe = FactName("rules.unsafe")
  /// The errors in the rule file.
  package static let rulesErrors = FactName("rules.errors")
  /// The warnings about the rule file.
  package static let rulesWarnings = FactName("rules.warnings")
  /// The plugins from outside that the rule file lists or that are in a folder of plugins.
  package static let rulesPlugins = FactName("rules.plugins")
}

extension FactDeclaration {
  /// The facts of the source `machine`.
  static let ofMachine = [
    FactDeclaration(.machineSystem, .text, fr: "système d'exploitation", en: "operating system"),
    FactDeclaration(
      .machinePackager, .choice(SystemAtHand.Packager.allCases.map(\.rawValue)),
      fr: "ce qui installe les paquets",
      en: "what installs packages"),
    FactDeclaration(
      .machineSystemd, .boolean, fr: "systemd fait tourner les services", en: "systemd runs the services"),
    FactDeclaration(
      .machineContainer, .text, fr: "conteneur dans lequel on est", en: "container that this is in"),
    FactDeclaration(.machineTimeZone, .text, fr: "fuseau horaire", en: "time zone"),
    FactDeclaration(.machineLocale, .text, fr: "langue et codage des caractères", en: "locale"),
    FactDeclaration(.machineRoot, .boolean, fr: "l'utilisateur est root", en: "the user is root"),
    FactDeclaration(.machineDisk, .list, fr: "place restante sur les disques", en: "free disk space"),
    FactDeclaration(.machineMemory, .map, fr: "mémoire restante et limites", en: "memory left, and limits"),
    FactDeclaration(.machineJournal, .map, fr: "dossier du journal", en: "folder of the journal"),
  ]

  /// The facts of the program and of the rule file, which only `doctor` gives: no rule may name them.
  package static let ofProgram = [
    FactDeclaration(.programVersion, .text, fr: "version de cps-preflight", en: "version of cps-preflight"),
    FactDeclaration(.programPath, .text, fr: "chemin de cps-preflight", en: "path of cps-preflight"),
    FactDeclaration(
      .programOrigin, .choice(["dpkg", "rpm", "local", "build", "other"]),
      fr: "façon dont cps-preflight a été installé",
      en: "how cps-preflight was installed"),
    FactDeclaration(
      .programReader, .text, fr: "programme isolé qui lit la carte",
      en: "isolated program that reads the card"),
    FactDeclaration(
      .programLandlock, .text, fr: "version de Landlock que le noyau offre, off ou none",
      en: "version of Landlock that the kernel offers, off or none"),
    FactDeclaration(.rulesPath, .text, fr: "fichier de règles en vigueur", en: "rule file in use"),
    FactDeclaration(
      .rulesOwnersOnly, .boolean, fr: "seuls root et l'utilisateur peuvent modifier les règles",
      en: "only root and the user may write to the rules"),
    FactDeclaration(
      .rulesUnsafe, .text, fr: "fichier ou dossier à cause duquel les règles sont refusées",
      en: "file or folder for which the rules are refused"),
    FactDeclaration(.rulesErrors, .texts, fr: "erreurs du fichier de règles", en: "errors in the rule file"),
    FactDeclaration(
      .rulesWarnings, .texts, fr: "avertissements sur le fichier de règles",
      en: "warnings about the rule file"),
    FactDeclaration(
      .rulesPlugins, .list, fr: "plugins externes trouvés", en: "plugins from outside that were found"),
  ]
}

extension BuiltInPlugin {
  /// The source, facts and examinations of this target.
  package static let machine = BuiltInPlugin(
    "Machine", sources: [MachineSource.declaration],
    facts: FactDeclaration.ofMachine,
    examinations: [
      .programInstallation, .programReader, .programConfinement, .rulesFile, .rulesLint, .rulesPlugins,
      .machineSystem,
      .machineClock,
      .machineTimeZone, .machineLocale, .machineJournal, .machineDisk, .machineMemory,
    ])
}

extension SystemAtHand {
  /// The system that the facts of the source `machine` describe.
  package init(_ facts: Facts) {
    func text(_ name: FactName) -> String? {
      if case .text(let text)? = facts[name].value { text } else { nil }
    }
    self.init(
      packager: text(.machinePackager).flatMap(Packager.init(rawValue:)),
      hasSystemd: facts[.machineSystemd].value == .boolean(true),
      isRoot: facts[.machineRoot].value == .boolean(true))
  }

  /// The facts that it needs.
  package static let facts: Set<FactName> = [.machinePackager, .machineSystemd, .machineRoot]
}
