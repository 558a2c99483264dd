import Preflight
import Testing

@Suite("Package databases")
struct PackageDatabaseTests {
  private static let rpm = rpm(in: "/var/lib/rpm")
  private static let dpkg = [
    "dpkg-query", "-W", "-f", #"${db:Status-Status} ${Version} ${Architecture}\n"#, "cryptolibcps",
  ]

  /// How rpm is asked about the database in that folder.
  private static func rpm(in folder: String) -> [String] {
    ["rpm", "--dbpath", folder, "-q", "--queryformat", #"%{VERSION} %{ARCH}\n"#, "CryptolibCPS"]
  }

  private static let redHat = MemoryWorkstation([Path.rpmDatabase: "…"])
  private static let debian = MemoryWorkstation([Path.debianList: "/."])

  @Test(
    "rpm's answers",
    arguments: [
      ("5.2.2 x86_64\n", 0, Found(version: "5.2.2")),
      ("5.2.2 \n", 0, Found(version: "5.2.2")),
      ("5.2.2", 0, Found(version: "5.2.2")),
      (
        "5.2.2 x86_64\n5.10.0 i686\n", 0,
        Found(version: "5.10.0", note: several("rpm CryptolibCPS : 5.2.2, rpm CryptolibCPS : 5.10.0"))
      ),
      ("5.2.2\n5.2.2\n", 0, Found(version: "5.2.2")),
      (
        "(none) x86_64\n5.2.2 x86_64\n", 0,
        Found(version: "5.2.2", note: "rpm CryptolibCPS donne une version illisible (« (none) »)")
      ),
      ("package CryptolibCPS is not installed\n", 1, nothing()),
      ("", 0, nothing()),
      ("5.2.2\n", 1, nothing("rpm CryptolibCPS a échoué (code 1)")),
      ("", 127, nothing("rpm CryptolibCPS a échoué (code 127)")),
      ("5.2.x\n", 0, nothing("rpm CryptolibCPS donne une version illisible (« 5.2.x »)")),
    ])
  func rpm(text: String, status: Int, expected: Found) async throws {
    let workstation = Self.redHat.with(Self.rpm, says: text, exit: status)
    #expect(try await find(on: workstation) == expected)
  }

  @Test(
    "dpkg-query's answers",
    arguments: [
      ("installed 5.2.2 amd64\n", 0, Found(version: "5.2.2")),
      ("installed 5.2.2-1\n", 0, Found(version: "5.2.2")),
      ("installed 1:5.2.2-1\n", 0, Found(version: "5.2.2")),
      ("installed 1:5.2.2\n", 0, Found(version: "5.2.2")),
      (
        "installed 5.2.2-1 amd64\ninstalled 5.10.0-1 i386\n", 0,
        Found(version: "5.10.0", note: several("dpkg cryptolibcps : 5.2.2, dpkg cryptolibcps : 5.10.0"))
      ),
      (
        "config-files 5.2.2\n", 0,
        nothing("dpkg cryptolibcps n’est pas un paquet installé (« config-files »)")
      ),
      ("unpacked 5.2.2\n", 0, nothing("dpkg cryptolibcps n’est pas un paquet installé (« unpacked »)")),
      (
        "config-files 5.2.4\ninstalled 5.2.2\n", 0,
        Found(version: "5.2.2", note: "dpkg cryptolibcps n’est pas un paquet installé (« config-files »)")
      ),
      ("installed \n", 0, nothing("dpkg cryptolibcps donne une version illisible («  »)")),
      (
        "installed none amd64\n", 0,
        nothing("dpkg cryptolibcps donne une version illisible (« none »)")
      ),
      (
        "installed 5.2.2~rc1-1\n", 0, nothing("dpkg cryptolibcps donne une version illisible (« 5.2.2~rc1 »)")
      ),
      ("", 1, nothing("dpkg-query cryptolibcps a échoué (code 1)")),
      ("installed 5.2.2\n", 2, nothing("dpkg-query cryptolibcps a échoué (code 2)")),
    ])
  func dpkg(text: String, status: Int, expected: Found) async throws {
    let workstation = Self.debian.with(Self.dpkg, says: text, exit: status)
    #expect(try await find(on: workstation) == expected)
  }

  @Test(
    "Packages are listed with the architecture that the database says",
    arguments: [
      ("x86_64", " (64-bit)"), ("aarch64", " (64-bit)"), ("i686", " (32-bit)"), ("i386", " (32-bit)"),
      ("noarch", ""), ("", ""),
    ])
  func architectures(machine: String, words: String) async throws {
    let redHat = Self.redHat.with(Self.rpm, says: "5.2.2 \(machine)\n")
    #expect(try await list(on: redHat) == ["rpm CryptolibCPS: 5.2.2\(words)"])
    let debian = Self.debian.with(Self.dpkg, says: "installed 5.2.2-1 \(machine)\n")
    #expect(try await list(on: debian) == ["dpkg cryptolibcps: 5.2.2\(words)"])
  }

  @Test("They are asked where no ADM file is of the architecture that counts")
  func otherArchitecture() async throws {
    let workstation = MemoryWorkstation([Path.installed: "050204", Path.debianList: "/."])
      .with(Self.dpkg, says: "installed 5.2.2-1 amd64\ninstalled 5.2.1-1 i386\n")
    #expect(try await list(on: workstation, architecture: "32") == ["dpkg cryptolibcps: 5.2.1 (32-bit)"])
  }

  @Test("A program that is missing or breaks is a remark")
  func faults() async throws {
    let missing = Self.redHat.with(Self.rpm, .missing)
    #expect(
      try await find(on: missing) == Self.nothing("rpm est introuvable : le paquet n’a pas pu être cherché"))
    let broken = Self.debian.with(Self.dpkg, .failed("signal 9\u{7}"))
    #expect(try await find(on: broken) == Self.nothing("dpkg-query a échoué : signal 9?"))
  }

