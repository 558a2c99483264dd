/// The facts file of a card with which everything is allowed on ``day``, and ways to change it.
struct Sample {
  /// A day on which the sample is valid.
  static let day = "2026-03-15"

  private var facts: [String: String] = [
    "card.present": "true", "card.kind": "\"cps\"", "card.generation": "\"cps3\"",
    "card.contactless": "false", "card.issuedOn": "\"2025-09-10\"", "card.expiresOn": "\"2028-09-30\"",
    "card.pin": "\"ok\"", "card.number": "\"2800001017\"", "holder.name": "\"TESTARD ALBAN\"",
    "billing.dam": "true",
    "billing.situations": "[{\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": true}]",
    "cryptolib.version": "\"5.2.4\"",
  ]

  /// Returns the sample with that fact replaced by JSON; without the fact if `nil`.
  func with(_ name: String, _ json: String?) -> Sample {
    var copy = self
    copy.facts[name] = json
    return copy
  }

  /// The facts file.
  var json: String {
    let members = facts.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    return "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\(members.joined(separator: ", "))}}"
  }

  /// Runs `check` on the sample in English, with nothing from this machine.
  func check(_ arguments: String..., rules: String = "rules.yaml") async throws -> BuiltProgram.Run {
    let folder = try Folder(["facts.json": json])
    return try await BuiltProgram.run(
      [
        "check", "--rules", rules, "--facts", "\(folder.path)/facts.json", "--offline", "--on", Self.day,
        "--lang", "en",
      ] + arguments)
  }
}
