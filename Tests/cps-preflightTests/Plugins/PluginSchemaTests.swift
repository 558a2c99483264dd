import Testing

@Suite("The JSON Schemas of plugins")
struct PluginSchemaTests {
  @Test("They accept what the examples and a new plugin print")
  func accepted() async throws {
    _ = try await ExamplePlugin.certificate.test()
    let folder = try Folder()
    let new = try await BuiltProgram.shell(
      "$P plugins new erp --language sh >&2 && erp/cps-preflight-erp describe", in: folder.path)
    var manifests = ["new": new.output]
    for plugin in ExamplePlugin.allCases { manifests[plugin.rawValue] = try await plugin.ask("describe") }
    #expect(try await SchemaValidator.refused(by: "plugin-manifest-1", manifests) == [])

    func gather(_ options: String) -> String {
      #"{"protocol": 1, "options": \#(options), "facts": {}, "deadlineMs": 3000, "language": "fr"}"#
    }
    let society = "\(ExamplePlugin.expectedAM.folder)/society.csv"
    let certificate = "\(ExamplePlugin.certificate.folder)/samples/poste.pem"
    let requests: [(ExamplePlugin, String, String)] = [
      (.expectedAM, "csv", gather(#"{"file": "\#(society)", "key": "ACCUEIL"}"#)),
      (.expectedAM, "csv", gather(#"{"file": "/nowhere"}"#)),
      (.workstation, "disk", gather("{}")), (.workstation, "clock", gather("{}")),
      (.certificate, "file", gather(#"{"path": "\#(certificate)"}"#)),
      (.certificate, "file", gather(#"{"path": "/nowhere"}"#)),
    ]
    var answers: [String: String] = [:]
    for (index, (plugin, source, request)) in requests.enumerated() {
      answers["\(index)"] = try await plugin.ask("gather \(source)", request)
    }
    #expect(
      try await SchemaValidator.refused(
        by: "plugin-gather-request-1",
        Dictionary(uniqueKeysWithValues: requests.enumerated().map { ("\($0)", $1.2) })) == [])
    #expect(try await SchemaValidator.refused(by: "plugin-gather-answer-1", answers) == [])

    let request = #"{"protocol": 1, "parameters": {}, "facts": {}, "deadlineMs": 3000, "language": "en"}"#
    let batch =
      #"{"protocol": 1, "check": "healthy", "id": 7, "parameters": {}, "#
      + #""facts": {"workstation/freeBytes": 0}, "deadlineMs": 3000, "language": "en"}"#
    #expect(
      try await SchemaValidator.refused(by: "plugin-check-request-1", ["one": request, "batch": batch]) == [])
    let judged = try await [
      "am": ExamplePlugin.expectedAM.ask("check matches", request),
      "certificate": ExamplePlugin.certificate.ask("check valid", request),
      "workstation": ExamplePlugin.workstation.ask("check healthy", request),
      "batch": ExamplePlugin.workstation.ask("check", batch),
    ]
    #expect(try await SchemaValidator.refused(by: "plugin-check-answer-1", judged) == [])
  }

  private static let wrong: [(schema: String, documents: [String])] = [
    (
      "plugin-manifest-1",
      [
        "[]", "{}", #"{"protocol": 2, "name": "erp", "version": "1"}"#,
        #"{"protocol": 1, "name": "Erp", "version": "1"}"#,
        #"{"protocol": 1, "name": "erp", "version": 1.2}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "check": []}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "sources": [{"name": "a", "summary": "…", "facts": [{"name": "x"}]}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "sources": [{"name": "a", "summary": "…", "facts": []}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "sources": [{"name": "a/b", "summary": "…", "facts": [{"name": "x", "type": "date"}]}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "sources": [{"name": "a", "summary": "…", "facts": [{"name": "x", "type": "text"}]}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "sources": [{"name": "a", "summary": "…", "facts": [{"name": "x", "type": "date", "persnal": true}]}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "checks": [{"name": "a", "summary": "…", "facts": ["erp identifier"]}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "checks": [{"name": "a", "summary": "", "facts": []}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "checks": [{"name": "a", "summary": {"de": "…"}, "facts": []}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "checks": [{"name": "a", "summary": "…", "facts": [], "parameters": [{"name": "p", "type": "integer", "default": "1", "summary": "…"}]}]}"#,
        #"{"protocol": 1, "name": "erp", "version": "1", "environment": ["A=B"]}"#,
      ]
    ),
    (
      "plugin-gather-request-1",
      [
        "{}", #"{"protocol": 1, "facts": {}, "deadlineMs": 3000, "language": "fr"}"#,
        #"{"protocol": 1, "options": {}, "facts": {}, "deadlineMs": 0, "language": "fr"}"#,
        #"{"protocol": 1, "options": {}, "facts": [], "deadlineMs": 3000, "language": "fr"}"#,
        #"{"protocol": 1, "options": {}, "facts": {}, "deadlineMs": 3000, "language": "de"}"#,
      ]
    ),
    (
      "plugin-check-request-1",
      [
        #"{"protocol": 1, "options": {}, "facts": {}, "deadlineMs": 3000, "language": "fr"}"#,
        #"{"protocol": 1, "check": "a", "parameters": {}, "facts": {}, "deadlineMs": 3000, "language": "fr"}"#,
      ]
    ),
    (
      "plugin-gather-answer-1",
      [
        "{}", #"{"facts": {}, "unavailable": {"reason": "input", "message": "…"}}"#,
        #"{"facts": {"x": 1.5}}"#,
        #"{"facts": {"erp/x": 1}}"#, #"{"unavailable": {"reason": "input"}}"#,
        #"{"unavailable": {"reason": "bad", "message": "…"}}"#, #"{"facts": {}} {"facts": {}}"#,
        #"{"facts": {}"#,
      ]
    ),
    (
      "plugin-check-answer-1",
      [
        "{}", #"{"outcome": "pass"}"#, #"{"outcome": "ok", "message": "…"}"#,
        #"{"outcome": true, "message": "…"}"#,
        #"{"outcome": "pass", "message": "…", "reason": "input"}"#,
        #"{"outcome": "fail", "message": "…", "remedi": "…"}"#,
      ]
    ),
  ]

  @Test("They refuse what is wrong", arguments: wrong)
  func refused(schema: String, documents: [String]) async throws {
    let named = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ("\($0)", $1) })
    let accepted = try await Set(named.keys).subtracting(SchemaValidator.refused(by: schema, named))
    #expect(accepted == [], "\(accepted.map { named[$0] ?? "" })")
  }
}
