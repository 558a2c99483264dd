import Cryptoki
import Glibc
import Processes

/// One short visit to the card: open a session, look at the state of the code, log in at most once, read, make sure
/// that the card is still there, close.
struct CardReading {
  private let options: ReadingRequest.Options
  private let file: ModuleFile
  private let code: SecretBytes?

  /// A module that was loaded before it is known what it will be asked, or why it could not be.
  struct Module {
    fileprivate let loaded: Result<(file: ModuleFile, module: CryptokiModule), CryptokiModule.LoadFault>

    /// Loads the module, unless it, or a library that it brings in, cannot be trusted.
    ///
    /// - Parameter name: a path, or a name that p11-kit knows; the Cryptolib's module if nil.
    init(named name: String?) {
      loaded = Result { () throws(CryptokiModule.LoadFault) in
        let file: ModuleFile
        do throws(ModuleFile.Fault) {
          file = try ModuleFile(named: name, inModuleFolder: LoadedCode.moduleFolder)
        } catch {
          throw CryptokiModule.LoadFault(error)
        }
        return (file, try CryptokiModule(file))
      }
    }
  }

  /// Reads what the request asks for.
  ///
  /// - Parameter code: reads the code porteur. It is called only if the module could be loaded.
  static func reading(_ request: ReadingRequest, by module: Module, code: () -> SecretBytes?) -> Reading {
    do throws(CryptokiModule.LoadFault) {
      let (file, module) = try module.loaded.get()
      return CardReading(options: request.options, file: file, code: code()).read(module)
    } catch {
      return Reading(error)
    }
  }

  private init(options: ReadingRequest.Options, file: ModuleFile, code: SecretBytes?) {
    self.options = options
    self.file = file
    self.code = code
  }

  private func read(_ module: CryptokiModule) -> Reading {
    do throws(CryptokiModule.LoadFault) {
      var reading = try visit(module, mayComeBack: true)
      if reading.comesBack {
        usleep(UInt32(clamping: options.releaseMs * 1000))
        reading = try visit(try CryptokiModule(again: file), mayComeBack: false)
        reading.wasReleased = true
      }
      return reading
    } catch {
      return Reading(error)
    }
  }

  /// - Parameter mayComeBack: whether a card may be left alone, to be read later, if its code is either blocked or has
  ///   just been entered.
  private func visit(
    _ module: CryptokiModule, mayComeBack: Bool
  ) throws(CryptokiModule.LoadFault) -> Reading {
    var reading = Reading()
    var isInDoubt = false
    reading.module = module.path
    try module.initialise()
    do throws(CryptokiFault) {
      try read(module, into: &reading, mayComeBack: mayComeBack, &isInDoubt)
    } catch {
      reading.failure = Reading.Failure(error)
    }
    let isWhole = options.provingObjects.allSatisfy { reading.hasContent(of: $0) }
    let doubted = isInDoubt && reading.staysAfterwards && isWhole ? reading.token : nil
    module.finish(unloading: doubted != nil || reading.comesBack)
    if let doubted { reading.staysAfterwards = isThereAnew(doubted) }
    return reading
  }

  /// Whether the same card is there when the module starts again.
  ///
  /// Where a call has failed because the card was exchanged, the Cryptolib goes on with the other one: it
  /// presents the code to it, and gives the first card's number as its own. Only when it starts does it read
  /// that number (5.2.2, tried).
  private func isThereAnew(_ token: Reading.Token) -> Bool {
    do {
      let module = try CryptokiModule(again: file)
      try module.initialise()
      defer { module.finish(unloading: false) }
      return try module.slots().contains { slot in
        try module.slotName(slot) == token.slotName && module.token(in: slot).serial == token.serial
      }
    } catch {
      return false
    }
  }

  /// - Parameter isInDoubt: whether an object could not be read, which a card that was exchanged may have caused.
  private func read(
    _ module: CryptokiModule, into reading: inout Reading, mayComeBack: Bool, _ isInDoubt: inout Bool
  ) throws(CryptokiFault) {
    reading.library = try module.libraryVersion()
    for slot in try module.slots() {
      // A slot whose token cannot be read may hold any card; the other slots do not depend on it.
      do throws(CryptokiFault) {
        reading.tokens.append(
          Reading.Token(try module.token(in: slot), in: slot, named: try module.slotName(slot)))
      } catch {
        reading.failure = Reading.Failure(error)
      }
    }
    guard
      let token = reading.token(
        for: options.reader, amongReaders: options.readers, isSlotNamed: options.isSlotNamed)
    else {
      if let reader = options.reader { try lookForCard(of: reader, in: module, into: &reading) }
      return
    }
    reading.failure = nil
    reading.token = token
    if mayComeBack, token.codeMayBeEntered, options.releaseMs > 0 {
      reading.comesBack = true
      return
    }

    let session = try module.openSession(in: token.slot)
    defer { session.close() }
    for label in options.publicObjects { reading.objects[label] = object(label, in: session) }
    if let state = logIn(session, token) {
      reading.login = state
      let isLoggedIn = state == "CKR_OK" || state == "CKR_USER_ALREADY_LOGGED_IN"
      // A code that is refused is the card's own answer; any other failure may be due to a card that was exchanged.
      isInDoubt = !isLoggedIn && !state.hasPrefix("CKR_PIN_")
      if isLoggedIn {
        for label in options.privateObjects { reading.objects[label] = object(label, in: session) }
        let lacksContent = options.privateObjects.contains { !reading.hasContent(of: $0) }
        if lacksContent || options.readsFurtherObjects {
          for label in options.furtherObjects { reading.objects[label] = object(label, in: session) }
        }
        isInDoubt = lacksContent
      }
      // A login that was there before is left as it was.
      if state == "CKR_OK" { session.logOut() }
      // After a refusal they show how many tries are left. After a correct code they show nothing, and reading them costs six commands.
      if !isLoggedIn { reading.flagsAfterLogin = (try? module.token(in: token.slot))?.flags }
    }
    for label in options.provingObjects { reading.objects[label] = object(label, in: session) }
    reading.staysAfterwards = stays(token, of: module, session)
    isInDoubt =
      isInDoubt || reading.objects.values.contains { if case .unreadable = $0 { true } else { false } }
  }

