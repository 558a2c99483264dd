package import Preflight

extension CryptokiSource {
  /// Asks the person at the terminal for the code porteur once a card that needs it is known to be there, and says where
  /// to enter it if the reader has a keypad.
  ///
  /// The card is looked at first, without a code: where it is absent, blocked or at its last try, nobody is asked. Without
  /// a terminal nothing is done.
  ///
  /// - Throws: ``Unavailability`` if something other than a code was typed, or if the module gives no answer.
  package func prepare(
    for wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    with workstation: any WorkstationAccess
  ) async throws(Unavailability) {
    guard asksForCode(for: wanted), workstation.hasAudience else { return }
    let seen: Reading
    do throws(Unavailability) {
      seen = try await look(knowing: known, within: deadline, from: workstation)
    } catch {
      // Another look would take as long, and find the same.
      if error.reason == .timeout { throw error }
      return
    }
    guard let token = seen.token, seen.failure == nil else { return }
    let takesCode =
      !token.codeIsAtItsLastTry && (!token.codeIsBlocked || token.codeMayBeEntered)
    guard takesCode else { return }
    if token.hasKeypad {
      let seconds = (deadline.milliseconds + 999) / 1000
      workstation.announce(
        LocalizedText(
          fr: "En attente du code porteur (encore \(seconds) s) : le saisir sur le clavier du lecteur",
          en: "Waiting for the code porteur (\(seconds) s left): enter the code on the reader's keypad"))
      return
    }
    guard await workstation.askForCode() else {
      throw Unavailability(
        .notGiven,
        LocalizedText(fr: "ce qui a été saisi n'est pas un code", en: "what was typed is not a code"))
    }
    let release = Self.release(knowing: known, within: deadline)
    if token.codeMayBeEntered, release > .zero {
      let seconds = release.milliseconds / 1000
      workstation.announce(
        LocalizedText(
          fr: "En attente de la carte (encore \(seconds) s) : la Cryptolib ne dit pas si son code est bloqué",
          en:
            "Waiting for the card (\(seconds) s left): the Cryptolib does not say whether its code is blocked"
        ))
    }
  }

  /// Looks at the card without its code.
  private func look(
    knowing known: Facts, within deadline: Duration, from workstation: any WorkstationAccess
  ) async throws(Unavailability) -> Reading {
    let reader = try Self.reader(known)
    return try await read(options(for: reader, knowing: known), within: deadline, from: workstation)
  }
}
