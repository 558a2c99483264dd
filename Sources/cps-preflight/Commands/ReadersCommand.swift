import ArgumentParser
import PCSC
import Preflight
import Reports
import VerdictFile
import Workstation

/// Shows the readers and the cards in them.
struct ReadersCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readers", abstract: "Show the card readers and what is in them; no card is touched.")

  /// How readers are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(help: ArgumentHelp("Only readers whose name contains that.", valueName: "name"))
  var reader: String?

  @Flag(help: "Go on, and tell each insertion and removal, until interrupted.")
  var watch = false

  @Option(help: ArgumentHelp("How long the service may take: 500ms, 10s, 1m.", valueName: "time"))
  var timeout = DurationArgument(.seconds(10))

  @Option(.language) var lang: Language?

  @Option(help: "How the readers are written.")
  var format = Format.text

  var mistake: LocalizedText? {
    guard watch, format == .json else { return nil }
    return LocalizedText(
      fr: "--watch est pour les personnes : sans --format json",
      en: "--watch is for people: it takes no --format json")
  }

  var reply: Reply { Reply(in: lang) }

  func perform() async throws {
    let readers = ReaderWatch(reader: reader, within: timeout.duration)
    let listing = ReaderListing(Output().reportOptions(lang, reveal: false))
    do {
      if watch { try await follow(readers, listing) }
      let found = try await readers.readers()
      try Output().write(format == .json ? listing.json(found) : listing.text(of: found))
    } catch let why as Unavailability {
      throw Failure(
        why.reason.exitCode,
        LocalizedText(
          fr: "\(why.message.french) ; \(why.reason.advice.french)",
          en: "\(why.message.english); \(why.reason.advice.english)"))
    }
  }

  @MainActor
  private func follow(_ readers: ReaderWatch, _ listing: ReaderListing) async throws {
    Interruption.endsProgram(in: lang ?? Surroundings.language, saying: .nothing)
    var before: [CardReader]?
    try await readers.follow { now in
      let text =
        before.map { listing.changes(from: $0, to: now, at: Surroundings.now) } ?? listing.text(of: now)
      before = now
      try Output().write(text)
    }
  }
}
