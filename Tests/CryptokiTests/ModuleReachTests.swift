import Foundation
import Preflight
import Testing

@testable import Cryptoki

@Suite("What a module may change, and whom it reaches")
struct ModuleReachTests {
  /// A folder with a module of that name.
  private static func module(_ name: String, _ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "reach-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/\(name)"
    _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o755])
    try body(path)
  }

  @Test("The Cryptolib: its cache and its traces, and what the rule file adds; no network")
  func cryptolib() throws {
    try Self.module("libcps3_pkcs11_lux.so") { path in
      let own = ["/etc/opt/santesocial/CPS/cache", "/var/opt/santesocial/CPS/log"]
      #expect(ProgramReach(ofModule: path, writing: []) == ProgramReach(writes: own))
      #expect(ProgramReach(ofModule: path, writing: ["/x"]) == ProgramReach(writes: own + ["/x"]))
      // A name of it that is a link.
      let link = path + ".link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      #expect(ProgramReach(ofModule: link, writing: []).writes == own)
    }
  }

  @Test("Another module: what the rule file names, and nothing without")
  func other() throws {
    try Self.module("other.so") { path in
      #expect(ProgramReach(ofModule: path, writing: ["/x"]) == ProgramReach(writes: ["/x"]))
      #expect(ProgramReach(ofModule: path, writing: []) == ProgramReach(writes: []))
    }
    #expect(ProgramReach(ofModule: "/no/such/libcps3_pkcs11_lux.so", writing: []).writes.isEmpty)
  }

  @Test(
    "GALSS is there where its settings are",
    arguments: [("galss.ini", true), ("GALSS.INI", true), ("a", false)])
  func galss(name: String, isThere: Bool) throws {
    try Self.module(name) { path in
      #expect(
        ProgramReach.hasGALSS(["/nowhere", URL(filePath: path).deletingLastPathComponent().path]) == isThere)
    }
  }

  @Test("A folder of the rule file is an absolute path")
  func absolute() throws {
    func source(_ folders: String...) throws(ParameterError) -> CryptokiSource {
      try CryptokiSource(Parameters(["writes": .list(folders.map { .string($0) })]))
    }
    for wrong in ["cache", "./cache", "", "~/cache", "/a\u{0}b"] {
      #expect(throws: ParameterError.self) { try source("/right", wrong) }
    }
    _ = try source("/right")
  }
}
