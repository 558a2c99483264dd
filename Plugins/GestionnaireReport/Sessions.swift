import Preflight

/// One session of the Gestionnaire in a file. The Gestionnaire appends one each time it is closed, so a file may hold
/// the reports of several cards, or several reports of one card; docs/cards.md.
struct Session: Sendable {
  /// The time when the session's report was made, as « *** Fichier créé le 26-NOV-2026 02:16:42 » says.
  enum Creation: Sendable, Hashable {
    /// A day, and the seconds since midnight; `nil` if no time is given, or if it cannot be read.
    case on(CivilDate, seconds: Int?)
    /// The words are there, but no valid day follows.
    case unreadable
    /// No time is given, as in partly pasted text.
    case unsaid
  }

  /// The lines of this session only.
  let lines: [Line]
  let creation: Creation

  /// The session of a file that was chosen, and among how many.
  struct Choice: Sendable {
    let session: Session
    /// Its place in the file, from 1.
    let position: Int
    let count: Int
    /// The lines above the first of several sessions, such as the Gestionnaire's first screen.
    let opening: [Line]
    /// The other sessions that may be the newest, as far as their times say.
    let rivals: [Session]
    /// Whether another session has an unreadable date, and so may be the newest.
    var isInDoubt = false
    /// Whether it is known to be the newest, not just the last in the file.
    var isByDate = false
    /// Whether one of the ``rivals`` says something else.
    var isContested = false
  }

  /// The newest session of a file, by its time; of those that may be the newest, because they have no time or the same
  /// one, the last in the file. The others are its rivals, which must agree with it.
  static func newest(in lines: [Line]) -> Choice {
    let (sessions, opening) = all(in: lines)
    let earliest = sessions.compactMap(\.creation.earliest).max()
    let candidates = sessions.indices.filter { sessions[$0].creation.mayFollow(earliest) }
    let chosen = candidates.last ?? sessions.count - 1
    return Choice(
      session: sessions[chosen], position: chosen + 1, count: sessions.count, opening: opening,
      rivals: candidates.filter { $0 != chosen && !sessions[$0].isRemark }.map { sessions[$0] },
      isInDoubt: sessions.contains { $0.creation == .unreadable },
      isByDate: sessions.allSatisfy { $0.creation.earliest != nil })
  }

  /// The sessions of a file, in its order, at least one; and the text above several of them that is not one.
  private static func all(in lines: [Line]) -> (sessions: [Session], opening: [Line]) {
    var starts: [Int] = []
    var marks: Set<Mark> = []
    for index in lines.indices {
      guard let mark = Mark(lines[index], next: lines.dropFirst(index + 1).first) else { continue }
      // A heading has each of its lines once, so a second line of a kind begins another session, even if the first line
      // of its heading was lost. So does the holder of another report whose whole heading was lost.
      if starts.isEmpty || marks.contains(mark) || (mark.isOfHeading && marks.contains(.holder)) {
        // The body of a report without a heading, after another report.
        if mark != .holder || marks.contains(.situations) || starts.isEmpty {
          starts.append(index)
          marks = []
        }
      }
      marks.insert(mark)
    }
    guard let first = starts.first else { return ([Session(lines)], []) }
    // The text before it is the Gestionnaire's first screen, or a report without its heading.
    let before = lines[..<first]
    let isReport = before.contains { $0.role.isOfReportBody }
    if starts.count == 1, !isReport { return ([Session(lines)], []) }
    let ends = starts.dropFirst() + [lines.count]
    let sessions = zip(starts, ends).map { Session(Array(lines[$0..<$1])) }
    return isReport ? ([Session(Array(before), isBefore: true)] + sessions, []) : (sessions, Array(before))
  }

  /// Whether it is a text above the first session that has a word of a report and says nothing of a card: someone's
  /// login in « Identifiant : prenom.nom ».
  private let isRemark: Bool

  private init(_ lines: [Line], isBefore: Bool = false) {
    self.lines = lines
    let created = lines.indices.first { Mark(lines[$0], next: lines.dropFirst($0 + 1).first) == .created }
    creation = created.map { Creation(lines[$0...].prefix(3)) } ?? .unsaid
    isRemark =
      isBefore && creation == .unsaid
      && !lines.contains { line in
        switch line.role {
        case .holderTitle, .cardTitle, .situationsTitle, .exercise, .authorisations, .speciality, .agreement:
          true
        case .identifier(let place): LabelValue(of: line, from: place).looksLikeIdentifier
        default: Phrases.isMentioned(in: line)
        }
      }
  }
}

