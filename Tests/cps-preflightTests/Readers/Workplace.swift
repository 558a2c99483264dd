import CardStage
import Testing

/// Answers to reset of the cards that these tests insert; docs/readers.md.
enum Cards {
  static let cps3 = "3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00"
  static let cps4 = "3B 9B 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44"
  static let contactless = "3B 8F 80 01 00 31 B8 64 04 00 EC C0 73 94 01 80 82 90 00 0E"
  static let vitale = "3B 75 13 00 00 44 09 EA 90 00"
  static let other = "3B 02 14 50"
}

/// A workstation with a real reader service, virtual cards, and rules about the card only.
final class Workplace: Sendable {
  let daemon: PrivatePCSCD
  private let folder: String
  private let files: Folder

  init(readers: [String] = ["Twin"]) throws {
    daemon = try PrivatePCSCD(readers: readers)
    files = try Folder([
      "rules.yaml": """
      version: 1
      sources: [pcsc]
      stages:
        - id: carte
          rules:
            - id: presente
              check: card.present
              exit: 10
              remedy: { fr: Appeler le poste 12., en: Call extension 12. }
              remedies:
                no_card: { fr: "Une carte dans {reader} !", en: "A card, please ({reader})." }
                mute: { fr: "Retourner celle de {reader}.", en: "Turn over the one in {reader}." }
            - { id: generation, check: fact, with: { fact: card.generation, in: [cps3, cps4] }, exit: 12 }
            - id: genre
              check: fact
              with: { fact: card.contactless, equals: "false" }
              severity: warning
            - id: nature
              check: card.kind
              severity: warning
              remedies:
                contactless: { fr: Par la puce., en: By its chip. }
                vitale: { fr: Sa propre carte., en: One's own card. }
                unknown_card: { fr: "ATR inconnu : {atr}.", en: "Unknown ATR: {atr}." }
      """
    ])
    folder = files.path
  }

  var rules: String { "\(folder)/rules.yaml" }
  var reader: PrivatePCSCD.Reader { daemon.readers[0] }

  /// Inserts a card into a slot of the first reader, or of another one, and waits until the service has seen it.
  func insert(
    _ atr: String, slot: Int = 0, of reader: PrivatePCSCD.Reader? = nil,
    _ manner: VirtualCard.Manner = .answers
  ) throws -> VirtualCard {
    let reader = reader ?? self.reader
    let card = try VirtualCard(atr, port: reader.port + UInt16(slot), manner)
    let isMute = if case .mute = manner { true } else { false }
    try settle(reader.slot(slot), is: isMute ? "mute" : "card")
    return card
  }

  /// Waits until the service has seen the reader in that state: `card`, `mute` or `empty`.
  func settle(_ slot: String, is state: String) throws {
    let looking = try ChildProcess(
      [BuiltProgram.beside("card-holder"), state, slot], environment: daemon.environment)
    _ = try looking.read(until: "seen\n")
  }

  /// Judges the card, in English.
  func check(_ arguments: String...) async throws -> BuiltProgram.Run {
    try await program(["check", "--rules", rules, "--lang", "en"] + arguments)
  }

  /// Runs the program on this workstation.
  func program(_ arguments: [String]) async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(arguments, environment: daemon.environment)
  }

  /// Starts the program to run beside the test.
  func start(_ arguments: [String], errors: ChildProcess.ErrorOutput = .withOutput) throws -> ChildProcess {
    try ChildProcess(
      [BuiltProgram.path] + arguments,
      environment: daemon.environment.merging(["LANG": "C.UTF-8"]) { first, _ in first }, errors: errors)
  }

  /// Starts another program that holds the card: `exclusive`, `transaction` or `shared`.
  func hold(_ slot: String, _ mode: String) throws -> ChildProcess {
    let holder = try ChildProcess(
      [BuiltProgram.beside("card-holder"), mode, slot], environment: daemon.environment)
    _ = try holder.read(until: "held\n")
    return holder
  }
}
