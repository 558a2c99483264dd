import Preflight
import Testing

@testable import GestionnaireReport

@Suite("A report that was damaged")
struct RobustnessTests {
  /// Returns the situations; empty if the text is not a report.
  private func situations(_ contents: [UInt8]) async -> [BillingSituation] {
    (try? await Reading(contents))?.situations ?? []
  }

  /// Returns whether the sample's second situation, which may sign nothing, is still refused or unknown.
  private func grantsNothing(_ situation: BillingSituation) -> Bool {
    situation.signFSE != true && situation.signLots != true
  }

  @Test(
    "at its end never grants what it refuses", arguments: [Samples.whole.latin1, Array(Samples.whole.utf8)])
  func prefixes(contents: [UInt8]) async {
    for end in 0...contents.count {
      let situations = await situations(Array(contents[..<end]))
      #expect(situations.dropFirst().allSatisfy(grantsNothing), "cut at \(end)")
    }
  }

  @Test("at its beginning never grants what it refuses")
  func suffixes() async {
    let contents = Samples.whole.latin1
    for start in contents.indices {
      guard let last = await situations(Array(contents[start...])).last else { continue }
      #expect(grantsNothing(last), "cut at \(start)")
    }
  }

  @Test("in one line never grants what it refuses")
  func withoutALine() async {
    let lines = Samples.whole.split(separator: "\n", omittingEmptySubsequences: false)
    for missing in lines.indices {
      let rest = lines.enumerated().filter { $0.offset != missing }.map { String($0.element) }
      let situations = await situations(Array(rest.joined(separator: "\n").utf8))
      #expect(situations.last.map(grantsNothing) == true, "without line \(missing + 1)")
    }
  }

  @Test("by wrapping, at any width, never grants what it refuses", arguments: 1...60)
  func wrapped(width: Int) async {
    var lines: [String] = []
    for line in Samples.whole.split(separator: "\n", omittingEmptySubsequences: false) {
      var current = ""
      for word in line.split(separator: " ") {
        if !current.isEmpty, current.count + 1 + word.count > width {
          lines.append(current)
          current = ""
        }
        current += (current.isEmpty ? "" : " ") + word
      }
      lines.append(current)
    }
    let situations = await situations(Array(lines.joined(separator: "\n").utf8))
    #expect(situations.dropFirst().allSatisfy(grantsNothing))
    // From this width on, no title or label is split into more than two lines.
    if width >= 24 {
      #expect(situations.map(\.signFSE) == [true, false])
      #expect(situations.map(\.signLots) == [true, false])
    }
  }

  @Test("by one changed byte never grants what it refuses")
  func oneByte() async {
    let contents = Samples.whole.latin1
    let start = contents.count - 120
    for place in start..<contents.count {
      for byte in [0x20, 0x0A, 0x2A, 0x2D, 0x3A, 0x78, 0xA0, 0xAD, 0xE9] as [UInt8] {
        var damaged = contents
        damaged[place] = byte
        let situations = await situations(damaged)
        #expect(situations.dropFirst().allSatisfy(grantsNothing), "byte \(byte) at \(place)")
      }
    }
  }

  @Test("beyond recognition is refused or read, and never crashes", arguments: 0..<200)
  func random(seed: UInt64) async {
    var random = Sequence(seed: seed)
    let pieces = Samples.whole.split(separator: " ", omittingEmptySubsequences: false).map { Array($0.utf8) }
    var bytes: [UInt8] = []
    for _ in 0..<Int(random.next() % 300) {
      if seed.isMultiple(of: 2) {
        bytes.append(UInt8(truncatingIfNeeded: random.next()))
      } else {
        bytes += pieces[Int(random.next() % UInt64(pieces.count))]
        bytes.append([0x20, 0x0A, 0x3A, 0x2A, 0xE9][Int(random.next() % 5)])
      }
    }
    _ = await situations(bytes)
  }

  @Test(
    "by repetition is read in time that grows with its size alone",
    .timeLimit(.minutes(1)),
    arguments: [
      "\n", " ", "autorisé ", "autorisé\n", "non ", "non\n", "- ", "*", "# ", "_*", "|", ">", "Facturation\n",
      "autorisé à signer les FSE ", "autorisé à signer les FSE\n", "non autorisé à signer les lots\n",
      "carte de x (cps) n°\n", "*** Identification de la carte\n", "Autorisations de signature\n", "e\u{301}",
      "(",
      "émise le ", "Identification du porteur\n",
    ])
  func repetition(piece: String) async {
    let head = "Facturation\nAutorisations de signature\n"
    // Long enough for anything quadratic to take minutes.
    let count = (1 << 17) / piece.utf8.count
    _ = await situations(Array((head + String(repeating: piece, count: count)).utf8))
  }
}

/// Pseudo-random numbers that are the same in every run (SplitMix64).
private struct Sequence {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
