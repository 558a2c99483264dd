import Preflight

/// What was found in one place after another.
struct Findings: Sendable {
  /// A version, and the file or package that gave it.
  struct Finding: Sendable {
    let place: String
    let version: Version
  }

  var versions: [Finding] = []
  var remarks: [Remark] = []

  /// The version that counts.
  var newest: Version? { versions.map(\.version).max() }

  mutating func add(_ other: Findings) {
    versions += other.versions
    remarks += other.remarks
  }

  /// What is to be said beside the version; nothing where all is plain.
  var note: LocalizedText? {
    var notes: [LocalizedText] = []
    if Set(versions.map(\.version)).count > 1 {
      let french = versions.map { "\(printable($0.place)) : \($0.version)" }.joined(separator: ", ")
      let english = versions.map { "\(printable($0.place)): \($0.version)" }.joined(separator: ", ")
      notes.append(
        LocalizedText(
          fr: "plusieurs versions trouvées, la plus récente compte (\(french))",
          en: "several versions found, the newest counts (\(english))"))
    }
    return LocalizedText(notes + remarks.map(\.text))
  }
}

/// Something that could not be used, and why: said to the reader, without consequence for the rest.
struct Remark: Sendable {
  /// « /a/155.adm est vide »
  let text: LocalizedText
  /// Whether it is about an ADM file that is there.
  let isOfADMFile: Bool

  /// What is wrong with `place`, in words that follow its name.
  init(_ place: String, _ predicate: LocalizedText, isOfADMFile: Bool = false) {
    let place = printable(place, limit: 200)
    self.text = LocalizedText(
      fr: "\(place) \(predicate.french)", en: "\(place) \(predicate.english)")
    self.isOfADMFile = isOfADMFile
  }
}

extension LocalizedText {
  /// The texts one after the other; nothing where there are none.
  init?(_ texts: [LocalizedText]) {
    guard var joined = texts.first else { return nil }
    for text in texts.dropFirst() {
      joined = LocalizedText(
        fr: "\(joined.french) ; \(text.french)", en: "\(joined.english); \(text.english)")
    }
    self = joined
  }
}
