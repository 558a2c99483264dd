import Cryptoki
import Glibc
import Processes

/// One short visit to the card: open, look at the code's state, log in at most once, read, make sure that the card is
/// still there, close.
struct CardReading {
  private let options: ReadingRequest.Options
  private let file: ModuleFile
  private let code: SecretBytes?

  /// Reads what is asked for, unless the module, or a library that it needs, is not to be trusted.
  ///
  /// - Parameter code: takes the code porteur; called only once both were found to be sound.
  static func reading(_ request: ReadingRequest, code: () -> SecretBytes?) -> Reading {
    do throws(CryptokiModule.LoadFault) {
      let file = try file(named: request.options.module)
      let module = try CryptokiModule(file)
      return CardReading(options: request.options, file: file, code: code()).read(module)
    } catch {
      return Reading(error)
    }
  }

  private static func file(named name: String?) throws(CryptokiModule.LoadFault) -> ModuleFile {
    do throws(ModuleFile.Fault) {
      return try ModuleFile(named: name, inModuleFolder: LoadedCode.moduleFolder)
    } catch {
      throw CryptokiModule.LoadFault(error)
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
        reading = try visit(try CryptokiModule(file), mayComeBack: false)
        reading.wasReleased = true
      }
      return reading
    } catch {
      return Reading(error)
    }
  }

  /// - Parameter mayComeBack: whether to leave a card alone whose code may be blocked or may just have been entered.
  private func visit(
    _ module: CryptokiModule, mayComeBack: Bool
  ) throws(CryptokiModule.LoadFault) -> Reading {
    var reading = Reading()
    reading.module = module.path
    try module.initialise()
    do throws(CryptokiFault) {
      try read(module, into: &reading, mayComeBack: mayComeBack)
    } catch {
      reading.failure = Reading.Failure(error)
    }
    module.finish()
    return reading
  }

  private func read(
    _ module: CryptokiModule, into reading: inout Reading, mayComeBack: Bool
  ) throws(CryptokiFault) {
    reading.library = try module.libraryVersion()
    for slot in try module.slots() {
      // A slot whose token cannot be read now may be any card: what else there is does not depend on it.
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
      if state == "CKR_OK" || state == "CKR_USER_ALREADY_LOGGED_IN" {
        for label in options.privateObjects { reading.objects[label] = object(label, in: session) }
      }
      // Left as it was: who was logged in before stays so.
      if state == "CKR_OK" { session.logOut() }
      reading.flagsAfterLogin = (try? module.token(in: token.slot))?.flags
    }
    for label in options.provingObjects { reading.objects[label] = object(label, in: session) }
    reading.answersAfterwards = answers(token, of: module)
  }

  /// Looks what becomes of a reader's card of which the module shows no token: it is gone, or the module does not know it.
  private func lookForCard(
    of reader: String, in module: CryptokiModule, into reading: inout Reading
  ) throws(CryptokiFault) {
    // What was said of the slots of others is not said of this one.
    reading.failure = nil
    for slot in try module.slots(withToken: false) {
      // Asked for its slot first: that is where the module looks for a card that is gone.
      guard Reading.isSlot(try module.slotName(slot), of: reader) else { continue }
      do throws(CryptokiFault) { _ = try module.token(in: slot) } catch {
        reading.failure = Reading.Failure(error)
      }
      return
    }
    // One that is named like no reader may be this one's.
    reading.lacksReader = reading.strangers(amongReaders: options.readers) == 0
  }

  /// Whether the same token is still there. Asked for its slot first: that is where the module looks for a card that is gone.
  private func answers(_ token: Reading.Token, of module: CryptokiModule) -> Bool {
    do throws(CryptokiFault) {
      _ = try module.slotName(token.slot)
      return try module.token(in: token.slot).serial == token.serial
    } catch {
      return false
    }
  }

  /// Presents the code, once and never on a code that is blocked or at its last try; what the card said.
  private func logIn(_ session: CryptokiSession, _ token: Reading.Token) -> String? {
    guard !options.privateObjects.isEmpty, !token.codeIsBlocked, !token.codeIsAtItsLastTry else { return nil }
    // The reader's own keypad takes the code, and nobody else does (PKCS#11 v2.20, section 11.6, C_Login).
    if token.hasKeypad { return session.logIn(nil).name }
    guard let code, code.count > 0 else { return nil }
    return code.withBytes { session.logIn($0) }.name
  }

  private func object(_ label: String, in session: CryptokiSession) -> Reading.Object {
    do throws(CryptokiFault) {
      var values: [[UInt8]] = []
      for handle in try session.dataObjects(labelled: label) { values.append(try session.value(of: handle)) }
      guard let value = values.first else { return .absent }
      // Which of several counts is not known, unless they are the same.
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
  /// The reading of a module that could not be used at all.
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