  /// Finds out why the module shows no token for the card in a reader: the card is gone, or the module does not know
  /// it.
  private func lookForCard(
    of reader: String, in module: CryptokiModule, into reading: inout Reading
  ) throws(CryptokiFault) {
    // A failure of other slots says nothing about this one.
    reading.failure = nil
    for slot in try module.slots(withToken: false) {
      guard Reading.isSlot(try module.slotName(slot), of: reader) else { continue }
      reading.failure = failure(of: slot, in: module)
      if let failure = reading.failure, failure.isOfUnknownCard, options.settleMs > 0 {
        // A card that has just been taken out looks like one that the module does not know, until the service notices.
        usleep(UInt32(clamping: options.settleMs * 1000))
        reading.failure = self.failure(of: slot, in: module)
      }
      return
    }
    // A slot that bears no reader's name may belong to this reader.
    reading.lacksReader = reading.strangers(amongReaders: options.readers) == 0
  }

  /// Returns why the token of a slot cannot be read; nil if it can.
  private func failure(of slot: UInt, in module: CryptokiModule) -> Reading.Failure? {
    do throws(CryptokiFault) {
      // The slot is asked first: only then does the module notice that a card is gone.
      _ = try module.slotName(slot)
      _ = try module.token(in: slot)
      return nil
    } catch {
      return Reading.Failure(error)
    }
  }

  /// Whether the card that the session was opened with has stayed in its slot. The card itself is not asked: it has just been, for
  /// the objects that prove it, which ``visit(_:mayComeBack:)`` requires.
  private func stays(_ token: Reading.Token, of module: CryptokiModule, _ session: CryptokiSession) -> Bool {
    do throws(CryptokiFault) {
      // The slot is asked first: only then does the module notice that a card has come or gone, and end its sessions.
      guard try module.hasToken(token.slot) else { return false }
      try session.makeSureOfSession()
      return true
    } catch {
      return false
    }
  }

  /// Presents the code once, and never if it is blocked or at its last try. Returns the name of the module's return
  /// value, or `nil` if no code was presented.
  private func logIn(_ session: CryptokiSession, _ token: Reading.Token) -> String? {
    guard !options.privateObjects.isEmpty, !token.codeIsBlocked, !token.codeIsAtItsLastTry else { return nil }
    // Only the reader's own keypad may take the code (PKCS#11 v2.20, section 11.6, C_Login).
    if token.hasKeypad { return session.logIn(nil).name }
    guard let code, code.count > 0 else { return nil }
    return code.withBytes { session.logIn($0) }.name
  }

  private func object(_ label: String, in session: CryptokiSession) -> Reading.Object {
    do throws(CryptokiFault) {
      var values: [[UInt8]] = []
      for handle in try session.dataObjects(labelled: label) { values.append(try session.value(of: handle)) }
      guard let value = values.first else { return .absent }
      // If objects with one label differ, it is unknown which one counts.
      guard values.allSatisfy({ $0 == value }) else {
        return .unreadable(Reading.Failure(call: "C_FindObjects", returned: "\(values.count) × \(label)"))
      }
      return .value(value)
    } catch {
      return .unreadable(Reading.Failure(error))
    }
  }
}

extension Reading.Failure {
  fileprivate init(_ fault: CryptokiFault) { self.init(call: fault.call, returned: fault.returned) }
}

extension Reading {
  /// A reading that reports a module that could not be used.
  fileprivate init(_ fault: CryptokiModule.LoadFault) {
    self.init()
    switch fault {
    case .notLoaded(let words): failure = Failure(call: "dlopen", returned: words)
    case .notInitialised(let status): failure = Failure(call: "C_Initialize", returned: status.name)
    case .refused(let fault, let module): refusal = Refusal(module: module, fault: fault)
    }
  }
}

extension Reading.Token {
  fileprivate init(_ token: TokenInformation, in slot: UInt, named name: String) {
    self.init(
      slot: slot, slotName: name, label: token.label, serial: token.serial, flags: token.flags,
      shortestCode: token.shortestCode, longestCode: token.longestCode)
  }
}
