import Preflight
import Reports
import VerdictFile
import Workstation

/// Whether a verdict that was written down still holds: never where that is in doubt.
struct VerdictVerification {
  /// What is demanded of the verdict.
  struct Demands {
    /// Where the rules come from, and what is asked which card it is now.
    var inputs = Inputs()
    var maxAge = Duration.seconds(300)
    var use: Use?
    var selection = SituationSelection.any
    /// The file of the key that it has to be signed with.
    var key: String?
    /// Whether it does not matter whose card it was.
    var anyCard = false
  }

  private let path: String
  private let demands: Demands
  private let file: VerdictFile
  private let key: SigningKey?

  /// Reads the verdict and the key. Throws a failure: 65, 66, 77.
  init(_ path: String, _ demands: Demands) throws(Failure) {
    self.path = path
    self.demands = demands
    key = try demands.key.map { path throws(Failure) in try SigningKey.read(path) }
    file = try VerdictFile.read(path, within: demands.inputs.timeout)
  }

  /// Says that it holds. Throws a failure where it does not (1), or where that cannot be known (69, 75).
  @MainActor
  func verify(in language: Language) async throws -> LocalizedText {
    // Nothing is believed of what may have been altered.
    try refuse(signatureFaults)
    var inputs = demands.inputs
    if let reader = file.card?.reader, !reader.isEmpty { inputs.reader = reader }
    let run = try await Run(inputs, language: language)
    let age = Surroundings.secondsSince1970 - file.startedAt
    try refuse(faults(age: age, run))
    if !demands.anyCard { try await verifyCard(run, language) }
    let reader = file.card?.reader
    return LocalizedText(
      fr: "\(path) : valable, établi il y a \(age) s\(reader.map { ", carte dans « \($0) »" } ?? "")",
      en: "\(path): good, made \(age) s ago\(reader.map { ", card in “\($0)”" } ?? "")")
  }

  private func refuse(_ faults: [LocalizedText]) throws(Failure) {
    guard let first = faults.first else { return }
    let all = faults.dropFirst().reduce(first) { all, next in
      LocalizedText(fr: "\(all.french) ; \(next.french)", en: "\(all.english); \(next.english)")
    }
    throw Failure(
      .blocked, at: path,
      LocalizedText(
        fr: "le verdict ne vaut pas : \(all.french) ; relancer la vérification",
        en: "the verdict does not hold: \(all.english); check again"))
  }

  // MARK: - Conditions

  private var signatureFaults: [LocalizedText] {
    guard let key else {
      guard file.claimsSignature else { return [] }
      return [
        LocalizedText(
          fr: "il est signé, et sans --key rien ne dit qu'il n'a pas été modifié",
          en: "it is signed, and without --key nothing tells that it was not altered")
      ]
    }
    guard file.claimsSignature else {
      return [LocalizedText(fr: "il n'est pas signé", en: "it is not signed")]
    }
    guard let signed = file.signed, signed.isSigned(with: key) else {
      return [
        LocalizedText(
          fr: "il a été modifié, ou signé avec une autre clé",
          en: "it was altered, or signed with another key")
      ]
    }
    return []
  }

  private func faults(age: Int, _ run: Run) -> [LocalizedText] {
    let rules = run.rules
    var faults: [LocalizedText] = []
    func demand(_ holds: Bool, fr: Text, en: Text) {
      if !holds { faults.append(LocalizedText(fr: fr, en: en)) }
    }
    demand(
      file.decision == Verdict.Decision.ready.rawValue && file.exitCode == Int(ExitCode.ready.rawValue),
      fr: "il n'autorise pas l'envoi (\(file.decision), code \(file.exitCode))",
      en: "it does not allow sending (\(file.decision), code \(file.exitCode))")
    faults += file.contradictions(file.rulesDigest == rules.digest ? run.ruleSet : nil)
    demand(age >= 0, fr: "il vient de l'avenir (\(-age) s)", en: "it comes from the future (\(-age) s)")
    demand(
      Duration.seconds(age) <= demands.maxAge,
      fr: "il a \(age) s, plus que les \(demands.maxAge.milliseconds / 1000) s permises",
      en: "it is \(age) s old, more than the \(demands.maxAge.milliseconds / 1000) s allowed")
    demand(
      file.today != nil && file.today == FrenchCalendar.today?.description,
      fr: "il a été jugé pour un autre jour (\(file.today ?? "–"))",
      en: "it was judged as on another day (\(file.today ?? "–"))")
    demand(
      file.rulesDigest == rules.digest, fr: "il est d'autres règles que \(rules.path)",
      en: "it is of other rules than \(rules.path)")
    demand(
      file.use == demands.use?.rawValue,
      fr: "il est d'un autre usage (\(file.use ?? "tous"), et non \(demands.use?.rawValue ?? "tous"))",
      en: "it is of another use (\(file.use ?? "all"), not \(demands.use?.rawValue ?? "all"))")
    demand(
      file.selection == SelectionMark(demands.selection, key: key),
      fr: "il est d'une autre situation de facturation que --am ou --situation",
      en: "it is of another billing situation than --am or --situation")
    faults += pluginFaults(rules)
    if let module = file.module {
      demand(
        module.isUnchanged,
        fr: "le module PKCS#11 \(module.path) n'est plus celui qui a lu la carte",
        en: "the PKCS#11 module \(module.path) is no longer the one that read the card")
    }
    if !demands.anyCard {
      demand(
        file.card?.tellsCard == true, fr: "il ne dit pas de quelle carte il est (--any-card l'accepte)",
        en: "it does not say whose card it is of (--any-card accepts that)")
      if let asked = demands.inputs.reader {
        demand(
          file.card?.reader?.lowercased().contains(asked.lowercased()) == true,
          fr: "il est d'un autre lecteur (\(file.card?.reader ?? "–"))",
          en: "it is of another reader (\(file.card?.reader ?? "–"))")
      }
    }
    return faults
  }

