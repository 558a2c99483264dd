import Cryptolib
import Preflight
import Testing

@Suite("The source cryptolib")
struct CryptolibInstallationTests {
  @Test("Of several versions the newest counts, number by number, and all are named")
  func newest() async throws {
    let found = try await find(
      on: MemoryWorkstation([
        Path.installed: "050200\nINSTALLEUR_CRYPTOLIB_CPS_64B", Path.installed32: "051000",
        Path.older: "040909",
      ]))
    let note = """
      plusieurs versions trouvées, la plus récente compte (\(Path.installed) : 5.2.0, \
      \(Path.installed32) : 5.10.0, \(Path.older) : 4.9.9)
      """
    #expect(found == Found(version: "5.10.0", note: note))
  }

  @Test("The same version in two places is one version")
  func twice() async throws {
    let workstation = MemoryWorkstation([Path.installed: "050202", Path.older: "050202"])
    #expect(try await find(on: workstation) == Found(version: "5.2.2"))
  }

  @Test("A malformed file beside a sound one is remarked")
  func malformedAndSound() async throws {
    let workstation = MemoryWorkstation([Path.installed: "", Path.older: "050202"])
    #expect(try await find(on: workstation) == Found(version: "5.2.2", note: "\(Path.installed) est vide"))
  }

  @Test("The files of the library and of its interface are not even looked at")
  func libraryOnly() async throws {
    let folder = "/var/opt/santesocial/commun/adm"
    let found = try await find(
      on: MemoryWorkstation([
        "\(folder)/174.adm": "030100\nPKCS#11_CPS3_V5_64B", "\(folder)/157.adm": "030100",
        "\(folder)/170.adm": "022000\nINTERFACE_PKCS#11",
      ]))
    #expect(found.reason == .service)
    #expect(found.unavailable?.hasPrefix("aucune Cryptolib trouvée") == true)
  }

  @Test("Nothing found is said in both languages, with where it was looked for")
  func nothing() async throws {
    let source = try CryptolibInstallation()
    let fact = try #require(
      await source.gather(
        [.cryptolibVersion], knowing: Facts(), within: .seconds(20), from: MemoryWorkstation()
      ).first)
    guard case .unavailable(let why) = fact.state else {
      Issue.record("a version came out of nothing")
      return
    }
    #expect(why.reason == .service)
    #expect(
      why.message.rendered(in: .english) == """
        no Cryptolib found on this workstation (looked for: 155.adm, 154.adm in \
        /var/opt/santesocial/commun/adm, /usr/local/sesam/etc/adm; rpm and dpkg packages)
        """)
  }

  @Test("Under another root, every path lies under it and is named with it")
  func root() async throws {
    let workstation = MemoryWorkstation([
      Path.installed: "090909", "/mnt/poste\(Path.installed)": "",
      "/mnt/poste\(Path.ini)": "[COMMUN]\nRepertoireTravail=/opt/adm", "/mnt/poste/opt/adm/155.adm": "050202",
      "/opt/adm/155.adm": "080808",
    ])
    let expected = Found(version: "5.2.2", note: "/mnt/poste\(Path.installed) est vide")
    #expect(try await find(on: workstation, root: "/mnt/poste") == expected)
    #expect(try await find(on: workstation, root: "/mnt//poste/./") == expected)
  }

  @Test("The workstation itself may be written in several ways", arguments: [nil, "/", "//", "/./"])
  func ownRoot(root: String?) async throws {
    #expect(try await find(on: MemoryWorkstation([Path.installed: "050202"]), root: root).version == "5.2.2")
  }

  @Test("A root that is no absolute path is refused", arguments: ["", " ", "mnt", "./mnt", "../", "/mnt\0x"])
  func badRoot(root: String) {
    let error = #expect(throws: ParameterError.self) {
      _ = try CryptolibInstallation(Parameters(["root": .string(root)]))
    }
    #expect(error?.name == "root")
  }

  @Test("It reads no card, and answers only what it is asked")
  func manners() async throws {
    let declaration = CryptolibInstallation.declaration
    #expect(declaration.name == "cryptolib")
    #expect(!declaration.readsCard)
    #expect(declaration.options.map(\.name) == ["root"])
    let source = try declaration.make(Parameters())
    #expect(source.provides == [.cryptolibVersion])
    #expect(!source.answersAtOnce)
    let workstation = MemoryWorkstation([Path.installed: "050202"])
    #expect(
      await source.gather([.cryptolibLibrary], knowing: Facts(), within: .seconds(20), from: workstation)
        .isEmpty)
  }
}
