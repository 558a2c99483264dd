import Preflight
import Reports
import VerdictFile
import JSON
import Workstation

/// A verdict that was written down, read back strictly.
struct VerdictFile {
  static let sizeLimit = 1 << 20
  private static let schema = "cps-preflight/verdict/1"
  /// What only the lines of `evaluate` have: they judge whatever facts they were given, of no card that was there.
  private static let membersOfLines = ["line", "id", "brief", "error"]

  let decision: String
  let exitCode: Int
  let use: String?
  let today: String?
  let rulesDigest: String
  /// In seconds since 1970.
  let startedAt: Int
  let card: CardMark?
  let selection: SelectionMark?
  let plugins: [ProgramMark]
  let module: ProgramMark?
  /// What became of each rule, in the order of the document.
  let rules: [RecordedRule]
  let reserves: Reserves?
  /// Whether it says that it is signed.
  let claimsSignature: Bool
  /// The document as it was signed; nothing where it does not end with a signature.
  let signed: SignedDocument?

  /// Reads the file. Throws a failure: 66 where there is none, 65 where it is no verdict, 75 where it takes longer.
  static func read(_ path: String, within time: Duration) throws(Failure) -> VerdictFile {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileReading.contents(
        of: path, limit: sizeLimit, kinds: .anyButFolders, within: time)
    } catch {
      throw Failure(error, of: path)
    }
    do throws(Fault) {
      return try VerdictFile(bytes)
    } catch {
      let place = Place(of: error.offset, in: bytes)
      throw Failure(.malformedInput, at: "\(path):\(place.line):\(place.column)", error.message)
    }
  }

  private init(_ bytes: [UInt8]) throws(Fault) {
    let root: JSONValue
    do throws(JSONFault) { root = try JSONReader.read(bytes) } catch {
      throw Fault(offset: error.offset, message: error.message)
    }
    let document = Members(root)
    guard try document.text("schema") == Self.schema else {
      throw Fault(
        root, fr: "« schema » doit valoir \"\(Self.schema)\"", en: "“schema” must be \"\(Self.schema)\"")
    }
    if let member = Self.membersOfLines.first(where: document.names.contains) {
      throw Fault(
        root,
        fr: "« \(member) » : c'est une ligne d'evaluate, et non le verdict d'une vérification",
        en: "“\(member)”: it is a line of evaluate, not the verdict of a check")
    }
    decision = try document.text("verdict")
    exitCode = try document.integer("exitCode")
    use = try document.optional("use", Members.text)
    today = try document.optional("today", Members.text)
    rulesDigest = try document.object("rules").text("sha256")
    let started = try document.text("startedAt")
    guard let seconds = CivilDate.secondsSince1970(timestamp: started) else {
      throw Fault(root, fr: "« startedAt » n'est pas un instant", en: "“startedAt” is not a moment")
    }
    startedAt = seconds
    card = try document.optional("card", Members.object).map { members throws(Fault) in
      CardMark(
        reader: try members.optional("reader", Members.text), atr: try members.optional("atr", Members.text),
        numberCheck: try members.optional("numberCheck", Members.text))
    }
    selection = try document.optional("selection", Members.object).map { members throws(Fault) in
      SelectionMark(
        situation: try members.optional("situation", Members.integer),
        identifierCheck: try members.optional("identifierCheck", Members.text))
    }
    plugins = try (document.optional("plugins", Members.list) ?? []).map { members throws(Fault) in
      try members.program
    }
    module = try document.optional("module", Members.object).map { members throws(Fault) in
      try members.program
    }
    rules = try RecordedRule.all(in: document)
    reserves = try document.optional("reserves", Members.object).map { members throws(Fault) in
      try Reserves(members)
    }
    claimsSignature = document.names.contains(SignedDocument.member)
    signed = SignedDocument(bytes)
  }
}

extension CivilDate {
  /// The moment of a timestamp as verdicts write it, `2026-03-15T06:00:00Z`.
  fileprivate static func secondsSince1970(timestamp: String) -> Int? {
    let parts = timestamp.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let date = CivilDate(parts[0]), parts[1].utf8.count == 9, parts[1].hasSuffix("Z")
    else { return nil }
    let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { two -> Int? in
      two.utf8.count == 2 && two.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(two) : nil
    }
    guard clock.count == 3, numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] <= 60 else {
      return nil
    }
    let days = CivilDate(daysSince1970: 0).days(until: date)
    return ((days * 24 + numbers[0]) * 60 + numbers[1]) * 60 + numbers[2]
  }
}
