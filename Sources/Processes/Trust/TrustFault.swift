package import Preflight

/// Why a file is not trusted, and which file or folder is the cause.
package struct TrustFault: Error, Sendable, Hashable {
  /// What is wrong with a file or folder.
  package enum Reason: Sendable, Hashable {
    case missing
    case notRegular
    /// It cannot be examined, in the system's words.
    case notReadable(words: String)
    /// It belongs to neither root nor the user.
    case ofStranger(user: Int)
    /// Users other than its owner can write to it.
    case writableByOthers
    case writableByEverybody
    /// A folder like `/tmp`: users cannot replace each other's files there, but anyone can add files.
    case sharedFolder
    /// It is no longer the file that was examined before.
    case replaced
    /// A symbolic link that another user put into a folder that others can write to.
    case plantedLink(user: Int)
  }

  /// The file or folder that is the cause.
  package let path: String
  /// What is wrong with it.
  package let reason: Reason

  /// - Parameter path: the file or folder that is the cause, which may be above the file that was examined.
  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Whether the file is refused because others could have changed it, rather than missing or unreadable.
  package var isUnsafe: Bool {
    switch reason {
    case .ofStranger, .writableByOthers, .writableByEverybody, .sharedFolder, .replaced, .plantedLink: true
    case .missing, .notRegular, .notReadable: false
    }
  }

  /// Returns what is wrong and what to change, without the path.
  ///
  /// - Parameter consequence: what does not happen because of it, such as “it is not run”.
  package func message(_ consequence: LocalizedText) -> LocalizedText {
    let (fr, en) = (consequence.french, consequence.english)
    return switch reason {
    case .missing: LocalizedText(fr: "n'existe pas", en: "does not exist")
    case .notRegular: LocalizedText(fr: "n'est pas un fichier", en: "is not a file")
    case .notReadable(let words):
      LocalizedText(fr: "est illisible : \(words)", en: "cannot be looked at: \(words)")
    case .ofStranger(let user):
      LocalizedText(
        fr: "appartient à un utilisateur (\(user)) qui n'est ni root ni vous : \(fr) ; chown root",
        en: "is owned by a user (\(user)) who is neither root nor you: \(en); chown root")
    case .writableByOthers:
      LocalizedText(
        fr: "peut être modifié par d'autres : \(fr) ; chmod go-w",
        en: "may be written by others: \(en); chmod go-w")
    case .writableByEverybody:
      LocalizedText(
        fr: "peut être modifié par tout le monde : \(fr) ; chmod o-w",
        en: "may be written by everybody: \(en); chmod o-w")
    case .sharedFolder:
      LocalizedText(
        fr: """
          est un dossier partagé, qui peut être modifié par d'autres : \(fr) ; placer le fichier dans un dossier où \
          personne d'autre n'écrit
          """,
        en: """
          is a shared folder, which may be written by others: \(en); put the file into a folder where nobody else \
          writes
          """)
    case .replaced:
      LocalizedText(
        fr: "a été remplacé pendant la vérification : \(fr)", en: "was replaced during the check: \(en)")
    case .plantedLink(let user):
      LocalizedText(
        fr: """
          est un lien symbolique qu'un autre utilisateur (\(user)) a placé dans un dossier partagé : \(fr) ; nommer un \
          fichier dans un dossier où personne d'autre n'écrit
          """,
        en: """
          is a symbolic link that another user (\(user)) put into a shared folder: \(en); name a file in a folder where \
          nobody else writes
          """)
    }
  }
}
