import CardStage
import FoundationEssentials
import Testing

/// A verdict in `v.json` and two keys, made in the folder before the line of a test runs; `$V` verifies it.
private let prepared = #"""
  head -c 32 /dev/urandom > key; head -c 40 /dev/urandom > other; chmod 600 key other
  V="$P verdict verify --lang en --rules rules.yaml --facts ready.json"
  CHECK="$P check $READY --format json"
  """#

/// `Tests/VerdictFileTests` tests the conditions themselves; these tests show that each reaches the command.
@Suite("`verdict verify` tells whether a file is good")
struct VerdictVerifyTests {
  private func shell(_ line: String) async throws -> BuiltProgram.Run {
    try await GateCase().shell("\(prepared)\n\(line)")
  }

  @Test("Ready, fresh, of these rules, that use, that situation, that card: 0, and says so")
  func good() async throws {
    for (made, asked) in [
      ("", ""),
      ("--for adri --situation 1 --reveal --lang fr --verbose", "--for adri --situation 1 --max-age 2m"),
      ("--key key --am 692612344", "--key key --am 0692612344"),
    ] {
      let run = try await shell("$CHECK \(made) --output v.json && $V v.json \(asked)")
      #expect(run.code == 0, "\(made): \(run)")
      #expect(run.output.hasPrefix("v.json: still valid, made "), "\(run.output)")
      #expect(run.errors == "")
    }
    let piped = try await shell("$CHECK > v.json && $V v.json")
    #expect(piped.code == 0, "\(piped)")
  }

  @Test(
    "One condition that does not hold: 1, and says which",
    arguments: [
      ("$CHECK --output v.json; $V v.json --for adri", "of another use (all, not adri)"),
      ("$CHECK --output v.json; $V v.json --am 692612344", "for another billing situation"),
      ("$CHECK --situation 1 --output v.json; $V v.json --situation 2", "for another billing situation"),
      ("$CHECK --output v.json; echo '# x' >> rules.yaml; $V v.json", "with rules other than rules.yaml"),
      (
        "$CHECK --output v.json; touch v.json; sed -i \"s/At\\\" : .*/At\\\" : \\\"$(date -u -d '2 seconds ago' +%FT%TZ)\\\",/\" v.json; $V v.json --max-age 1ms",
        "more than the 0 s allowed"
      ),
      ("$CHECK --on 2026-03-15 --output v.json; $V v.json", "as on another day (2026-03-15)"),
      (
        "$P check $BLOCKED --format json --output v.json; $V v.json",
        "does not allow sending (blocked, code 31)"
      ),
      (
        "$CHECK --output v.json; sed -i 's/2800001017/2800001018/' ready.json; $V v.json",
        "another card is in"
      ),
      ("$CHECK --output v.json; $V v.json --reader Twin", "of another reader"),
      (
        "sed -i '/x/s/\"card.number\": \"2800001017\", //' ready.json; $CHECK --output v.json; $V v.json",
        "does not say which card"
      ),
    ])
  func oneFault(line: String, words: String) async throws {
    let run = try await shell(line)
    #expect(run.code == 1, "\(run)")
    #expect(run.errors.contains("v.json: error: the verdict does not hold: "), "\(run)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test(
    "With a key, only what was signed with it and never altered: 1 otherwise",
    arguments: [
      ("$CHECK --output v.json; $V v.json --key key", "it is not signed"),
      ("$CHECK --key other --output v.json; $V v.json --key key", "altered, or signed with another key"),
      ("$CHECK --key key --output v.json; $V v.json", "without --key nothing shows"),
      ("$CHECK --key key --output v.json; echo >> v.json; $V v.json --key key", "altered"),
    ])
  func signature(line: String, words: String) async throws {
    let run = try await shell(line)
    #expect(run.code == 1, "\(run)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("A mark that tells no card from another is none, whatever could be asked for the card")
  func emptyMarks() async throws {
    let mark = #"{"reader": "Reader X"}"#
    let made = "$CHECK --output v.json; sed -i '/\"card\" : {/,/}/c \"card\" : \(mark),' v.json"
    for asked in ["", "--reader X", "--facts nothing.json"] {
      let nobody = #"echo '{"schema":"cps-preflight/facts/1","facts":{}}' > nothing.json"#
      let verify = asked.contains("nothing") ? "$P verdict verify --lang en --rules rules.yaml" : "$V"
      let run = try await shell("\(made); \(nobody); \(verify) v.json \(asked)")
      #expect(run.code == 1, "\(run)")
      #expect(run.errors.contains("it does not say which card it is about"), "\(run.errors)")
    }
    let any = try await shell("\(made); $P verdict verify v.json --rules rules.yaml --any-card")
    #expect(any.code == 0, "\(any)")
  }

  @Test("What docs/verdict.md says of signature and check value is what other programs compute")
  func otherPrograms() async throws {
    let run = try await shell(
      #"""
      $CHECK --key key --output v.json
      sed -n 's/.*hmac-sha256:\([0-9a-f]*\)".*/\1/p' v.json
      perl -0pe 's/,\n  "signature" : "hmac-sha256:[0-9a-f]+"//' v.json > unsigned
      key=$(od -An -v -tx1 key | tr -d ' \n')
      openssl dgst -sha256 -mac HMAC -macopt hexkey:$key unsigned | sed 's/.* //'
      $CHECK | sed -n 's/.*"numberCheck" : "\(.*\)".*/\1/p'
      printf 'cps-preflight/number/1\0002800001017' | sha256sum | head -c 4
      """#)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == lines[1] && lines[2] == lines[3], "\(run)")
  }

  @Test(
    "A key that is not its owner's alone is refused (77), by check, run and verify",
    arguments: [
      ("chmod 644 key", 77, "is not its owner's alone"), ("chmod 620 key", 77, "owner's alone"),
      ("head -c 31 /dev/zero > key", 77, "fewer than 32 bytes"),
      ("rm key; mkfifo key", 77, "not a regular file"),
      ("rm key; mkdir key", 77, "not a regular file"), ("rm key", 66, "does not exist"),
      ("head -c 5000 /dev/zero > key", 65, "larger than allowed"),
    ])
  func unsafeKey(spoil: String, code: Int32, words: String) async throws {
    for command in [
      "$V v.json --key key", "$CHECK --key key", "$P run $READY --lang en --key key -- touch x",
    ] {
      let run = try await shell("\(prepared)\n$CHECK --key key > v.json; \(spoil); LANG=en \(command)")
      #expect(run.code == code, "\(command): \(run)")
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(run.output == "")
    }
    let text = try await shell("$P check $READY --key key")
    #expect(text.code == 64)
  }

  @Test(
    "What is no verdict: 65, with its place; what is not there: 66",
    arguments: [
      ("head -c 200 v.json > w.json", 65, "w.json:"),
      ("sed 's/\"exitCode\" : 0/\"exitCode\" : \"0\"/' v.json > w.json", 65, "w.json:6:16:"),
      ("head -c 1100000 /dev/zero | tr '\\0' ' ' > w.json", 65, "larger than allowed"),
      ("true", 66, "does not exist"), ("mkdir w.json", 66, "is a folder"),
    ])
  func malformed(make: String, code: Int32, words: String) async throws {
    let run = try await shell("$CHECK > v.json; \(make); $V w.json")
    #expect(run.code == code, "\(run)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("Broken rules: 78; a wrong command line: 64")
  func others() async throws {
    let rules = try await shell("$CHECK > v.json; $P verdict verify v.json --rules broken.yaml")
    #expect(rules.code == 78)
    for line in [
      "$P verdict", "$P verdict verify", "$V v.json --any-card --reader x", "$V v.json --max-age 0s",
      "$V v.json --any-card --facts ready.json", "$V v.json --any-card --module cps3",
    ] {
      #expect(try await shell(line).code == 64, "\(line)")
    }
  }

  @Test(
    "Whatever the file concludes, the rules in it have to bear it out: 1, or 65 where they are malformed",
    arguments: [
      ("s/pass/fail/", 1, "it contradicts itself: “ready”, and the rule “r” is “fail”"),
      ("s/\"exit\" *: *20/\"exit\":21/", 1, "“r” is not as in the rule file"),
      ("s/\"id\" *: *\"w\"/\"id\":\"r\"/", 65, "“r” appears twice"),
    ])
  func contradictory(edit: String, code: Int32, words: String) async throws {
    let gate = try GateCase()
    let known = "check: fact, with: { fact: today, after: 2020-01-01 }"
    try gate.folder.write(
      """
      version: 1
      stages:
        - id: s
          rules:
            - { id: r, \(known), exit: 20 }
            - { id: w, severity: warning, \(known) }
            - { id: adri, for: [adri], \(known) }
      """, to: "rules.yaml")
    let verify = "$P verdict verify --any-card --rules rules.yaml --for signature --lang en"
    let check = "$P check --rules rules.yaml --offline --for signature --format json"
    let sound = try await gate.shell("\(check) | tr -d '\\n' > v.json; \(verify) v.json")
    #expect(sound.code == 0, "\(sound)")
    let run = try await gate.shell("sed '\(edit)' v.json > w.json; \(verify) w.json")
    #expect(run.code == code, "\(run)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("A line of evaluate is no verdict for a gate (65), and says what was selected")
  func lineOfEvaluate() async throws {
    for (selected, mark) in [
      ("--situation 1", #""selection":{"situation":1}"#),
      ("--am 692612344", #""selection":{"identifierCheck":""#),
    ] {
      let run = try await shell(
        """
        tr -d '\\n' < ready.json | $P evaluate --rules rules.yaml \(selected) --quiet > e.json; cat e.json
        $P verdict verify e.json --any-card --lang en --rules rules.yaml \(selected)
        """)
      #expect(run.code == 65, "\(run)")
      #expect(run.errors.contains("a line of evaluate, not the verdict of a check"), "\(run.errors)")
      #expect(run.output.contains(mark), "\(run.output)")
    }
    let none = try await shell("tr -d '\\n' < ready.json | $P evaluate --rules rules.yaml --quiet")
    #expect(none.code == 0 && !none.output.contains("selection"), "\(none)")
  }

  @Test("A verdict of no card is good only where that is accepted")
  func noCard() async throws {
    let gate = try GateCase()
    let rules = """
      version: 1
      stages: [{ id: s, rules: [{ id: r, check: fact, with: { fact: today, after: 2020-01-01 } }] }]
      """
    try gate.folder.write(rules, to: "rules.yaml")
    let line =
      "$P check --rules rules.yaml --offline --format json > v.json; $P verdict verify v.json --rules rules.yaml"
    #expect(try await gate.shell(line).code == 1)
    #expect(try await gate.shell("\(line) --any-card").code == 0)
  }

  @Test("The number of the card is in no verdict, and neither is the billing identifier")
  func personal() async throws {
    for key in ["", "--key key"] {
      let run = try await shell("$CHECK --am 692612344 \(key)")
      #expect(!run.output.contains("2800001017") && !run.output.contains("692612344"), "\(run.output)")
      #expect(run.output.contains("\"numberCheck\""))
    }
  }

  @Test("The command of run verifies the verdict that it was given")
  func inRun() async throws {
    let verify =
      #"sh -c '$P verdict verify "$CPS_PREFLIGHT_VERDICT" --rules rules.yaml --facts ready.json --key key'"#
    let run = try await shell("export P; $P run $READY --key key -- \(verify)")
    #expect(run.code == 0, "\(run)")
    let named = try await shell(
      "export P; $P run $READY --key key --format json --output v.json -- \(verify)")
    #expect(named.code == 0, "\(named)")
    let unsigned = try await shell("export P; $P run $READY -- \(verify)")
    #expect(unsigned.code == 1, "\(unsigned)")
  }
}

@Suite("A verdict file is tied to the card in the reader", .serialized, .blocking)
struct VerdictCardTests {
  @Test("Good while that card is there; 1 when it is another or gone; 75 when that cannot be known")
  func reader() async throws {
    let place = try Workplace()
    let folder = try Folder()
    let file = "\(folder.path)/v.json"
    let card = try place.insert(Cards.cps3)
    let made = try await place.check("--format", "json", "--output", file)
    #expect(made.code == 0, "\(made)")
    let verify = ["verdict", "verify", file, "--rules", place.rules, "--lang", "en"]
    let good = try await place.program(verify)
    #expect(good.code == 0 && good.output.contains("card in “Twin 00 00”"), "\(good)")
    #expect(try await place.program(verify + ["--reader", "twin"]).code == 0)
    let other = try await place.program(verify + ["--reader", "Left"])
    #expect(other.code == 1 && other.errors.contains("of another reader (Twin 00 00)"), "\(other)")
    place.daemon.freeze()
    let frozen = try await place.program(verify + ["--timeout", "500ms"])
    #expect(frozen.code == 75, "\(frozen)")
    place.daemon.thaw()
    card.remove()
    try place.settle("Twin 00 00", is: "empty")
    let gone = try await place.program(verify)
    #expect(gone.code == 1 && gone.errors.contains("no longer in the reader"), "\(gone)")
    let second = try place.insert(Cards.cps4)
    let swapped = try await place.program(verify)
    #expect(swapped.code == 1 && swapped.errors.contains("another card is in the reader"), "\(swapped)")
    second.remove()
  }

  @Test("The number is asked of the Cryptolib again")
  func number() async throws {
    let card = try ModuleCase("healthy")
    let folder = try Folder()
    let file = "\(folder.path)/v.json"
    let made = try await card.check(code: "1234", "--format", "json", "--output", file)
    #expect(made.output == "", "\(made)")
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    #expect(text.contains("\"numberCheck\""), "\(text)")
    let before = card.logins.count
    let verify = card.arguments.dropFirst()
    let run = try await BuiltProgram.run(["verdict", "verify", file, "--lang", "en"] + verify)
    #expect(made.code == 0 && run.code == 0, "\(made) \(run)")
    #expect(card.logins.count == before, "no code is needed, and none is tried")
  }
}
