import Glibc
import Preflight
import RuleFile
import Processes
import Workstation

/// The rule file that `rules lint --fix` changes: the named one, or the user's own file in the working folder.
struct FixableFile {
  let path: String

  /// - Parameters:
  ///   - named: the file named on the command line, if any.
  ///   - composition: the rules that were read.
  /// - Throws: ``Failure``: 64 if the file must not be changed, 77 if it was not named and belongs to another user.
  init(named: String?, _ composition: RuleComposition) throws(Failure) {
    path = composition.name
    guard named != nil || path == LoadedRules.ownPath else {
      throw Failure(
        .usage, at: path,
        LocalizedText(
          fr: "--fix ne modifie pas ce fichier, que personne n'a nommé ; nommer le fichier à corriger",
          en: "--fix does not change this file, which was not named; name the file to correct"))
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(
        .usage, at: path,
        LocalizedText(
          fr: "--fix ne modifie qu'un fichier ordinaire ; --diff montre les corrections",
          en: "--fix changes a regular file only; --diff shows the corrections"))
    }
    if let shipped = LoadedRules.shippedPath, WritablePath.isSameFile(path, shipped) {
      throw Failure(
        .usage, at: path,
        LocalizedText(
          fr: "--fix ne modifie pas les règles livrées ; « rules init » écrit un fichier qui part d'elles",
          en: "--fix does not change the shipped rules; “rules init” writes a file that extends them"))
    }
    guard named == nil else { return }
    guard !WritablePath.isSameFile(path, LoadedRules.housePath) else {
      throw Failure(
        .usage, at: path,
        LocalizedText(
          fr: "c'est un lien vers \(LoadedRules.housePath) ; nommer le fichier à corriger",
          en: "this is a link to \(LoadedRules.housePath); name the file to correct"))
    }
    guard status.st_uid == geteuid() else {
      throw Failure(
        .unsafe, at: path,
        LocalizedText(
          fr: "ce fichier, que personne n'a nommé, est à un autre utilisateur ; le nommer pour le corriger",
          en: "this file, which was not named, belongs to another user; name it to have it corrected"))
    }
  }

  /// Writes the file atomically.
  ///
  /// - Throws: ``Failure``: 74 if it is read-only, was changed since it was read or cannot be written, 77 if a link on
  ///   the path to it belongs to another user.
  func write(_ fixed: [UInt8], insteadOf read: [UInt8]) throws(Failure) {
    var status = stat()
    // Renaming over a file needs no permission on the file itself, and root has them all.
    guard stat(path, &status) == 0, status.st_mode & 0o222 != 0,
      faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0
    else {
      throw Failure(
        .notWritten, at: path,
        LocalizedText(
          fr:
            "le fichier est en lecture seule et reste tel quel ; chmod u+w, ou --diff pour voir les corrections",
          en: "the file is read-only and stays as it is; chmod u+w, or --diff to see the corrections"))
    }
    let now = try? FileReading.contents(
      of: path, limit: RuleFile.sizeLimit, kinds: .regularOnly, within: .seconds(10))
    guard now == read else {
      throw Failure(
        .notWritten, at: path,
        LocalizedText(
          fr: "le fichier vient d'être modifié par ailleurs et reste tel quel ; relancer la commande",
          en: "the file was changed by something else just now and stays as it is; run the command again"))
    }
    try Output(path: path).write(String(decoding: fixed, as: UTF8.self))
  }
}
