import CCryptoki
import Cryptoki
import Glibc
import Processes

/// A PKCS#11 module, loaded and then initialised; ``finish(unloading:)`` undoes both.
///
/// All pointers of the library stay in this folder.
struct CryptokiModule {
  private let functions: UnsafeMutablePointer<CK_FUNCTION_LIST>
  /// The path of the module's file, with symbolic links resolved.
  let path: String
  /// The files whose code was in this process before the module was loaded.
  private let codeBefore: Set<String>?
  /// The number of libraries that had been loaded when their files were examined.
  private let examinedLibraries: UInt64

  /// Why a module could not be used at all.
  enum LoadFault: Error {
    /// The file was not found or is not a module, in p11-kit's words.
    case notLoaded(String)
    case notInitialised(CryptokiReturn)
    /// Others could have changed the module, or a library that it loads.
    case refused(TrustFault, module: String)

    init(_ fault: ModuleFile.Fault) {
      self =
        switch fault {
        case .notLoaded(let words): .notLoaded(words)
        case .refused(let fault, let module): .refused(fault, module: module)
        }
    }
  }

  /// Loads a module once more, whose file was examined some time ago.
  init(again file: ModuleFile) throws(LoadFault) {
    do throws(ModuleFile.Fault) { try file.examineAgain() } catch { throw LoadFault(error) }
    try self.init(file)
  }

  /// Loads a module whose file has just been examined, then examines the libraries that it brought in.
  init(_ file: ModuleFile) throws(LoadFault) {
    path = file.path
    codeBefore = LoadedCode.paths
    guard let functions = p11_kit_module_load(file.path, 0) else {
      throw .notLoaded(p11_kit_message().map { String(cString: $0) } ?? "\(file.path): no module")
    }
    self.functions = functions
    examinedLibraries = LoadedCode.librariesEverLoaded
    try refuseUnsafeLibraries()
  }

  /// Unloads the module if others could have changed a library that it brought in: such a library sees all that the
  /// module sees.
  ///
  /// - Throws: ``LoadFault/refused(_:module:)`` in that case.
  private func refuseUnsafeLibraries() throws(LoadFault) {
    guard let fault = LoadedCode.fault(since: codeBefore) else { return }
    p11_kit_module_release(functions)
    throw .refused(fault, module: path)
  }

  /// Initialises the module (`C_Initialize`), and unloads it if that fails.
  func initialise() throws(LoadFault) {
    let status = CryptokiReturn(rawValue: p11_kit_module_initialize(functions))
    guard status == .ok else {
      p11_kit_module_release(functions)
      throw .notInitialised(status)
    }
    // Some modules load more libraries only now.
    if LoadedCode.librariesEverLoaded != examinedLibraries { try refuseUnsafeLibraries() }
  }

  /// Ends the use of the module (`C_Finalize`).
  ///
  /// - Parameter isLoadedAgain: whether it is unloaded as well, so that it can be loaded anew; otherwise it
  ///   stays loaded until this process ends.
  func finish(unloading isLoadedAgain: Bool) {
    p11_kit_module_finalize(functions)
    if isLoadedAgain { p11_kit_module_release(functions) }
  }

  /// The version of the library, such as `3.1`.
  func libraryVersion() throws(CryptokiFault) -> String {
    var info = CK_INFO()
    try check("C_GetInfo", functions.pointee.C_GetInfo?(&info))
    return "\(info.libraryVersion.major).\(info.libraryVersion.minor)"
  }

  /// The most slots that a module may have: no workstation has more readers.
  private static let slotLimit: UInt = 256
  /// How often a module may report that the number of slots has just grown.
  private static let listings = 8

