import Preflight
import Processes

/// The facts that follow from a reading, or why they do not.
struct CardFacts {
  /// The object that the module never caches: reading it proves that the card is there.
  static let neverCached = "CPS_DATA"

  let reading: Reading
  private let reader: String?
  private let isUsedByOthers: Bool?
  private let source: String

  /// - Parameters:
  ///   - reader: the reader that holds the card; `nil` if unknown.
  ///   - isUsedByOthers: whether another program is using the card; `nil` if unknown.
  init(_ reading: Reading, in reader: String?, usedByOthers isUsedByOthers: Bool?, source: String) {
    self.reading = reading
    self.reader = reader
    self.isUsedByOthers = isUsedByOthers
    self.source = source
  }

  /// The facts with these names that the source gives, each with its value or the reason why it is unknown.
  ///
  /// The outcome of the code porteur is left out if no code was presented.
  func facts(_ wanted: Set<FactName>) -> [Fact] {
    CardFact.named(wanted).filter { $0.place != .login || codeOutcome != nil }.map { fact in
      do throws(Unavailability) {
        guard let value = try value(of: fact) else { return Fact(absent: fact.name, source: source) }
        return Fact(fact.name, value, source: source)
      } catch {
        return Fact(fact.name, unavailable: error, source: source)
      }
    }
  }

  /// The value of a fact; `nil` if the card was read and has none.
  ///
  /// - Throws: ``Unavailability`` with the reason why that is not known.
  private func value(of fact: CardFact) throws(Unavailability) -> FactValue? {
    switch fact.place {
    case .module: break
    // A try was made, and this was its outcome, whatever has happened to the card since.
    case .login: _ = try token()
    case .token, .object, .privateObjects:
      _ = try token()
      try makeSureOfTheCard()
    }
    return try fact.read(self)
  }

  // MARK: - The module and the token

  func module() throws(Unavailability) -> String {
    guard let path = reading.module else { throw failure }
    return path
  }

  func library() throws(Unavailability) -> Version {
    guard let text = reading.library, let version = Version(text) else { throw failure }
    return version
  }

  func token() throws(Unavailability) -> Reading.Token {
    guard let token = reading.token else { throw failure }
    guard reading.failure == nil else { throw failure }
    return token
  }

  func codeState() throws(Unavailability) -> String {
    let token = try token()
    try makeSureOfTheCode(of: token)
    if token.codeIsBlocked { return "blocked" }
    if token.codeIsAtItsLastTry { return "final" }
    return token.codeWasWrong ? "low" : "ok"
  }

  /// Makes sure that a code reported as blocked is not one that another program has just entered.
  func makeSureOfTheCode(of token: Reading.Token) throws(Unavailability) {
    guard token.codeMayBeEntered, !(reading.wasReleased && isUsedByOthers == false) else { return }
    throw Unavailability(
      .cardInUse,
      LocalizedText(
        fr: """
          la Cryptolib dit le code porteur bloqué, ce qu'elle dit aussi d'une CPS4 dont le code vient d'être saisi : \
          retirer la carte, la remettre, relancer ; si elle le dit encore, il est bloqué
          """,
        en: """
          the Cryptolib says that the code porteur is blocked, as it does of a CPS4 whose code was just entered: take \
          the card out, put it back, check again; if it still says so, the code is blocked
          """))
  }

  /// Makes sure that the card itself was read, not the module's cache, and that it was still there at the end.
  func makeSureOfTheCard() throws(Unavailability) {
    guard reading.staysAfterwards, case .value? = reading.objects[Self.neverCached] else {
      if case .unreadable(let failure)? = reading.objects[Self.neverCached] {
        throw Unavailability(failure)
      }
      throw Unavailability(
        .cardRemoved,
        LocalizedText(
          fr: "la carte n'était plus là à la fin de la lecture : ce qui a été lu n'est pas cru",
          en: "the card was no longer there at the end of the reading: what was read is not believed"))
    }
  }

  private var failure: Unavailability {
    if let refusal = reading.refusal { return Unavailability(refusal) }
    if let failure = reading.failure { return Unavailability(failure, in: reader) }
    if let reader, reading.lacksReader {
      return Unavailability(
        .service,
        LocalizedText(
          fr: """
            cette Cryptolib ne montre pas le lecteur « \(reader) », où PC/SC voit une CPS : elle ne connaît pas cette \
            carte, ou pas ce lecteur ; installer la plus récente
            """,
          en: """
            this Cryptolib does not show the reader “\(reader)”, in which PC/SC sees a CPS: it does not know this card, or \
            does not know this reader; install the latest
            """))
    }
    if let reader {
      return Unavailability(
        .cardRemoved,
        LocalizedText(
          fr: "la Cryptolib ne voit pas, ou ne voit plus, la carte de « \(reader) »",
          en: "the Cryptolib does not see the card in “\(reader)”, or no longer does"))
    }
    return Unavailability(
      reading.tokens.count > 1 ? .ambiguous : .service,
      LocalizedText(
        fr: "la Cryptolib ne voit pas exactement une carte (cartes vues : \(reading.tokens.count))",
        en: "the Cryptolib does not see exactly one card (cards seen: \(reading.tokens.count))"))
  }

