import JSON
import Preflight
import Testing

@testable import VerdictFile

@Suite("A verdict that was written is read as it was")
struct RecordedVerdictTests {
  @Test("Signed or not, masked or not, in each decision")
  func roundTrip() throws {
    for result in [VerdictCase.passes, VerdictCase.fails, VerdictCase.undecided] {
      for key in [nil, VerdictCase.key] {
        for disclosure in [Disclosure.masked, .revealed] {
          var one = VerdictCase(result: result, use: .adri, selection: .position(1))
          one.key = key
          one.disclosure = disclosure
          one.plugins = [ProgramMark(name: "p", path: "/p \u{202E}\"\n", sha256: "aa")]
          one.module = ProgramMark(path: "/m", sha256: nil)
          let text = one.text
          let read = try RecordedVerdict(Array(text.utf8))
          let (verdict, details) = (one.verdict, one.details)
          #expect(read.decision == verdict.decision.rawValue)
          #expect(read.exitCode == Int(verdict.exitCode.rawValue))
          #expect(read.use == "adri" && read.today == "2026-03-15")
          #expect(read.rulesDigest == details.rulesDigest && read.startedAt == details.startedAt)
          #expect(read.card == details.card && read.selection == details.selection)
          #expect(read.plugins == details.plugins && read.module == details.module)
          #expect(read.rules.map(\.id) == verdict.results.map(\.rule.id))
          #expect(read.rules.map(\.outcome) == verdict.results.map(\.outcome))
          #expect(read.rules.map(\.exit) == verdict.results.map { $0.rule.exit.map { Int($0.rawValue) } })
          #expect(read.claimsSignature == (key != nil) && (read.signed != nil) == (key != nil))
          if let key { #expect(read.signed?.isSigned(with: key) == true) }
          // The number of the card is never shown, and only --reveal shows the identifier.
          let isRevealed = disclosure == .revealed
          #expect(text.contains("692612344") == isRevealed && text.contains("2800001017") == isRevealed)
          #expect(!text.contains("\u{202E}") && text.contains("\\u202e"))
        }
      }
    }
  }

  @Test("A line of `evaluate` has the members of the document, and is no verdict for a gate")
  func line() throws {
    let one = VerdictCase(use: .adri, selection: .position(1))
    for isBrief in [false, true] {
      let plan = Plan(one.ruleSet, for: .adri)
      var lines = VerdictLines(plan, one.details, Wording(.english, .masked), isBrief: isBrief)
      lines.append(one.verdict, of: VerdictLines.Line(1, id: .number("2.50")))
      let text = String(decoding: lines.bytes, as: UTF8.self)
      #expect(text.hasPrefix(#"{"schema":"cps-preflight/verdict/1","id":2.50,"line":1,"verdict":"ready""#))
      #expect(text.hasSuffix("}\n") && text.contains(#""selection":{"situation":1}"#))
      if !isBrief {
        let document = text.replacing(#""id":2.50,"line":1,"#, with: "")
        let read = try JSONReader.read(Array(document.utf8))
        #expect(read.means(try JSONReader.read(Array(one.text.utf8))))
      }
      let fault = #expect(throws: RecordedVerdict.Fault.self) { try RecordedVerdict(lines.bytes) }
      #expect(
        fault?.message.rendered(in: .english).contains("a line of evaluate, not the verdict of a check")
          == true)
    }
  }

  @Test("Lines are the same whether their day and their advice were prepared or not")
  func prepared() throws {
    func rule(_ id: String, _ result: Result<Judgement, Unavailability>, _ advice: Advice) -> Rule {
      Rule(
        id: id, title: LocalizedText(everywhere: "r"), checkID: "fixed", check: Fixed(result: result),
        severity: .warning, advice: advice)
    }
    func fails(_ name: String, remedy: LocalizedText? = nil) -> Result<Judgement, Unavailability> {
      .success(.fail(fr: "f", en: "f", case: FoundCase(name, ["found": "x"]), remedy: remedy))
    }
    let advice = Advice(
      remedy: LocalizedTemplate(fr: "{limit} {found}", en: "{limit} {found}"),
      remedies: [
        "steady": LocalizedTemplate(fr: "toujours {limit}", en: "always {limit}"),
        "measured": LocalizedTemplate(fr: "mesuré {found}", en: "measured {found}"),
      ], constants: ["limit": LocalizedText(everywhere: "7")], variables: ["found"])
    let steady = Advice(remedy: LocalizedTemplate(fr: "rester", en: "stay"))
    let rules = [
      rule("a", fails("steady"), advice), rule("b", fails("measured"), advice),
      rule("c", fails("other"), advice),
      rule("d", fails("steady", remedy: LocalizedText(everywhere: "own")), advice),
      rule("e", fails("any"), steady), rule("f", VerdictCase.fails, steady),
      rule("g", VerdictCase.undecided, steady), rule("h", VerdictCase.passes, steady),
      rule("i", fails("any"), Advice()),
    ]
    let stage = Stage(id: "s", title: LocalizedText(everywhere: "s"), rules: rules)
    let plan = Plan(RuleSet(sources: [], stages: [stage]), for: nil)
    let verdict = plan.judge(Gathered(facts: VerdictCase().facts))
    var texts: Set<String> = []
    for day in [nil, VerdictCase.today, CivilDate(daysSince1970: 1)] {
      var lines = VerdictLines(
        plan, on: day, VerdictCase().details, Wording(.english, .masked), isBrief: true)
      lines.append(verdict, of: VerdictLines.Line(1, id: nil))
      #expect(lines.count == lines.bytes.count)
      texts.insert(String(decoding: lines.bytes, as: UTF8.self))
    }
    #expect(texts.count == 1)
    let line = try JSONReader.read(Array(try #require(texts.first).utf8))
    #expect(line["today"]?.text == "2026-03-15")
    let shown = try #require(line["stages"]?.elements?.first?["rules"]?.elements)
    #expect(
      shown.map { $0["remedy"]?.text } == [
        "always 7", "measured x", "7 x", "own", "stay", "stay",
        "install or start what is missing, or grant what is refused, then check again", nil,
      ])
  }

  @Test(
    "What is no verdict is refused, with its place",
    arguments: [
      ("", "", 0, "the JSON ends too early"), ("\n}\n", "", nil, "the JSON ends too early"),
      ("\"use\"", "\"verdict\"", nil, "is given twice"), ("verdict/1", "verdict/2", 0, "“schema” must be"),
      ("\"exitCode\" : 0", "\"exitCode\" : \"0\"", nil, "“exitCode” is not of the expected type"),
      ("T06:00:00Z", "", 0, "“startedAt” is not a moment"), ("T06:00:00Z", "T24:00:00Z", 0, "not a moment"),
      ("\"schema\"", "\"Schema\"", 0, "the field “schema” is missing"),
      ("\"stages\"", "\"Stages\"", 0, "“stages” is missing"),
      ("\"id\" : \"w\"", "\"id\" : \"r\"", nil, "the rule “r” appears twice"),
      ("\"pass\"", "\"fine\"", nil, "“outcome” must be one of"),
      ("\"blocking\"", "\"grave\"", nil, "“severity” must be blocking or warning"),
      ("\"numberCheck\" : \"", "\"numberCheck\" : 1, \"x\" : \"", nil, "not of the expected type"),
    ] as [(String, String, Int?, String)])
  func malformed(old: String, new: String, offset: Int?, words: String) throws {
    let text = VerdictCase(use: .signature).text
    let altered = old.isEmpty ? "" : text.replacing(old, with: new)
    #expect(altered != text)
    let fault = #expect(throws: RecordedVerdict.Fault.self) { try RecordedVerdict(Array(altered.utf8)) }
    let message = try #require(fault).message.rendered(in: .english)
    #expect(message.contains(words), "\(message)")
    if let offset { #expect(fault?.offset == offset) }
  }
}

@Suite("A line of the journal")
struct JournalLineTests {
  private let run = JournalLine.Run(command: "check", pid: 12, startedAt: VerdictCase.now)

  @Test("It says what was judged, and masks personal data whatever was asked for")
  func verdict() {
    var one = VerdictCase(result: VerdictCase.fails, disclosure: .revealed)
    for selection in [SituationSelection.any, .position(1), .identifier(VerdictCase.identifier)] {
      one.selection = selection
      let line = JournalLine.text(
        of: run, use: .adri, ending: ExitCode(20), in: .english, result: (one.verdict, one.details, one.facts)
      )
      #expect(
        line == """
          {"card":"•••••••017","cause":"bad","command":"check","durationMs":7,"exitCode":20,"identifier":"•••61••••","pid":12,\
          "reader":"Reader X","rule":"r","rules":{"path":"rules.yaml","sha256":"\(one.details.rulesDigest)"},\
          "schema":"cps-preflight/journal/1","time":"2026-03-15T06:00:00Z","use":"adri","verdict":"blocked"}
          """)
    }
  }

  @Test("Of a run without a verdict it says only what it ended with")
  func none() {
    #expect(
      JournalLine.text(of: run, use: nil, ending: .invalidRules, in: .english, result: nil) == """
        {"command":"check","exitCode":78,"pid":12,"schema":"cps-preflight/journal/1","time":"2026-03-15T06:00:00Z"}
        """)
  }

  @Test("What happened afterwards names the run's own line")
  func event() {
    let later = Moment(secondsSince1970: VerdictCase.now.secondsSince1970 + 1)
    #expect(
      JournalLine.text(of: .notExecuted, in: run, at: later, ending: .commandNotExecutable) == """
        {"command":"check","event":"not-executed","exitCode":126,"of":"2026-03-15T06:00:00Z","pid":12,\
        "schema":"cps-preflight/journal/1","time":"2026-03-15T06:00:01Z"}
        """)
  }
}
