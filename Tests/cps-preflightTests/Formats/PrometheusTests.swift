import FoundationEssentials
import Testing

@Suite("Metrics for Prometheus")
struct PrometheusTests {
  @Test("promtool finds nothing wrong, whatever the verdict", arguments: VerdictCase.all)
  func promtool(one: VerdictCase) async throws {
    let run = try await one.report("--format", "prometheus")
    #expect(run.code == one.code)
    let folder = try Folder(["cps.prom": run.output])
    let checked = try await BuiltProgram.shell(
      "\(TestTool.promtool) check metrics <cps.prom", in: folder.path)
    #expect(checked.code == 0, "\(checked.output)\(checked.errors)\(run.output)")
    #expect(checked.output + checked.errors == "")
  }

  @Test("What is in them")
  func values() async throws {
    let run = try await VerdictCase.warning.report("--format", "prometheus")
    for line in [
      "cps_preflight_ready{use=\"all\",card=\"64db\"} 1",
      "cps_preflight_exit_code{use=\"all\",card=\"64db\"} 0",
      "cps_preflight_rule_outcome{use=\"all\",card=\"64db\",rule=\"fin\",severity=\"warning\",outcome=\"fail\"} 1",
      "cps_preflight_rule_outcome{use=\"all\",card=\"64db\",rule=\"fin\",severity=\"warning\",outcome=\"pass\"} 0",
      // The first second of 11 April 2026.
      "cps_preflight_card_valid_until_timestamp_seconds{use=\"all\",card=\"64db\"} 1775865600",
    ] {
      #expect(run.output.contains("\n\(line)\n"), "\(line) in \(run.output)")
    }
    let began = try #require(run.output.firstMatch(of: /cps_preflight_run_timestamp_seconds\S* (\d+)\n/)).1
    let moment = try #require(Double(began))
    #expect(abs(Date.now.timeIntervalSince1970 - moment) < 3600)
    let blocked = try await VerdictCase.blocked.report("--format", "prometheus")
    #expect(blocked.output.contains("\ncps_preflight_ready{use=\"all\",card=\"64db\"} 0\n"))
    let skipped = try await VerdictCase.skipped.report("--format", "prometheus")
    #expect(
      skipped.output.contains(
        "{use=\"adri\",card=\"64db\",rule=\"lots\",severity=\"blocking\",outcome=\"skipped\"} 1"))
  }

  @Test("There is nothing personal in them, even where everything may be shown", arguments: VerdictCase.all)
  func personal(one: VerdictCase) async throws {
    let masked = try await one.report("--format", "prometheus")
    let revealed = try await one.report("--format", "prometheus", "--reveal", "--verbose")
    for run in [masked, revealed] {
      #expect(["692612344", "TESTARD", "2800001017"].allSatisfy { !run.output.contains($0) })
    }
  }

  @Test(
    "Labels tell verdicts apart: the reader, the check value of the card's number, the situation, the file's name",
    arguments: [
      (
        ["card.reader": "\"Lecteur \\\"1\\\"\"", "card.number": "\"2800001017\""], [],
        "reader=\"Lecteur \\\"1\\\"\",card=\"64db\""
      ),
      (["card.number": "\"2800001017\""], ["--output", "cps.1.prom"], "card=\"64db\",file=\"cps.1\""),
      (["card.number": nil], ["--situation", "1"], "situation=\"1\""),
      (["card.number": nil], ["--am", "692612344", "--label", "file=a"], "situation=\"7e\",file=\"a\""),
      (["card.number": nil], ["--output", "./cps.1.prom"], "file=\"cps.1\""),
      (["card.number": "\"•••••••017\""], ["--output", ".prom"], "file=\".prom\""),
      (["card.number": nil], [], nil),
      (["card.number": nil], ["--label", "file=nord"], "file=\"nord\""),
    ] as [([String: String?], [String], String?)])
  func cardLabel(facts: [String: String?], arguments: [String], label: String?) async throws {
    let sample = facts.reduce(Sample()) { $0.with($1.key, $1.value) }
    let folder = try Folder(["facts.json": sample.json])
    let run = try await BuiltProgram.run(
      [
        "check", "--rules", "\(BuiltProgram.root)/rules.yaml", "--facts", "facts.json", "--offline", "--on",
        Sample.day, "--format", "prometheus",
      ] + arguments, in: folder.path)
    #expect(run.code == 0, "\(run)")
    let text =
      try arguments.first == "--output"
      ? String(contentsOfFile: "\(folder.path)/\(arguments[1])", encoding: .utf8) : run.output
    let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let wanted = "{use=\"all\"" + (label.map { ",\($0)" } ?? "")
    #expect(samples.allSatisfy { $0.contains(wanted + ",") || $0.contains(wanted + "}") }, "\(text)")
  }

  @Test("The caller's labels are in every sample, escaped")
  func labels() async throws {
    let run = try await VerdictCase.ready.report(
      "--format", "prometheus", "--label", "site=Nord \"1\" \\", "--label=poste_2=b=c")
    let samples = run.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(samples.allSatisfy { $0.contains(#",site="Nord \"1\" \\",poste_2="b=c""#) }, "\(run.output)")
  }

  @Test(
    "A label that is none, or given twice, is a mistake on the command line",
    arguments: [
      ["x"], ["=x"], ["x="], ["1a=x"], ["__a=x"], ["a-b=x"], ["é=x"], ["use=x"], ["rule=x"], ["outcome=x"],
      ["a=x", "a=y"], (1...21).map { "a\($0)=x" },
    ])
  func badLabels(values: [String]) async throws {
    let folder = try Folder(["facts.json": Sample().json])
    let run = try await BuiltProgram.run(
      ["check", "--rules", "\(BuiltProgram.root)/rules.yaml", "--facts", "facts.json", "--offline"]
        + values.flatMap { ["--label", $0] }, in: folder.path)
    #expect(run.code == 64, "\(run)")
  }

  @Test("The help texts are the same in both languages, as Prometheus asks")
  func languages() async throws {
    func comments(_ language: String) async throws -> [Substring] {
      let run = try await VerdictCase.ready.report("--format", "prometheus", language: language)
      return run.output.split(separator: "\n").filter { $0.hasPrefix("#") }
    }
    #expect(try await comments("fr") == (try await comments("en")))
  }

  @Test("The collector's file is written whole, and nothing is left beside it")
  func file() async throws {
    let folder = try Folder(["facts.json": Sample().json, "cps.prom": "old"])
    let run = try await BuiltProgram.shell(
      """
      $P check --rules \(BuiltProgram.root)/rules.yaml --facts facts.json --offline --on \(Sample.day) \
        --format prometheus --output cps.prom; echo $?; ls -A; \(TestTool.promtool) check metrics <cps.prom; echo $?
      """, in: folder.path)
    #expect(run.output == "0\ncps.prom\nfacts.json\n0\n", "\(run)")
  }
}
