import Preflight
import Testing

@Suite("Folders named by SESAM.INI")
struct SesamINITests {
  private static let named = "/opt/fsv/adm/155.adm"

  @Test(
    "A folder is read from every usual way to write it",
    arguments: [
      "[COMMUN]\nRepertoireTravail=/opt/fsv/adm",
      "[COMMUN]\r\nRepertoireTravail=/opt/fsv/adm\r\n",
      "\u{FEFF}[COMMUN]\r\nRepertoireTravail=/opt/fsv/adm\r\n",
      "[commun]\nREPERTOIRETRAVAIL=/opt/fsv/adm/",
      "  [ Commun ] ; la section\n\trepertoiretravail \t=  /opt/fsv/adm//  ",
      "[COMMUN]\nRepertoireTravail=\"/opt/fsv/adm\" ; entre guillemets",
      "[COMMUN]\nRepertoireTravail='/opt/fsv/adm'",
      "[COMMUN]\nRepertoireTravail=/opt/./fsv//adm # là",
      "[COMMUN]\nRepertoireTravail=/opt/fsv/adm\t;ici",
      "; en tête\n# aussi\n[AUTRE]\nx=y\n\n[COMMUN]\nNom=\nRepertoireTravail=/opt/fsv/adm\n[FIN]\n",
      "[COMMUN]\nRepertoireTravail=/ailleurs\nRepertoireTravail=/opt/fsv/adm",
      "[COMMUN]\na=b\n[X]\n[COMMUN]\nRepertoireTravail=/opt/fsv/adm",
    ])
  func reads(ini: String) async throws {
    let found = try await find(on: MemoryWorkstation([Path.ini: ini, Self.named: "050202"]))
    #expect(found == Found(version: "5.2.2"))
  }

  @Test(
    "What names no folder is passed over in silence",
    arguments: [
      "",
      "RepertoireTravail=/opt/fsv/adm",
      "[AUTRE]\nRepertoireTravail=/opt/fsv/adm",
      "[COMMUN]\n[AUTRE]\nRepertoireTravail=/opt/fsv/adm",
      "[COMMUN\nRepertoireTravail=/opt/fsv/adm",
      "[COMMUN]\n;RepertoireTravail=/opt/fsv/adm",
      "[COMMUN]\n # RepertoireTravail=/opt/fsv/adm",
      "[COMMUN]\nRepertoireTravail2=/opt/fsv/adm",
      "[COMMUN]\nRepertoireTravail /opt/fsv/adm",
      "[COMMUN]\nRepertoireTravail=",
      "[COMMUN]\nRepertoireTravail= ; /opt/fsv/adm",
      "[COMMUN]\nRepertoireTravail=\"\"",
    ])
  func passesOver(ini: String) async throws {
    let found = try await find(on: MemoryWorkstation([Path.ini: ini, Self.named: "050202"]))
    #expect(found.reason == .service)
    #expect(found.unavailable?.hasSuffix("; paquets rpm et dpkg)") == true)
  }

  @Test(
    "A path that could lead elsewhere is ignored, with a remark",
    arguments: [
      "opt/fsv/adm", "./opt/fsv/adm", "/opt/x/../fsv/adm", "/opt/fsv/adm/..", "C:\\opt\\fsv\\adm", "~/adm",
      "/opt/fsv/adm\0x", "\"/opt/fsv/adm", "\"../opt/fsv/adm\"",
    ])
  func ignores(path: String) async throws {
    let ini = "[COMMUN]\nRepertoireTravail=\(path)"
    let found = try await find(
      on: MemoryWorkstation([Path.ini: ini, Self.named: "050202", Path.older: "050001"]))
    #expect(found.version == "5.0.1")
    #expect(found.note?.hasPrefix("\(Path.ini) nomme un RepertoireTravail ignoré") == true)
  }

  @Test(
    "A Latin-1 file and a UTF-8 one name the same folder", arguments: [[0xE9], [0xC3, 0xA9]] as [[UInt8]])
  func encodings(e: [UInt8]) async throws {
    let ini = Array("[COMMUN]\r\nRepertoireTravail=/opt/sant".utf8) + e + Array("/adm ; d".utf8) + e
    let workstation = MemoryWorkstation(["/opt/santé/adm/154.adm": "050202"]).with(Path.ini, .success(ini))
    #expect(try await find(on: workstation) == Found(version: "5.2.2"))
  }

