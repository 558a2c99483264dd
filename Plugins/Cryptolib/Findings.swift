import Preflight

/// The versions found, place after place.
struct Findings: Sendable {
  /// The versions that count, each with its file or package.
  var versions: [InstalledCryptolib] = []
  /// The versions of an architecture other than the one that the rule file names.
  private var others: [InstalledCryptolib] = []
  var remarks: [Remark] = []
  /// The ADM files that are there and give no version, with the architecture that each is for.
  private var unread: [(file: Remark, architecture: InstalledCryptolib.Architecture)] = []

  /// The newest version.
  var newest: Version? { versions.map(\.version).max() }

  mutating func add(_ other: Findings) {
    versions += other.versions
    others += other.others
    remarks += other.remarks
    unread += other.unread
  }

  /// Adds an ADM file that is there and gives no version.
  mutating func addUnread(_ file: Remark, _ architecture: InstalledCryptolib.Architecture) {
    remarks.append(file)
    unread.append((file, architecture))
  }

  /// Why the versions found may not be all: a Cryptolib of another architecture is there too, whose version nothing gives, and
  /// the software may be using that one. Nil if they are all.
  var incomplete: Unavailability? {
    let others = unread.filter { file, architecture in
      !versions.contains { $0.architecture == nil || $0.architecture == architecture }
    }
    guard !versions.isEmpty, let first = others.first else { return nil }
    let (files, width) = (LocalizedText(listing: others.map(\.file.text)), first.architecture.name)
    let found = LocalizedText(listing: versions.map(\.words))
    return Unavailability(
      .malformed,
      LocalizedText(
        fr: """
          \(files.french) : la version de la Cryptolib \(width.french) n'est pas connue, et rien ne dit si c'est elle qui \
          sert ou l'autre (\(found.french)). La réinstaller ou la désinstaller, ou dire laquelle sert au logiciel de \
          facturation : « cryptolib: { architecture: 64 } », ou 32, sous « sources »
          """,
        en: """
          \(files.english): the version of the Cryptolib (\(width.english)) is not known, and nothing says whether that one \
          is used or the other (\(found.english)). Install it again or uninstall it, or say which one the billing \
          software uses: “cryptolib: { architecture: 64 }”, or 32, under “sources”
          """))
  }

  /// Keeps only the versions that are, or may be, of that architecture; all if `nil`.
  mutating func keep(_ architecture: InstalledCryptolib.Architecture?) {
    guard let architecture else { return }
    unread.removeAll { $0.architecture != architecture }
    func counts(_ found: InstalledCryptolib) -> Bool {
      found.architecture == nil || found.architecture == architecture
    }
    others += versions.filter { !counts($0) }
    versions = versions.filter(counts)
  }

  /// The versions of another architecture, in words; `nil` if there are none.
  var leftAside: LocalizedText? {
    guard !others.isEmpty else { return nil }
    let list = LocalizedText(listing: others.map(\.words))
    return LocalizedText(fr: "ne compte pas : \(list.french)", en: "does not count: \(list.english)")
  }

  /// The remarks to show beside the version; `nil` if there are none.
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

/// Something that could not be used, and why. It is shown to the reader and has no other effect.
struct Remark: Sendable {
  /// « /a/155.adm est vide »
  let text: LocalizedText
  /// Whether the remark is about an existing ADM file.
  let isOfADMFile: Bool

  /// Makes a remark about `place`; `predicate` is phrased to follow its name.
  init(_ place: String, _ predicate: LocalizedText, isOfADMFile: Bool = false) {
    let place = printable(place, limit: 200)
    self.text = LocalizedText(
      fr: "\(place) \(predicate.french)", en: "\(place) \(predicate.english)")
    self.isOfADMFile = isOfADMFile
  }
}

extension LocalizedText {
  /// Joins the texts with commas; a dash if there are none.
  init(listing texts: [LocalizedText]) {
    self = texts.dropFirst().reduce(texts.first ?? LocalizedText(everywhere: "–")) {
      LocalizedText(fr: "\($0.french), \($1.french)", en: "\($0.english), \($1.english)")
    }
  }

  /// The texts one after the other; `nil` if there are none.
  init?(_ texts: [LocalizedText]) {
    guard var joined = texts.first else { return nil }
    for text in texts.dropFirst() {
      joined = LocalizedText(
        fr: "\(joined.french) ; \(text.french)", en: "\(joined.english); \(text.english)")
    }
    self = joined
  }
}
