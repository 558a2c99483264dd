package import Preflight

/// The check `cryptolib.version`: the Cryptolib is recent enough for the card; docs/cryptolib.md.
package struct CryptolibVersionCheck: Check {
  /// The installed versions, and those facts of the card that the parameters make relevant.
  package let facts: Set<FactName>
  /// The facts that distinguish a Cryptolib of unknown version from a missing one.
  package let welcomeFacts: Set<FactName> = [.cryptolibModule, .cryptolibLibrary]
  private let minimum: Version
  private let issuedFrom: [(day: CivilDate, version: Version)]
  private let cps4: Version?

  /// Reads the minimum version, and those by date of issue and for a CPS4.
  ///
  /// - Throws: ``ParameterError`` if there is no `minimum`, or if a value is not a version.
  package init(_ parameters: Parameters) throws(ParameterError) {
    guard let minimum = parameters.version("minimum") else {
      throw ParameterError("minimum", fr: "la version minimale est nécessaire", en: "the minimum is needed")
    }
    self.minimum = minimum
    issuedFrom = try Self.issuedFrom(parameters["issued_from"])
    cps4 = parameters.version("cps4")
    if parameters["cps4"] != nil, cps4 == nil {
      throw ParameterError("cps4", fr: "il faut une version", en: "a version is needed")
    }
    var facts: Set<FactName> = [.cryptolibVersion, .cryptolibVersions]
    if !issuedFrom.isEmpty { facts.insert(.cardIssuedOn) }
    if cps4 != nil { facts.insert(.cardGeneration) }
    self.facts = facts
  }

  private static func issuedFrom(
    _ value: ParameterValue?
  ) throws(ParameterError) -> [(day: CivilDate, version: Version)] {
    let fault = ParameterError(
      "issued_from", fr: "il faut une table date : version", en: "a map from dates to versions is needed")
    guard let value else { return [] }
    guard case .map(let entries) = value else { throw fault }
    var steps: [(day: CivilDate, version: Version)] = []
    for entry in entries {
      guard case .date(let day) = entry.key, case .version(let version) = entry.value else { throw fault }
      steps.append((day, version))
    }
    return steps.sorted { ($0.day, $0.version) < ($1.day, $1.version) }
  }

  /// Passes if every installed Cryptolib that may be in use is recent enough for the card.
  ///
  /// - Throws: ``Unavailability`` if no version is known, if several versions would be judged differently, or if an
  ///   unknown fact of the card could require a newer version.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    let requirements = requirements(of: facts)
    let required = requirements.highest
    let newest: Version
    do throws(Unavailability) { newest = try facts.version(.cryptolibVersion) } catch {
      throw Self.unknown(error, needed: "\(requirements.mayNeed)", facts)
    }
    let found = try Self.found(facts, newest: newest, fails: newest < required.version)
    if Set(found.map { requirements.standing(of: $0.version) }).count > 1 {
      throw Self.several(found, requirements)
    }
    var judgement: Judgement
    if newest < required.version {
      judgement = .fail(
        fr: "Cryptolib \(newest) installée, \(required.version) nécessaire (\(required.reason.french))",
        en: "Cryptolib \(newest) installed, \(required.version) needed (\(required.reason.english))",
        case: FoundCase(
          "cryptolib_too_old", ["installed": "\(newest)", "needed": "\(requirements.mayNeed)"]))
    } else if let doubt = requirements.doubts.first(where: { newest < $0.highest }) {
      throw doubt.why.in(
        FoundCase("need_unknown", ["installed": "\(newest)", "needed": "\(doubt.highest)"]))
    } else {
      judgement = .pass(
        fr: "Cryptolib \(newest) installée, \(required.version) suffit (\(required.reason.french))",
        en: "Cryptolib \(newest) installed, \(required.version) is enough (\(required.reason.english))")
      // A doubt that changes nothing is reported all the same; only once, if both doubts have the same cause.
      var told: Set<LocalizedText> = []
      for doubt in requirements.doubts where told.insert(doubt.why.message).inserted {
        judgement = judgement.adding(doubt.why.message)
      }
    }
    for missing in requirements.missing { judgement = judgement.adding(missing) }
    if let note = facts[.cryptolibVersion].note { judgement = judgement.adding(note) }
    return judgement
  }
}

