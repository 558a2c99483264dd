import Preflight

/// What was found in one place after another.
struct Findings: Sendable {
  /// The versions that count, each with the file or package that gave it.
  var versions: [InstalledCryptolib] = []
  /// Those of another architecture than the one that the rule file names.
  private var others: [InstalledCryptolib] = []
  var remarks: [Remark] = []

  /// The newest of them.
  var newest: Version? { versions.map(\.version).max() }

  mutating func add(_ other: Findings) {
    versions += other.versions
    others += other.others
    remarks += other.remarks
  }

  /// Counts only what is of that architecture, or may be; all where none is named.
  mutating func keep(_ architecture: InstalledCryptolib.Architecture?) {
    guard let architecture else { return }
    func counts(_ found: InstalledCryptolib) -> Bool {
      found.architecture == nil || found.architecture == architecture
    }
    others += versions.filter { !counts($0) }
    versions = versions.filter(counts)
  }

  /// What was found of another architecture, in words; nil if there is none.
  var leftAside: LocalizedText? {
    guard !others.isEmpty else { return nil }
    let list = LocalizedText(listing: others.map(\.words))
    return LocalizedText(fr: "ne compte pas : \(list.french)", en: "does not count: \(list.english)")
  }

  /// What is to be said beside the version; nothing where all is plain.
  var note: LocalizedText? {
    var notes: [LocalizedText] = []
    if Set(versions.map(\.version)).count > 1 {
      let list = LocalizedText(
        listing: versions.map { version in
          let place = printable(version.place)
          return LocalizedText(fr: "\(place) : \(version.version)", en: "\(place): \(version.version)")
        })
      notes.append(
        LocalizedText(
          fr: "plusieurs versions trouvées, dont celle-ci est la plus récente (\(list.french))",
          en: "several versions found, of which this is the newest (\(list.english))"))
    }
    if let leftAside { notes.append(leftAside) }
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
  /// The texts with commas between them; a dash where there are none.
  init(listing texts: [LocalizedText]) {
    self = texts.dropFirst().reduce(texts.first ?? LocalizedText(everywhere: "–")) {
      LocalizedText(fr: "\($0.french), \($1.french)", en: "\($0.english), \($1.english)")
    }
  }

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