/// A line that occurs once in a session.
private enum Mark: Hashable {
  /// « *** Session CPS-GESTION ».
  case session
  /// « *** Fichier créé le … ».
  case created
  /// « *** Fichier CPS-INFO.TXT : … ».
  case file
  /// « *** Identification du porteur », which follows the heading.
  case holder
  /// « *** Situations d'exercice et de facturation ».
  case situations

  /// - Parameter next: the next line, which may hold the rest if the line was wrapped.
  init?(_ line: Line, next: Line?) {
    switch line.role {
    case .holderTitle: self = .holder
    case .situationsTitle: self = .situations
    default:
      var words = line.tokens.prefix(3).map(\.text)
      if line.hasStars, words.count < 3, let next, !next.hasStars {
        words += next.tokens.prefix(3).map(\.text)
      }
      switch words.first {
      case "session" where words.count > 1 && words[1].hasPrefix("cps"): self = .session
      // The session is still being appended.
      case let word? where line.hasStars && next == nil && words.count == 1 && "session".hasPrefix(word):
        self = .session
      case "fichier" where words.count > 1 && words[1] == "cps": self = .file
      case "fichier" where words.count > 2 && words[1].hasPrefix("cr") && words[2] == "le": self = .created
      case _ where line.hasStars ? Self.mayBeCreation(line, words) : Self.saysCreation(line): self = .created
      case _ where line.role == .other || line.role == .otherTitle:
        guard Session.Creation.start(in: line.tokens.prefix(24).map(\.text)) != nil else { return nil }
        self = .created
      default: return nil
      }
    }
  }

  /// Whether a title with `***` may be « *** Fichier créé le … » that was damaged: it begins like it, says « créé », or
  /// has a date.
  ///
  /// - Parameter words: its first words, and those of the next line.
  private static func mayBeCreation(_ line: Line, _ words: [String]) -> Bool {
    guard line.role == .other || line.role == .otherTitle else { return false }
    let tokens = line.tokens.prefix(24)
    if tokens.contains(where: { isOfHeadingBeside.contains($0.text) }) { return false }
    if words.first.map({ Nearness.isNear($0, to: "fichier") }) == true { return true }
    if (words + tokens.map(\.text)).contains(where: Session.Creation.isCreated) { return true }
    let digits = tokens.reduce(0) { $0 + $1.text.unicodeScalars.count(where: Scalars.isDigit) }
    return digits >= 4
  }

  /// Whether a line without `***` begins with « Fichier créé le », or nearly so.
  private static func saysCreation(_ line: Line) -> Bool {
    guard line.role == .other else { return false }
    let words = line.tokens.prefix(4).map(\.text)
    guard let place = words.firstIndex(where: Session.Creation.isCreated), place <= 2 else { return false }
    return words.dropFirst(place + 1).contains("le")
      && (place == 0 || Nearness.isNear(words[0], to: "fichier"))
  }

  /// Words of the heading's other lines: « *** Session CPS-GESTION Version … », « *** Fichier CPS-INFO.TXT : Données … ».
  private static let isOfHeadingBeside: Set<String> = [
    "session", "gestion", "version", "info", "txt", "donnees",
  ]

  var isOfHeading: Bool { self == .session || self == .created || self == .file }
}

extension Session.Creation {
  /// A moment of a day.
  fileprivate struct Moment: Comparable {
    let day: CivilDate
    let seconds: Int

    static func < (one: Moment, other: Moment) -> Bool {
      one.day == other.day ? one.seconds < other.seconds : one.day < other.day
    }
  }

  /// The earliest moment that it may be; `nil` if it may be any.
  fileprivate var earliest: Moment? {
    if case .on(let day, let seconds) = self { Moment(day: day, seconds: seconds ?? 0) } else { nil }
  }

  /// Whether it may be at that moment or later.
  fileprivate func mayFollow(_ moment: Moment?) -> Bool {
    guard case .on(let day, let seconds) = self, let moment else { return true }
    return Moment(day: day, seconds: seconds ?? 86_400) >= moment
  }

  /// Reads « Fichier créé le 26-NOV-2026 02:16:42 »; the time may be missing, and the line may have been wrapped.
  ///
  /// - Parameter lines: the line, and those after it.
  fileprivate init(_ lines: ArraySlice<Line>) {
    var sentence: [String] = []
    self = .unreadable
    for (index, line) in lines.enumerated() {
      guard index == 0 || (!line.hasStars && line.role == .other) else { return }
      // Quotes and emphasis are no part of words, but inside a date they may hide a digit.
      let dated = line.content.drop { !Scalars.isDigit($0) }.reversed().drop { !Scalars.isDigit($0) }
      if dated.contains(where: { Scalars.isEmphasis($0) || Scalars.isQuote($0) }) || Self.hidesDigit(line) {
        self = .unreadable
        return
      }
      sentence += line.tokens.filter { !["/", ".", "-", ",", ":"].contains($0.text) }.map(\.text)
      if let creation = Self.creation(sentence) { self = creation }
    }
  }