// MARK: - What is installed

extension CryptolibVersionCheck {
  /// The name of the case in which the Cryptolib seems to be installed but its version is unknown.
  static let versionUnknown = "version_unknown"

  /// Why there is no version to judge, as a case of this check.
  private static func unknown(
    _ why: Unavailability, needed: Text, _ facts: Facts
  ) -> Unavailability {
    let needed = ["needed": needed]
    switch why.reason {
    // The source looked and found nothing.
    case .service:
      guard let module = try? facts.text(.cryptolibModule) else {
        return why.in(FoundCase(why.found?.name ?? "cryptolib_missing", needed))
      }
      let there = LocalizedText(moduleAt: module, library: try? facts.version(.cryptolibLibrary))
      let searched: [LocalizedText] =
        if case .unavailable(let why) = facts[.cryptolibVersions].state, why.reason == .service {
          [why.message]
        } else {
          []
        }
      return Unavailability(
        .service, LocalizedText([there] + searched) ?? there, case: FoundCase(versionUnknown, needed))
    case .notGiven, .malformed: return why.in(FoundCase(versionUnknown, needed))
    // The reason itself says best what to do.
    default: return why
    }
  }

  /// The Cryptolibs that the software may be using.
  ///
  /// - Parameter fails: whether the newest one is too old, and so are all the others.
  /// - Throws: ``Unavailability`` if the facts about them contradict each other.
  private static func found(
    _ facts: Facts, newest: Version, fails: Bool
  ) throws(Unavailability) -> [InstalledCryptolib] {
    let alone = [InstalledCryptolib(version: newest, place: facts[.cryptolibVersion].source)]
    let found: [InstalledCryptolib]
    do throws(Unavailability) { found = try facts.cryptolibs() } catch {
      switch error.reason {
      // Most programs that write facts know of only one.
      case .notGiven, .service: return alone
      default:
        if fails { return alone }
        throw error
      }
    }
    if found.isEmpty || fails { return alone }
    guard found.map(\.version).max() == newest else {
      throw Unavailability(
        .disagreement,
        LocalizedText(
          fr: "cryptolib.version (\(newest)) n'est pas la plus récente de cryptolib.versions",
          en: "cryptolib.version (\(newest)) is not the newest of cryptolib.versions"))
    }
    return found
  }

  /// The judgement if some are recent enough for the card, others may not be, and it is unknown which one is used.
  private static func several(
    _ found: [InstalledCryptolib], _ requirements: CryptolibRequirements
  ) -> Unavailability {
    let best = found.map { requirements.standing(of: $0.version) }.max() ?? .enough
    let needed = best == .enough ? requirements.highestInDoubt : requirements.highest
    let places = LocalizedText(listing: found.map(\.words))
    let bad = found.filter { requirements.standing(of: $0.version) != best }
    let removable = LocalizedText(listing: bad.map(\.words))
    let advice = LocalizedText(
      fr: """
        désinstaller la Cryptolib trop ancienne (\(removable.french)), ou la mettre à jour ; si les deux doivent rester, \
        dire laquelle sert au logiciel de facturation : « cryptolib: { architecture: 64 } », ou 32, sous « sources »
        """,
      en: """
        uninstall the Cryptolib that is too old (\(removable.english)), or update it; where both have to stay, say \
        which one the billing software uses: “cryptolib: { architecture: 64 }”, or 32, under “sources”
        """)
    return Unavailability(
      .ambiguous,
      LocalizedText(
        fr: """
          plusieurs Cryptolibs, qui ne suffisent pas toutes, et rien ne dit laquelle sert : \(places.french) ; \
          \(needed.version) nécessaire (\(needed.reason.french))
          """,
        en: """
          several Cryptolibs, not all of them enough, and nothing says which one is used: \(places.english); \
          \(needed.version) needed (\(needed.reason.english))
          """),
      case: FoundCase(
        "several",
        [
          "places": places, "to_remove": removable,
          "needed": LocalizedText(everywhere: "\(needed.version)"),
        ], advice: advice))
  }
}

