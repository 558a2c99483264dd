import CCryptoki

/// One short session with a token: opened, read, closed.
struct CryptokiSession {
  private let functions: UnsafeMutablePointer<CK_FUNCTION_LIST>
  private let handle: CK_SESSION_HANDLE

  /// More bytes than any object of a card has.
  private static let usualSpace = 4096

  init(functions: UnsafeMutablePointer<CK_FUNCTION_LIST>, handle: CK_SESSION_HANDLE) {
    self.functions = functions
    self.handle = handle
  }

  func close() { _ = functions.pointee.C_CloseSession?(handle) }

  /// Makes sure that the session is still valid: a module closes it when its token leaves the slot (PKCS#11 v2.20, section 6.7.4).
  func makeSureOfSession() throws(CryptokiFault) {
    var info = CK_SESSION_INFO()
    try check("C_GetSessionInfo", functions.pointee.C_GetSessionInfo?(handle, &info))
  }

  /// Presents the code once; if `nil`, the reader's own keypad asks for it.
  func logIn(_ code: UnsafeMutableBufferPointer<UInt8>?) -> CryptokiReturn {
    let status = functions.pointee.C_Login?(
      handle, CK_USER_TYPE(CKU_USER), code?.baseAddress, UInt(code?.count ?? 0))
    return CryptokiReturn(rawValue: status ?? CryptokiReturn.notSupported.rawValue)
  }

  func logOut() { _ = functions.pointee.C_Logout?(handle) }

  /// The data objects with that label.
  func dataObjects(labelled label: String) throws(CryptokiFault) -> [CK_OBJECT_HANDLE] {
    var kind = CK_OBJECT_CLASS(CKO_DATA)
    var isOnToken = CK_BBOOL(CK_TRUE)
    var name = Array(label.utf8)
    let status = withUnsafeMutablePointer(to: &kind) { kind in
      withUnsafeMutablePointer(to: &isOnToken) { isOnToken in
        name.withUnsafeMutableBytes { name in
          var template = [
            CK_ATTRIBUTE(
              type: CK_ATTRIBUTE_TYPE(CKA_CLASS), pValue: kind,
              ulValueLen: UInt(MemoryLayout<CK_OBJECT_CLASS>.size)),
            CK_ATTRIBUTE(type: CK_ATTRIBUTE_TYPE(CKA_TOKEN), pValue: isOnToken, ulValueLen: 1),
            CK_ATTRIBUTE(
              type: CK_ATTRIBUTE_TYPE(CKA_LABEL), pValue: name.baseAddress, ulValueLen: UInt(name.count)),
          ]
          return functions.pointee.C_FindObjectsInit?(handle, &template, UInt(template.count))
        }
      }
    }
    try check("C_FindObjectsInit", status)
    defer { _ = functions.pointee.C_FindObjectsFinal?(handle) }
    var found = [CK_OBJECT_HANDLE](repeating: 0, count: 8)
    var count: UInt = 0
    try check("C_FindObjects", functions.pointee.C_FindObjects?(handle, &found, UInt(found.count), &count))
    return Array(found.prefix(Int(min(count, UInt(found.count)))))
  }

  /// The content of a data object, at most 64 KiB: a card holds less.
  ///
  /// The content is asked for at once, and its length only if it does not fit: to tell a length, the Cryptolib selects the file on the
  /// card as it does to read it.
  func value(of object: CK_OBJECT_HANDLE) throws(CryptokiFault) -> [UInt8] {
    var space = Self.usualSpace
    // The length may change between two calls: the module is asked again, a few times.
    for _ in 0..<4 {
      var bytes = [UInt8](repeating: 0, count: space)
      var attribute = CK_ATTRIBUTE(type: CK_ATTRIBUTE_TYPE(CKA_VALUE), pValue: nil, ulValueLen: UInt(space))
      let status = bytes.withUnsafeMutableBytes { buffer in
        attribute.pValue = buffer.baseAddress
        return functions.pointee.C_GetAttributeValue?(handle, object, &attribute, 1)
      }
      guard status == CryptokiReturn.bufferTooSmall.rawValue else {
        try check("C_GetAttributeValue", status)
        guard attribute.ulValueLen <= UInt(space) else { break }
        return Array(bytes.prefix(Int(attribute.ulValueLen)))
      }
      attribute = CK_ATTRIBUTE(type: CK_ATTRIBUTE_TYPE(CKA_VALUE), pValue: nil, ulValueLen: 0)
      try check("C_GetAttributeValue", functions.pointee.C_GetAttributeValue?(handle, object, &attribute, 1))
      guard attribute.ulValueLen <= 1 << 16 else { break }
      space = max(Int(attribute.ulValueLen), 1)
    }
    throw CryptokiFault(call: "C_GetAttributeValue", status: .attributeValueInvalid)
  }
}

extension CryptokiReturn {
  static let ok = CryptokiReturn(rawValue: 0)
  static let bufferTooSmall = CryptokiReturn(rawValue: UInt(CKR_BUFFER_TOO_SMALL))
  static let notSupported = CryptokiReturn(rawValue: UInt(CKR_FUNCTION_NOT_SUPPORTED))
  static let attributeValueInvalid = CryptokiReturn(rawValue: UInt(CKR_ATTRIBUTE_VALUE_INVALID))
}
