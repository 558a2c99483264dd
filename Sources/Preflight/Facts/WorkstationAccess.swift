/// What sources may touch of the workstation. The core only says what it is; the program brings it.
package protocol WorkstationAccess: Sendable {
  /// The bytes of a regular file, at most `limit` of them.
  func contents(of path: String, limit: Int) throws(FileFault) -> [UInt8]

  /// The names in a folder, sorted.
  func names(in folder: String) throws(FileFault) -> [String]

  /// Makes calls that read files or folders, which a network may hold up, where they keep nothing else waiting.
  func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value

  /// Runs a program of the system, without a shell, and returns what it wrote on its standard output.
  ///
  /// What is left of it at the deadline is ended.
  func output(
    of program: String, _ arguments: [String], within deadline: Duration
  ) async throws(ProgramFault) -> ProgramOutput

  /// Asks a program of this product that runs what we do not trust, in a process of its own: hands it the request
  /// on its standard input and returns what it wrote on its standard output.
  ///
  /// Whatever is left of it and of what it started is ended at the deadline.
  ///
  /// - Parameter withCode: whether it is handed the code porteur as well.
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8]

  /// Why that program of this product would not be run, as others could have changed it; nil where it would be.
  func refusal(of program: String) -> LocalizedText?

  /// Whether the code porteur was given.
  var hasCode: Bool { get }

  /// Tells whoever sits at the terminal what is being waited for.
  func announce(_ words: LocalizedText)
}

extension WorkstationAccess {
  package func refusal(of program: String) -> LocalizedText? { nil }

  package func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value { calls() }
}

/// Why a file or folder could not be read.
package enum FileFault: Error, Sendable, Hashable {
  case missing
  case notPermitted
  case isDirectory
  case notRegular
  /// It has more bytes than this.
  case tooLarge(limit: Int)
  /// It did not yield its contents in time.
  case timeout
  /// Anything else, in the system's words.
  case other(String)

  /// What is wrong, without the path.
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

/// Why a program did not run.
package enum ProgramFault: Error, Sendable, Hashable {
  /// There is no such program.
  case missing
  /// The file is none that the system can run.
  case notAProgram
  /// It ran, or tried to, and something went wrong, in the system's words.
  case failed(String)
  /// It gave no answer in time.
  case timeout
  /// It ended with that status, before it had answered.
  case ended(status: Int)
  /// A signal ended it.
  case killed(signal: Int)
  /// It wrote more than it may.
  case tooMuchOutput
  /// It was not run, as others could have changed it: which file or folder, and what to change.
  case untrusted(LocalizedText)
}

/// What a program that ran to its end left.
package struct ProgramOutput: Sendable, Hashable {
  package let text: String
  package let exitStatus: Int

  package init(text: String, exitStatus: Int) {
    self.text = text
    self.exitStatus = exitStatus
  }
}