  /// What is no longer as it was of the plugins that took part.
  private func pluginFaults(_ rules: LoadedRules) -> [LocalizedText] {
    let now = rules.pluginMarks
    let names = Set((file.plugins + now).map { $0.name ?? "" }).sorted()
    return names.compactMap { name in
      let before = file.plugins.filter { ($0.name ?? "") == name }
      // One that cannot be read cannot be compared.
      guard before.count == 1, let digest = before[0].sha256,
        now.contains(where: { $0.name == name && $0.sha256 == digest })
      else {
        return LocalizedText(
          fr: "le plugin « \(name) » n'est pas celui avec lequel il a été établi",
          en: "the plugin “\(name)” is not the one that it was made with")
      }
      return nil
    }
  }

  // MARK: - The card that is there now

  /// Asks which card is in that reader now, and compares all that the verdict tells of it.
  @MainActor
  private func verifyCard(_ run: Run, _ language: Language) async throws {
    guard let before = file.card, before.tellsCard else {
      try refuse([
        LocalizedText(fr: "il ne dit pas de quelle carte il est", en: "it does not say which card it is of")
      ])
      return
    }
    let wanted = [FactName.cardReader: before.reader, .cardATR: before.atr, .cardNumber: before.numberCheck]
      .compactMap { name, recorded in recorded.map { _ in name } }
    let timeout = demands.inputs.timeout
    let facts = try await run.gather(
      Set(wanted + [.cardPresent]), alsoTelling: [.cryptolibModule], language: language
    ) { _ in timeout }.facts
    if let module = file.module, let now = ProgramMark(moduleOf: facts), now.sha256 != module.sha256 {
      try refuse([
        LocalizedText(
          fr: "la carte est lue par un autre module PKCS#11 (\(now.path))",
          en: "the card is read through another PKCS#11 module (\(now.path))")
      ])
    }
    if (try? facts.boolean(.cardPresent)) == false {
      try refuse([
        LocalizedText(fr: "la carte n'est plus dans le lecteur", en: "the card is no longer in the reader")
      ])
    }
    for name in wanted.sorted() {
      if case .unavailable(let why) = facts[name].state { throw Failure(undecided: why, at: path) }
    }
    let now = CardMark(facts, key: key)
    let isSame =
      (before.reader == nil || before.reader == now?.reader) && (before.atr == nil || before.atr == now?.atr)
      && (before.numberCheck == nil || before.numberCheck == now?.numberCheck)
    if !isSame {
      try refuse([
        LocalizedText(
          fr: "une autre carte est dans le lecteur", en: "another card is in the reader")
      ])
    }
  }
}

extension ProgramMark {
  /// Whether the file is still the same; one that could not be read before is not known to be.
  fileprivate var isUnchanged: Bool { sha256 != nil && sha256 == FileDigest.of(path) }
}

extension Failure {
  /// What has to be known to answer is not.
  fileprivate init(undecided why: Unavailability, at place: String) {
    self.init(
      why.reason.exitCode, at: place,
      LocalizedText(
        fr: "\(why.message.french) ; \(why.reason.advice.french)",
        en: "\(why.message.english); \(why.reason.advice.english)"))
  }
}
