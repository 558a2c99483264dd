import Preflight
import RuleStage
import Testing

@testable import AnyFact

private func answer(_ pattern: String, _ texts: String..., limits: Pattern.Limits = .init()) throws
  -> Pattern.Answer
{
  try Pattern(pattern, limits: limits).answer(for: texts)
}

/// Makes the check of a reader's name.
private func check(_ pattern: String) throws -> FactCheck {
  try FactCheck(
    Parameters(["fact": .string("card.reader"), "matches": .string(pattern)]),
    in: CheckContext(rule: "r", registry: .forTests))
}

@Suite("Patterns are PCRE2's, and matching them is bounded")
struct PatternTests {
  @Test(
    "The whole text, in Unicode, whatever PCRE2 was built with",
    arguments: [
      ("a", "a", true), ("a", "ab", false), ("a", "ba", false), ("a|ab", "ab", true), ("", "", true),
      ("a", "", false), ("a$", "a\n", false), ("^a$", "a", true), ("(?m)^b", "a\nb", false),
      (".", "\n", false), (".", "\r", false), (".", "\u{85}", false), (".", "\u{2028}", false),
      ("(?s).", "\n", true), (".", "é", true), (".", "€", true), (".", "😀", true), ("..", "😀", false),
      ("\\w+", "été", true), ("\\d", "٣", true), ("\\s", "\u{A0}", true), ("[[:alpha:]]", "é", true),
      ("(?i)É", "é", true), ("\\x{e9}", "é", true), ("\\p{Lu}", "É", true), ("\\R", "\r\n", true),
      ("a\\Kb", "ab", true), ("a(?C1)b", "ab", true), ("(*ACCEPT)a", "a", false), ("\\0", "\0", true),
      ("a\\x{0}b", "a\0b", true), ("(a)\\1", "aa", true), ("a(?<=a)b", "ab", true), ("(?>a*)a", "aa", false),
    ])
  func syntax(pattern: String, text: String, expected: Bool) throws {
    #expect(try answer(pattern, text) == (expected ? .matches : .differs))
  }

  @Test("One text that matches is enough, whatever the others do; without texts there is nothing that could")
  func texts() throws {
    #expect(try answer("B.*", "A1", "B2") == .matches)
    #expect(try answer("B.*", "A1", "C2") == .differs)
    #expect(try Pattern(".*").answer(for: []) == .differs)
    let endless = String(repeating: "a", count: 40)
    #expect(try answer("(a+)+[bc]", endless, "ab") == .matches)
    #expect(try answer("(a+)+[bc]", "c", endless) == .limitReached)
  }

  @Test(
    "What would take for ever reaches a limit",
    arguments: [
      "(a+)+[bc]", "(a*)*[bc]", "(?:a|a)*[bc]", "(?:a|aa)+[bc]", "(a|a?)+[bc]", "(?=(a+)+[bc])a*",
      "(?:(a+)+)+[bc]", "(?:a?){30}a{30}[bc]", "(?<x>a+(?&x)?)+[bc]",
      "(?:a+?)+?[bc]", "(?i)(A+)+[BC]", "(?>(a+)+[bc])", "(?!(a+)+$[bc])a", "(a+)+(?(1)[bc]|d)",
      "(a*a*a*a*a*a*a*a*a*)[bc]",
    ])
  func endless(pattern: String) throws {
    for count in [60, 200, 1000] {
      #expect(try answer(pattern, String(repeating: "a", count: count)) == .limitReached)
    }
  }

  @Test("What PCRE2 sees at once is decided: a letter that has to be there is not")
  func shortcut() throws {
    #expect(try answer("(a+)+b", String(repeating: "a", count: 40)) == .differs)
  }

  @Test("Each limit ends a match by itself")
  func limits() throws {
    let text = String(repeating: "a", count: 12)
    #expect(try answer("(a+)+[bc]", text) == .differs)
    #expect(try answer("(a+)+[bc]", text, limits: .init(steps: 1000)) == .limitReached)
    #expect(try answer("(a|b)*[cd]", text, limits: .init(depth: 5)) == .limitReached)
    // More than the 20 KiB that a match gets without allocating memory.
    let long = String(repeating: "ab", count: 500)
    #expect(try answer("(a|b)*[cd]", long) == .differs)
    #expect(try answer("(a|b)*[cd]", long, limits: .init(memory: 1)) == .limitReached)
  }

  @Test("A text of more than 1000 bytes is not compared: every step of a match may look at all of it")
  func longTexts() throws {
    #expect(try answer("a*", String(repeating: "a", count: 1000)) == .matches)
    #expect(try answer("a*", String(repeating: "a", count: 1001)) == .limitReached)
  }

  /// The number of steps of a match: the lowest limit that still decides it.
  private func steps(_ pattern: String, _ text: String) throws -> UInt32 {
    var (low, high) = (UInt32(1), Pattern.Limits().steps)
    while low < high {
      let middle = (low + high) / 2
      if try answer(pattern, text, limits: .init(steps: middle)) == .limitReached {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  @Test("The work is counted: it doubles with each letter up to the limit, and never goes beyond")
  func work() throws {
    let counts = try (8...16).map { try steps("(a+)+[bc]", String(repeating: "a", count: $0)) }
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $1 > $0 + $0 / 2 && $1 < $0 * 3 })
    #expect(counts.allSatisfy { $0 < Pattern.Limits().steps })
    #expect(try steps("(a+)+[bc]", String(repeating: "a", count: 40)) == Pattern.Limits().steps)
    // The patterns that people write take a few steps per letter.
    #expect(try steps("(?i)ingenico.*", "Ingenico 21 B" + String(repeating: "x", count: 900)) < 10)
    #expect(try steps("(?:[A-Z][a-z]+ ?)+", String(repeating: "Abc ", count: 250)) < 5000)
  }

  @Test("Many texts share the work of one")
  func manyTexts() throws {
    // 2000 steps each: each is decided alone, but not all together.
    let one = String(repeating: "a", count: 10)
    #expect(try answer("(a+)+[bc]", one) == .differs)
    let many = [String](repeating: one, count: 10_000)
    #expect(try Pattern("(a+)+[bc]").answer(for: many) == .limitReached)
    #expect(try Pattern("c.*").answer(for: many) == .differs)
  }

  @Test(
    "What is wrong is told, in both languages, with the place in the pattern",
    arguments: [
      ("a(", "missing closing parenthesis (after 2", "« ) » manque (après 2"),
      ("é[a", "missing terminating ] for character class (after 3", "« ] » manque"),
      ("\\C", "using \\C is disabled by the application (after 2", "« \\C » n’est pas admis"),
      ("\\u00e9", "does not support", "\\x{…}"),
      ("[a-\\d]", "invalid range in character class", "mal placé"),
    ])
  func faults(pattern: String, english: String, french: String) {
    #expect {
      _ = try check(pattern)
    } throws: { error in
      guard let error = error as? ParameterError else { return false }
      return error.name == "matches" && error.message.rendered(in: .english).contains(english)
        && error.message.rendered(in: .french).contains(french)
    }
  }

  @Test("What reaches a limit is undecided, and says so")
  func undecided() throws {
    let check = try check("(a+)+[bc]")
    let facts = Facts([Fact(.cardReader, .text(String(repeating: "a", count: 40)), source: "test")])
    #expect {
      try check.judge(facts)
    } throws: { error in
      guard let why = error as? Unavailability else { return false }
      return why.reason.exitCode == .undecided && why.message.rendered(in: .english).contains("limit")
        && why.message.rendered(in: .french).contains("limite")
    }
  }
}
