package import Preflight

/// Decides whether a recorded verdict still holds. In doubt it does not.
package struct VerdictVerification: Sendable {
  /// The requirements that the verdict must meet.
  package struct Demands: Sendable {
    /// The maximum age of the verdict. Five minutes by default.
    package var maxAge = Duration.seconds(300)
    /// The use that it must be for. Nil demands a verdict for all uses.
    package var use: Use?
    /// The billing situation that it must be for.
    package var selection = SituationSelection.any
    /// The reader that it must be for, by its name or a part of it. Nil for any.
    package var reader: String?
    /// Whether a verdict on any card is accepted.
    package var anyCard = false

    /// Creates the default requirements.
    package init() {}
  }

  /// The present circumstances, which the verdict is compared with.
  package struct Circumstances: Sendable {
    /// The present time.
    package let moment: Moment
    /// Today's date in France. Nil if it is not known.
    package let today: CivilDate?
    /// The path of the rule file, as the user wrote it.
    package let rulesPath: String
    /// The SHA-256 of the rule file, in hexadecimal.
    package let rulesDigest: String
    /// The present rules.
    package let ruleSet: RuleSet
    /// The plugins that the rules use, in their present state.
    package let plugins: [ProgramMark]
    /// Returns the SHA-256 of the file at a path, in hexadecimal, or nil if it cannot be read.
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

  /// - Parameter key: the key that the verdict must be signed with. Nil if it need not be signed.
  package init(_ file: RecordedVerdict, _ demands: Demands, key: SigningKey?) {
    self.file = file
    self.demands = demands
    self.key = key
  }

  /// Returns one sentence that the verdict does not hold and why. Nil if there are no faults.
  package static func words(_ faults: [LocalizedText]) -> LocalizedText? {
    guard let first = faults.first else { return nil }
    let all = faults.dropFirst().reduce(first) { all, next in
      LocalizedText(fr: "\(all.french) ; \(next.french)", en: "\(all.english); \(next.english)")
    }
    return LocalizedText(
      fr: "le verdict n'est pas valable : \(all.french) ; relancer la vérification",
      en: "the verdict does not hold: \(all.english); check again")
  }

  // MARK: - Conditions

  /// The faults of the signature. Nothing else in the verdict may be believed unless this is empty.
  package var signatureFaults: [LocalizedText] {
    guard let key else {
      guard file.claimsSignature else { return [] }
      return [
        LocalizedText(
          fr: "il est signé, et sans --key rien ne dit qu'il n'a pas été modifié",
          en: "it is signed, and without --key nothing shows that it was not altered")
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

  /// Returns all faults that can be found without asking the card. Empty if there are none.
  package func faults(_ now: Circumstances) -> [LocalizedText] {
    let age = file.startedAt.seconds(until: now.moment)
    let day: Text = file.today.map { written in CivilDate(written).map { "\($0)" } ?? Text(written) } ?? "–"
    var faults: [LocalizedText] = []
    func demand(_ holds: Bool, fr: Text, en: Text) {
      if !holds { faults.append(LocalizedText(fr: fr, en: en)) }
    }
    demand(
      file.decision == Verdict.Decision.ready.rawValue && file.exitCode == Int(ExitCode.ready.rawValue),
      fr: "il n'autorise pas l'envoi (\(file.decision), code \(file.exitCode))",
      en: "it does not allow sending (\(file.decision), code \(file.exitCode))")
    faults += file.contradictions(file.rulesDigest == now.rulesDigest ? now.ruleSet : nil)
    demand(age >= 0, fr: "il est daté du futur (\(-age) s)", en: "it comes from the future (\(-age) s)")
    demand(
      Duration.seconds(age) <= demands.maxAge,
      fr: "il a \(age) s, plus que les \(demands.maxAge.milliseconds / 1000) s permises",
      en: "it is \(age) s old, more than the \(demands.maxAge.milliseconds / 1000) s allowed")
    demand(
      file.today != nil && file.today == now.today?.description,
      fr: "il a été jugé pour un autre jour (\(day))", en: "it was judged as on another day (\(day))")
    demand(
      file.rulesDigest == now.rulesDigest, fr: "il a été établi avec d'autres règles que \(now.rulesPath)",
      en: "it was made with rules other than \(now.rulesPath)")
    demand(
      file.use == demands.use?.rawValue,
      fr: "il est d'un autre usage (\(file.use ?? "tous"), et non \(demands.use?.rawValue ?? "tous"))",
      en: "it is of another use (\(file.use ?? "all"), not \(demands.use?.rawValue ?? "all"))")
    demand(
      file.selection == SelectionMark(demands.selection, key: key),
      fr: "il porte sur une autre situation de facturation que --am ou --situation",
      en: "it is for another billing situation than --am or --situation")
    faults += pluginFaults(now.plugins)
    if let module = file.module {
      // A file that could not be read then may have been a different one.
      demand(
        module.sha256 != nil && module.sha256 == now.digest(module.path),
        fr: "le module PKCS#11 \(module.path) n'est plus celui qui a lu la carte",
        en: "the PKCS#11 module \(module.path) is no longer the one that read the card")
    }
    if !demands.anyCard {
      demand(
        file.card?.tellsCard == true, fr: "il ne dit pas sur quelle carte il porte (--any-card l'accepte)",
        en: "it does not say which card it is about (--any-card accepts that)")
      if let asked = demands.reader {
        demand(
          file.card?.reader?.lowercased().contains(asked.lowercased()) == true,
          fr: "il est d'un autre lecteur (\(file.card?.reader ?? "–"))",
          en: "it is of another reader (\(file.card?.reader ?? "–"))")
      }
    }
    return faults
  }

  /// Returns how the plugins differ from those that took part in the verdict.
  private func pluginFaults(_ now: [ProgramMark]) -> [LocalizedText] {
    let names = Set((file.plugins + now).map { $0.name ?? "" }).sorted()
    return names.compactMap { name in
      let before = file.plugins.filter { ($0.name ?? "") == name }
      // A file that cannot be read cannot be compared.
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

  /// The facts that are needed to decide whether the same card is present.
  package var factsOfCard: Set<FactName> { Set(recordedOfCard + [.cardPresent]) }

  private var recordedOfCard: [FactName] {
    let card = file.card
    return [FactName.cardReader: card?.reader, .cardATR: card?.atr, .cardNumber: card?.numberCheck]
      .compactMap { name, recorded in recorded.map { _ in name } }
  }

  /// Returns how the present card differs from that of the verdict. Nil if it is the same card.
  ///
  /// - Parameter module: the PKCS#11 module that the facts were read through. Nil if none was.
  /// - Throws: `Unavailability` if it cannot be known whether it is the same card.
  package func cardFault(_ facts: Facts, readThrough module: ProgramMark?) throws(Unavailability)
    -> LocalizedText?
  {
    guard let before = file.card, before.tellsCard else {
      return LocalizedText(
        fr: "il ne dit pas sur quelle carte il porte", en: "it does not say which card it is about")
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
