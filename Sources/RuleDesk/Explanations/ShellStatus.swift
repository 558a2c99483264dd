import Preflight

/// The statuses that shells give for a command that did not end by itself: 126 to 159.
enum ShellStatus {
  /// The signals of Linux by their numbers, with what each usually means.
  private static let signals: [Int32: (name: String, summary: LocalizedText)] = [
    1: ("SIGHUP", LocalizedText(fr: "le terminal a été fermé", en: "its terminal was closed")),
    2: ("SIGINT", LocalizedText(fr: "interrompu par Ctrl-C", en: "interrupted by Ctrl-C")),
    3: ("SIGQUIT", LocalizedText(fr: "interrompu par Ctrl-\\", en: "interrupted by Ctrl-\\")),
    4: (
      "SIGILL",
      LocalizedText(
        fr: "instruction inconnue de ce processeur", en: "an instruction that this processor does not know")
    ),
    5: ("SIGTRAP", LocalizedText(fr: "arrêté sur un défaut interne", en: "stopped by an internal fault")),
    6: (
      "SIGABRT",
      LocalizedText(fr: "arrêté de lui-même sur une erreur", en: "stopped itself because of an error")
    ),
    7: (
      "SIGBUS",
      LocalizedText(
        fr: "accès impossible à la mémoire ou au disque", en: "memory or disk that cannot be read")
    ),
    8: ("SIGFPE", LocalizedText(fr: "calcul impossible", en: "an impossible calculation")),
    9: (
      "SIGKILL",
      LocalizedText(fr: "tué\u{A0}: souvent faute de mémoire", en: "killed: often for want of memory")
    ),
    10: ("SIGUSR1", LocalizedText(fr: "signal d’un autre programme", en: "a signal of another program")),
    11: (
      "SIGSEGV",
      LocalizedText(fr: "accès à une mémoire qui n’est pas la sienne", en: "memory that is not its own")
    ),
    12: ("SIGUSR2", LocalizedText(fr: "signal d’un autre programme", en: "a signal of another program")),
    13: (
      "SIGPIPE",
      LocalizedText(fr: "ce qui lisait sa sortie s’est arrêté", en: "what read its output has ended")
    ),
    14: ("SIGALRM", LocalizedText(fr: "délai écoulé", en: "its time was up")),
    15: (
      "SIGTERM",
      LocalizedText(
        fr: "arrêt demandé, par le système ou un délai", en: "told to stop, by the system or a timeout")
    ),
    16: ("SIGSTKFLT", LocalizedText(fr: "défaut de pile", en: "a stack fault")),
    17: ("SIGCHLD", LocalizedText(fr: "fin d’un programme fils", en: "the end of a child")),
    18: ("SIGCONT", LocalizedText(fr: "reprise", en: "continued")),
    19: ("SIGSTOP", LocalizedText(fr: "suspendu", en: "suspended")),
    20: ("SIGTSTP", LocalizedText(fr: "suspendu par Ctrl-Z", en: "suspended by Ctrl-Z")),
    21: (
      "SIGTTIN",
      LocalizedText(fr: "a lu le terminal en arrière-plan", en: "read the terminal in the background")
    ),
    22: (
      "SIGTTOU",
      LocalizedText(fr: "a écrit au terminal en arrière-plan", en: "wrote to the terminal in the background")
    ),
    23: ("SIGURG", LocalizedText(fr: "donnée urgente du réseau", en: "urgent data of the network")),
    24: (
      "SIGXCPU",
      LocalizedText(fr: "limite de temps de calcul atteinte", en: "its limit of processor time was reached")
    ),
    25: (
      "SIGXFSZ",
      LocalizedText(fr: "limite de taille de fichier atteinte", en: "its limit of file size was reached")
    ),
    26: ("SIGVTALRM", LocalizedText(fr: "délai de calcul écoulé", en: "its CPU time was used up")),
    27: ("SIGPROF", LocalizedText(fr: "délai de mesure écoulé", en: "its profiling time was up")),
    28: ("SIGWINCH", LocalizedText(fr: "fenêtre redimensionnée", en: "its window changed size")),
    29: ("SIGIO", LocalizedText(fr: "entrée ou sortie prête", en: "input or output became ready")),
    30: ("SIGPWR", LocalizedText(fr: "alimentation électrique en défaut", en: "the power failed")),
    31: ("SIGSYS", LocalizedText(fr: "appel système interdit", en: "a system call that is forbidden")),
  ]

  /// What such a status means, and what to do; nil if it is another number.
  static func meaning(of status: Int32) -> (meaning: LocalizedText, advice: LocalizedText)? {
    switch status {
    case 126:
      return (
        LocalizedText(
          fr:
            "la commande existe et n’a pas pu être exécutée\u{A0}: droit d’exécution absent, ou autre architecture",
          en: "the command is there and could not be executed: not executable, or for another architecture"),
        LocalizedText(
          fr: "vérifier le chemin, et donner le droit d’exécution\u{A0}: «\u{A0}chmod +x\u{A0}»",
          en: "check the path, and make it executable: `chmod +x`")
      )
    case 127:
      return (
        LocalizedText(
          fr:
            "la commande est introuvable, ou une bibliothèque partagée lui manque (libpcsclite.so.1, libyaml-0.so.2)",
          en: "the command is not found, or lacks a shared library (libpcsclite.so.1, libyaml-0.so.2)"),
        LocalizedText(
          fr:
            "vérifier le chemin\u{A0}; sinon «\u{A0}ldd\u{A0}» sur le programme montre ce qui manque\u{A0}: sous Debian, «\u{A0}apt install libpcsclite1 libyaml-0-2\u{A0}»",
          en:
            "check the path; otherwise `ldd` on the program shows what is missing: on Debian, `apt install libpcsclite1 libyaml-0-2`"
        )
      )
    case 128:
      return (
        LocalizedText(fr: "code de sortie hors limites", en: "an exit status out of range"),
        LocalizedText(fr: "voir ce que dit la commande elle-même", en: "see what the command itself says")
      )
    case 129...159:
      guard let signal = signals[status - 128] else { return nil }
      return (
        LocalizedText(
          fr:
            "la commande a été arrêtée par le signal \(Int(status) - 128), \(signal.name)\u{A0}: \(signal.summary.french)",
          en:
            "the command was ended by signal \(Int(status) - 128), \(signal.name): \(signal.summary.english)"),
        LocalizedText(
          fr:
            "rien n’est décidé\u{A0}: ne pas envoyer, relancer\u{A0}; si cela se répète, le signaler avec ce nom",
          en: "nothing is decided: do not send, run it again; if that recurs, report it with this name")
      )
    default: return nil
    }
  }
}
