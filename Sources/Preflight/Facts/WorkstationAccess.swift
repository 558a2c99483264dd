/// The access that sources have to the workstation. The core only declares it; the program implements it.
package protocol WorkstationAccess: Sendable {
  /// Returns the contents of a regular file.
  ///
  /// - Throws: `FileFault` if the file cannot be read or has more than `limit` bytes.
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8]

  /// Returns the names in a folder, sorted.
  ///
  /// - Throws: `FileFault` if the folder cannot be listed.
  func names(in folder: String) throws(FileFault) -> [String]

  /// Runs calls that read files or folders on a thread of their own, so that a slow network drive does not hold up
  /// other work.
  func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value

  /// Runs a program of the system, without a shell, and returns its standard output.
  ///
  /// The program is ended at the deadline.
  ///
  /// - Throws: `ProgramFault` if it does not run to its end.
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput

  /// Runs a program of this product, which isolates code that we do not trust: writes the request to its standard
  /// input and returns its standard output.
  ///
  /// The program and all it started are ended at the deadline.
  ///
  /// - Parameter withCode: whether it is also given the code porteur.
  /// - Throws: `ProgramFault` if it gives no complete answer.
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8]

  /// Returns why a program of this product would not be run, because other users could have changed it. Nil if it
  /// would be run.
  func refusal(of program: String) -> LocalizedText?

  /// Whether the caller gave a code porteur.
  var hasCode: Bool { get }

  /// Whether there is a person at a terminal, who sees what is announced. False by default.
  var hasAudience: Bool { get }

  /// Shows the person at the terminal what the program is waiting for.
  func announce(_ words: LocalizedText)

  /// Asks the person at the terminal for the code porteur, unless the caller gave one or nobody may be asked.
  ///
  /// Returns false if something else was typed, after which no card must be touched. True by default.
  func askForCode() async -> Bool
}

extension WorkstationAccess {
  package var hasAudience: Bool { false }
  package func askForCode() async -> Bool { true }

  package func refusal(of program: String) -> LocalizedText? { nil }

  package func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value { calls() }
}

/// Why a file or folder cannot be read.
package enum FileFault: Error, Sendable, Hashable {
  case missing
  case notPermitted
  case isDirectory
  case notRegular
  /// It has more bytes than `limit`.
  case tooLarge(limit: Int)
  /// Its contents did not arrive in time.
  case timeout
  /// Another error, in the system's words.
  case other(String)

  /// The reason as a sentence, without the path.
  package var message: LocalizedText {
    switch self {
    case .missing: LocalizedText(fr: "n'existe pas", en: "does not exist")
    case .notPermitted: LocalizedText(fr: "ne peut pas être lu (droits)", en: "may not be read (permissions)")
    case .isDirectory: LocalizedText(fr: "est un dossier, pas un fichier", en: "is a folder, not a file")
    case .notRegular:
      LocalizedText(fr: "n'est pas un fichier ordinaire", en: "is not a regular file")
    case .tooLarge(let limit):
      LocalizedText(
        fr: "dépasse la taille permise (\(limit / 1024) Kio)",
        en: "is larger than allowed (\(limit / 1024) KiB)")
    case .timeout: LocalizedText(fr: "n'a rien livré à temps", en: "gave nothing in time")
    case .other(let words): LocalizedText(fr: "est illisible : \(words)", en: "cannot be read: \(words)")
    }
  }
}

/// Why a program did not run to its end.
package enum ProgramFault: Error, Sendable, Hashable {
  /// The program was not found.
  case missing
  /// The file is not one that the system can run.
  case notAProgram
  /// It could not be started or failed while running, in the system's words.
  case failed(String)
  /// It did not answer in time.
  case timeout
  /// It exited with that status before it had answered.
  case ended(status: Int)
  /// A signal ended it.
  case killed(signal: Int)
  /// It wrote more than is allowed.
  case tooMuchOutput
  /// It was not run, because other users could have changed it. The text names the file or folder and what to
  /// change.
  case untrusted(LocalizedText)
}

/// The result of a program that ran to its end.
package struct ProgramOutput: Sendable, Hashable {
  /// What it wrote on standard output.
  package let text: String
  /// Its exit status, from 0 to 255.
  package let exitStatus: Int

  package init(text: String, exitStatus: Int) {
    self.text = text
    self.exitStatus = exitStatus
  }
}
