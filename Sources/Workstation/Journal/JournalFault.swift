import Glibc
package import Preflight
package import Trust

/// Why a line could not be written to a journal.
package struct JournalFault: Error, Sendable {
  package let message: LocalizedText
  /// A link that is not to be followed.
  package let refusal: TrustFault?

  init(fr: Text, en: Text) {
    message = LocalizedText(fr: fr, en: en)
    refusal = nil
  }

  init(_ fault: TrustFault) {
    message = fault.message(
      LocalizedText(fr: "le journal n'est pas écrit", en: "the journal is not written"))
    refusal = fault.isUnsafe ? fault : nil
  }

  init(errno code: Int32) {
    let words = String(cString: strerror(code))
    switch code {
    case ELOOP:
      self.init(
        fr: "le journal est un lien symbolique : nommer le fichier lui-même",
        en: "the journal is a symbolic link: name the file itself")
    case EISDIR: self = .notRegular
    default:
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
