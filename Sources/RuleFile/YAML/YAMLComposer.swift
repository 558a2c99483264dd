import Preflight

/// Builds a tree of nodes from a YAML text, within limits, and collects findings.
struct YAMLComposer {
  /// The greatest depth of nesting; docs/rule-file.md, “Limits”.
  static let depthLimit = 64
  /// The greatest number of values, aliases expanded: more than a mebibyte of rules holds, however tersely they are written.
  static let weightLimit = 400_000
  /// How many of them may come from aliases: a few lines of them could ask for any number.
  static let aliasedLimit = 20_000

  /// A list or a mapping that is not closed yet.
  private struct Frame {
    enum Shape { case sequence, mapping }
    let shape: Shape
    let start: Span
    let anchor: String?
    /// The items of a list.
    private(set) var items: [YAMLNode] = []
    /// The entries of a mapping.
    private(set) var entries: [YAMLNode.Entry] = []
    /// A key whose value comes next.
    private var key: YAMLNode?
    private(set) var weight = 1

    init(_ shape: Shape, _ start: Span, _ anchor: String?) {
      self.shape = shape
      self.start = start
      self.anchor = anchor
      switch shape {
      case .sequence: items.reserveCapacity(4)
      case .mapping: entries.reserveCapacity(4)
      }
    }

    mutating func add(_ node: YAMLNode) {
      weight += node.weight
      switch shape {
      case .sequence: items.append(node)
      case .mapping:
        if let key = key.take() {
          entries.append(YAMLNode.Entry(key: key, value: node))
        } else {
          key = node
        }
      }
    }
  }

  private let file: Int
  private var frames: [Frame] = []
  private var anchors: [String: YAMLNode] = [:]
  private var weight = 0
  private var aliased = 0
  private var root: YAMLNode?
  private var lastPlace = Place(line: 1, column: 1)
  private(set) var findings: [Finding] = []
  /// Whether the text was not read to the end, so that something that seems missing may just be unread.
  private(set) var isPartial = false

  private init(file: Int) { self.file = file }

  /// Returns the tree of the first document in `bytes`, as far as it could be read.
  static func compose(
    _ bytes: [UInt8], file: Int = 0, without removed: RemovedPlaces = RemovedPlaces()
  ) -> (root: YAMLNode?, findings: [Finding], isPartial: Bool) {
    var composer = YAMLComposer(file: file)
    let reader = YAMLEventReader(bytes, file: file, without: removed)
    do throws(YAMLSyntaxError) {
      while !(try composer.take(reader.next())) {}
    } catch {
      composer.findings.append(.syntax(error, file: file))
      composer.isPartial = true
    }
    if composer.isPartial { composer.closeWhatIsOpen() }
    return (composer.root, composer.findings, composer.isPartial)
  }

  /// Takes one event. Returns `true` at the end of the document.
  private mutating func take(_ event: YAMLEvent) -> Bool {
    lastPlace = event.span.end
    if let tag = event.tag {
      report(
        .tag, event.span,
        LocalizedText(
          fr: "les étiquettes de type (\(tag)) ne sont pas admises", en: "tags (\(tag)) are not allowed"))
    }
    switch event.kind {
    case .streamStart, .documentEnd: break
    case .streamEnd: return true
    case .documentStart:
      if root != nil {
        report(
          .severalDocuments, event.span,
          LocalizedText(
            fr: "un second document commence ici ; le fichier n'en tient qu'un",
            en: "a second document begins here; the file may hold only one"))
        return true
      }
    case .scalar(let text, let isPlain, let anchor):
      // For the system, a path would end there.
      if event.holdsNull {
        report(
          .wrongType, event.span,
          LocalizedText(
            fr: "un texte ne peut pas contenir le caractère nul (\\0)",
            en: "a text may not hold the null character (\\0)"))
      }
      if event.span.start.line < event.span.end.line, Self.holdsRule(text) {
        report(
          .swallowedKey, event.span,
          LocalizedText(
            fr:
              "ce texte contient une règle (id, check), qui serait sans effet : la mettre en retrait comme les autres, ou fermer le guillemet",
            en:
              "this text holds a rule (id, check), which would have no effect: indent it as the others, or close the quotation mark"
          ))
      }
      return add(YAMLNode(.scalar(text, isPlain: isPlain), event.span), anchor: anchor)
    case .alias(let name): return addAlias(name, event.span)
    case .sequenceStart(let anchor): return open(.sequence, event.span, anchor)
    case .mappingStart(let anchor): return open(.mapping, event.span, anchor)
    case .sequenceEnd, .mappingEnd: return close(at: event.span)
    }
    return false
  }

  /// Whether a text of several lines holds a rule that was indented too far, or stands between quotation marks of which one is
  /// missing. No text for people has both keys.
  private static func holdsRule(_ text: String) -> Bool {
    // Hardly any text has the second key: only one that does is taken apart.
    let hasKey = text.utf8.withContiguousStorageIfAvailable(Self.hasCheckKey)
    guard hasKey != false else { return false }
    var missing: Set<Substring> = ["id:", "check:"]
    for word in text.split(whereSeparator: { $0.isWhitespace || "{},".contains($0) }) {
      missing.remove(word)
      if missing.isEmpty { return true }
    }
    return false
  }

