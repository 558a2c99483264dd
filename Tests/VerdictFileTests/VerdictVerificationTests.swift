import Preflight
import Testing
import VerdictFile

@Suite("A verdict file is good only while all of it holds")
struct VerdictVerificationTests {
  @Test("Ready, fresh, of these rules, that use, that situation, that card: good")
  func good() throws {
    let cases: [(made: (inout VerdictCase) -> Void, held: (inout Expectation) -> Void)] = [
      ({ _ in }, { _ in }), ({ $0.use = .adri }, { $0.demands.use = .adri }),
      ({ $0.selection = .position(1) }, { $0.demands.selection = .position(1) }),
      (
        { $0.selection = .identifier(VerdictCase.identifier) },
        { $0.demands.selection = .identifier(Personal("0692612344", as: .identifier)) }
      ),
      ({ $0.disclosure = .revealed }, { $0.demands.maxAge = .seconds(120) }),
      ({ $0.key = VerdictCase.key }, { $0.key = VerdictCase.key }),
      ({ _ in }, { $0.demands.reader = "reader" }),
      ({ $0.startedAt = Moment(secondsSince1970: VerdictCase.now.secondsSince1970 - 300) }, { _ in }),
      (
        { $0.plugins = [ProgramMark(name: "p", path: "/p", sha256: "aa")] },
        { $0.plugins = [ProgramMark(name: "p", path: "/elsewhere", sha256: "aa")] }
      ),
      ({ $0.module = ProgramMark(path: "/m", sha256: "aa") }, { $0.digest = { $0 == "/m" ? "aa" : nil } }),
    ]
    for (index, one) in cases.enumerated() {
      var made = VerdictCase()
      var held = Expectation()
      one.made(&made)
      one.held(&held)
      #expect(try held.faults(of: made.text) == [], "case \(index)")
    }
  }

  @Test("One condition that does not hold is the one that is told")
  func oneFault() throws {
    func seconds(_ more: Int) -> Moment {
      Moment(secondsSince1970: VerdictCase.now.secondsSince1970 + more)
    }
    let cases: [(made: (inout VerdictCase) -> Void, held: (inout Expectation) -> Void, words: String)] = [
      ({ _ in }, { $0.demands.use = .adri }, "it is of another use (all, not adri)"),
      ({ $0.use = .signature }, { _ in }, "it is of another use (signature, not all)"),
      (
        { _ in }, { $0.demands.selection = .identifier(VerdictCase.identifier) },
        "it is for another billing situation than --am or --situation"
      ),
      (
        { $0.selection = .identifier(VerdictCase.identifier) }, { _ in },
        "it is for another billing situation than --am or --situation"
      ),
      (
        { $0.selection = .position(1) }, { $0.demands.selection = .position(2) },
        "it is for another billing situation than --am or --situation"
      ),
      ({ _ in }, { $0.rules = "others" }, "it was made with rules other than rules.yaml"),
      (
        { $0.startedAt = seconds(-2) }, { $0.demands.maxAge = .milliseconds(1) },
        "it is 2 s old, more than the 0 s allowed"
      ),
      ({ $0.startedAt = seconds(-301) }, { _ in }, "it is 301 s old, more than the 300 s allowed"),
      ({ $0.startedAt = seconds(60) }, { _ in }, "it comes from the future (60 s)"),
      (
        { $0.day = CivilDate(daysSince1970: 20526) }, { _ in },
        "it was judged as on another day (2026-03-14)"
      ),
      ({ _ in }, { $0.today = nil }, "it was judged as on another day (2026-03-15)"),
      ({ $0.result = VerdictCase.fails }, { _ in }, "it does not allow sending (blocked, code 20)"),
      ({ $0.result = VerdictCase.undecided }, { _ in }, "it does not allow sending (undecided, code 69)"),
      (
        { $0.cardNumber = Personal("2800001018", as: .cardNumber) }, { _ in }, "another card is in the reader"
      ),
      ({ _ in }, { $0.demands.reader = "Twin" }, "it is of another reader (Reader X)"),
      (
        { $0.plugins = [ProgramMark(name: "p", path: "/p", sha256: "aa")] },
        { $0.plugins = [ProgramMark(name: "p", path: "/p", sha256: "bb")] },
        "the plugin “p” is not the one that it was made with"
      ),
      (
        { $0.plugins = [ProgramMark(name: "p", path: "/p", sha256: nil)] },
        { $0.plugins = [ProgramMark(name: "p", path: "/p", sha256: nil)] },
        "the plugin “p” is not the one that it was made with"
      ),
      (
        { _ in }, { $0.plugins = [ProgramMark(name: "p", path: "/p", sha256: "aa")] },
        "the plugin “p” is not the one that it was made with"
      ),
      (
        { $0.module = ProgramMark(path: "/m", sha256: "aa") }, { $0.digest = { _ in "bb" } },
        "the PKCS#11 module /m is no longer the one that read the card"
      ),
      (
        { _ in }, { $0.card.settle(Fact(.cardPresent, .boolean(false), source: "card")) },
        "the card is no longer in the reader"
      ),
      ({ _ in }, { $0.key = VerdictCase.key }, "it is not signed"),
      (
        { $0.key = VerdictCase.otherKey }, { $0.key = VerdictCase.key },
        "it was altered, or signed with another key"
      ),
      (
        { $0.key = VerdictCase.key }, { _ in },
        "it is signed, and without --key nothing shows that it was not altered"
      ),
    ]
    for one in cases {
      var made = VerdictCase()
      var held = Expectation()
      one.made(&made)
      one.held(&held)
      #expect(try held.faults(of: made.text) == [one.words])
    }
  }

