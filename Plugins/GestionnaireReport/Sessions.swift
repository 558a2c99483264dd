import Preflight

/// One session of the Gestionnaire in a file. The Gestionnaire appends one each time it is closed, so a file may hold
/// the reports of several cards, or several reports of one card; docs/cards.md.
struct Session: Sendable {
  /// The time when the session's report was made, as « *** Fichier créé le 26-NOV-2026 02:16:42 » says.
  enum Creation: Sendable, Hashable {
    /// A day, and the seconds since midnight; `nil` if no time is given.
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
    /// Whether another session has an unreadable date, and so may be the newest.
    var isInDoubt = false
    /// Whether it is known to be the newest, not just the last in the file.
    var isByDate = false
  }

  /// The newest session of a file: by date if every session has one; otherwise, or if two have the same date, the last
  /// in the file.
  static func newest(in lines: [Line]) -> Choice {
    let sessions = all(in: lines)
    let days = sessions.compactMap(\.creation.day)
    var chosen = sessions.count - 1
    let isByDate = days.count == sessions.count
    if isByDate, let newest = days.max() {
      let candidates = sessions.indices.filter { sessions[$0].creation.day == newest }
      let moments = candidates.compactMap { sessions[$0].creation.seconds }
      // If one of them has no time, it is unknown which is the newest of the day.
      if moments.count == candidates.count, let last = moments.max() {
        chosen = candidates.last { sessions[$0].creation.seconds == last } ?? chosen
      } else {
        chosen = candidates.last ?? chosen
      }
    }
    return Choice(
      session: sessions[chosen], position: chosen + 1, count: sessions.count,
      isInDoubt: sessions.contains { $0.creation == .unreadable }, isByDate: isByDate)
  }

  /// The sessions of a file, in its order; at least one.
  private static func all(in lines: [Line]) -> [Session] {
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
    guard let first = starts.first else { return [Session(lines)] }
    // The text before it is the Gestionnaire's first screen, or a report without its heading.
    let before = lines[..<first]
    let isReport = before.contains { $0.role.isOfReportBody }
    if starts.count == 1, !isReport { return [Session(lines)] }
    let ends = starts.dropFirst() + [lines.count]
    return (isReport ? [Session(Array(before))] : [])
      + zip(starts, ends).map { Session(Array(lines[$0..<$1])) }
  }

  private init(_ lines: [Line]) {
    self.lines = lines
    let created = lines.indices.first { Mark(lines[$0], next: lines.dropFirst($0 + 1).first) == .created }
    creation = created.map { Creation(lines[$0...].prefix(3)) } ?? .unsaid
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
      case "fichier" where words.count > 2 && words[1].hasPrefix("cr") && (line.hasStars || words[2] == "le"):
        self = .created
      case "fichier" where words.count > 1 && words[1] == "cps": self = .file
      default: return nil
      }
    }
  }

  var isOfHeading: Bool { self == .session || self == .created || self == .file }
}

extension Session.Creation {
  /// The day; `nil` if there is none.
  fileprivate var day: CivilDate? { if case .on(let day, _) = self { day } else { nil } }

  /// The time of that day, in seconds; `nil` if there is none.
  fileprivate var seconds: Int? { if case .on(_, let seconds) = self { seconds } else { nil } }

  /// Reads « Fichier créé le 26-NOV-2026 02:16:42 »; the time may be missing, and the line may have been wrapped.
  ///
  /// - Parameter lines: the line, and those after it.
  fileprivate init(_ lines: ArraySlice<Line>) {
    var sentence: [String] = []
    self = .unreadable
    for (index, line) in lines.enumerated() {
      guard index == 0 || (!line.hasStars && line.role == .other) else { return }
      sentence += line.tokens.filter { !["/", ".", "-", ",", ":"].contains($0.text) }.map(\.text)
      if let creation = Self.creation(sentence) { self = creation }
    }
  }

  private static func creation(_ words: [String]) -> Self? {
    guard let place = words.firstIndex(of: "le"), words.count >= place + 4, place <= 3,
      let day = number(words[place + 1], digits: 1...2),
      let month = month(words[place + 2]),
      let year = number(words[place + 3], digits: 4...4),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let time = words[(place + 4)...].prefix(3).compactMap { number($0, digits: 2...2) }
    let isTime = time.count == 3 && time[0] < 24 && time[1] < 60 && time[2] < 61
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
  private static func month(_ word: String) -> Int? {
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