  @Test("One database speaks where the other is silent or broken")
  func both() async throws {
    let workstation = MemoryWorkstation([Path.rpmDatabase: "…", Path.debianList: "/."])
      .with(Self.rpm, .missing).with(Self.dpkg, says: "installed 5.2.2-1\n")
    let note = "rpm est introuvable : le paquet n’a pas pu être cherché"
    #expect(try await find(on: workstation) == Found(version: "5.2.2", note: note))
  }

  @Test("Either folder of rpm's database will do", arguments: ["/var/lib/rpm", "/usr/lib/sysimage/rpm"])
  func rpmFolders(folder: String) async throws {
    let workstation = MemoryWorkstation(["\(folder)/Packages": ""]).with(
      Self.rpm(in: folder), says: "5.2.2\n")
    #expect(try await find(on: workstation).version == "5.2.2")
  }

  // The workstation of these tests records every unexpected program.
  @Test(
    "No program is run where it could know nothing",
    arguments: [
      "/var/lib/dpkg/info/cryptsetup.list", "/var/lib/dpkg/info/libcryptolib.list",
      "/var/lib/dpkg/info/cryptolibcps.md5sums", "/var/lib/dpkg/info/cryptolib*.list",
      "/var/lib/dpkg/info/cryptolib cps.list", "/var/lib/dpkg/info/cryptolib\u{301}.list", "/var/lib/rpmx/a",
    ])
  func nothingToAsk(file: String) async throws {
    #expect(try await find(on: MemoryWorkstation([file: ""])) == Self.nothing())
  }

  @Test("No program is run where an ADM file gave the version")
  func notAsked() async throws {
    let workstation = MemoryWorkstation([
      Path.installed: "050001", Path.rpmDatabase: "…", Path.debianList: "/.",
    ])
    #expect(try await find(on: workstation) == Found(version: "5.0.1"))
  }

  @Test("An ADM file without a version leaves the word to the packages, and is remarked")
  func malformedFile() async throws {
    let workstation = MemoryWorkstation([Path.installed: "5.2.2", Path.debianList: "/."])
      .with(Self.dpkg, says: "installed 5.2.2-1\n")
    let note = "\(Path.installed) ne commence pas par une version de six chiffres"
    #expect(try await find(on: workstation) == Found(version: "5.2.2", note: note))
  }

  @Test("The package is asked for by the name it has, once for all its architectures")
  func names() async throws {
    let workstation = MemoryWorkstation([
      "/var/lib/dpkg/info/CryptolibCPS:amd64.list": "", "/var/lib/dpkg/info/CryptolibCPS:i386.list": "",
    ]).with(Self.dpkg.dropLast() + ["CryptolibCPS"], says: "installed 5.2.2-1\ninstalled 5.2.2-1\n")
    #expect(try await find(on: workstation) == Found(version: "5.2.2"))
  }

  @Test("A database that may not be read is a remark")
  func notPermitted() async throws {
    let workstation = MemoryWorkstation().with(folder: "/var/lib/rpm", .notPermitted)
      .with(folder: "/var/lib/dpkg/info", .notPermitted)
    let expected = Self.nothing(
      """
      /var/lib/rpm ne peut pas être lu (droits) ; /var/lib/dpkg/info ne peut pas être lu (droits)
      """)
    #expect(try await find(on: workstation) == expected)
  }

  @Test("Under another root, the databases of that root are asked")
  func root() async throws {
    let redHat = MemoryWorkstation(["/mnt/poste/var/lib/rpm/Packages": ""])
      .with(Self.rpm(in: "/mnt/poste/var/lib/rpm"), says: "5.2.2\n")
    #expect(try await find(on: redHat, root: "/mnt/poste/").version == "5.2.2")
    let debian = MemoryWorkstation(["/mnt/poste\(Path.debianList)": ""])
      .with(
        ["dpkg-query", "--admindir=/mnt/poste/var/lib/dpkg"] + Self.dpkg.dropFirst(),
        says: "installed 5.2.2\n")
    #expect(try await find(on: debian, root: "/mnt/poste").version == "5.2.2")
  }

  private static func several(_ places: String) -> String {
    "plusieurs versions trouvées, dont celle-ci est la plus récente (\(places))"
  }

  private static func nothing(_ remark: String? = nil) -> Found {
    let nothing = """
      aucune Cryptolib trouvée sur ce poste (cherchée : 155.adm, 154.adm dans \
      /var/opt/santesocial/commun/adm, /usr/local/sesam/etc/adm ; paquets rpm et dpkg)
      """
    return Found(unavailable: nothing + (remark.map { " ; \($0)" } ?? ""), reason: .service)
  }
}