  /// Whether a sign of emphasis or a quote stands right before the first digit, and none right behind the last: it may stand for a
  /// digit, as in « _1-MAR-2026 ».
  private static func hidesDigit(_ line: Line) -> Bool {
    guard let first = line.content.firstIndex(where: Scalars.isDigit), first > 0,
      let last = line.content.lastIndex(where: Scalars.isDigit)
    else { return false }
    let isMark: (Unicode.Scalar) -> Bool = { Scalars.isEmphasis($0) || Scalars.isQuote($0) || $0 == "`" }
    return isMark(line.content[first - 1])
      && !(last + 1 < line.content.count && isMark(line.content[last + 1]))
  }

  static func isCreated(_ word: String) -> Bool {
    word.hasPrefix("cree") || Nearness.isNear(word, to: "cree")
  }

  /// The place of « Fichier » in « Fichier créé le … », wherever it stands in the line: « [21:03] *** Fichier créé le … ». Nil if it is
  /// not there.
  fileprivate static func start(in words: [String]) -> Int? {
    words.indices.first { place in
      place + 2 < words.count && Nearness.isNear(words[place], to: "fichier") && isCreated(words[place + 1])
        && words[(place + 2)...].prefix(2).contains("le")
    }
  }

  /// The earliest year in which a report that is given today may have been made.
  private static let earliestYear = 2010

  private static func creation(_ sentence: [String]) -> Self? {
    let words = Array(sentence.dropFirst(start(in: sentence) ?? 0))
    guard let place = words.prefix(4).firstIndex(of: "le"), words.count >= place + 4, place <= 3,
      let day = number(words[place + 1], digits: 1...2),
      let month = month(words[place + 2]),
      let year = number(words[place + 3], digits: 4...4),
      year >= earliestYear, let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let time = words[(place + 4)...].prefix(3).enumerated().compactMap {
      number($1, digits: $0 == 0 ? 1...2 : 2...2)
    }
    // The Gestionnaire counts 24 hours; of half a day, it is not known which one is meant.
    let next = words.dropFirst(place + 7).first
    let isHalf = next.map { ["am", "pm", "a", "p"].contains($0) } == true
    // « (modifié à la main) ». The next title may have come onto this line.
    if let next, !isHalf, next.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic }),
      !["fichier", "session"].contains(next)
    {
      return nil
    }
    let isTime = time.count == 3 && time[0] < 24 && time[1] < 60 && time[2] < 61 && !isHalf
    return .on(date, seconds: isTime ? time[0] * 3600 + time[1] * 60 + time[2] : nil)
  }

  private static func number(_ word: String, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(word.utf8.count), word.unicodeScalars.allSatisfy(Scalars.isDigit) else {
      return nil
    }
    return Int(word)
  }

  /// The month given as a number, or by the first letters of its French or English name: enough of them to distinguish
  /// juin from juillet.
  static func month(_ word: String) -> Int? {
    if let number = number(word, digits: 1...2) { return number }
    guard word.utf8.count >= 3 else { return nil }
    let found = names.filter { $0.name.hasPrefix(word) || $0.short.contains(word) }
    return Set(found.map(\.number)).count == 1 ? found.first?.number : nil
  }

  private static let names: [(name: String, short: [String], number: Int)] = [
    ("janvier", ["jan"], 1), ("january", [], 1), ("fevrier", ["fev"], 2), ("february", [], 2),
    ("mars", [], 3), ("march", [], 3), ("avril", ["avr"], 4), ("april", [], 4), ("mai", [], 5),
    ("may", [], 5),
    ("juin", ["jun"], 6), ("june", [], 6), ("juillet", ["jul"], 7), ("july", [], 7),
    ("aout", ["aou"], 8), ("august", [], 8), ("septembre", ["sept"], 9), ("september", [], 9),
    ("octobre", [], 10), ("october", [], 10), ("novembre", [], 11), ("november", [], 11),
    ("decembre", [], 12), ("december", [], 12),
  ]
}

extension LineRole {
  /// Whether the line belongs to the body of a report, after its heading, and not to the Gestionnaire's first screen.
  fileprivate var isOfReportBody: Bool {
    switch self {
    case .holderTitle, .situationsTitle, .exercise, .billing, .identifier, .authorisations: true
    default: false
    }
  }
}
