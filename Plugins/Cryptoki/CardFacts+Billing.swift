import Preflight

/// The facts that need the code porteur: whether it was accepted, and the billing situations.
extension CardFacts {
  /// The value of the fact `card.code`; `nil` if no code was presented.
  var codeOutcome: String? {
    switch reading.login {
    case "CKR_OK", "CKR_USER_ALREADY_LOGGED_IN": return "accepted"
    case "CKR_PIN_LOCKED": return "wrong-blocked"
    case "CKR_PIN_INCORRECT", "CKR_PIN_INVALID", "CKR_PIN_LEN_RANGE":
      guard var token = reading.token, let flags = reading.flagsAfterLogin else { return "wrong" }
      token.flags = flags
      if token.codeIsBlocked { return "wrong-blocked" }
      return token.codeIsAtItsLastTry ? "wrong-last-try" : "wrong-tries-left"
    default: return nil
    }
  }

  /// The billing data.
  ///
  /// - Throws: ``Unavailability`` with the reason why nothing is known of them.
  func billing() throws(Unavailability) -> BillingData {
    try makeSureOfLogin()
    switch reading.objects[BillingData.label] ?? .absent {
    case .absent: return .none
    // A card without DAM lists the object all the same and fails to read it, as does a card that was pulled out. This
    // card is known to be there; what remains to check is that its other private objects can be read.
    case .unreadable(let failure)
    where failure == Reading.Failure(call: "C_GetAttributeValue", returned: "CKR_GENERAL_ERROR")
      && otherPrivateObjectsRead:
      return .none
    case .unreadable(let failure): throw Unavailability(failure)
    case .value:
      return try decoded(BillingData.label) { bytes throws(CardDataFault) in try BillingData(bytes) }
    }
  }

  /// The billing situations, each with the mode of practice of the activity that it is linked to.
  ///
  /// - Throws: ``Unavailability`` with the reason why nothing is known of them.
  func situations() throws(Unavailability) -> [BillingSituation] {
    let situations = try billing().situations
    let (activities, isEachRead) = activities
    return situations.map { situation in
      guard let link = situation.link else { return situation }
      let modes = Set(activities.filter { $0.link == link }.map(\.practice))
      switch modes.count {
      case 0: return isEachRead ? situation : situation.practised(nil)
      case 1: return modes.first?.map { situation.practised($0) } ?? situation
      default: return situation.practised(nil)
      }
    }
  }

  /// How the activities are practised, each mode once. One that does not matter here is left out.
  ///
  /// - Throws: ``Unavailability`` if an activity was not read, or the private objects cannot be.
  func practices() throws(Unavailability) -> [PracticeMode] {
    try makeSureOfLogin()
    let (activities, isEachRead) = activities
    guard isEachRead else {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "une activité de la carte n'a pas pu être lue", en: "an activity of the card could not be read")
      )
    }
    return PracticeMode.allCases.filter { mode in activities.contains { $0.practice == mode } }
  }

  /// The activities that were read, and whether those are all. An invalid one says nothing about the others or the billing data, and
  /// may belong to any situation, as may those that were not asked for.
  private var activities: (read: [Activity], isEach: Bool) {
    var activities: [Activity] = []
    var isEachRead = true
    for label in Activity.labels {
      switch reading.objects[label] {
      case .absent: break
      case .value(let bytes):
        if let activity = try? Activity(bytes) { activities.append(activity) } else { isEachRead = false }
      case .unreadable, nil: isEachRead = false
      }
    }
    return (activities, isEachRead)
  }

  private var otherPrivateObjectsRead: Bool {
    let others = Activity.labels.compactMap { reading.objects[$0] }.filter { $0 != .absent }
    return !others.isEmpty
      && others.allSatisfy { if case .value = $0 { true } else { false } }
  }

  /// Makes sure that the private objects can be read.
  ///
  /// - Throws: ``Unavailability`` with the reason why they cannot.
  private func makeSureOfLogin() throws(Unavailability) {
    guard codeOutcome != "accepted" else { return }
    let token = try token()
    try makeSureOfTheCode(of: token)
    if token.codeIsBlocked {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "le code porteur est bloqué : aucun essai n'a été fait",
          en: "the code porteur is blocked: no try was made"))
    }
    if token.codeIsAtItsLastTry {
      throw Unavailability(
        .notGiven,
        LocalizedText(
          fr: "il ne reste qu'un essai du code porteur : cet essai n'a pas été tenté",
          en: "one try of the code porteur is left: that try was not made"))
    }
    if codeOutcome != nil {
      throw Unavailability(
        .notGiven,
        LocalizedText(fr: "le code porteur fourni est erroné", en: "the code porteur given is wrong"))
    }
    if let returned = reading.login {
      throw Unavailability(Reading.Failure(call: "C_Login", returned: returned))
    }
    throw Unavailability(
      .notGiven,
      LocalizedText(
        fr: "code porteur non fourni, ni par --pin-fd, ni par --pin-file, ni au terminal",
        en: "code porteur not given, neither by --pin-fd nor --pin-file, nor at the terminal"),
      case: FoundCase("code_not_given"))
  }
}
