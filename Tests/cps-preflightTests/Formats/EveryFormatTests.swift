import ArgumentParser
import Testing

@testable import cps_preflight

@Suite("Every format of a verdict")
struct EveryFormatTests {
  static let formats = ["text", "json", "junit", "nagios", "prometheus", "html"]

  @Test("These tests know them all")
  func complete() {
    let help = CheckCommand.helpMessage(columns: 200)
    #expect(help.contains("(values: \(Self.formats.joined(separator: ", "));"))
  }

  @Test(
    "The code never depends on the format, and the program writes the report that these tests judge",
    arguments: formats, VerdictCase.all)
  func codes(format: String, one: VerdictCase) async throws {
    let run = try await one.check("--format", format)
    #expect(run.code == one.code)
    let report = try await one.report("--format", format)
    #expect(report.code == one.code)
    // The times differ.
    func lines(_ output: String) -> [String] {
      output.split(separator: "\n").map { line in
        String(line.replacing(/\/tmp\/cps-preflight-test-\w+\//, with: "").filter { !$0.isNumber })
      }
    }
    #expect(lines(run.output) == lines(report.output))
  }

  @Test("Personal data are masked unless revealed", arguments: formats)
  func masks(format: String) async throws {
    let expected =
      "version: 1\nstages: [{ id: s, title: S, rules: [{ id: a, title: A, check: billing.identifier, "
      + "with: { expected: \"991086265\" } }] }]"
    let one = VerdictCase(testDescription: "", rules: expected, facts: Sample(), code: 1, nagios: "CRITICAL")
    let masked = try await one.report("--format", format, "--verbose")
    let revealed = try await one.report("--format", format, "--verbose", "--reveal")
    for number in ["692612344", "991086265"] {
      #expect(!masked.output.contains(number), "\(masked.output)")
      // Metrics have no text.
      #expect(revealed.output.contains(number) == (format != "prometheus"), "\(revealed.output)")
    }
    #expect(masked.code == 1 && revealed.code == 1)
  }

  @Test(
    "A waiver is loud, and told when it no longer counts", arguments: ["text", "junit", "nagios", "html"])
  func waivers(format: String) async throws {
    let counts = try await VerdictCase.waived.report("--format", format, language: "en").output
    #expect(counts.contains("WAIVED until 2026-04-01") && counts.contains("Card ordered"), "\(counts)")
    let expired = try await VerdictCase.waiverExpired.report("--format", format, language: "en").output
    #expect(expired.contains("the waiver EXPIRED on 2026-03-01"), "\(expired)")
  }

  @Test("No control or format character gets through, whatever the words", arguments: formats)
  func hostile(format: String) async throws {
    let run = try await VerdictCase.hostile.report("--format", format, "--verbose")
    let others = run.output.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      // Signs that break or reorder a line; JSON leaves them to the program that shows it.
      case .lineSeparator, .paragraphSeparator, .format: format != "json"
      default: false
      }
    }
    #expect(others.isEmpty, "\(others)")
  }
}
