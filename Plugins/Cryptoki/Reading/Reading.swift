package import Processes

/// What the isolated reader saw of one module and one card: nothing interpreted, so that what it means is decided where
/// no foreign code runs.
package struct Reading: Codable, Sendable, Hashable {
  /// A call of the module that failed.
  package struct Failure: Codable, Sendable, Hashable, Error {
    /// The function, as `C_OpenSession`.
    package let call: String
    /// The name of what it returned, as `CKR_GENERAL_ERROR`.
    package let returned: String

    package init(call: String, returned: String) {
      self.call = call
      self.returned = returned
    }

    /// The module has more slots than any workstation has readers, or more each time it is asked.
    package static let endlessSlots = Failure(call: "C_GetSlotList", returned: "> 256")
  }

  /// A module that was not loaded, as others could have changed it.
  package struct Refusal: Codable, Sendable, Hashable {
    /// As it was named, or found.
    package let module: String
    package let fault: TrustFault

    package init(module: String, fault: TrustFault) {
      self.module = module
      self.fault = fault
    }
  }

  /// A data object of the card.
  package enum Object: Codable, Sendable, Hashable {
    case absent
    case value([UInt8])
    case unreadable(Failure)
  }

  /// A slot's token.
  package struct Token: Codable, Sendable, Hashable {
    package let slot: UInt
    /// The name of the slot, which for a card is that of its reader.
    package let slotName: String
    package let label: String
    package let serial: String
    /// `CKF_…` of the token, read before any login.
    package var flags: UInt
    package let shortestCode: UInt
    package let longestCode: UInt

    package init(
      slot: UInt, slotName: String, label: String, serial: String, flags: UInt, shortestCode: UInt,
      longestCode: UInt
    ) {
      self.slot = slot
      self.slotName = slotName
      self.label = label
      self.serial = serial
      self.flags = flags
      self.shortestCode = shortestCode
      self.longestCode = longestCode
    }

    // Token flags of PKCS#11 v2.20, section 9.2.

    /// `CKF_USER_PIN_COUNT_LOW`: a wrong code was entered.
    package var codeWasWrong: Bool { flags & 0x1_0000 != 0 }
    /// `CKF_USER_PIN_FINAL_TRY`: one more wrong code blocks the card.
    package var codeIsAtItsLastTry: Bool { flags & 0x2_0000 != 0 }
    /// `CKF_USER_PIN_LOCKED`.
    package var codeIsBlocked: Bool { flags & 0x4_0000 != 0 }
    /// Whether that may also mean that the code was entered a moment ago: the Cryptolib tells the two apart on no CPS4
    /// (docs/card-data.md), which its label names.
    package var codeMayBeEntered: Bool { codeIsBlocked && label.hasPrefix("CPS4") }
    /// `CKF_PROTECTED_AUTHENTICATION_PATH`: the reader has its own keypad.
    package var hasKeypad: Bool { flags & 0x100 != 0 }
  }

  /// The version of the module's library, as `3.1`.
  package var library: String?
  /// The module's file, links resolved.
  package var module: String?
  package var tokens: [Token] = []
  /// Which of them was read.
  package var token: Token?
  /// Whether the module has no slot at all that is, or may be, the reader's.
  package var lacksReader = false
  /// What `C_Login` returned, where it was called.
  package var login: String?
  /// The token's flags after that.
  package var flagsAfterLogin: UInt?
  package var objects: [String: Object] = [:]
  /// Whether the same token still answered after the last object.
  package var answersAfterwards = false
  /// Whether the card is to be left alone for a while, and read then.
  package var comesBack = false
  /// Whether the card was left alone before it was read, so that nobody's code counts any more.
  package var wasReleased = false
  /// What ended the reading before its time.
  package var failure: Failure?
  /// Why the module was not even loaded.
  package var refusal: Refusal?

  package init() {}

  /// The token to read: that of the reader where one is named, else the only one.
  ///
  /// - Parameters:
  ///   - readers: all readers by name. A slot that is named like none of them may be any reader's.
  ///   - isSlotNamed: whether only a slot that is named like the reader will do.
  package func token(
    for reader: String?, amongReaders readers: [String] = [], isSlotNamed: Bool = false
  ) -> Token? {
    // A token without serial number has not been made yet.
    let tokens = tokens.filter { !$0.serial.isEmpty }
    guard let reader else { return tokens.count == 1 ? tokens.first : nil }
    if let token = tokens.first(where: { $0.slotName == reader }) { return token }
    let cutShort = tokens.filter { Self.isSlot($0.slotName, of: reader) }
    // Two slots of a reader with a long name may be told by its end only, which is cut off.
    if !cutShort.isEmpty { return cutShort.count == 1 ? cutShort.first : nil }
    guard !isSlotNamed, tokens.count == 1, let token = tokens.first,
      !readers.contains(where: { Self.isSlot(token.slotName, of: $0) })
    else { return nil }
    return token
  }

  /// Whether a slot of that name may be the reader's: a slot's name has 64 bytes at most (PKCS#11 v2.20, section 9.2), and
  /// a longer one is cut off at its end or, by the Cryptolib, in its middle.
  package static func isSlot(_ name: String, of reader: String) -> Bool {
    if name == reader { return true }
    let (name, whole) = (Array(name.utf8), Array(reader.utf8))
    guard whole.count > name.count, name.count >= 60 else { return false }
    return whole.starts(with: name) || name == whole.prefix(30) + Array("...".utf8) + whole.suffix(31)
  }

  /// How many tokens are in slots that are named like no reader, so that each may be any reader's.
  package func strangers(amongReaders readers: [String]) -> Int {
    tokens.count { token in !readers.contains { Self.isSlot(token.slotName, of: $0) } }
  }
}
