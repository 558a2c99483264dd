import FoundationEssentials

/// What a Cryptoki module does wrong, in each of the functions that a visit calls.
enum ModuleFaults {
  /// The functions, and why a fault of one may not matter.
  private static let functions: [(name: String, harmless: String?)] = [
    ("C_Initialize", nil), ("C_GetInfo", "the module's version is shown alone"), ("C_GetSlotList", nil),
    ("C_GetSlotInfo", "without the source pcsc, the only token needs no name"), ("C_GetTokenInfo", nil),
    ("C_OpenSession", nil), ("C_FindObjectsInit", nil), ("C_FindObjects", nil), ("C_GetAttributeValue", nil),
    ("C_Login", nil), ("C_Logout", "the card has been read, and answers after it"),
    ("C_CloseSession", "the card has been read"), ("C_Finalize", "the card has been read"),
  ]

  /// Return codes that say what a visit wants: the call counts as done.
  private static let done: [String: (code: UInt, why: String)] = [
    "C_Initialize": (0x191, "CKR_CRYPTOKI_ALREADY_INITIALIZED: it is initialised"),
    "C_Login": (0x100, "CKR_USER_ALREADY_LOGGED_IN: the objects can be read"),
  ]

  /// Every return code of PKCS#11 v2.40, from p11-kit's header.
  private static var returns: [UInt] {
    let header =
      (try? String(contentsOfFile: "/usr/include/p11-kit-1/p11-kit/pkcs11.h", encoding: .utf8)) ?? ""
    return header.split(separator: "\n").compactMap { line in
      let words = line.split { " \t()".contains($0) }
      guard words.count == 3, words[0] == "#define", words[1].hasPrefix("CKR_"), words[2].hasPrefix("0x"),
        let value = UInt(words[2].dropFirst(2).prefix { $0.isHexDigit }, radix: 16)
      else { return nil }
      return value == 0 ? nil : value
    }
  }

  /// - Parameter step: takes each so manieth case.
  static func cases(step: Int) -> [FaultCase] {
    var cases: [FaultCase] = []
    for (function, harmless) in functions {
      for deed in ["hang", "abort", "exit", "print", "fork", "daemon", "leak"] {
        let isQuiet = ["print", "fork", "daemon"].contains(deed)
        // One that hangs or leaks is ended at its deadline, of three seconds.
        cases.append(
          one(
            "\(deed)@\(function)", deed, function,
            harmless: isQuiet ? "the call returned as it should" : harmless))
      }
      for code in returns {
        let why = done[function].flatMap { $0.code == code ? $0.why : nil }
        cases.append(
          one("\(String(code, radix: 16))@\(function)", "returns", function, harmless: harmless ?? why))
      }
    }
    return cases.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }

  private static func one(
    _ name: String, _ fault: String, _ function: String, harmless: String?
  ) -> FaultCase {
    FaultCase("the module: \(fault)", function, deadline: 10, harmless: harmless) { runner in
      let module = try ModuleCase(name)
      let folder = try Folder()
      let arguments = module.arguments(timeout: name.hasPrefix("hang") ? "2s" : "10s")
      return try await runner.shell(
        "$RUN \(arguments.joined(separator: " ")) --pin-file \(module.codeFile) --format json", in: folder)
    }
  }
}