  // MARK: - The objects

  func decoded<Value>(
    _ label: String, _ read: ([UInt8]) throws(CardDataFault) -> Value
  ) throws(Unavailability) -> Value {
    switch reading.objects[label] ?? .absent {
    case .absent:
      throw Unavailability(
        .malformed,
        LocalizedText(fr: "la carte n'a pas l'objet \(label)", en: "the card has no object \(label)"))
    case .unreadable(let failure): throw Unavailability(failure)
    case .value(let bytes):
      do throws(CardDataFault) {
        return try read(bytes)
      } catch {
        throw error.unavailability(in: label)
      }
    }
  }

  func kind() throws(Unavailability) -> String {
    try decoded(CardType.label) { bytes throws(CardDataFault) in try CardType(bytes).kind }
  }

  func identity<Value>(
    _ field: (CardIdentity) -> Result<Value, CardDataFault>
  ) throws(Unavailability) -> Value {
    try decoded(CardIdentity.label) { bytes throws(CardDataFault) in
      try field(CardIdentity(bytes)).get()
    }
  }

  /// The holder's name. A card need not have one, such as a CPE in the employer's name.
  func holder() throws(Unavailability) -> Personal? {
    if reading.objects[CardHolder.label] == .absent { return nil }
    return try decoded(CardHolder.label) { bytes throws(CardDataFault) in try CardHolder(bytes).name }
  }
}

extension Unavailability {
  /// Why a module was not loaded.
  init(_ refusal: Reading.Refusal) {
    let module = printable(TypedCode.shown(refusal.module), limit: 500)
    let message = refusal.fault.message(
      LocalizedText(
        fr: "le module PKCS#11 \(module) n'est pas utilisé", en: "the PKCS#11 module \(module) is not used"))
    let path = TypedCode.hidden(in: printable(refusal.fault.path, limit: 500), typed: [refusal.module])
    self.init(
      .unsafe, LocalizedText(fr: "\(path) \(message.french)", en: "\(path) \(message.english)"))
  }

  /// Why a call of the module failed.
  ///
  /// - Parameter reader: the reader in which PC/SC saw a CPS, where it was asked.
  init(_ failure: Reading.Failure, in reader: String? = nil) {
    let call = "\(failure.call) : \(failure.returned)"
    switch failure.returned {
    // If the card is gone, this call reports that no token is present.
    case _ where failure.isOfUnknownCard:
      let card = LocalizedText(
        fr: reader.map { "la carte de « \($0) », qui a l'ATR d'une CPS" } ?? "cette carte",
        en: reader.map { "the card in “\($0)”, which has the ATR of a CPS" } ?? "this card")
      self.init(
        .service,
        LocalizedText(
          fr: """
            cette Cryptolib ne connaît pas \(card.french) : installer la plus récente ; si c'est elle, appeler le support \
            de l'ANS au 0 806 800 213 [\(call)]
            """,
          en: """
            this Cryptolib does not know \(card.english): install the latest; if it is the latest, call ANS support on \
            0 806 800 213 [\(call)]
            """))
    case "CKR_DEVICE_REMOVED", "CKR_TOKEN_NOT_PRESENT", "CKR_TOKEN_NOT_RECOGNIZED", "CKR_DEVICE_ERROR",
      "CKR_SESSION_HANDLE_INVALID":
      self.init(
        .cardRemoved,
        LocalizedText(
          fr: "la carte a été retirée ou ne répond plus [\(call)]",
          en: "the card was taken out or no longer answers [\(call)]"))
    case "CKR_VENDOR_DEFINED + 1":
      self.init(
        .malformed,
        LocalizedText(
          fr:
            "une mise à jour de la carte a été commencée et pas terminée : la terminer avant de s'en servir [\(call)]",
          en: "an update of the card was begun and not finished: finish it before using the card [\(call)]"))
    case _ where failure == .endlessSlots:
      self.init(
        .service,
        LocalizedText(
          fr: """
            ce module PKCS#11 annonce plus de 256 emplacements de carte, ou un de plus à chaque fois : aucun n'est lu ; \
            vérifier que c'est bien celui de la Cryptolib, ou réinstaller la plus récente [\(call)]
            """,
          en: """
            this PKCS#11 module claims more than 256 card slots, or one more each time: none is read; make sure that it \
            is the Cryptolib's, or reinstall the latest [\(call)]
            """))
    case _ where failure.call == "dlopen":
      // The loader's words repeat the module's name as given.
      let words = TypedCode.hidden(
        in: failure.returned, typed: failure.returned.split { " :/".contains($0) }.map(String.init))
      self.init(
        .service,
        LocalizedText(
          fr: "le module PKCS#11 de la Cryptolib n'a pas pu être chargé : \(words)",
          en: "the Cryptolib's PKCS#11 module could not be loaded: \(words)"))
    default:
      self.init(
        failure.call == "C_Initialize" ? .service : .cardRemoved,
        LocalizedText(
          fr: "la Cryptolib n'a pas pu lire la carte [\(call)]",
          en: "the Cryptolib could not read the card [\(call)]"))
    }
  }
}