  /// The slots that hold a token, or all of them.
  ///
  /// - Throws: ``CryptokiFault/endlessSlots`` if there are more slots than any workstation has readers, or more at each
  ///   call.
  func slots(withToken hasToken: Bool = true) throws(CryptokiFault) -> [CK_SLOT_ID] {
    let present = CK_BBOOL(hasToken ? CK_TRUE : CK_FALSE)
    // Room for more readers than a desk has, at first: some modules look for cards at each call.
    var room: UInt = 16
    for _ in 0..<Self.listings {
      var slots = [CK_SLOT_ID](repeating: 0, count: Int(room))
      var count = room
      let status = functions.pointee.C_GetSlotList?(present, &slots, &count)
      guard status == CryptokiReturn.bufferTooSmall.rawValue else {
        try check("C_GetSlotList", status)
        return Array(slots.prefix(Int(min(count, room))))
      }
      try check("C_GetSlotList", functions.pointee.C_GetSlotList?(present, nil, &count))
      guard count <= Self.slotLimit else { throw .endlessSlots }
      room = max(count, 1)
    }
    throw .endlessSlots
  }

  /// The name of a slot; for a card, the name of its reader.
  func slotName(_ slot: CK_SLOT_ID) throws(CryptokiFault) -> String {
    var info = CK_SLOT_INFO()
    try check("C_GetSlotInfo", functions.pointee.C_GetSlotInfo?(slot, &info))
    return text(of: info.slotDescription)
  }

  /// Whether there is a token in a slot (`CKF_TOKEN_PRESENT`).
  func hasToken(_ slot: CK_SLOT_ID) throws(CryptokiFault) -> Bool {
    var info = CK_SLOT_INFO()
    try check("C_GetSlotInfo", functions.pointee.C_GetSlotInfo?(slot, &info))
    return info.flags & UInt(CKF_TOKEN_PRESENT) != 0
  }

  /// The module's information about a token.
  func token(in slot: CK_SLOT_ID) throws(CryptokiFault) -> TokenInformation {
    var info = CK_TOKEN_INFO()
    try check("C_GetTokenInfo", functions.pointee.C_GetTokenInfo?(slot, &info))
    return TokenInformation(
      label: text(of: info.label), serial: text(of: info.serialNumber), flags: info.flags,
      shortestCode: info.ulMinPinLen, longestCode: info.ulMaxPinLen)
  }

  /// Opens a read-only session.
  func openSession(in slot: CK_SLOT_ID) throws(CryptokiFault) -> CryptokiSession {
    var handle: CK_SESSION_HANDLE = 0
    try check(
      "C_OpenSession", functions.pointee.C_OpenSession?(slot, CK_FLAGS(CKF_SERIAL_SESSION), nil, nil, &handle)
    )
    return CryptokiSession(functions: functions, handle: handle)
  }
}

/// A call of a module that failed.
struct CryptokiFault: Error, Sendable {
  let call: String
  /// The name of the return value, or what was wrong with the answer.
  let returned: String

  init(call: String, status: CryptokiReturn) {
    self.call = call
    returned = status.name
  }

  private init(_ failure: Reading.Failure) {
    call = failure.call
    returned = failure.returned
  }

  /// The fault of a module whose slots have no end.
  static let endlessSlots = CryptokiFault(.endlessSlots)
}

/// A token's information about itself.
struct TokenInformation: Sendable {
  let label: String
  let serial: String
  let flags: UInt
  let shortestCode: UInt
  let longestCode: UInt
}

/// Checks the return value of a call; `nil` stands for a function that the module lacks.
///
/// - Throws: ``CryptokiFault`` unless the call succeeded.
func check(_ call: String, _ status: CK_RV?) throws(CryptokiFault) {
  let status = CryptokiReturn(rawValue: status ?? CryptokiReturn.notSupported.rawValue)
  guard status == .ok else { throw CryptokiFault(call: call, status: status) }
}

/// A text of fixed length, padded with spaces (PKCS#11 v2.20, section 9.1).
private func text<Field>(of field: Field) -> String {
  withUnsafeBytes(of: field) { bytes in
    var count = bytes.count
    while count > 0, bytes[count - 1] == UInt8(ascii: " ") || bytes[count - 1] == 0 { count -= 1 }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<count]), as: UTF8.self)
  }
}