// MARK: - What the card needs

extension CryptolibVersionCheck {
  private func requirements(of facts: Facts) -> CryptolibRequirements {
    var requirements = CryptolibRequirements(
      highest: .init(
        version: minimum,
        reason: LocalizedText(fr: "minimum pour toute carte", en: "minimum for any card")))
    if let highest = issuedFrom.map(\.version).max() {
      do throws(Unavailability) {
        let issued = try facts.date(.cardIssuedOn)
        // A later date asks for no less than an earlier one: newer cards need what older ones do.
        if let version = issuedFrom.filter({ $0.day <= issued }).map(\.version).max() {
          requirements.add(
            version,
            LocalizedText(fr: "carte délivrée le \(issued)", en: "card issued on \(issued)"))
        }
      } catch {
        requirements.add(
          error, upTo: highest,
          withoutIt: LocalizedText(
            fr: "jugée sans la date de délivrance de la carte, qui n'est pas connue",
            en: "judged without the card's date of issue, which is not known"))
      }
    }
    if let cps4 {
      do throws(Unavailability) {
        if try facts.text(.cardGeneration) == "cps4" {
          requirements.add(cps4, LocalizedText(fr: "carte CPS4", en: "CPS4 card"))
        }
      } catch {
        requirements.add(
          error, upTo: cps4,
          withoutIt: LocalizedText(
            fr: "jugée sans la génération de la carte (CPS3 ou CPS4), qui n'est pas connue",
            en: "judged without the card's generation (CPS3 or CPS4), which is not known"))
      }
    }
    return requirements
  }
}

// MARK: - Documentation

