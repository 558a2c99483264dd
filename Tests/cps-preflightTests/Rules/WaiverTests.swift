import Testing

/// Returns a folder with rules that waive a shipped rule until that day, with more keys of the waiver.
private func waiving(_ rule: String, until: String, _ more: String = "") throws -> Folder {
  try Folder([
    "rules.yaml": """
    version: 1
    extends: default
    waivers:
      - { rule: \(rule), reason: { fr: Carte commandée, en: Card ordered }, until: \(until)\(more) }

    """
  ])
}

@Suite("A waiver lets a failing rule through for a time, and never in silence")
struct WaiverTests {
  private let noLots = Sample().with(
    "billing.situations", "[{\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": false}]")

  @Test(
    "Up to its last day the run is ready, and every report says loudly what was waived, why and until when")
  func counts() async throws {
    for until in [Sample.day, "2026-06-13"] {
      let folder = try waiving("signature-des-lots", until: until)
      let text = try await noLots.check(rules: "\(folder.path)/rules.yaml")
      #expect(text.code == 0)
      #expect(
        text.output.contains("WAIVED") && text.output.contains("Card ordered") && text.output.contains(until))
      #expect(
        text.output.contains("may not sign lots") || text.output.contains("not allowed to sign lots"),
        "\(text.output)")
      let json = try await noLots.check("--format", "json", rules: "\(folder.path)/rules.yaml")
      #expect(
        json.output.contains("\"outcome\" : \"waived\"") && json.output.contains("\"until\" : \"\(until)\""))
      #expect(json.output.contains("\"verdict\" : \"ready\""))
    }
  }

  @Test("Past its day, or too far ahead, it no longer counts, and is reported")
  func countsNoMore() async throws {
    for (until, word) in [("2026-03-14", "expired"), ("2026-06-14", "90 days")] {
      let folder = try waiving("signature-des-lots", until: until)
      let run = try await noLots.check(rules: "\(folder.path)/rules.yaml")
      #expect(run.code == 23)
      #expect(run.output.lowercased().contains(word), "\(run.output)")
    }
    let longer = try waiving("signature-des-lots", until: "2026-06-14", ", max_days: 91")
    #expect(try await noLots.check(rules: "\(longer.path)/rules.yaml").code == 0)
  }

  @Test("What could not be decided is not waived")
  func undecided() async throws {
    let folder = try waiving("dam-present", until: "2026-04-01")
    let unknown = Sample().with("billing.dam", nil).with("billing.situations", nil)
    #expect(try await unknown.check(rules: "\(folder.path)/rules.yaml").code == 75)
  }

  @Test("A rule that passes is not called waived")
  func passes() async throws {
    let folder = try waiving("signature-des-lots", until: "2026-04-01")
    let run = try await Sample().check("--format", "json", rules: "\(folder.path)/rules.yaml")
    #expect(run.code == 0)
    #expect(!run.output.contains("\"outcome\" : \"waived\""))
  }
}
