package import Processes

/// What the isolated reader saw of one module and one card, uninterpreted: its meaning is decided where no foreign code
/// runs.
package struct Reading: Sendable, Hashable {
  /// A call of the module that failed.
  package struct Failure: Sendable, Hashable, Error {
    /// The name of the function, such as `C_OpenSession`.
    package let call: String
    /// The name of the return value, such as `CKR_GENERAL_ERROR`.
    package let returned: String

    /// Makes the failure of a call, from the names of the function and of its return value.
    package init(call: String, returned: String) {
      self.call = call
      self.returned = returned
    }

    /// Whether the module says that it does not know the card, rather than that there is none.
    package var isOfUnknownCard: Bool { call == "C_GetTokenInfo" && returned == "CKR_TOKEN_NOT_RECOGNIZED" }

    /// The failure of a module with more slots than any workstation has readers, or more at each call.
    package static let endlessSlots = Failure(call: "C_GetSlotList", returned: "> 256")
  }

  /// A module that was not loaded because others could have changed it.
  package struct Refusal: Sendable, Hashable {
    /// The module as it was named, or found.
    package let module: String
    /// What makes the file unsafe, and which file or folder it is.
    package let fault: TrustFault

    /// Makes the refusal of a module for a fault of its file, or of a file that it depends on.
    package init(module: String, fault: TrustFault) {
      self.module = module
      self.fault = fault
    }
  }

  /// A data object of the card.
  package enum Object: Sendable, Hashable {
    case absent
    case value([UInt8])
    case unreadable(Failure)
  }

  /// A slot's token.
  package struct Token: Sendable, Hashable {
    /// The id of the slot, as the module numbers it (`CK_SLOT_ID`).
    package let slot: UInt
    /// The name of the slot; for a card, the name of its reader.
    package let slotName: String
    /// The label of the token without padding, such as the card's generation and kind.
    package let label: String
    /// The serial number of the token without padding; empty if the token is not initialised.
    package let serial: String
    /// The token's flags (`CKF_…`), read before any login.
    package var flags: UInt
    /// The fewest digits of the code porteur that the token accepts.
    package let shortestCode: UInt
    /// The most digits of the code porteur that the token accepts.
    package let longestCode: UInt

    /// Makes a token from the module's slot and token information (PKCS#11 v2.20, section 9.2).
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
    /// Whether ``codeIsBlocked`` may also mean that the code has just been entered: on a CPS4, which the label names,
    /// the Cryptolib does not distinguish the two (docs/card-data.md).
    package var codeMayBeEntered: Bool { codeIsBlocked && label.hasPrefix("CPS4") }
    /// `CKF_PROTECTED_AUTHENTICATION_PATH`: the reader has its own keypad.
    package var hasKeypad: Bool { flags & 0x100 != 0 }
  }

  /// The version of the module's library, such as `3.1`.
  package var library: String?
  /// The path of the module's file, with symbolic links resolved.
  package var module: String?
  /// The tokens in all slots, in the module's order.
  package var tokens: [Token] = []
  /// The token that was read.
  package var token: Token?
  /// Whether no slot of the module is, or may be, that of the reader.
  package var lacksReader = false
  /// The return value of `C_Login`, such as `CKR_OK`; `nil` if it was not called.
  package var login: String?
  /// The token's flags after a login that failed.
  package var flagsAfterLogin: UInt?
  /// The data objects that were asked for, by label, each with its content or why it was not read.
  package var objects: [String: Object] = [:]
  /// Whether the token was still in its slot, and its session valid, after the last object.
  package var staysAfterwards = false
  /// Whether the card must be left alone for a while before it is read.
  package var comesBack = false
  /// Whether the card was left alone before it was read, so that a code entered earlier no longer counts.
  package var wasReleased = false
  /// The failure that ended the reading early.
  package var failure: Failure?
  /// Why the module was not even loaded.
  package var refusal: Refusal?

  /// Makes an empty reading, to be filled in.
  package init() {}

  /// The token to read: that of the named reader, otherwise the only token.
  ///
  /// - Parameters:
  ///   - readers: the names of all readers. A slot with none of these names may belong to any reader.
  ///   - isSlotNamed: whether only a slot with the name of the reader is accepted.
  package func token(
    for reader: String?, amongReaders readers: [String] = [], isSlotNamed: Bool = false
  ) -> Token? {
    // A token without a serial number has not been initialised yet.
    let tokens = tokens.filter { !$0.serial.isEmpty }
    guard let reader else { return tokens.count == 1 ? tokens.first : nil }
    let named = tokens.filter { $0.slotName == reader }
    if !named.isEmpty { return named.count == 1 ? named.first : nil }
    let cutShort = tokens.filter { Self.isSlot($0.slotName, of: reader) }
    // Slots with long names may differ only at the end, which is cut off.
    if !cutShort.isEmpty { return cutShort.count == 1 ? cutShort.first : nil }
    guard !isSlotNamed, tokens.count == 1, let token = tokens.first,
      !readers.contains(where: { Self.isSlot(token.slotName, of: $0) })
    else { return nil }
    return token
  }

  /// Returns whether a slot with that name may be the reader's. The name of a slot has at most 64 bytes (PKCS#11 v2.20,
  /// section 9.2); a longer one is cut off at the end or, by the Cryptolib, in the middle.
  package static func isSlot(_ name: String, of reader: String) -> Bool {
    if name == reader { return true }
    let (name, whole) = (Array(name.utf8), Array(reader.utf8))
    guard whole.count > name.count, name.count >= 60 else { return false }
    return whole.starts(with: name) || name == whole.prefix(30) + Array("...".utf8) + whole.suffix(31)
  }

  /// Whether the object with that label was read.
  package func hasContent(of label: String) -> Bool {
    if case .value? = objects[label] { true } else { false }
  }

  /// The number of tokens in slots that bear no reader's name, and so may belong to any reader.
  package func strangers(amongReaders readers: [String]) -> Int {
    tokens.count { token in !readers.contains { Self.isSlot(token.slotName, of: $0) } }
  }
}