extension CryptolibVersionCheck {
  /// `minimum` is for any card, `issued_from` maps dates of issue to versions, and `cps4` is for CPS4 cards.
  package static let description = CheckDescription(
    id: "cryptolib.version",
    summary: LocalizedText(
      fr: "la Cryptolib installée est assez récente pour la carte",
      en: "the installed Cryptolib is recent enough for the card"),
    rationale: LocalizedText(
      fr: """
        une Cryptolib trop ancienne ne voit pas les données de facturation des cartes récentes : le logiciel \
        dit alors que la carte n'a pas de DAM, alors qu'elle est bonne
        """,
      en: """
        a Cryptolib that is too old does not see the billing data of recent cards: the software then says \
        that the card has no DAM, although the card is good
        """),
    parameters: [
      Parameter(
        "minimum", .version, required: true, fr: "version nécessaire à toute carte",
        en: "version that any card needs"),
      Parameter(
        "issued_from", .map(keys: .date, values: .version),
        fr: "version nécessaire aux cartes délivrées à partir de chaque date ; la plus haute compte",
        en: "version needed by cards issued from each date on; the highest counts"),
      Parameter(
        "cps4", .version, fr: "version nécessaire à une CPS4, quelle que soit sa date",
        en: "version that a CPS4 needs, whatever its date"),
    ],
    cases: [
      CheckCase(
        "cryptolib_too_old", fr: "la Cryptolib est trop ancienne", en: "the Cryptolib is too old",
        variables: [installed, needed]),
      .undecided(
        "cryptolib_missing", fr: "aucune Cryptolib n'est trouvée sur le poste",
        en: "no Cryptolib is found on the workstation", variables: [needed]),
      .undecided(
        "several", fr: "il y a plusieurs Cryptolibs, qui ne suffisent pas toutes à la carte",
        en: "there are several Cryptolibs, not all of them recent enough for the card",
        variables: [
          CaseVariable(
            "places", fr: "chaque fichier ou paquet, avec sa version",
            en: "each file or package, with its version"),
          CaseVariable(
            "to_remove", fr: "ceux de la trop ancienne", en: "those of the one that is too old"),
          needed,
        ]),
      .undecided(
        versionUnknown, fr: "la version de la Cryptolib n'a pas été donnée, ou n'est pas lisible",
        en: "the Cryptolib's version was not given, or cannot be read", variables: [needed]),
      .undecided(
        "need_unknown", fr: "ce que la carte demande est en doute", en: "what the card needs is in doubt",
        variables: [
          installed,
          CaseVariable(
            "needed", fr: "la version qu'il faudrait au plus", en: "the highest version that it may need"),
        ]),
    ],
    examples: [
      CheckExample(
        "A card issued before the first date needs the minimum only",
        parameters: usual, facts: card("5.0.1", issued: (2025, 6, 30), "cps3"), is: .pass),
      CheckExample(
        "A card issued on a date needs that date's version",
        parameters: usual, facts: card("5.2.2", issued: (2025, 7, 1), "cps3"), is: .pass),
      CheckExample(
        "A recent card and an old Cryptolib",
        parameters: usual, facts: card("5.0.1", issued: (2025, 9, 10), "cps3"), is: .fail, "cryptolib_too_old"
      ),
      CheckExample(
        "Versions compare number by number",
        parameters: usual, facts: card("5.10.0", issued: (2025, 9, 10), "cps3"), is: .pass),
      CheckExample(
        "A CPS4 needs more, whatever its date",
        parameters: usual, facts: card("5.1.9", issued: (2025, 1, 10), "cps4"), is: .fail),
      CheckExample(
        "Below the minimum, whatever the card",
        parameters: usual, facts: card("4.9.9", issued: nil, nil), is: .fail),
      CheckExample(
        "Without a card, the minimum alone is judged",
        parameters: usual, facts: card("5.0.1", issued: nil, nil), is: .pass),
      CheckExample(
        "Of two Cryptolibs, one is too old for the card",
        parameters: usual, facts: card("5.2.4", issued: (2025, 9, 10), "cps3", beside: "5.2.1"),
        is: .unknown, "several"),
      CheckExample(
        "Two Cryptolibs that are both recent enough",
        parameters: usual, facts: card("5.2.4", issued: (2025, 9, 10), "cps3", beside: "5.2.2"), is: .pass),
      CheckExample(
        "The Cryptolib's version is not known",
        parameters: usual, facts: card(nil, issued: (2025, 9, 10), "cps3"), is: .unknown, "version_unknown"),
    ])

  private static let installed = CaseVariable(
    "installed", fr: "la version installée", en: "the version that is installed")
  private static let needed = CaseVariable(
    "needed", fr: "la version qu'il faut à la carte, au plus", en: "the version that the card needs, at most")

  private static let usual: [String: ParameterValue] = {
    var parameters: [String: ParameterValue] = [
      "minimum": .version(Version(5, 0, 0)), "cps4": .version(Version(5, 2, 0)),
    ]
    if let day = CivilDate(year: 2025, month: 7, day: 1) {
      parameters["issued_from"] = .map([.init(.date(day), .version(Version(5, 2, 2)))])
    }
    return parameters
  }()

  private static func card(
    _ cryptolib: String?, issued: (year: Int, month: Int, day: Int)?, _ generation: String?,
    beside other: String? = nil
  ) -> [FactName: FactValue] {
    var facts: [FactName: FactValue] = [:]
    facts[.cryptolibVersion] = cryptolib.flatMap { Version($0) }.map { .version($0) }
    if let other {
      facts[.cryptolibVersions] = .cryptolibs(
        [(cryptolib, .bits32, "154.adm"), (other, .bits64, "155.adm")].compactMap {
          written, architecture, file in
          written.flatMap { Version($0) }.map {
            InstalledCryptolib(
              version: $0, architecture: architecture, place: "/var/opt/santesocial/commun/adm/\(file)")
          }
        })
    }
    facts[.cardIssuedOn] = issued.flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
      .map { .date($0) }
    facts[.cardGeneration] = generation.map { .text($0) }
    return facts
  }
}
