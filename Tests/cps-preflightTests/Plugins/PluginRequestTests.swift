import FoundationEssentials
import Testing

/// A plugin that records its requests, and rules that use it.
private struct RecordingPlugin {
  private let folder: Folder

  init(batch: Bool) throws {
    let types = ["boolean", "integer", "string", "date", "version", "duration", "list", "map"]
    let parameters = types.map { #"{"name": "\#($0)", "type": "\#($0)"}"# }.joined(separator: ", ")
    let answers =
      batch
      ? #"echo '{"outcome": "pass", "message": "a", "id": 0}'; echo '{"outcome": "pass", "message": "b", "id": 1}'"#
      : #"echo '{"outcome": "pass", "message": "a"}'"#
    let values = """
      boolean: true, integer: -7, string: "a \\"b\\" é", date: 2027-03-31, version: "5.10", duration: 2m,
                list: [a, "1"], map: { a: "1" }
      """
    folder = try Folder([
      "recorder": #"""
      #!/bin/sh
      cd "$(dirname "$0")" || exit 1
      case $1 in
        describe)
          cat <<'END'
      {"protocol": 1, "name": "recorder", "version": "1", "batch": \#(batch), "environment": ["SEEN", "HIDDEN"],
       "sources": [{"name": "all", "summary": "…", "needs": ["card.number"], "options": [\#(parameters)],
                    "facts": [{"name": "day", "type": "date"}, {"name": "time", "type": "duration"},
                              {"name": "things", "type": "list"}, {"name": "who", "type": "string", "personal": true}]}],
       "checks": [{"name": "all", "summary": "…",
                   "parameters": [{"name": "level", "type": "integer", "default": 3}, \#(parameters)],
                   "facts": ["recorder/day", "recorder/time", "recorder/things", "recorder/who", "today", "card.pin",
                             "billing.situations", "card.atr"]}]}
      END
          ;;
        gather)
          cat >gather.json; env >environment; echo "$#" "$@" >arguments
          echo '{"facts": {"day": "2027-03-31", "time": "90s", "things": ["a", 1], "who": "TESTARD"}}' ;;
        check)
          cat >"check-$#-$$.json"
          \#(answers) ;;
      esac
      """#,
      "rules.yaml": """
      version: 1
      plugins: [{ path: recorder, environment: [SEEN] }]
      sources:
        - recorder/all: { \(values) }
      stages:
        - id: s
          rules:
            - { id: a, check: recorder/all }
            - id: b
              check: recorder/all
              with: { level: 4, \(values) }

      """,
    ])
  }

  /// Runs the plugin, and returns its records by file.
  func records() async throws -> [String: String] {
    let run = try await BuiltProgram.shell(
      """
      mv recorder source && cp source recorder && chmod 755 recorder && SEEN=1 HIDDEN=2 OTHER=3 $P check --facts \(BuiltProgram.root)/docs/samples/card.json \
        --on 2026-03-15 --rules rules.yaml --timeout 60s
      """, in: folder.path)
    #expect(run.code == 0, "\(run)")
    var records: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      records[file] = try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
    }
    return records
  }
}

@Suite("What plugins are asked is what docs/plugins.md says")
struct PluginRequestTests {
  @Test(
    "Requests are as their schemas say, and hold values of every type, defaults and the facts that are known")
  func requests() async throws {
    let records = try await RecordingPlugin(batch: false).records()
    let gather = try #require(records["gather.json"])
    #expect(try await SchemaValidator.refused(by: "plugin-gather-request-1", ["gather": gather]) == [])
    let values =
      #""boolean": true, "integer": -7, "string": "a \"b\" é", "date": "2027-03-31", "version": "5.10", "#
      + #""duration": "120s", "list": ["a", "1"], "map": {"a": "1"}"#
    #expect(gather.contains(#""options": {"#) && gather.contains(values), "\(gather)")
    #expect(gather.contains(#""facts": {"card.number": "2800001017"}"#), "\(gather)")

    let checks = records.filter { $0.key.hasPrefix("check-2-") }
    #expect(checks.count == 2)
    #expect(try await SchemaValidator.refused(by: "plugin-check-request-1", checks) == [])
    let facts =
      #""recorder/day": "2027-03-31", "recorder/time": "90s", "recorder/things": ["a", 1], "recorder/who": "TESTARD", "#
      + #""today": "2026-03-15", "card.pin": "ok", "billing.situations": [{"link": 1, "identifier": "692612344", "#
      + #""speciality": "Médecine générale", "signFSE": true, "signLots": true}]"#
    for (_, request) in checks { #expect(request.contains(#""facts": {\#(facts)}"#), "\(request)") }
    #expect(checks.values.count { $0.contains(#""parameters": {"level": 3}"#) } == 1, "\(checks)")
    #expect(checks.values.count { $0.contains(#""parameters": {"level": 4, \#(values)}"#) } == 1, "\(checks)")
  }

  @Test("Several checks are asked in one process where the manifest says so")
  func batch() async throws {
    let records = try await RecordingPlugin(batch: true).records()
    let checks = records.filter { $0.key.hasPrefix("check-") }
    #expect(checks.keys.count == 1 && checks.keys.first?.hasPrefix("check-1-") == true, "\(checks.keys)")
    let lines = checks.values.joined().split(separator: "\n").enumerated().map { ("\($0)", String($1)) }
    #expect(lines.count == 2)
    #expect(
      try await SchemaValidator.refused(
        by: "plugin-check-request-1", Dictionary(uniqueKeysWithValues: lines)) == [])
    for (index, line) in lines { #expect(line.contains(#""check": "all", "id": \#(index)"#), "\(line)") }
  }

  @Test("The environment is what is named, and the arguments are the call's")
  func surroundings() async throws {
    let records = try await RecordingPlugin(batch: false).records()
    #expect(records["arguments"] == "2 gather all\n")
    let names = (records["environment"] ?? "").split(separator: "\n").compactMap {
      $0.split(separator: "=").first.map(String.init)
    }
    // The shell adds PWD and the like.
    let own: Set = ["PWD", "OLDPWD", "SHLVL", "_"]
    #expect(Set(names).subtracting(own).isSubset(of: ["PATH", "LANG", "TZ", "TMPDIR", "SEEN"]), "\(names)")
    #expect(Set(names).isSuperset(of: ["PATH", "LANG", "TMPDIR", "SEEN"]), "\(names)")
  }
}
