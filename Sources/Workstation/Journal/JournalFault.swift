import Glibc
package import Preflight
package import Processes

/// Why a line could not be written to a journal.
package struct JournalFault: Error, Sendable {
  package let message: LocalizedText
  /// What of a line is in the file although it could not be written.
  package enum Remains: Sendable, Hashable {
    case nothing
    /// Its beginning, which could not be taken back; the next line stands on a line of its own all the same.
    case part
    /// All of it, and the system did not confirm that it is on disk.
    case all
  }

  /// A link that is not to be followed.
  package let refusal: TrustFault?
  /// What of the line is in the file.
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

  /// - Parameter remains: what of the line is in the file.
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