  /// Whether the text has `check:`. Six bytes are passed over where the last of them is in none of its letters (Horspool, 1980).
  private static func hasCheckKey(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 5
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: ":"):
        if text[(place - 5)..<place].elementsEqual("check".utf8) { return true }
        place += 6
      case UInt8(ascii: "k"): place += 1
      case UInt8(ascii: "c"): place += 2
      case UInt8(ascii: "e"): place += 3
      case UInt8(ascii: "h"): place += 4
      default: place += 6
      }
    }
    return false
  }

  private mutating func open(_ shape: Frame.Shape, _ span: Span, _ anchor: String?) -> Bool {
    guard frames.count < Self.depthLimit else {
      report(
        .tooDeep, span,
        LocalizedText(
          fr: "plus de \(Self.depthLimit) niveaux imbriqués", en: "more than \(Self.depthLimit) nested levels"
        ))
      isPartial = true
      return true
    }
    frames.append(Frame(shape, span, anchor))
    return false
  }

  private mutating func close(at span: Span) -> Bool {
    guard let frame = frames.popLast() else { return false }
    let whole = Span(start: frame.start.start, end: span.end, file: file)
    let node =
      switch frame.shape {
      case .sequence: YAMLNode(.sequence(frame.items), whole, weight: frame.weight)
      case .mapping where Self.haveOwnKeys(frame.entries):
        YAMLNode(.mapping(frame.entries), whole, weight: frame.weight)
      case .mapping: YAMLNode(.mapping(withOwnKeys(frame.entries)), whole)
      }
    return add(node, anchor: frame.anchor)
  }

  private mutating func add(_ node: YAMLNode, anchor: String?) -> Bool {
    if let anchor { anchors[anchor] = node }
    weight += 1
    guard weight <= Self.weightLimit else { return refuseWeight(node.span, more: Self.weightLimit) }
    if frames.isEmpty { root = node } else { frames[frames.count - 1].add(node) }
    return false
  }

  private mutating func addAlias(_ name: String, _ span: Span) -> Bool {
    guard let node = anchors[name] else {
      report(
        .unknownAlias, span,
        LocalizedText(fr: "l'ancre *\(name) n'existe pas", en: "there is no anchor *\(name)"))
      return add(YAMLNode(.scalar("", isPlain: true), span), anchor: nil)
    }
    let size = node.weight
    weight += size
    aliased += size
    guard aliased <= Self.aliasedLimit else {
      return refuseWeight(span, more: Self.aliasedLimit, byAliases: true)
    }
    return add(YAMLNode(node.content, span, weight: size), anchor: nil)
  }

  private mutating func refuseWeight(_ span: Span, more limit: Int, byAliases: Bool = false) -> Bool {
    report(
      .tooLarge, span,
      byAliases
        ? LocalizedText(
          fr: "les alias du fichier, développés, dépassent \(limit) valeurs",
          en: "the aliases of the file, expanded, are more than \(limit) values")
        : LocalizedText(
          fr: "le fichier, ses alias développés, dépasse \(limit) valeurs",
          en: "the file, its aliases expanded, has more than \(limit) values"))
    isPartial = true
    return true
  }

  /// Few keys are compared sooner than hashed.
  private static let fewKeys = 24

  /// Whether each key is plain text, and no other key is the same, as nearly always.
  private static func haveOwnKeys(_ entries: [YAMLNode.Entry]) -> Bool {
    guard entries.count <= fewKeys else {
      var seen: Set<String> = []
      return entries.allSatisfy { entry in entry.key.text.map { seen.insert($0).inserted } ?? false }
    }
    return entries.indices.allSatisfy { index in
      guard let name = entries[index].key.text else { return false }
      return !(0..<index).contains { entries[$0].key.text == name }
    }
  }

  /// Returns the entries of which that is true, and reports the others.
  private mutating func withOwnKeys(_ all: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    let areFew = all.count <= Self.fewKeys
    var seen: [String: Place] = [:]
    for entry in all {
      let key = entry.key
      guard let name = key.text else {
        report(
          .wrongType, key.span,
          LocalizedText(fr: "une clé doit être un texte simple", en: "a key must be plain text"))
        continue
      }
      let earlier = areFew ? entries.first { $0.key.text == name }?.key.span.start : seen[name]
      if let first = earlier {
        report(
          .duplicateKey, key.span,
          LocalizedText(
            fr: "la clé « \(name) » est déjà donnée ligne \(first.line)",
            en: "the key “\(name)” is already given on line \(first.line)"))
        continue
      }
      if !areFew { seen[name] = key.span.start }
      entries.append(entry)
    }
    return entries
  }

  /// Closes all open nodes where reading stopped, so that the part that was read can still be checked.
  private mutating func closeWhatIsOpen() {
    let end = Span(at: lastPlace, file: file)
    var rest = frames.count
    while rest > 0, !frames.isEmpty {
      // Otherwise, closing could be refused because of the weight, forever.
      weight = 0
      aliased = 0
      _ = close(at: end)
      rest -= 1
    }
  }

  private mutating func report(_ id: DiagnosticID, _ span: Span, _ message: LocalizedText) {
    guard findings.count < EncodingFindings.limit else { return }
    findings.append(Finding(id: id, span: span, message: message))
  }
}