  @Test("All faults are told at once")
  func together() throws {
    let words = try #require(
      VerdictVerification.words([LocalizedText(fr: "un", en: "one"), LocalizedText(fr: "deux", en: "two")]))
    #expect(words.rendered(in: .english) == "the verdict does not hold: one; two; check again")
    #expect(VerdictVerification.words([]) == nil)
  }

  @Test("A file that says ready with the code of something else allows nothing")
  func codeOfSomethingElse() throws {
    let text = VerdictCase().text.replacing("\"exitCode\" : 0", with: "\"exitCode\" : 1")
    #expect(try Expectation().faults(of: text) == ["it does not allow sending (ready, code 1)"])
  }

  @Test("What cannot be learnt of the card now leaves it undecided")
  func undecided() throws {
    var held = Expectation()
    let why = Unavailability(.timeout, LocalizedText(fr: "trop tard", en: "too late"))
    held.card.settle(Fact(.cardNumber, unavailable: why, source: "card"))
    let text = VerdictCase().text
    #expect(throws: Unavailability.self) { try held.faults(of: text) }
  }

  @Test(
    "With a key, any writing other than the signed one is refused",
    arguments: [
      ("signature", "Signature", "it is not signed"),
      ("\"exitCode\" : 0", "\"exitCode\" :  0", "it was altered, or signed with another key"),
      ("\n", "", "it was altered, or signed with another key"),
      ("{\n  \"card\"", "{ \"x\": 1,\n  \"card\"", "it was altered, or signed with another key"),
      ("\"\n}\n", "\"\n}\n\n", "it was altered, or signed with another key"),
      ("\"ready\"", "\"blocked\"", "it was altered, or signed with another key"),
    ])
  func altered(old: String, new: String, words: String) throws {
    var held = Expectation()
    held.key = VerdictCase.key
    let text = VerdictCase(key: VerdictCase.key).text
    #expect(text.contains(old))
    #expect(try held.faults(of: text.replacing(old, with: new)) == [words])
  }

  @Test("Every single altered byte of a signed verdict is noticed")
  func everyByte() throws {
    var held = Expectation()
    held.key = VerdictCase.key
    let bytes = Array(VerdictCase(key: VerdictCase.key).text.utf8)
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= 1
      guard let verdict = try? RecordedVerdict(altered) else { continue }
      let verification = VerdictVerification(verdict, held.demands, key: held.key)
      #expect(!verification.signatureFaults.isEmpty, "byte \(index)")
    }
  }

  @Test(
    "A mark that tells no card from another is none, except if any card will do",
    arguments: [
      "{}", #"{"reader": "Reader X"}"#, #"{"reader": "Reader X", "atr": ""}"#, #"{"numberCheck": ""}"#,
      #"{"reader": "", "atr": "", "numberCheck": ""}"#,
    ])
  func emptyMarks(mark: String) throws {
    let text = VerdictCase().text
    let end = try #require(text.firstRange(of: "},"))
    let marked = "{ \"card\" : \(mark)," + text[end.upperBound...]
    var held = Expectation()
    #expect(
      try held.faults(of: marked) == ["it does not say which card it is about (--any-card accepts that)"])
    held.demands.anyCard = true
    #expect(try held.faults(of: marked) == [])
  }

  @Test(
    "Whatever the file concludes, the rules in it have to bear it out",
    arguments: [
      ("pass", "fail", "it contradicts itself: “ready”, and the rule “r” is “fail”"),
      ("pass", "unknown", "it contradicts itself: “ready”, and the rule “r” is “unknown”"),
      ("pass", "skipped", "no blocking rule passed in it"),
      ("pass", "waived", "it contradicts itself: “ready”, and the rule “r” is “waived”"),
      (
        "\"pass\"", "\"waived\", \"waiver\": {\"standing\": \"counts\"}",
        "“reserves” does not count what its rules say"
      ),
      ("\"blocking\"", "\"warning\"", "no blocking rule passed in it"),
      (
        "\"check\" : \"fixed\"", "\"check\" : \"card.present\"",
        "the rule “r” is not as in the rule file"
      ),
      ("\"exit\" : 20", "\"exit\" : 21", "the rule “r” is not as in the rule file"),
      ("\"id\" : \"r\"", "\"id\" : \"q\"", "its rules are not those of the rule file"),
      ("\"id\" : \"adri\"", "\"id\" : \"q\"", "its rules are not those of the rule file"),
      ("skipped", "pass", "it contradicts itself: “ready”, and the rule “adri” is “pass”"),
      ("\"unknown\" : 0", "\"unknown\" : 1", "“reserves” does not count what its rules say"),
      ("\"stages\" : [", "\"stages\" : [], \"x\" : [", "no blocking rule passed in it"),
    ])
  func contradictory(old: String, new: String, words: String) throws {
    let text = VerdictCase(use: .signature).text
    var held = Expectation()
    held.demands.use = .signature
    #expect(try held.faults(of: text) == [])
    let altered = text.replacing(old, with: new, maxReplacements: 1)
    #expect(try held.faults(of: altered).first?.hasPrefix(words) == true, "\(altered)")
  }

  @Test("A waiver in the file that the rules do not have is noticed although it is counted")
  func inventedWaiver() throws {
    let text = VerdictCase().text
      .replacing("\"pass\"", with: "\"waived\", \"waiver\": {\"standing\": \"counts\"}", maxReplacements: 1)
      .replacing("\"waived\" : 0", with: "\"waived\" : 1")
    #expect(try Expectation().faults(of: text) == ["the rule “r” is not as in the rule file"])
  }
}
