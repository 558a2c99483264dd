package import Preflight
package import Processes

/// Why a plugin cannot be used.
package struct PluginFault: Error, Sendable, Hashable {
  /// The reasons why a plugin cannot be used.
  package enum Reason: Sendable, Hashable {
    /// Its file does not exist, cannot be read or is not trusted.
    case untrusted(TrustFault.Reason)
    case notExecutable
    /// It gave no usable manifest.
    case badManifest([ProtocolMistake])
    /// Its file name and its manifest give different names. The value is the name in the manifest.
    case otherName(String)
    /// It did not answer. `lastWords` is the last line of its standard error.
    case failed(ProgramFault, lastWords: String)
  }

  /// The file or folder that is the cause.
  package let path: String
  /// What is wrong with it.
  package let reason: Reason

  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  init(_ fault: TrustFault) { self.init(fault.path, .untrusted(fault.reason)) }

  /// Whether it is refused because other users could have changed it.
  package var isUnsafe: Bool {
    switch reason {
    // Only root and the user could have replaced it.
    case .untrusted(.replaced): false
    case .untrusted(let reason): TrustFault(path, reason).isUnsafe
    case .failed(.untrusted, _): true
    default: false
    }
  }

  /// The reason that its facts and answers are not known.
  package var unavailability: Unavailability {
    let words = LocalizedText(
      fr: "plugin \(path) : \(message.french)", en: "plugin \(path): \(message.english)")
    if case .failed(.timeout, _) = reason { return Unavailability(.timeout, words) }
    if case .failed(.untrusted, _) = reason { return Unavailability(.unsafe, words) }
    return Unavailability(.service, words, by: isPluginsOwn ? .plugin : nil)
  }

  /// Whether the plugin itself has to be corrected: nothing is missing that could be installed or started.
  private var isPluginsOwn: Bool {
    switch reason {
    case .badManifest, .otherName: true
    case .failed(let fault, _):
      switch fault {
      case .notAProgram, .ended, .killed, .tooMuchOutput: true
      case .missing, .failed, .timeout, .untrusted: false
      }
    case .untrusted, .notExecutable: false
    }
  }

  /// What is wrong, in one sentence without the path.
  package var message: LocalizedText {
    switch reason {
    case .untrusted(let reason):
      TrustFault(path, reason).message(LocalizedText(fr: "il n'est pas lancé", en: "it is not run"))
    case .notExecutable:
      LocalizedText(fr: "n'est pas exécutable ; chmod +x", en: "is not executable; chmod +x")
    case .badManifest(let mistakes):
      LocalizedText(
        fr: "manifeste inutilisable : \(Self.list(mistakes, \.french)) ; à corriger dans le plugin",
        en: "its manifest cannot be used: \(Self.list(mistakes, \.english)); the plugin has to be corrected")
    case .otherName(let name):
      LocalizedText(
        fr: "son manifeste dit « \(name) », un autre nom que celui du fichier",
        en: "its manifest says “\(name)”, which is not the name of the file")
    case .failed(.missing, _):
      // The file itself exists: it was examined just before.
      LocalizedText(
        fr: """
          n'a pas pu être lancé : l'interpréteur que sa première ligne (#!) nomme n'existe pas, ou elle finit par \
          un retour chariot (CRLF)
          """,
        en: """
          could not be run: the interpreter that its first line (#!) names does not exist, or that line ends with \
          a carriage return (CRLF)
          """)
    case .failed(.notAProgram, _):
      LocalizedText(
        fr: """
          n'a pas pu être lancé : ce n'est pas un programme de cette machine ; un script commence par une ligne \
          comme #!/bin/sh
          """,
        en:
          "could not be run: it is not a program for this machine; a script begins with a line like #!/bin/sh"
      )
    case .failed(let fault, let words):
      words.isEmpty
        ? fault.words
        : LocalizedText(
          fr: "\(fault.words.french) (« \(words) »)", en: "\(fault.words.english) (“\(words)”)")
    }
  }

  private static func list(_ mistakes: [ProtocolMistake], _ language: KeyPath<LocalizedText, Text>) -> Text {
    let shown = mistakes.prefix(3).map { $0.text[keyPath: language] }
    let list = shown.dropFirst().reduce(shown.first ?? "") { "\($0); \($1)" }
    return mistakes.count > 3 ? "\(list); …" : list
  }
}

extension ProgramFault {
  /// What happened to the program.
  var words: LocalizedText {
    switch self {
    case .missing: LocalizedText(fr: "n'existe pas", en: "does not exist")
    case .notAProgram:
      LocalizedText(fr: "n'est pas un programme de cette machine", en: "is not a program for this machine")
    case .failed(let words):
      LocalizedText(fr: "n'a pas pu être lancé : \(words)", en: "could not be run: \(words)")
    case .timeout: LocalizedText(fr: "n'a pas répondu à temps", en: "did not answer in time")
    case .ended(let status):
      LocalizedText(fr: "a fini avec le code \(status)", en: "ended with status \(status)")
    case .killed(let signal):
      LocalizedText(fr: "a été tué par le signal \(signal)", en: "was killed by signal \(signal)")
    case .tooMuchOutput:
      LocalizedText(fr: "a écrit plus de 1 Mio", en: "wrote more than 1 MiB")
    case .untrusted(let words): words
    }
  }
}
