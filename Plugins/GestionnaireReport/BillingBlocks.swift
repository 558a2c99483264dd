import Preflight

/// The billing blocks (« Facturation ») of a report, each a billing situation.
///
/// A block extends from « Facturation » to the next « Facturation », « * Exercice … » or title. A fragment may begin
/// inside a block: then its first label opens the block, as does a label that cannot follow in the block before.
struct BillingBlocks {
  /// The situations, in the order of the report.
  private(set) var situations: [BillingSituation] = []
  /// The line of the identifier of each, or else where its block begins.
  private var places: [Int] = []
  /// Whether any block has a label; « Facturation » alone may be a word in any text.
  private(set) var haveContent = false
  private var open: Block?
  /// The mode of the place of practice that is being read.
  private var practice: PracticeMode?
  private var isPracticeUnread = false
  /// Whether the title of the place of practice, or of all of them, has something behind it that is not understood.
  private var isPlaceInDoubt = false
  private var isSectionInDoubt = false
  /// The index of the last place of practice, while it has no block.
  private var lastPlace: Int?
  /// Whether a block says nothing of what it may sign, or nothing of lots, which a report says last: it was cut short.
  private var isCutBeforeAll = false
  private var isCutBeforeLots = false
  /// The most situations that a card can hold.
  private static let limit = 8
  /// The first line that puts what the report permits in doubt, as far as one is known.
  private var doubtLine: Int?
  /// The unfinished end of the lines read so far.
  private var looseEnd = LooseEnd()
  /// The index of the first line that ``looseEnd`` has not seen.
  private var unread = 0

  /// A block that is being read.
  private struct Block {
    let start: Int
    /// The rank of the last label read, in the order of the report.
    var rank = 0
    var identifier: (value: BillingIdentifier?, line: Int)?
    /// The index of the line « Identifiant : ».
    var identifierIndex: Int?
    var speciality: String?
  }

  /// Reads the blocks.
  ///
  /// - Throws: ``ReportFault`` for a block that contradicts itself.
  init(of lines: [Line]) throws(ReportFault) {
    for (index, line) in lines.enumerated() {
      switch line.role {
      case .billing:
        try close(before: index, lines)
        open = Block(start: index)
      case .identifier(let place): try add(LabelValue(of: line, from: place), at: index, lines)
      case .identifierValue: addValue(LabelValue(of: line, from: 0))
      case .speciality(let place):
        guard open != nil else { continue }
        try begin(rank: 2, at: index, lines)
        open?.speciality = LabelValue(of: line, from: place).speciality
      case .agreement:
        guard open != nil else { continue }
        try begin(rank: 3, at: index, lines)
      case .authorisations: try begin(rank: 4, at: index, lines)
      case let role where role.endsBlock:
        try close(before: index, lines)
        practice = line.practice
        isPracticeUnread = line.hasUnreadPractice
        isPlaceInDoubt = line.hasOddPractice
        if line.isOddSituationsTitle { isSectionInDoubt = true }
        // A report has no title of another kind after its situations.
        if line.role == .otherTitle, !situations.isEmpty { isCutBeforeAll = true }
        lastPlace = line.role == .exercise ? index : nil
      case .other where open == nil:
        // A refusal without its block: what permits may have lost its head as well.
        if Self.refuses(lines, at: index) { isCutBeforeAll = true }
      case .other: doubtIdentifier(above: line, at: index)
      default: break
      }
      if open != nil { lastPlace = nil }
    }
    let isTakenBack = try close(before: lines.count, lines)
    // What stands below the last block is said of the whole report.
    if isTakenBack { isCutBeforeAll = true }
    // A place of practice at the end, after others with a block: its own may have been cut off.
    if let lastPlace, !situations.isEmpty, !lines[lastPlace...].contains(where: Phrases.isMentioned) {
      // Names of places, which may be any words, stand below « Type d'identifiant de structure ». What stands above that may be
      // said of the whole report, in words that are damaged.
      let said = lines[lastPlace...].dropFirst().prefix { $0.tokens.first?.text != "type" }
      if said.contains(where: { !$0.continuesExercise }) { isCutBeforeAll = true }
      if situations.count < Self.limit {
        situations.append(BillingSituation(identifier: nil, signFSE: nil, signLots: nil))
        places.append(lines[lastPlace].number)
      }
    }
    if let objection = Surroundings(of: lines).objection {
      isCutBeforeAll = true
      doubtLine = min(doubtLine ?? .max, objection.number)
    }
    // What follows a block that was cut short is not known, and may take back what those above permit.
    if isCutBeforeAll || isCutBeforeLots { situations = situations.map(unfinished) }
  }

  /// The first line of the report at which something of a situation could not be read without doubt. Nil if all was read.
  var unreadLine: Int? {
    let place = zip(situations, places).first { situation, _ in
      situation.identifier == nil || situation.signFSE == nil || situation.signLots == nil
    }?.1
    return place.map { doubtLine ?? $0 }
  }

  private func unfinished(_ situation: BillingSituation) -> BillingSituation {
    BillingSituation(
      identifier: situation.identifier, speciality: situation.speciality, practice: situation.practice,
      isPracticeUnread: situation.isPracticeUnread,
      signFSE: isCutBeforeAll && situation.signFSE == true ? nil : situation.signFSE,
      signLots: situation.signLots == true ? nil : situation.signLots)
  }

