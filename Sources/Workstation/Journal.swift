import Glibc
package import Preflight
package import Processes

/// A file to which each run adds a line, even if several run at the same time.
///
/// The lock is on the file itself, so that no lock file is needed. A process that holds the lock and still finds
/// the file under its name has it to itself. If the file was renamed in the meantime, it closes it and opens the
/// new one.
package struct Journal: Sendable {
  /// How many old files are kept: `F.1`, the newest, to `F.5`.
  package static let kept = 5
  /// How long to wait for the lock. Other runs hold it only for one write.
  private static let patience = Duration.seconds(30)

  private let path: String
  private let sizeLimit: Int

  /// - Parameter sizeLimit: the size in bytes above which the file is renamed and a new one begun.
  package init(_ path: String, sizeLimit: Int) {
    self.path = path
    self.sizeLimit = sizeLimit
  }

  /// Adds a line. When this returns, the line is on disk, as far as the system knows; so is the file's name, if the
  /// folder can be read.
  ///
  /// - Throws: `JournalFault` if the line may not be on disk. ``JournalFault/remains`` says what is in the file
  ///   then.
  package func append(_ line: String) async throws(JournalFault) {
    let end = ContinuousClock.now + Self.patience
    var predecessor: stat?
    while true {
      let file = try open()
      defer { close(file) }
      try await lock(file, until: end)
      var status = stat()
      guard fstat(file, &status) == 0 else { throw JournalFault(errno: errno) }
      // Another run renamed it while this one waited.
      guard isCurrent(status) else { continue }
      // The new file is as accessible as the old one.
      if let predecessor {
        fchmod(file, predecessor.st_mode & 0o777)
        fchown(file, predecessor.st_uid, predecessor.st_gid)
      }
      if status.st_size > 0, status.st_size + line.utf8.count + 1 > sizeLimit {
        try putAside()
        predecessor = status
        continue
      }
      try write(line, to: file, of: Int(status.st_size))
      // Other runs may write while this one waits for the disk.
      flock(file, LOCK_UN)
      guard fsync(file) == 0 else { throw JournalFault(errno: errno, leaving: .all) }
      if status.st_size == 0 { FileWriting.flushFolder(of: path) }
      return
    }
  }

  /// Opens the file; a new one can be accessed only by its owner.
  ///
  /// - Throws: `JournalFault` if it is not a regular file: a pipe would lose lines.
  private func open() throws(JournalFault) -> Int32 {
    do throws(TrustFault) {
      _ = try WritablePath(path)
    } catch {
      // Opening the file reports any other fault.
      if error.isUnsafe { throw JournalFault(error) }
    }
    let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    let file = Glibc.open(path, flags, 0o600)
    guard file >= 0 else { throw JournalFault(errno: errno) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw .notRegular
    }
    return file
  }

  private func lock(_ file: Int32, until end: ContinuousClock.Instant) async throws(JournalFault) {
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw JournalFault(errno: errno) }
    let failure = await BlockingCall.run(within: ContinuousClock.now.duration(to: end)) { () -> Int32 in
      while flock(file, LOCK_EX) != 0 { if errno != EINTR { return errno } }
      return 0
    }
    guard let failure else { throw .locked }
    guard failure == 0 else { throw JournalFault(errno: failure) }
  }

  private func isCurrent(_ status: stat) -> Bool {
    var named = stat()
    return lstat(path, &named) == 0 && named.st_dev == status.st_dev && named.st_ino == status.st_ino
  }

  /// Renames the file, under its lock. Later runs find no file of that name, or a new one.
  private func putAside() throws(JournalFault) {
    for number in (1..<Self.kept).reversed() where rename("\(path).\(number)", "\(path).\(number + 1)") != 0 {
      guard errno == ENOENT else { throw JournalFault(errno: errno) }
    }
    guard rename(path, "\(path).1") == 0 else { throw JournalFault(errno: errno) }
  }

  /// Writes the line at the end of a file of that size, in a single write.
  private func write(_ line: String, to file: Int32, of size: Int) throws(JournalFault) {
    var bytes = Array("\(line)\n".utf8)
    // Keeps the line separate from one that was cut off by a power failure.
    if size > 0 {
      var last: UInt8 = 0
      guard pread(file, &last, 1, off_t(size - 1)) == 1 else { throw JournalFault(errno: errno) }
      if last != UInt8(ascii: "\n") { bytes.insert(UInt8(ascii: "\n"), at: 0) }
    }
    let count = Glibc.write(file, bytes, bytes.count)
    guard count != bytes.count else { return }
    let code = count < 0 ? errno : ENOSPC
    let isTakenBack = count <= 0 || ftruncate(file, off_t(size)) == 0
    throw JournalFault(errno: code, leaving: isTakenBack ? .nothing : .part)
  }
}

/// Why a line could not be written to the journal.
package struct JournalFault: Error, Sendable {
  /// The reason, in one sentence.
  package let message: LocalizedText
  /// How much of a line is in the file although writing it failed.
  package enum Remains: Sendable, Hashable {
    case nothing
    /// Its beginning, which could not be removed. The next line still begins on a new line.
    case part
    /// All of it, but the system did not confirm that it is on disk.
    case all
  }

  /// The fault of a symbolic link that must not be followed. Nil if the reason is another one.
  package let refusal: TrustFault?
  /// How much of the line is in the file.
  package let remains: Remains

  init(fr: Text, en: Text, leaving remains: Remains = .nothing) {
    message = LocalizedText(fr: fr, en: en)
    refusal = nil
    self.remains = remains
  }

  init(_ fault: TrustFault) {
    message = fault.message(
      LocalizedText(fr: "le journal n'est pas écrit", en: "the journal is not written"))
    refusal = fault.isUnsafe ? fault : nil
    remains = .nothing
  }

  /// - Parameter remains: how much of the line is in the file.
  init(errno code: Int32, leaving remains: Remains = .nothing) {
    let words = String(cString: strerror(code))
    switch (remains, code) {
    case (.all, _):
      self.init(
        fr: """
          la ligne a été ajoutée au journal, mais le système ne confirme pas qu'elle est sur le disque (\(words)) ; elle \
          peut être perdue : vérifier le disque
          """,
        en: """
          the line was added to the journal, but the system does not confirm that it is on disk (\(words)); it may be \
          lost: check the disk
          """, leaving: .all)
    case (.part, _):
      self.init(
        fr: """
          le journal n'a pas pu être écrit : \(words) ; le début de la ligne y est resté, sans pouvoir être retiré
          """,
        en: """
          the journal could not be written: \(words); the beginning of the line is in it and could not be taken back
          """, leaving: .part)
    case (.nothing, ELOOP):
      self.init(
        fr: "le journal est un lien symbolique : nommer le fichier lui-même",
        en: "the journal is a symbolic link: name the file itself")
    case (.nothing, EISDIR): self = .notRegular
    case (.nothing, _):
      self.init(
        fr: "le journal n'a pas pu être écrit : \(words)", en: "the journal could not be written: \(words)")
    }
  }

  static let notRegular = JournalFault(
    fr: "le journal n'est pas un fichier ordinaire", en: "the journal is not a regular file")

  static let locked = JournalFault(
    fr: "le journal est resté verrouillé par un autre programme",
    en: "the journal remained locked by another program")
}