  @Test("A comment sign within a word belongs to the path")
  func signInWord() async throws {
    let workstation = MemoryWorkstation([
      Path.ini: "[COMMUN]\nRepertoireTravail=/opt/a#b;c", "/opt/a#b;c/155.adm": "050202",
    ])
    #expect(try await find(on: workstation).version == "5.2.2")
  }

  @Test(
    "SESAM.INI is looked for in every 1.40 version, whatever its case",
    arguments: [
      ("1.40.13/conf/SESAM.INI", true), ("1.40.9/conf/sesam.ini", true), ("1.40./conf/Sesam.Ini", true),
      ("1.41.0/conf/SESAM.INI", false), ("1.40/conf/SESAM.INI", false), ("1.40.13/SESAM.INI", false),
      ("1.40.13/conf/SESAM.INI.bak", false), ("11.40.1/conf/SESAM.INI", false),
    ])
  func places(file: String, isRead: Bool) async throws {
    let workstation = MemoryWorkstation([
      "/etc/opt/santesocial/fsv/\(file)": "[COMMUN]\nRepertoireTravail=/opt/fsv/adm", Self.named: "050202",
    ])
    #expect(try await find(on: workstation).version == (isRead ? "5.2.2" : nil))
  }

  @Test(
    "One beside the usual ADM files counts as well, whatever its case",
    arguments: [("SESAM.INI", true), ("sesam.ini", true), ("SESAM.INI.bak", false), ("adm/SESAM.INI", false)])
  func besideADM(file: String, isRead: Bool) async throws {
    let ini = "/usr/local/sesam/etc/\(file)"
    let workstation = MemoryWorkstation([
      ini: "[COMMUN]\nRepertoireTravail=/opt/fsv/adm", Self.named: "050202",
      "/mnt/poste\(ini)": "[COMMUN]\nRepertoireTravail=/opt/fsv/adm",
      "/mnt/poste\(Self.named)": "050204",
    ])
    #expect(try await find(on: workstation).version == (isRead ? "5.2.2" : nil))
    #expect(try await find(on: workstation, root: "/mnt/poste").version == (isRead ? "5.2.4" : nil))
  }

  @Test("Folders of several versions are all looked in")
  func several() async throws {
    let found = try await find(
      on: MemoryWorkstation([
        "/etc/opt/santesocial/fsv/1.40.12/conf/SESAM.INI": "[COMMUN]\nRepertoireTravail=/opt/a",
        "/etc/opt/santesocial/fsv/1.40.13/conf/SESAM.INI": "[COMMUN]\nRepertoireTravail=/opt/b",
        "/opt/a/155.adm": "050202", "/opt/b/155.adm": "050204",
      ]))
    #expect(found.version == "5.2.4")
    #expect(found.note?.contains("(/opt/a/155.adm : 5.2.2, /opt/b/155.adm : 5.2.4)") == true)
  }

  @Test("A usual folder named again is looked in once")
  func namedAgain() async throws {
    let workstation = MemoryWorkstation([
      Path.ini: "[COMMUN]\nRepertoireTravail=/var/opt/santesocial/commun/adm/", Path.installed: "",
      Path.older: "050202",
    ])
    #expect(try await find(on: workstation) == Found(version: "5.2.2", note: "\(Path.installed) est vide"))
  }

  @Test("What cannot be read on the way is remarked and keeps nothing else from being found")
  func unreadable() async throws {
    let sound = MemoryWorkstation([Path.older: "050202"])
    let cases: [(MemoryWorkstation, String)] = [
      (sound.with(Path.ini, .failure(.notPermitted)), "\(Path.ini) ne peut pas être lu (droits)"),
      (sound.with(Path.ini, .failure(.isDirectory)), "\(Path.ini) est un dossier, pas un fichier"),
      (
        sound.with(Path.ini, .success([UInt8](repeating: 0x41, count: 65537))),
        "\(Path.ini) dépasse la taille permise (64 Kio)"
      ),
      (
        sound.with(folder: "/etc/opt/santesocial/fsv", .notPermitted),
        "/etc/opt/santesocial/fsv ne peut pas être lu (droits)"
      ),
    ]
    for (workstation, note) in cases {
      #expect(try await find(on: workstation) == Found(version: "5.2.2", note: note))
    }
  }
}
