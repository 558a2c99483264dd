import FoundationEssentials
import Testing

@Suite("Metrics for Prometheus")
struct PrometheusTests {
  @Test("promtool finds nothing wrong, whatever the verdict", arguments: VerdictCase.all)
  func promtool(one: VerdictCase) async throws {
    let run = try await one.check("--format", "prometheus")
    #expect(run.code == one.code)
    let folder = try Folder(["cps.prom": run.output])
    let checked = try await BuiltProgram.shell(
      "\(TestTool.promtool) check metrics <cps.prom", in: folder.path)
    #expect(checked.code == 0, "\(checked.output)\(checked.errors)\(run.output)")
    #expect(checked.output + checked.errors == "")
  }

  @Test("What is in them")
  func values() async throws {
    let run = try await VerdictCase.warning.check("--format", "prometheus")
    for line in [
      "cps_preflight_ready{use=\"all\"} 1", "cps_preflight_exit_code{use=\"all\"} 0",
      "cps_preflight_rule_outcome{use=\"all\",rule=\"fin\",severity=\"warning\",outcome=\"fail\"} 1",
      "cps_preflight_rule_outcome{use=\"all\",rule=\"fin\",severity=\"warning\",outcome=\"pass\"} 0",
      // The first second of 11 April 2026.
      "cps_preflight_card_valid_until_timestamp_seconds{use=\"all\"} 1775865600",
    ] {
      #expect(run.output.contains("\n\(line)\n"), "\(line) in \(run.output)")
    }
    let began = try #require(run.output.firstMatch(of: /cps_preflight_run_timestamp_seconds\S* (\d+)\n/)).1
    let moment = try #require(Double(began))
    #expect(abs(Date.now.timeIntervalSince1970 - moment) < 3600)
    let blocked = try await VerdictCase.blocked.check("--format", "prometheus")
    #expect(blocked.output.contains("\ncps_preflight_ready{use=\"all\"} 0\n"))
    let skipped = try await VerdictCase.skipped.check("--format", "prometheus")
    #expect(
      skipped.output.contains("{use=\"adri\",rule=\"lots\",severity=\"blocking\",outcome=\"skipped\"} 1"))
  }

  @Test("There is nothing personal in them, even where everything may be shown", arguments: VerdictCase.all)
  func personal(one: VerdictCase) async throws {
    let masked = try await one.check("--format", "prometheus")
    let revealed = try await one.check("--format", "prometheus", "--reveal", "--verbose")
    for run in [masked, revealed] {
      #expect(["692612344", "TESTARD", "2800001017"].allSatisfy { !run.output.contains($0) })
    }
  }

  @Test("The help texts are the same in both languages, as Prometheus asks")
  func languages() async throws {
    func comments(_ language: String) async throws -> [Substring] {
      let run = try await VerdictCase.ready.check("--format", "prometheus", language: language)
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