  /// Whether the line says that something may not be signed.
  private static func refuses(_ lines: [Line], at index: Int) -> Bool {
    Phrases.isMentioned(in: lines[index])
      && Authorisations(of: lines[index...index], after: LooseEnd(), before: []).statements
        .contains { $0.reading == .refused }
  }

  /// Doubts that there is no identifier if something stands right below « Identifiant : » that is none of the report's labels.
  private mutating func doubtIdentifier(above line: Line, at index: Int) {
    guard open?.identifier?.value == .absent, open?.identifierIndex == index - 1, !line.beginsLabel else {
      return
    }
    // The conventional data may have lost their label: « - Conventionné ».
    if line.isItem, !line.tokens.contains(where: { $0.text.unicodeScalars.contains(where: Scalars.isDigit) })
    {
      return
    }
    open?.identifier?.value = nil
  }

  private mutating func add(_ value: LabelValue, at index: Int, _ lines: [Line]) throws(ReportFault) {
    // In a text that is not a report, « Identifiant : prenom.nom » is someone's login.
    if open == nil, value.text?.unicodeScalars.contains(where: Scalars.isDigit) == false,
      !value.looksLikeIdentifier
    {
      return
    }
    if let first = open?.identifier {
      throw ReportFault(
        line: lines[index].number,
        fr: """
          un second « Identifiant : » dans le même bloc « Facturation » \
          (le premier est à la ligne \(first.line))
          """,
        en: "a second “Identifiant :” in the same “Facturation” block (the first is in line \(first.line))")
    }
    try begin(rank: 1, at: index, lines)
    // What stands last may have been cut off.
    let mayBeCut = index + 1 == lines.count && value.identifier == .absent
    open?.identifier = (mayBeCut ? nil : value.identifier, lines[index].number)
    open?.identifierIndex = index
    // A line of signs below it may be the number, blacked out.
    if open?.identifier?.value == .absent, index + 1 < lines.count, lines[index + 1].followsRule {
      open?.identifier?.value = nil
    }
  }

  /// Adds a number that stands alone on its line: a value that was wrapped. After another value, it is part of a number
  /// that cannot be restored.
  private mutating func addValue(_ value: LabelValue) {
    guard let identifier = open?.identifier else { return }
    open?.identifier?.value = identifier.value == .absent ? value.identifier : nil
  }

  /// Continues the open block, or opens a new one if there is none or if such a label cannot follow in it.
  private mutating func begin(rank: Int, at index: Int, _ lines: [Line]) throws(ReportFault) {
    if let block = open, block.rank >= rank { try close(before: index, lines) }
    var block = open ?? Block(start: index)
    block.rank = rank
    open = block
    haveContent = true
  }

  /// Closes the open block, if there is one.
  ///
  /// - Returns: whether something in it takes back what it permits, or would.
  @discardableResult
  private mutating func close(before end: Int, _ lines: [Line]) throws(ReportFault) -> Bool {
    guard let block = open else { return false }
    open = nil
    for line in lines[unread..<block.start] { looseEnd.read(line) }
    guard situations.count < Self.limit else {
      throw ReportFault(
        line: lines[block.start].number,
        fr:
          "plus de \(Self.limit) situations de facturation, qu'aucune carte ne contient : un rapport à la fois",
        en: "more than \(Self.limit) billing situations, which no card holds: one report at a time")
    }
    let authorisations = Authorisations(
      of: lines[block.start..<end], after: looseEnd, before: lines[end...],
      isDoubtful: isPlaceInDoubt || isSectionInDoubt)
    looseEnd = authorisations.looseEnd
    doubtLine = doubtLine ?? authorisations.doubtLine
    unread = end
    let statements = authorisations.statements
    if statements.isEmpty { isCutBeforeAll = true }
    if !statements.contains(where: { $0.thing == .lots }) { isCutBeforeLots = true }
    places.append(block.identifier?.line ?? lines[block.start].number)
    situations.append(
      BillingSituation(
        identifier: block.identifier?.value, speciality: block.speciality, practice: practice,
        isPracticeUnread: isPracticeUnread,
        signFSE: try Self.verdict(on: .fse, in: statements),
        signLots: try Self.verdict(on: .lots, in: statements)))
    return authorisations.isTakenBack
  }

  /// The combined meaning of the statements; `nil` if there are none, or nothing is certain.
  private static func verdict(
    on thing: SignedThing, in statements: [Statement]
  ) throws(ReportFault) -> Bool? {
    let statements = statements.filter { $0.thing == thing }
    let granted = statements.first { $0.reading == .granted }
    let refused = statements.first { $0.reading == .refused }
    if let granted, let refused {
      let (fr, en): (Text, Text) = thing == .fse ? ("les FSE", "FSE") : ("les lots", "lots")
      throw ReportFault(
        line: max(granted.line, refused.line),
        fr: """
          le même bloc « Facturation » dit « autorisé à signer \(fr) » (ligne \(granted.line)) \
          et « non autorisé à signer \(fr) » (ligne \(refused.line))
          """,
        en: """
          the same “Facturation” block says that it may sign \(en) (line \(granted.line)) \
          and that it may not (line \(refused.line))
          """)
    }
    if refused != nil { return false }
    return granted != nil && !statements.contains { $0.reading == .doubtful } ? true : nil
  }
}
