import Preflight

/// The billing blocks (« Facturation ») of a report, each a billing situation.
///
/// A block goes from « Facturation » to the next one, the next « * Exercice … » or the next title. A fragment
/// may begin inside one: then its first label opens it, and so does a label that cannot follow in the block
/// before.
struct BillingBlocks {
  /// The situations, in the order of the report.
  private(set) var situations: [BillingSituation] = []
  /// Whether a label was read in any of them; « Facturation » alone may be a word in any text.
  private(set) var haveContent = false
  private var open: Block?
  /// That of the place of practice that is being read.
  private var practice: PracticeMode?
  /// What the lines read so far leave unfinished.
  private var looseEnd = LooseEnd()
  /// The first line that ``looseEnd`` does not know of.
  private var unread = 0

  /// A block while it is read.
  private struct Block {
    let start: Int
    /// The last label read, in the order of the report.
    var rank = 0
    var identifier: (value: BillingIdentifier?, line: Int)?
    var speciality: String?
  }

  /// Reads the blocks. Throws what contradicts itself in one of them.
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
        open?.speciality = LabelValue(of: line, from: place).text
      case .agreement:
        guard open != nil else { continue }
        try begin(rank: 3, at: index, lines)
      case .authorisations: try begin(rank: 4, at: index, lines)
      case let role where role.endsBlock:
        try close(before: index, lines)
        practice = line.practice
      default: break
      }
    }
    try close(before: lines.count, lines)
  }

  private mutating func add(_ value: LabelValue, at index: Int, _ lines: [Line]) throws(ReportFault) {
    // In a text that is no report, « Identifiant : prenom.nom » is somebody's login.
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
    open?.identifier = (value.identifier, lines[index].number)
  }

  /// A number alone on its line: the value that was wrapped. After another value it is a piece of a number
  /// that cannot be put together again.
  private mutating func addValue(_ value: LabelValue) {
    guard let identifier = open?.identifier else { return }
    open?.identifier?.value = identifier.value == .absent ? value.identifier : nil
  }

  /// Goes on in the open block, or opens one where there is none or where such a label cannot follow.
  private mutating func begin(rank: Int, at index: Int, _ lines: [Line]) throws(ReportFault) {
    if let block = open, block.rank >= rank { try close(before: index, lines) }
    var block = open ?? Block(start: index)
    block.rank = rank
    open = block
    haveContent = true
  }

  private mutating func close(before end: Int, _ lines: [Line]) throws(ReportFault) {
    guard let block = open else { return }
    open = nil
    for line in lines[unread..<block.start] { looseEnd.read(line) }
    let authorisations = Authorisations(of: lines[block.start..<end], after: looseEnd, before: lines[end...])
    looseEnd = authorisations.looseEnd
    unread = end
    let statements = authorisations.statements
    situations.append(
      BillingSituation(
        identifier: block.identifier?.value, speciality: block.speciality, practice: practice,
        signFSE: try Self.verdict(on: .fse, in: statements),
        signLots: try Self.verdict(on: .lots, in: statements)))
  }

  /// What the statements say together; `nil` if they say nothing, or nothing that is sure.
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
