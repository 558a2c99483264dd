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

  /// Returns what a file or folder is, with symbolic links followed.
  ///
  /// - Throws: `FileFault` if it does not exist or cannot be looked at.
  func status(of path: String) throws(FileFault) -> FileStatus

  /// Returns where a symbolic link leads, as written in it.
  ///
  /// - Throws: `FileFault` if it is not a link or cannot be read.
  func target(ofLink path: String) throws(FileFault) -> String

  /// Returns the free space on the file system that holds the path.
  ///
  /// - Throws: `FileFault` if that cannot be known.
  func room(at path: String) throws(FileFault) -> FileSystemRoom

  /// Returns why a file is not trusted, because others than root and the user could have changed it. Nil if it is
  /// trusted.
  ///
  /// - Parameter consequence: what does not happen because of it, such as “it is not loaded”.
  /// - Throws: `FileFault` if it cannot be examined.
  func distrust(of path: String, consequence: LocalizedText) throws(FileFault) -> LocalizedText?

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
  /// input and returns the line that it writes on its standard output.
  ///
  /// The program and all it started are ended at the deadline.
  ///
  /// - Parameters:
  ///   - reach: what it may change and whom it may reach, as far as the system can keep it to that.
  ///   - withCode: whether it is also given the code porteur.
  /// - Throws: `ProgramFault` if it gives no complete answer.
  func answer(
    of program: String, _ arguments: [String], to request: [UInt8], reaching reach: ProgramReach,
    withCode: Bool, within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8]

  /// Starts a program of this product that is likely to be asked, so that it is ready when ``answer(of:_:to:reaching:withCode:within:)``
  /// is called with the same arguments and reach. Does nothing by default.
  func start(_ program: String, _ arguments: [String], reaching reach: ProgramReach)

  /// Ends the programs of this product that still run, asked or not. Does nothing by default.
  func endPrograms() async

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
  /// Returns false if something else was typed, in which case no card may be touched. True by default.
  func askForCode() async -> Bool
}

extension WorkstationAccess {
  package func status(of path: String) throws(FileFault) -> FileStatus { throw .missing }
  package func target(ofLink path: String) throws(FileFault) -> String { throw .missing }
  package func room(at path: String) throws(FileFault) -> FileSystemRoom { throw .missing }
  package func distrust(of path: String, consequence: LocalizedText) throws(FileFault) -> LocalizedText? {
    nil
  }
  package var hasAudience: Bool { false }
  package func askForCode() async -> Bool { true }

  package func start(_ program: String, _ arguments: [String], reaching reach: ProgramReach) {}
  package func endPrograms() async {}
  package func refusal(of program: String) -> LocalizedText? { nil }

  package func reading<Value: Sendable>(_ calls: @escaping @Sendable () -> Value) async -> Value { calls() }
}

/// What a file or folder is, and what the user may do with it.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case file, folder, other
  }

  package let kind: Kind
  /// The number of its owner.
  package let owner: Int
  /// Its permissions, such as 0o755, without its type.
  package let mode: Int
  /// Its size in bytes.
  package let size: Int
  /// Whether the user may read it.
  package let isReadable: Bool
  /// Whether the user may write to it, or create files in it.
  package let isWritable: Bool

  package init(
    _ kind: Kind, owner: Int = 0, mode: Int = 0o755, size: Int = 0, isReadable: Bool = true,
    isWritable: Bool = false
  ) {
    self.kind = kind
    self.owner = owner
    self.mode = mode
    self.size = size
    self.isReadable = isReadable
    self.isWritable = isWritable
  }

  /// Whether everybody may write to it.
  package var isWritableByEverybody: Bool { mode & 0o002 != 0 }

  /// The permissions in octal, as chmod(1) takes them: `0755`, `1777`.
  package var octalMode: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// The free space on a file system.
package struct FileSystemRoom: Sendable, Hashable {
  /// The bytes that a user who is not root may still write.
  package let available: Int
  /// The files that may still be created. Nil if the file system does not count them.
  package let files: Int?

  package init(available: Int, files: Int? = nil) {
    self.available = available
    self.files = files
  }
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

/// What code that is not trusted may change, and whom it may reach.
package struct ProgramReach: Sendable, Hashable {
  /// The folders in which it may write; those that do not exist do not count.
  package let writes: [String]
  /// Whether it may use the network.
  package let network: Bool

  package init(writes: [String], network: Bool = false) {
    self.writes = writes
    self.network = network
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
