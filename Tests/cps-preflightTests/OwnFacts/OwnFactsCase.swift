/// Rules that compare a billing program's facts about a lot with the card, and a facts file for each.
struct OwnFactsCase {
  static let rules = """
    version: 1
    facts:
      lot/identifier: { type: string, personal: true, title: { fr: numéro du lot, en: number of the lot } }
      lot/card: { type: string, personal: true }
      lot/test: { type: boolean }
      lot/oldest: { type: date, personal: true }
    stages:
      - id: s
        rules:
          - { id: number, check: billing.identifier, with: { expected: { fact: lot/identifier } }, exit: 21 }
          - { id: card, check: fact, with: { fact: lot/card, equals: { fact: card.number } }, exit: 22 }
          - { id: test, check: fact, with: { fact: card.test, equals: { fact: lot/test } }, exit: 23 }
          - { id: oldest, check: fact, with: { fact: lot/oldest, not_older_than: 8d }, exit: 24 }

    """

  static let lot = [
    "lot/identifier": "\"692612344\"", "lot/card": "\"2800001017\"", "lot/test": "false",
    "lot/oldest": "\"2026-03-10\"",
  ]

  let folder: Folder

  /// - Parameters:
  ///   - lot: the facts about the lot that differ from ``lot``; without the fact if `nil`.
  ///   - card: the facts about the card that differ from the sample card.
  init(
    _ lot: [String: String?] = [:], card: Sample = Sample().with("card.test", "false"), rules: String = rules
  )
    throws
  {
    folder = try Folder([
      "rules.yaml": rules, "card.json": card.json,
      "lot.json": Self.file(
        Self.lot.merging(lot.compactMapValues(\.self)) { $1 }.filter { lot[$0.key] != .some(nil) }),
    ])
  }

  /// Returns the text of a facts file.
  static func file(_ facts: [String: String]) -> String {
    let members = facts.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    return "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\(members.joined(separator: ", "))}}"
  }

  /// Judges both files, in English, on the day on which the sample is valid.
  func check(_ arguments: String...) async throws -> BuiltProgram.Run {
    try await run(["check", "--facts", "card.json", "--facts", "lot.json", "--offline"] + arguments)
  }

  func run(_ arguments: [String], input: String = "") async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(
      arguments + ["--on", Sample.day, "--lang", "en"], input: input, in: folder.path,
      environment: ["HOME": folder.path])
  }
}
