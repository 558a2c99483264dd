import CardStage
import FoundationEssentials
import Glibc
import Synchronization

/// What the PC/SC service, the reader and the card do wrong.
enum ServiceFaults {
  /// - Parameter answers: up to which answer of the service something happens.
  static func cases(answers: Int) -> [FaultCase] {
    let meddlings: [(name: String, PCSCRelay.Meddling)] = [
      ("is all FF", .filled(with: 0xFF)), ("is all 00", .filled(with: 0)),
      ("is cut after 3 bytes", .cut(after: 3)),
      ("does not come: the service is gone", .cut(after: 0)), ("never comes", .kept),
    ]
    return absent
      + meddlings.flatMap { name, meddling in
        (0..<answers).map { number in meddled(name, number, meddling) }
      }
      + (0..<answers).flatMap {
        [acted("the card is pulled out", $0, .remove), acted("the service is killed", $0, .kill)]
      }
      // Before the first look at the reader, the other card would simply be the one that is judged.
      + (firstLook..<firstLook + answers).map { acted("another card is inserted", $0, .swap) }
  }

  /// The answers before are of the connection: the versions of the protocol, and its number.
  private static let firstLook = 4

  /// The same of all answers: there is none, or the service is another one.
  private static let absent: [FaultCase] = [
    FaultCase("no service", "always") { runner in
      let desk = try Desk()
      return try await runner.shell(
        desk.line, in: desk.folder, environment: ["PCSCLITE_CSOCK_NAME": "/nonexistent"])
    },
    FaultCase("the service refuses", "always") { runner in
      let desk = try Desk()
      let service = try FeignedPCSCD(.refusing, in: desk.folder.path)
      return try await runner.shell(
        desk.line, in: desk.folder, environment: ["PCSCLITE_CSOCK_NAME": service.socket])
    },
    FaultCase("the service speaks another version", "always") { runner in
      let desk = try Desk()
      let service = try FeignedPCSCD(.ofAnotherVersion, in: desk.folder.path)
      return try await runner.shell(
        desk.line, in: desk.folder, environment: ["PCSCLITE_CSOCK_NAME": service.socket])
    },
    FaultCase("no card", "always") { runner in
      let desk = try Desk()
      let workplace = try Workplace()
      return try await runner.shell(desk.line, in: desk.folder, environment: workplace.daemon.environment)
    },
    FaultCase("the card is mute", "always") { runner in
      let desk = try Desk()
      let workplace = try Workplace()
      let card = try workplace.insert(Cards.cps3, .mute)
      defer { card.remove() }
      return try await runner.shell(desk.line, in: desk.folder, environment: workplace.daemon.environment)
    },
  ]

  private static func meddled(_ fault: String, _ number: Int, _ meddling: PCSCRelay.Meddling) -> FaultCase {
    let isZeros = if case .filled(with: 0) = meddling { true } else { false }
    // libpcsclite reads beyond its memory where a service sends it FF.
    return during(
      "from then on, each answer of the service \(fault)", number, signal: SIGSEGV,
      // Zeros before it say success, and nothing else.
      isHarmless: isZeros && number < firstLook
    ) { answer, _, _ in answer >= number ? meddling : .none }
  }

  private enum Act: Sendable { case remove, swap, kill }

  private static func acted(_ fault: String, _ number: Int, _ act: Act) -> FaultCase {
    // The answer itself was given before.
    during(fault, number, endsWith: answersAfterTheLastLook + 1) { answer, workplace, card in
      guard answer == number else { return .none }
      if act == .kill {
        workplace.daemon.stop()
        return .none
      }
      // The service sees it before its answer reaches the program.
      card.remove()
      try? workplace.settle(workplace.reader.slot(0), is: "empty")
      if act == .swap, let other = try? workplace.insert(Cards.cps4) { withExtendedLifetime(other) {} }
      return .none
    }
  }

  /// A check of a healthy card, during which something happens when the service gives that answer.
  private static func during(
    _ fault: String, _ number: Int, signal: Int32? = nil, isHarmless: Bool = false,
    endsWith answersOfTheEnd: Int = answersAfterTheLastLook,
    _ act: @escaping @Sendable (_ answer: Int, Workplace, VirtualCard) -> PCSCRelay.Meddling
  ) -> FaultCase {
    FaultCase(
      fault, "answer \(number)", deadline: 10,
      harmless: isHarmless
        ? "zeros there say success, and nothing else" : "the last look at the card was over", signal: signal
    ) { runner in
      let desk = try Desk()
      let workplace = try Workplace()
      let card = try workplace.insert(Cards.cps3)
      defer { card.remove() }
      let last = LastAnswer()
      let relay = try PCSCRelay(to: workplace.daemon.socket, in: desk.folder.path) { answer in
        last.note(answer)
        return act(answer, workplace, card)
      }
      let run = try await runner.shell(
        desk.line, in: desk.folder, environment: ["PCSCLITE_CSOCK_NAME": relay.socket])
      let isOver = number > last.number - answersOfTheEnd
      return run.code == 0 && !isOver && !isHarmless ? run.ended(in: FaultRun.wronglyReady) : run
    }
  }

  /// The service's answers with which the connection is ended.
  private static let answersAfterTheLastLook = 2

  /// The last answer that the service gave.
  private final class LastAnswer: Sendable {
    private let last = Atomic(-1)
    var number: Int { last.load(ordering: .relaxed) }
    func note(_ answer: Int) { last.max(answer, ordering: .relaxed) }
  }

  /// A folder with rules about the card in the reader and what a healthy module reads from it.
  private struct Desk {
    let folder: Folder
    let line: String

    init() throws {
      folder = try Folder(["code": "1234\n"])
      try folder.setMode(0o600, of: "code")
      let rules = CardRules.text.replacing("[cryptoki]", with: "[pcsc, cryptoki]").replacing(
        "rules:\n", with: "rules:\n      - { id: presente, check: card.present, exit: 10 }\n")
      try folder.write(rules, to: "rules.yaml")
      try FileManager.default.copyItem(
        atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: "\(folder.path)/healthy.so")
      line =
        "$RUN check --rules rules.yaml --module \(folder.path)/healthy.so --pin-file code --timeout 8s --format json"
    }
  }
}
