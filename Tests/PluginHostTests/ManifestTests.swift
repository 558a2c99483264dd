import PluginHost
import Preflight
import RuleStage
import Testing

@Suite("Manifests")
struct ManifestTests {
  private func mistakes(_ json: String) -> [String] {
    do throws(ManifestFault) {
      _ = try ManifestDecoder.manifest(in: Array(json.utf8), knowing: .forTests)
      return []
    } catch {
      return error.mistakes.map { $0.text.rendered(in: .english) }
    }
  }

  @Test("A whole one is read, its names with the plugin's in front")
  func whole() throws {
    let json = """
      {"protocol": 1, "name": "erp", "version": "1.2", "summary": {"fr": "le compte", "en": "the account"},
       "batch": true, "environment": ["ERP_HOME"],
       "sources": [{"name": "account", "summary": "s", "needs": ["card.number", "crm/customer"],
                    "options": [{"name": "days", "type": "integer", "default": 3, "summary": "d"}],
                    "facts": [{"name": "since", "type": "date", "personal": true}, {"name": "tags", "type": "list"}]}],
       "checks": [{"name": "open", "summary": "c", "facts": ["erp/since", "today"]}]}
      """
    let manifest = try ManifestDecoder.manifest(in: Array(json.utf8), knowing: .forTests)
    #expect(manifest.name == "erp" && manifest.version == "1.2" && manifest.takesBatches)
    #expect(manifest.summary?.rendered(in: .french) == "le compte")
    #expect(manifest.environment == ["ERP_HOME"])
    let source = try #require(manifest.sources.first)
    #expect(source.facts.map(\.name.rawValue) == ["erp/since", "erp/tags"])
    #expect(source.facts.map(\.type) == [.concealed(.date), .list])
    #expect(source.facts.map(\.visibility) == [.personal, .public])
    #expect(source.options.first?.fallback == "3" && source.options.first?.fallbackValue == .number("3"))
    #expect(manifest.checks.first?.facts == [FactName("erp/since"), .today])
    #expect(manifest.neededPlugins == ["crm"])
  }

  private static let start = "{\"protocol\": 1, \"name\": \"erp\", \"version\": \"1\", "
  private static let source = "\"sources\": [{\"name\": \"s\", \"summary\": \"s\", \"facts\": ["

  @Test(
    "Each mistake is told with its place",
    arguments: [
      ("", "line 1, column 1: the JSON ends too early (truncated?)"), ("[]", "an object { … } is expected"),
      ("{\"name\": \"erp\"}", "protocol: must be 1, the only one known"),
      ("{\"protocol\": \"1\"}", "protocol: must be 1, the only one known"),
      ("{\"protocol\": 1, \"protocol\": 1}", "line 1, column 17: the key “protocol” is given twice"),
      ("{\"protocol\": 1, \"name\": \"ERP\", \"version\": \"1\"}", "name: “ERP” is not made of at most 32"),
      ("{\"protocol\": 1, \"name\": \"../erp\", \"version\": \"1\"}", "name: “../erp” is not made of"),
      ("{\"protocol\": 1, \"name\": \"erp\"}", "version: is missing"),
      (start + "\"sources\": {}}", "sources: a list [ … ] is expected"),
      (start + "\"checks\": []}", "neither a source nor a check"),
      (start + "\"checks\": [{\"summary\": \"c\"}]}", "checks[0].name: is missing"),
      (start + "\"checks\": [{\"name\": \"c\"}]}", "checks[0].summary: is missing"),
      (
        start + "\"checks\": [{\"name\": \"a/b\", \"summary\": \"c\"}]}",
        "checks[0].name: “a/b” is not made of"
      ),
      (
        start + "\"checks\": [{\"name\": \"c\", \"summary\": \"c\", \"facts\": [\"card.kin\"]}]}",
        "checks.c.facts: unknown fact “card.kin”; did you mean “card.kind”?"
      ),
      (
        start + "\"checks\": [{\"name\": \"c\", \"summary\": \"c\", \"facts\": [\"erp/x\"]}]}",
        "checks.c.facts: unknown fact “erp/x”"
      ),
      (
        start + "\"checks\": [{\"name\": \"c\", \"summary\": \"c\"}, {\"name\": \"c\", \"summary\": \"c\"}]}",
        "checks: “c” is given twice"
      ),
      (start + source + "{\"name\": \"f\"}]}]}", "sources[0].facts[0].type: is missing"),
      (
        start + source + "{\"name\": \"f\", \"type\": \"number\"}]}]}",
        "sources[0].facts[0].type: unknown type “number”; one of: boolean, integer"
      ),
      (
        start + source + "{\"name\": \"f\", \"type\": \"date\", \"personal\": \"yes\"}]}]}",
        "sources[0].facts[0].personal: true or false is expected"
      ),
      (
        start + source
          + "], \"options\": [{\"name\": \"o\", \"type\": \"date\", \"default\": \"1/1/2026\"}]}]}",
        "sources[0].options[0].default: is not a date YYYY-MM-DD"
      ),
      (start + "\"environment\": [\"A=B\"]}", "environment[0]: “A=B” is not the name of a variable"),
    ])
  func mistake(json: String, words: String) {
    let found = mistakes(json)
    #expect(found.contains { $0.hasPrefix(words) }, "\(found)")
  }

  @Test("All mistakes are told at once; unknown keys are none, and are told to those who ask")
  func collected() {
    let json = """
      {"protocol": 1, "name": "E", "later": 1, "checks": [{"name": "c"}],
       "sources": [{"name": "s", "summary": "s", "facts": [{"name": "f", "type": "date", "personnal": true}]}]}
      """
    #expect(mistakes(json).count == 3)
    var decoder = ManifestDecoder(knowing: .forTests)
    _ = decoder.manifest(in: Array(json.utf8))
    #expect(
      decoder.remarks.map { $0.text.rendered(in: .english) } == [
        "later: unknown key, ignored",
        "sources[0].facts[0].personnal: unknown key, ignored; did you mean “personal”?",
      ])
  }
}
