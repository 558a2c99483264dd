import Preflight
import VerdictFile
import Workstation

/// A verdict file, compared with the current rules, programs and card.
struct VerdictFileCheck {
  private let path: String
  private let inputs: Inputs
  private let demands: VerdictVerification.Demands
  private let file: RecordedVerdict
  private let verification: VerdictVerification

  /// Reads the verdict file and the key.
  ///
  /// - Parameters:
  ///   - inputs: the rules, and the sources that identify the current card.
  ///   - key: the file of the key that the verdict must be signed with.
  /// - Throws: ``Failure``: 65, 66, 77.
  init(
    _ path: String, _ demands: VerdictVerification.Demands, inputs: Inputs, key: String?
  ) throws(Failure) {
    self.path = path
    self.inputs = inputs
    var demands = demands
    demands.reader = inputs.reader
    self.demands = demands
    let key = try key.map { path throws(Failure) in try SigningKey.read(path) }
    file = try RecordedVerdict.read(path, within: inputs.timeout)
    verification = VerdictVerification(file, demands, key: key)
  }

  /// Reports that the verdict holds.
  ///
  /// - Throws: ``Failure`` if it does not (1), or if that cannot be determined (69, 75).
  @MainActor
  func verify(in language: Language) async throws -> LocalizedText {
    try refuse(verification.signatureFaults)
    var inputs = inputs
    if let reader = file.card?.reader, !reader.isEmpty { inputs.reader = reader }
    let run = try await Run(inputs, language: language)
    let now = Surroundings.now
    try refuse(
      verification.faults(
        VerdictVerification.Circumstances(
          moment: now, today: FrenchCalendar.today, rulesPath: run.rules.path,
          rulesDigest: run.rules.digest, ruleSet: run.ruleSet, plugins: try run.rules.pluginMarks().get(),
          digest: { FileDigest.of(fileAt: $0) })))
    if !demands.anyCard { try await verifyCard(run, language) }
    let age = file.startedAt.seconds(until: now)
    let reader = file.card?.reader
    return LocalizedText(
      fr: "\(path) : valable, établi il y a \(age) s\(reader.map { ", carte dans « \($0) »" as Text } ?? "")",
      en: "\(path): still valid, made \(age) s ago\(reader.map { ", card in “\($0)”" } ?? "")")
  }

  private func refuse(_ faults: [LocalizedText]) throws(Failure) {
    if let words = VerdictVerification.words(faults) { throw Failure(.blocked, at: path, words) }
  }

  /// Identifies the card now in that reader, and compares it with everything that the verdict says about it.
  @MainActor
  private func verifyCard(_ run: Run, _ language: Language) async throws {
    let timeout = inputs.timeout
    let facts = try await run.gather(
      verification.factsOfCard, alsoTelling: [.cryptolibModule], language: language
    ) { _ in timeout }.facts
    let fault: LocalizedText?
    do throws(Unavailability) {
      fault = try verification.cardFault(facts, readThrough: ProgramMark(moduleOf: facts))
    } catch {
      throw Failure(undecided: error, at: path)
    }
    try refuse([fault].compactMap(\.self))
  }
}

extension RecordedVerdict {
  /// Reads the file of a verdict.
  ///
  /// - Throws: ``Failure``: 66 if there is none, 65 if it is not a verdict, 75 if reading takes longer.
  fileprivate static func read(_ path: String, within time: Duration) throws(Failure) -> RecordedVerdict {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileReading.contents(of: path, limit: sizeLimit, kinds: .anyButFolders, within: time)
    } catch {
      throw Failure(error, of: path)
    }
    do throws(Fault) {
      return try RecordedVerdict(bytes)
    } catch {
      let place = Place(of: error.offset, in: bytes)
      throw Failure(.malformedInput, at: "\(path):\(place.line):\(place.column)", error.message)
    }
  }
}

extension Failure {
  /// Makes the failure for an answer that cannot be determined.
  fileprivate init(undecided why: Unavailability, at place: String) {
    self.init(
      why.reason.exitCode, at: place,
      LocalizedText(
        fr: "\(why.message.french) ; \(why.reason.advice.french)",
        en: "\(why.message.english); \(why.reason.advice.english)"))
  }
}
