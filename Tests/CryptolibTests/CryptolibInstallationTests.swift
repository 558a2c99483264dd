import Cryptolib
import Preflight
import Testing

@Suite("The source cryptolib")
struct CryptolibInstallationTests {
  @Test("Of several versions the newest is told, number by number, and all are named")
  func newest() async throws {
    let found = try await find(
      on: MemoryWorkstation([
        Path.installed: "050200\nINSTALLEUR_CRYPTOLIB_CPS_64B", Path.installed32: "051000",
        Path.older: "040909",
      ]))
    let note = """
      plusieurs versions trouvées, dont celle-ci est la plus récente (\(Path.installed) : 5.2.0, \
      \(Path.installed32) : 5.10.0, \(Path.older) : 4.9.9)
      """
    #expect(found == Found(version: "5.10.0", note: note))
  }

  @Test("Every one is listed, with its architecture as far as the file's name and its label agree")
  func architectures() async throws {
    let workstation = MemoryWorkstation([
      Path.installed: "050202\nINSTALLEUR_CRYPTOLIB_CPS_64B",
      Path.installed32: "050204\nINSTALLEUR_CRYPTOLIB_CPS", Path.older: "050001",
      Path.older32: "050001\nINSTALLEUR_CRYPTOLIB_CPS_64B",
    ])
    #expect(
      try await list(on: workstation) == [
        "\(Path.installed): 5.2.2 (64-bit)", "\(Path.installed32): 5.2.4 (32-bit)",
        "\(Path.older): 5.0.1 (64-bit)", "\(Path.older32): 5.0.1",
      ])
  }

  private static let both = MemoryWorkstation([
    Path.installed: "050201\nINSTALLEUR_CRYPTOLIB_CPS_64B",
    Path.installed32: "050204\nINSTALLEUR_CRYPTOLIB_CPS",
  ])

  @Test("Where the rule file names the architecture, that one alone counts, and the other is told")
  func oneArchitecture() async throws {
    #expect(
      try await find(on: Self.both, architecture: "64")
        == Found(version: "5.2.1", note: "ne compte pas : \(Path.installed32) : 5.2.4 (32 bits)"))
    #expect(
      try await find(on: Self.both, architecture: "32")
        == Found(version: "5.2.4", note: "ne compte pas : \(Path.installed) : 5.2.1 (64 bits)"))
    #expect(try await list(on: Self.both, architecture: "64") == ["\(Path.installed): 5.2.1 (64-bit)"])
    // A version that may be of that architecture counts, as nothing says otherwise.
    let doubtful = MemoryWorkstation([Path.installed: "050201\nINSTALLEUR_CRYPTOLIB_CPS_32B"])
    #expect(try await find(on: doubtful, architecture: "64").version == "5.2.1")
  }

  @Test("Where there is none of that architecture, none is found, and what there is instead is told")
  func otherArchitecture() async throws {
    let found = try await find(on: MemoryWorkstation([Path.installed: "050202"]), architecture: "32")
    #expect(found.reason == .service)
    let message = try #require(found.unavailable)
    #expect(message.hasPrefix("aucune Cryptolib 32 bits trouvée sur ce poste (cherchée : "))
    #expect(message.hasSuffix("; ne compte pas : \(Path.installed) : 5.2.2 (64 bits)"))
  }

  @Test(
    "There are two architectures", arguments: [.string("16"), .string(""), .integer(64)] as [ParameterValue])
  func badArchitecture(value: ParameterValue) {
    let error = #expect(throws: ParameterError.self) {
      _ = try CryptolibInstallation(Parameters(["architecture": value]))
    }
    #expect(error?.name == "architecture")
  }

  @Test(
    "The module without a version is no missing Cryptolib",
    arguments: [
      "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so", "/usr/lib64/libcps3_pkcs11_lux.so",
      "/usr/local/galss/libcps3_pkcs11_lux.so",
    ])
  func moduleAlone(path: String) async throws {
    for root in ["", "/mnt/poste"] {
      let workstation = MemoryWorkstation([root + path: "…", root + Path.installed: ""])
      let found = try await find(on: workstation, root: root.isEmpty ? nil : root)
      #expect(found.reason == .service)
      let message = try #require(found.unavailable)
      #expect(
        message.hasPrefix(
          "le module PKCS#11 de la Cryptolib est là (\(root)\(path)), mais la version du paquet n’est pas connue ; "
            + "\(root)\(Path.installed) est vide ; aucune version de Cryptolib trouvée (cherchée : "))
      #expect(!message.contains("aucune Cryptolib"))
    }
    // Another file of the folder is not a module.
    let other = try await find(on: MemoryWorkstation([path + ".bak": "…"]))
    #expect(other.unavailable?.hasPrefix("aucune Cryptolib trouvée") == true)
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

  /// What is in the place of a version that cannot be read.
  private static let unreadable: [Result<[UInt8], FileFault>] = [
    .success([]), .success(Array("O50101".utf8)), .success(Array("5.1.1".utf8)),
    .success(Array("030100\nPKCS#11_CPS3_V5_64B".utf8)), .failure(.notPermitted), .failure(.isDirectory),
    // A link that leads nowhere: its folder lists it.
    .failure(.missing),
  ]

  @Test("A Cryptolib of another architecture whose version cannot be read is not passed over")
  func unreadArchitecture() async throws {
    for fault in Self.unreadable {
      for (bad, good) in [(Path.installed, Path.installed32), (Path.installed32, Path.installed)] {
        let workstation = MemoryWorkstation([good: "050204"]).with(bad, fault)
        let why = try #require(await unlisted(on: workstation), "\(fault)")
        #expect(why.reason == .malformed)
        #expect(why.message.rendered(in: .english).hasPrefix("\(bad) "), "\(why.message)")
        #expect(try await find(on: workstation).version == "5.2.4")
        // Where the rule file says which one is used, only that one counts.
        let width = good == Path.installed ? "64" : "32"
        #expect(try await unlisted(on: workstation, architecture: width) == nil)
        // Another file of the same architecture says its version.
        let older = bad == Path.installed ? Path.older : Path.older32
        let both = MemoryWorkstation([good: "050204", older: "050204"]).with(bad, fault)
        #expect(try await unlisted(on: both) == nil)
      }
    }
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
    #expect(declaration.options.map(\.name) == ["root", "architecture"])
    let source = try declaration.make(Parameters())
    #expect(source.provides == [.cryptolibVersion, .cryptolibVersions])
    #expect(!source.answersAtOnce)
    let workstation = MemoryWorkstation([Path.installed: "050202"])
    #expect(
      await source.gather([.cryptolibLibrary], knowing: Facts(), within: .seconds(20), from: workstation)
        .isEmpty)
  }
}
