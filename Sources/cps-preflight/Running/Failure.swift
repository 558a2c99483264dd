import Glibc
import Preflight
import RuleDesk
import RuleFile
import Workstation

/// A failure that ends a run before there is a verdict: one clear line, and a code of the table.
struct Failure: Error {
  let code: Preflight.ExitCode
  /// Whether the run still writes a line to the journal.
  var leavesLine = true
  /// The file or folder that it is about; nil if none was named.
  private(set) var place: String?
  private let lines: @Sendable (Language) -> String

  /// Returns what is wrong: where, why, and what to do. It never shows an argument that may be a code porteur.
  func text(in language: Language) -> String {
    code == .usage ? Self.withoutNumbers(lines(language)) : Self.withoutCodes(lines(language))
  }

  /// Returns the words without any code porteur from the arguments, except those of the command of `run`.
  static func withoutCodes(_ words: String) -> String { TypedCode.hidden(in: words, typed: ownArguments) }

  /// Returns the message about a command-line mistake, without anything that may be a number or name typed in the wrong
  /// place.
  static func withoutNumbers(_ words: String) -> String {
    TypedCode.hiddenAll(in: words, typed: ownArguments)
  }

  private static var ownArguments: ArraySlice<String> {
    let arguments = CommandLine.arguments.dropFirst()
    let end = arguments.firstIndex(of: "--").map { $0 + 2 } ?? arguments.endIndex
    return arguments[..<min(end, arguments.endIndex)]
  }

  /// - Parameter place: the file that the failure is about, with line and column if known.
  init(_ code: Preflight.ExitCode, at place: String? = nil, _ message: LocalizedText) {
    self.code = code
    self.place = place
    self.lines = { language in
      let place = place.flatMap { $0.isEmpty ? nil : $0 }
      return "\(printable(place ?? "cps-preflight")): error: \(printable(message.rendered(in: language)))\n"
    }
  }

  /// `/proc` is not mounted, as in some containers.
  static var noProcFileSystem: Failure {
    Failure(
      .serviceAbsent, at: "/proc",
      LocalizedText(
        fr: "n'est pas monté, alors que le programme y lit ce qui le protège ; le monter",
        en: "is not mounted, and the program reads there what protects it; mount it"))
  }

  /// A word of the command line is not UTF-8, as where a file was named on a system with another encoding.
  static func notUTF8(_ place: Int) -> Failure {
    Failure(
      .usage,
      LocalizedText(
        fr: """
          le mot \(place) de la ligne de commande n'est pas en UTF-8 : renommer le fichier, ou régler le terminal ou le script sur \
          UTF-8
          """,
        en: """
          word \(place) of the command line is not UTF-8: rename the file, or set the terminal or the script to UTF-8
          """))
  }

  /// The system starts fewer threads than a run needs to keep its deadlines.
  static var noThreads: Failure {
    Failure(
      .serviceAbsent,
      LocalizedText(
        fr:
          "le système n'accorde pas assez de fils d'exécution ; relever ulimit -u, ulimit -v ou la limite du conteneur",
        en: "the system grants too few threads; raise ulimit -u, ulimit -v or the limit of the container"))
  }

  /// Makes the failure for an invalid rule file.
  init(_ file: RuleFile) {
    code = .invalidRules
    lines = { language in file.text(of: file.diagnostics, in: language) }
  }

  /// Makes the failure for a malformed test file.
  init(_ file: RuleTestFile) {
    code = .malformedInput
    lines = { language in file.text(in: language) }
  }

  /// Makes the failure for a file that could not be read.
  ///
  /// - Parameter mayWaitLonger: whether the command has a `--timeout` that limits the reading.
  init(
    _ fault: FileFault, of path: String, malformed: Preflight.ExitCode = .malformedInput,
    mayWaitLonger: Bool = true
  ) {
    let code: Preflight.ExitCode
    switch fault {
    case .tooLarge: code = malformed
    case .timeout: code = .undecided
    default: code = .missingInput
    }
    let advice = fault.advice(mayWaitLonger: mayWaitLonger)
    self.init(
      code, at: path,
      LocalizedText(
        fr: "\(fault.message.french) ; \(advice.french)", en: "\(fault.message.english); \(advice.english)"))
  }

  /// Writes the failure to standard error. If even that fails, the exit code still reports it.
  func tell(in language: Language) {
    try? FileWriting.write(text(in: language), to: STDERR_FILENO)
  }
}

extension Failure {
  /// Makes the failure for a report that could not be written.
  init(_ fault: WriteFault, writing path: String?) {
    if let refusal = fault.refusal {
      self.init(refusal, writing: path ?? "")
      return
    }
    guard !fault.isOccupied else {
      self.init(
        .notWritten, at: path,
        LocalizedText(
          fr: "quelque chose porte déjà ce nom et reste en place ; choisir un autre nom, ou le déplacer",
          en: "something of this name is there and stays; choose another name, or move it"))
      return
    }
    self.init(
      .notWritten, at: path,
      LocalizedText(
        fr: "le résultat n'a pas pu être écrit : \(fault.reason)",
        en: "the result could not be written: \(fault.reason)"))
  }
}

extension Failure {
  /// Makes the failure for an unusable code porteur, which never appears in the message.
  init(_ fault: CodePorteurInput.Fault, file: String?) {
    switch fault {
    case .malformed:
      self.init(
        .usage, at: file,
        LocalizedText(
          fr: "le code porteur n'a pas de quatre à huit chiffres : la carte n'est pas touchée",
          en: "the code porteur is not four to eight digits: the card is not touched"))
    case .unreadable(let words):
      self.init(
        file == nil ? .usage : .missingInput, at: file,
        LocalizedText(
          fr: "le code porteur ne peut pas être lu (\(words)) ; vérifier --pin-fd ou --pin-file",
          en: "the code porteur cannot be read (\(words)); check --pin-fd or --pin-file"))
    case .timeout(let patience):
      let time = patience.measure
      self.init(
        .undecided, at: file,
        LocalizedText(
          fr: """
            le code porteur n'est pas venu en \(time) : la carte n'est pas touchée ; vérifier ce qui doit l'écrire, ou \
            allonger --timeout
            """,
          en: """
            the code porteur did not come within \(time): the card is not touched; check what is to write it, or give \
            --timeout more time
            """))
    case .unsafe(let words): self.init(.unsafe, at: file, words)
    }
  }
}

extension FileFault {
  /// What to do about the fault.
  fileprivate func advice(mayWaitLonger: Bool) -> LocalizedText {
    switch self {
    case .missing, .isDirectory, .notRegular:
      LocalizedText(fr: "vérifier le chemin donné", en: "check the path that was given")
    case .notPermitted:
      LocalizedText(
        fr: "en donner la lecture à l'utilisateur du traitement", en: "let the batch's user read it")
    case .tooLarge:
      LocalizedText(fr: "vérifier que c'est le bon fichier", en: "make sure that it is the right file")
    case .timeout where !mayWaitLonger:
      LocalizedText(fr: "vérifier ce qui doit l'écrire", en: "check what is to write it")
    case .timeout:
      LocalizedText(
        fr: "vérifier ce qui doit l'écrire, ou allonger --timeout",
        en: "check what is to write it, or give --timeout more time")
    case .other: LocalizedText(fr: "vérifier le disque, puis relancer", en: "check the disk, then try again")
    }
  }
}

/// The end of a command that has nothing more to report.
struct Ending: Error {
  let code: Preflight.ExitCode
}
