import Glibc
import Machine
import Preflight
import VerdictFile
import Processes
import Reports
import Workstation

/// The archive that goes to support: what the doctor found and the facts behind it, masked. No file of the workstation is
/// copied into it.
struct SupportBundle {
  private let examined: WorkstationExamination.Examined

  init(_ examined: WorkstationExamination.Examined) { self.examined = examined }

  /// The files of the archive, each with a few words about it.
  var files: [(file: TarArchive.File, summary: LocalizedText)] {
    func report(_ language: Language) -> DoctorReport {
      DoctorReport(
        examined.diagnosis, version: ProgramVersion.current,
        ReportOptions(language: language, disclosure: .masked))
    }
    let facts = FactsJSON(ReportOptions(language: .english, disclosure: .masked)).text(
      of: (BuiltIn.registry.facts.declarations + FactDeclaration.ofProgram).map { examined.facts[$0.name] }
        .filter {
          $0.source != Facts.nobody
        })
    return [
      ("doctor.fr.txt", report(.french).text, LocalizedText(fr: "ce rapport", en: "this report, in French")),
      (
        "doctor.en.txt", report(.english).text, LocalizedText(fr: "ce rapport, en anglais", en: "this report")
      ),
      (
        "doctor.json", report(.english).json,
        LocalizedText(fr: "le même, pour un programme", en: "the same, for a program")
      ),
      (
        "facts.json", facts,
        LocalizedText(fr: "les faits observés, masqués", en: "the facts that were seen, masked")
      ),
    ].map { (TarArchive.File($0, masked($1)), $2) }
  }

  /// Lists the files on standard error, then writes the archive, which only its owner may read.
  ///
  /// - Throws: ``Failure`` (74) if it could not be written, or something of that name is there.
  func write(to path: String, in language: Language) throws(Failure) {
    let files = files
    let words = LocalizedText(
      fr: "\(path) contiendra, données personnelles masquées :",
      en: "\(path) will hold, personal data masked:")
    let lines =
      [words.rendered(in: language)]
      + files.map { file, summary in
        "  \(file.path) (\(file.text.utf8.count)) – \(summary.rendered(in: language))"
      }
    do throws(WriteFault) {
      try FileWriting.write(lines.map { printable($0) + "\n" }.joined(), to: STDERR_FILENO)
      try FileWriting.create(
        path, with: TarArchive(files.map(\.file), at: Surroundings.now).bytes, isOwnersAlone: true)
    } catch {
      throw Failure(error, writing: path)
    }
  }

  // MARK: - Masking

  /// The text without what identifies anybody, wherever it comes from: the card's number, the holder's name and its parts,
  /// the account and its folder, anybody's folder under /home, and every number as long as an identifier.
  private func masked(_ text: String) -> String {
    let hidden = Text(
      text, concealing: Concealment(identifying + Self.longNumbers(in: text) + Self.homes(in: text)))
    return hidden.rendered(in: .english, .masked)
  }

  /// The digits of a billing identifier; no shorter number identifies anybody.
  private static let shortestIdentifier = 9

  private static func longNumbers(in text: String) -> [String] {
    let runs = text.split { !($0.isASCII && $0.isNumber) }.filter { $0.count >= shortestIdentifier }
    return Set(runs.map { String($0) }).sorted()
  }

  /// The folders of users, as `/home/NAME`.
  private static func homes(in text: String) -> [String] {
    let names = text.split(separator: "/home/", omittingEmptySubsequences: false).dropFirst().map { rest in
      rest.prefix { $0 != "/" && $0 != "\"" && $0 != "\n" && $0 != " " }
    }
    return Set(names.filter { !$0.isEmpty }.map { "/home/\($0)" }).sorted()
  }

  /// Shorter parts of names would be found in any word.
  private static let shortestPart = 4

  private var identifying: [String] {
    var values: [String] = []
    for name in [FactName.cardNumber, .holderName] {
      guard case .personal(let value)? = examined.facts[name].value, !value.isMask else { continue }
      values.append(value.unmasked)
      values += value.unmasked.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        .filter { $0.count >= Self.shortestPart }
    }
    let user = geteuid()
    if user != 0, let home = AccountFiles.home(of: user) {
      if home != "/" { values.append(home) }
      if let account = home.split(separator: "/").last, account.count >= Self.shortestPart {
        values.append(String(account))
      }
    }
    return values
  }
}
