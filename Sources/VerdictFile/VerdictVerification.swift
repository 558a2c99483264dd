package import Preflight

/// Whether a verdict that was written down still holds: never if that is in doubt.
package struct VerdictVerification: Sendable {
  /// What is demanded of the verdict.
  package struct Demands: Sendable {
    package var maxAge = Duration.seconds(300)
    package var use: Use?
    package var selection = SituationSelection.any
    /// The reader that it has to be of, by its name or a part of it.
    package var reader: String?
    /// Whether it does not matter whose card it was.
    package var anyCard = false

    package init() {}
  }

  /// What there is now, which the verdict is held against.
  package struct Circumstances: Sendable {
    package let moment: Moment
    /// The day in France; nil if it is not known.
    package let today: CivilDate?
    package let rulesPath: String
    package let rulesDigest: String
    package let ruleSet: RuleSet
    package let plugins: [ProgramMark]
    /// The SHA-256 of the file at a path, in hexadecimal; nil if it cannot be read.
    package let digest: @Sendable (String) -> String?

    package init(
      moment: Moment, today: CivilDate?, rulesPath: String, rulesDigest: String, ruleSet: RuleSet,
      plugins: [ProgramMark], digest: @escaping @Sendable (String) -> String?
    ) {
      self.moment = moment
      self.today = today
      self.rulesPath = rulesPath
      self.rulesDigest = rulesDigest
      self.ruleSet = ruleSet
      self.plugins = plugins
      self.digest = digest
    }
  }

  private let file: RecordedVerdict
  private let demands: Demands
  private let key: SigningKey?

  /// - Parameter key: the key that it has to be signed with.
  package init(_ file: RecordedVerdict, _ demands: Demands, key: SigningKey?) {
    self.file = file
    self.demands = demands
    self.key = key
  }

  /// That it does not hold, and why.
  package static func words(_ faults: [LocalizedText]) -> LocalizedText? {
    guard let first = faults.first else { return nil }
    let all = faults.dropFirst().reduce(first) { all, next in
      LocalizedText(fr: "\(all.french) ; \(next.french)", en: "\(all.english); \(next.english)")
    }
    return LocalizedText(
      fr: "le verdict ne vaut pas : \(all.french) ; relancer la vérification",
      en: "the verdict does not hold: \(all.english); check again")
  }

  // MARK: - Conditions

  /// What is wrong with its signature. Nothing else in a verdict is believed before this is empty.
  package var signatureFaults: [LocalizedText] {
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

  /// What does not hold, except what the card has to be asked for.
  package func faults(_ now: Circumstances) -> [LocalizedText] {
    let age = file.startedAt.seconds(until: now.moment)
    var faults: [LocalizedText] = []
    func demand(_ holds: Bool, fr: Text, en: Text) {
      if !holds { faults.append(LocalizedText(fr: fr, en: en)) }
    }
    demand(
      file.decision == Verdict.Decision.ready.rawValue && file.exitCode == Int(ExitCode.ready.rawValue),
      fr: "il n'autorise pas l'envoi (\(file.decision), code \(file.exitCode))",
      en: "it does not allow sending (\(file.decision), code \(file.exitCode))")
    faults += file.contradictions(file.rulesDigest == now.rulesDigest ? now.ruleSet : nil)
    demand(age >= 0, fr: "il vient de l'avenir (\(-age) s)", en: "it comes from the future (\(-age) s)")
    demand(
      Duration.seconds(age) <= demands.maxAge,
      fr: "il a \(age) s, plus que les \(demands.maxAge.milliseconds / 1000) s permises",
      en: "it is \(age) s old, more than the \(demands.maxAge.milliseconds / 1000) s allowed")
    demand(
      file.today != nil && file.today == now.today?.description,
      fr: "il a été jugé pour un autre jour (\(file.today ?? "–"))",
      en: "it was judged as on another day (\(file.today ?? "–"))")
    demand(
      file.rulesDigest == now.rulesDigest, fr: "il est d'autres règles que \(now.rulesPath)",
      en: "it is of other rules than \(now.rulesPath)")
    demand(
      file.use == demands.use?.rawValue,
      fr: "il est d'un autre usage (\(file.use ?? "tous"), et non \(demands.use?.rawValue ?? "tous"))",
      en: "it is of another use (\(file.use ?? "all"), not \(demands.use?.rawValue ?? "all"))")
    demand(
      file.selection == SelectionMark(demands.selection, key: key),
      fr: "il est d'une autre situation de facturation que --am ou --situation",
      en: "it is of another billing situation than --am or --situation")
    faults += pluginFaults(now.plugins)
    if let module = file.module {
      // One that could not be read before is not known to be the same.
      demand(
        module.sha256 != nil && module.sha256 == now.digest(module.path),
        fr: "le module PKCS#11 \(module.path) n'est plus celui qui a lu la carte",
        en: "the PKCS#11 module \(module.path) is no longer the one that read the card")
    }
    if !demands.anyCard {
      demand(
        file.card?.tellsCard == true, fr: "il ne dit pas de quelle carte il est (--any-card l'accepte)",
        en: "it does not say whose card it is of (--any-card accepts that)")
      if let asked = demands.reader {
        demand(
          file.card?.reader?.lowercased().contains(asked.lowercased()) == true,
          fr: "il est d'un autre lecteur (\(file.card?.reader ?? "–"))",
          en: "it is of another reader (\(file.card?.reader ?? "–"))")
      }
    }
    return faults
  }

  /// What is no longer as it was of the plugins that took part.
  private func pluginFaults(_ now: [ProgramMark]) -> [LocalizedText] {
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

  /// What has to be asked to know whether it is the same card.
  package var factsOfCard: Set<FactName> { Set(recordedOfCard + [.cardPresent]) }

  private var recordedOfCard: [FactName] {
    let card = file.card
    return [FactName.cardReader: card?.reader, .cardATR: card?.atr, .cardNumber: card?.numberCheck]
      .compactMap { name, recorded in recorded.map { _ in name } }
  }

  /// What is no longer as it was of the card, which those facts are about; nil if it is the same.
  ///
  /// Throws why that is not known.
  ///
  /// - Parameter module: the PKCS#11 module that the facts were read through; nil if none was.
  package func cardFault(_ facts: Facts, readThrough module: ProgramMark?) throws(Unavailability)
    -> LocalizedText?
  {
    guard let before = file.card, before.tellsCard else {
      return LocalizedText(
        fr: "il ne dit pas de quelle carte il est", en: "it does not say which card it is of")
    }
    if let recorded = file.module, let module, module.sha256 != recorded.sha256 {
      return LocalizedText(
        fr: "la carte est lue par un autre module PKCS#11 (\(module.path))",
        en: "the card is read through another PKCS#11 module (\(module.path))")
    }
    if (try? facts.boolean(.cardPresent)) == false {
      return LocalizedText(
        fr: "la carte n'est plus dans le lecteur", en: "the card is no longer in the reader")
    }
    for name in recordedOfCard.sorted() {
      if case .unavailable(let why) = facts[name].state { throw why }
    }
    let now = CardMark(facts, key: key)
    let isSame =
      (before.reader == nil || before.reader == now?.reader) && (before.atr == nil || before.atr == now?.atr)
      && (before.numberCheck == nil || before.numberCheck == now?.numberCheck)
    return isSame
      ? nil : LocalizedText(fr: "une autre carte est dans le lecteur", en: "another card is in the reader")
  }
}
