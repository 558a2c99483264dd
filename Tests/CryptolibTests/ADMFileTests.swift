import Preflight
import Testing

@Suite("ADM files")
struct ADMFileTests {
  @Test(
    "Both formats give the version of the package",
    arguments: [
      ("050202\nINSTALLEUR_CRYPTOLIB_CPS_64B", "5.2.2"),
      ("050202\nINSTALLEUR_CRYPTOLIB_CPS_64B\n", "5.2.2"),
      ("050202\r\nINSTALLEUR_CRYPTOLIB_CPS_64B", "5.2.2"),
      ("050202\r\nINSTALLEUR_CRYPTOLIB_CPS_64B\r\n", "5.2.2"),
      ("050202 \t\nINSTALLEUR_CRYPTOLIB_CPS_64B  ", "5.2.2"),
      ("050202\nINSTALLEUR_CRYPTOLIB_CPS", "5.2.2"),
      ("050202\nINSTALLEUR_CRYPTOLIB_CPS_32B", "5.2.2"),
      ("050202\n\nINSTALLEUR_CRYPTOLIB_CPS_64B", "5.2.2"),
      ("050202", "5.2.2"),
      ("050202\n", "5.2.2"),
      ("050202\r\n", "5.2.2"),
      ("050202  \n \n", "5.2.2"),
      ("051000\nINSTALLEUR_CRYPTOLIB_CPS_64B", "5.10.0"),
      ("050000", "5.0.0"),
      ("100099", "10.0.99"),
    ])
  func version(contents: String, expected: String) async throws {
    let found = try await find(on: MemoryWorkstation([Path.installed: contents]))
    #expect(found == Found(version: expected))
  }

  @Test("Every usual place counts", arguments: [Path.installed, Path.installed32, Path.older])
  func place(path: String) async throws {
    #expect(try await find(on: MemoryWorkstation([path: "050202"])).version == "5.2.2")
  }

  @Test(
    "What is no version of the package is not counted, and named first",
    arguments: [
      ("", "est vide"),
      ("\n \r\n\t", "est vide"),
      ("030100\nPKCS#11_CPS3_V5_64B", "n’est pas la version du paquet (« PKCS#11_CPS3_V5_64B »)"),
      ("022000\nINTERFACE_PKCS#11", "n’est pas la version du paquet (« INTERFACE_PKCS#11 »)"),
      ("050202\n\n\nPKCS#11_CPS3_V5_64B", "n’est pas la version du paquet (« PKCS#11_CPS3_V5_64B »)"),
      ("050202\ninstalleur_cryptolib_cps", "n’est pas la version du paquet (« installeur_cryptolib_cps »)"),
      ("050202\n INSTALLEUR_CRYPTOLIB_CPS", "n’est pas la version du paquet («  INSTALLEUR_CRYPTOLIB_CPS »)"),
      ("050202\nA\u{1B}[2J\u{202E}B", "n’est pas la version du paquet (« A?[2Jâ?®B »)"),
      ("050202\n" + String(repeating: "X", count: 50), "(« " + String(repeating: "X", count: 40) + "… »)"),
      ("5.2.2", "ne commence pas par une version de six chiffres"),
      ("50202", "ne commence pas par une version de six chiffres"),
      ("0502020", "ne commence pas par une version de six chiffres"),
      ("-50202", "ne commence pas par une version de six chiffres"),
      ("05 202", "ne commence pas par une version de six chiffres"),
      (" 050202", "ne commence pas par une version de six chiffres"),
      ("\n050202", "ne commence pas par une version de six chiffres"),
      ("050202\0", "ne commence pas par une version de six chiffres"),
      ("٠٥٠٢٠٢", "ne commence pas par une version de six chiffres"),
      ("050202 INSTALLEUR_CRYPTOLIB_CPS", "ne commence pas par une version de six chiffres"),
      ("INSTALLEUR_CRYPTOLIB_CPS\n050202", "ne commence pas par une version de six chiffres"),
    ])
  func noVersion(contents: String, expected: String) async throws {
    let found = try await find(on: MemoryWorkstation([Path.installed: contents]))
    let message = try #require(found.unavailable)
    #expect(found.reason == .service)
    #expect(message.hasPrefix("\(Path.installed) "))
    #expect(message.contains("\(expected) ; aucune Cryptolib trouvée sur ce poste"))
  }

  @Test(
    "A file that cannot be read is named first, with the reason",
    arguments: [
      (FileFault.notPermitted, "ne peut pas être lu (droits)"),
      (.isDirectory, "est un dossier, pas un fichier"),
      (.notRegular, "n’est pas un fichier ordinaire"),
      (.timeout, "n’a rien livré à temps"),
      (.other("Input/output error"), "est illisible : Input/output error"),
    ])
  func unreadable(fault: FileFault, expected: String) async throws {
    let found = try await find(on: MemoryWorkstation().with(Path.installed, .failure(fault)))
    #expect(found.reason == .service)
    #expect(found.unavailable?.hasPrefix("\(Path.installed) \(expected) ; aucune Cryptolib") == true)
  }

  @Test("Files up to 64 KiB are read", arguments: [(65536, true), (65537, false)])
  func size(bytes: Int, isRead: Bool) async throws {
    let text = Array("050202\nINSTALLEUR_CRYPTOLIB_CPS".utf8)
    let padding = [UInt8](repeating: UInt8(ascii: " "), count: bytes - text.count)
    let found = try await find(on: MemoryWorkstation().with(Path.installed, .success(text + padding)))
    #expect((found.version == "5.2.2") == isRead)
    #expect(found.unavailable?.contains("dépasse la taille permise (64 Kio)") == (isRead ? nil : true))
  }

  @Test("A label that is not UTF-8 is read all the same, and a version that is not is none")
  func latin1() async throws {
    let label = Array("050202\nINSTALLEUR_CRYPTOLIB_CPS_".utf8) + [0xE9, 0xFF]
    #expect(try await find(on: MemoryWorkstation().with(Path.installed, .success(label))).version == "5.2.2")
    let version = [0xEF, 0xBB, 0xBF] + Array("050202".utf8)
    #expect(try await find(on: MemoryWorkstation().with(Path.installed, .success(version))).version == nil)
  }
}
