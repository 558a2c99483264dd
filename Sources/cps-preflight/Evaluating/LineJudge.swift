import FactsFile
import Glibc
import Preflight
import Reports
import VerdictFile
import Workstation

/// Judges the lines of a stream, one after the other. Each thread has its own judge.
struct LineJudge: Sendable {
  private let plan: Plan
  private let reader: FactsLine.Reader
  private let day: Fact
  /// Whether that day counts whatever the lines say. Otherwise it counts for lines that give none.
  private let isDayNamed: Bool
  private var verdicts: VerdictLines
  private(set) var tally: EvaluationTally

  /// The day to judge on.
  enum Day: Sendable {
    /// This day, whatever the lines say.
    case named(Fact)
    /// This day, if the line gives none.
    case otherwise(Fact)
  }

  /// The most bytes to collect before writing, so that the output of a few lines has a limit too.
  private static let outputLimit = 4 << 20

  init(_ plan: Plan, reader: FactsLine.Reader, day: Day, verdicts: VerdictLines) {
    self.plan = plan
    self.reader = reader
    switch day {
    case .named(let today): (self.day, isDayNamed) = (today, true)
    case .otherwise(let today): (self.day, isDayNamed) = (today, false)
    }
    self.verdicts = verdicts
    tally = EvaluationTally(plan)
  }

  /// Judges the lines of a block.
  ///
  /// - Parameter write: writes the verdicts, in one or several pieces. An error that it throws ends the judging.
  mutating func judge(_ block: LineInput.Block, write: ([UInt8]) throws(WriteFault) -> Void)
    throws(WriteFault)
  {
    tally = EvaluationTally(plan)
    verdicts.clear()
    if block.isBeginningOnly {
      refuse(VerdictLines.Line(block.firstLine, id: reader.id(in: block.bytes)))
    } else {
      var number = block.firstLine
      var start = 0
      while start < block.bytes.count {
        let end = Self.end(ofLineAt: start, in: block.bytes)
        judge(block.bytes, start..<end, number)
        if verdicts.count > Self.outputLimit {
          try write(verdicts.bytes)
          verdicts.clear()
        }
        number += 1
        start = end + 1
      }
    }
    try write(verdicts.bytes)
  }

  private static func end(ofLineAt start: Int, in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let end = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      else { return bytes.count }
      return UnsafeRawPointer(end) - base
    }
  }

  private mutating func judge(_ bytes: [UInt8], _ line: Range<Int>, _ number: Int) {
    guard line.contains(where: { bytes[$0] != 0x20 && bytes[$0] != 0x09 && bytes[$0] != 0x0D }) else {
      return
    }
    // The end of a line may be CRLF.
    let line = bytes[line.upperBound - 1] == UInt8(ascii: "\r") ? line.dropLast() : line
    guard line.count <= FactsFile.sizeLimit else {
      return refuse(VerdictLines.Line(number, id: reader.id(in: Array(bytes[line]))))
    }
    do throws(FactsLineFault) {
      var line = try reader.read(bytes, in: line)
      if isDayNamed || line.facts.known(.today) == nil { line.facts.settle(day) }
      let verdict = plan.judge(Gathered(facts: line.facts))
      tally.add(verdict)
      verdicts.append(verdict, of: VerdictLines.Line(number, id: line.id))
    } catch {
      tally.addMalformed()
      verdicts.append(
        malformed: VerdictLines.Line(number, id: error.id), at: error.column, error.message)
    }
  }

  /// Refuses a line that is too long.
  private mutating func refuse(_ line: VerdictLines.Line) {
    tally.addMalformed()
    verdicts.append(
      malformed: line, at: nil,
      LocalizedText(
        fr: "la ligne dépasse \(FactsFile.sizeLimit) octets",
        en: "the line has more than \(FactsFile.sizeLimit) bytes"
      ))
  }
}
