import CardStage
import FoundationEssentials
import Glibc
import Testing

@Suite("The doctor looks at everything, and says what mends it")
struct DoctorTests {
  @Test("A bare Debian: nothing stops it, and each fault has its command")
  func bare() async throws {
    let said = try await DoctorCase(DoctorFiles.debian()).doctor()
    #expect(said.run.code == 1)
    #expect(
      said.troubles.isSuperset(of: ["pcsc.service fault not_installed", "cryptolib.module fault missing"]),
      "\(said)")
    let commands = said.of("pcsc.service").flatMap(\.commands)
    #expect(commands.contains { $0.hasSuffix("apt-get install pcscd libccid") }, "\(commands)")
    for area in ["program", "rules", "pcsc", "readers", "card", "cryptolib", "galss", "machine"] {
      #expect(said.findings.contains { $0.area == area }, "\(area)")
    }
    for finding in said.findings where finding.sign == "fault" {
      #expect(!finding.commands.isEmpty || !finding.advice.isEmpty, "\(finding)")
    }
  }

  @Test("A distribution of RPM packages is given its own commands")
  func rpm() async throws {
    let reader = DoctorFiles.usb("1-2", "ffff", "0001", "New Reader", class: "0b")
    let place = try Workplace()
    let said = try await DoctorCase(["usr/bin/dnf": ""].merging(reader) { $1 }).doctor(
      environment: place.daemon.environment)
    let commands = said.of("usb.readers").flatMap(\.commands)
    #expect(commands.contains { $0.hasSuffix("dnf install pcsc-lite-ccid") }, "\(said)")
  }

  @Test("A service that is installed and does not run is to be started")
  func stopped() async throws {
    let said = try await DoctorCase(DoctorFiles.debian("pcscd", "libccid")).doctor()
    #expect(said.troubles.contains("pcsc.service fault stopped"), "\(said)")
    #expect(said.of("pcsc.packages").map(\.sign) == ["sound"])
  }

  @Test(
    "A service that refuses us, or is of another version",
    arguments: [
      (FeignedPCSCD.Manner.refusing, "refused", "access_card"),
      (.ofAnotherVersion, "other_version", "different protocol versions"),
    ])
  func willNotServe(_ manner: FeignedPCSCD.Manner, name: String, words: String) async throws {
    let place = try DoctorCase()
    let service = try FeignedPCSCD(manner, in: place.folder.path)
    let said = try await place.doctor(environment: ["PCSCLITE_CSOCK_NAME": service.socket])
    #expect(said.run.code == 1)
    #expect(said.of("pcsc.service").map(\.case) == [name], "\(said)")
    #expect(said.of("pcsc.service").contains { ($0.message + $0.commands.joined()).contains(words) })
  }

  @Test("A service that hangs costs its own findings, and is to be restarted")
  func deaf() async throws {
    let place = try Workplace()
    place.daemon.freeze()
    let said = try await DoctorCase(DoctorFiles.debian("pcscd", "libccid")).doctor(
      "--timeout", "5s", environment: place.daemon.environment)
    place.daemon.thaw()
    #expect(said.run.code == 1)
    #expect(said.of("pcsc.service").map(\.case) == ["deaf"], "\(said)")
    #expect(said.of("pcsc.service").first?.commands.isEmpty == false)
    #expect(said.of("pcsc.packages").map(\.sign) == ["sound"], "\(said)")
  }

  @Test("Readers that are plugged in, and those that PC/SC sees")
  func readers() async throws {
    let place = try Workplace()
    let files = DoctorFiles.usb("1-1", "08e6", "3437", "USB SmartCard Reader", class: "0b")
      .merging(DoctorFiles.usb("1-2", "0b00", "0090", "Lecteur SESAM VITALE", class: "ff")) { $1 }
      .merging(DoctorFiles.usb("1-3", "046d", "c31c", "Keyboard", class: "03")) { $1 }
    let said = try await DoctorCase(files.merging(DoctorFiles.driver) { $1 }).doctor(
      environment: place.daemon.environment)
    #expect(
      said.of("usb.readers").map { "\($0.sign) \($0.case)" } == ["sound sound", "fault driver_missing"],
      "\(said)")
    #expect(said.of("usb.readers").last?.meaning?.contains("Ingenico") == true)
    #expect(said.of("pcsc.readers").map(\.case) == ["empty", "empty"])
    let without = try await DoctorCase(files).doctor(environment: place.daemon.environment)
    #expect(without.of("usb.readers").map(\.case).contains("driver_missing"))
  }

  private static let sesam = "[COMMUN]\nRepertoireTravail=/var/opt/adm\n[SSV]\nRepertoireTable=/var/opt/ssv\n"

  @Test("GALSS and the SSV, in the folders of the older software")
  func sesam() async throws {
    let files = [
      "usr/local/galss/galss.ini":
        "[CANAL1]\nCaracteristiques=COM1\n[CANAL2]\nCaracteristiques=Twin\n[CANAL1.TERMINAL1]\n",
      "usr/local/galss/io_comm.ini": "[PORTS]\nCOM1=/dev/ttyS0\n",
      "usr/local/sesam/etc/sesam.ini": Self.sesam,
      "var/opt/adm/155.adm": "050202\nINSTALLEUR_CRYPTOLIB_CPS_64B", "var/opt/ssv/table.bin": "x",
    ]
    let said = try await DoctorCase(files).doctor()
    #expect(said.of("galss.channels").map(\.case) == ["device_missing", "readers_unknown"], "\(said)")
    #expect(said.of("sesam.files").map(\.case) == ["mgc"], "\(said)")
    let mended = files.merging([
      "dev/ttyS0": "",
      "usr/local/sesam/etc/sesam.ini": Self.sesam + "[MGC]\nRepertoireConfigTrace=/var/opt/conf\n",
      "var/opt/conf/log4crc.xml": "<x/>",
    ]) { $1 }
    let place = try Workplace()
    let again = try await DoctorCase(mended).doctor(environment: place.daemon.environment)
    #expect(again.of("galss.channels").map(\.case) == ["sound", "sound"], "\(again)")
    #expect(again.of("sesam.files").map(\.case) == ["sound"], "\(again)")
  }

  private static let module = "opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so"

  @Test(
    "Where the kernel has no Landlock, or an old one, it says what is not confined",
    arguments: [
      ("none", "attention", "no_landlock", "The kernel does not offer Landlock."),
      ("off", "attention", "switched_off", "The kernel was started without Landlock."),
      ("2", "sound", "sound", "neither the network (version 4) nor its signals (version 6)"),
      ("5", "sound", "sound", "not its signals (version 6)"),
      ("7", "sound", "sound", "files, network, signals"),
    ])
  func landlock(kernel: String, sign: String, name: String, words: String) async throws {
    let said = try await DoctorCase().doctor(
      environment: FaultySystem.environment(["FAULTY_LANDLOCK": kernel]))
    let found = said.of("program.confinement")
    #expect(found.map(\.sign) == [sign] && found.map(\.case) == [name], "\(said)")
    #expect(found.allSatisfy { $0.message.contains(words) }, "\(found)")
    #expect(found.allSatisfy { $0.sign == "sound" || !$0.advice.isEmpty })
  }

  @Test("A module that is none is told for what it is")
  func noModule() async throws {
    let said = try await DoctorCase([Self.module: "no module"]).doctor()
    #expect(said.run.code == 1)
    #expect(said.of("cryptolib.library").map(\.case) == ["not_loaded"], "\(said)")
    #expect(said.of("cryptolib.package").map(\.case) == ["version_unknown"])
  }

  @Test("A module that others may write is a fault, is not loaded, and ends in 1")
  func unsafeModule() async throws {
    let place = try DoctorCase(["opt/santesocial/CPS/lib/.keep": ""])
    try FileManager.default.copyItem(
      atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: "\(place.root)/\(Self.module)")
    // Without Landlock, the module can note that it is called.
    let unconfined = FaultySystem.environment(["FAULTY_LANDLOCK": "none"])
    let sound = try await place.doctor(environment: unconfined)
    #expect(sound.of("cryptolib.library").map(\.case) == ["sound"], "\(sound)")
    let calls = "\(place.root)/\(Self.module).calls"
    #expect(FileManager.default.fileExists(atPath: calls))
    try FileManager.default.removeItem(atPath: calls)
    try place.folder.setMode(0o666, of: "root/\(Self.module)")
    let said = try await place.doctor(environment: unconfined)
    #expect(said.run.code == 1)
    #expect(said.of("cryptolib.module").map(\.case) == ["unsafe"], "\(said)")
    #expect(said.of("cryptolib.module").contains { $0.commands.joined().contains("chmod 755") })
    #expect(!FileManager.default.fileExists(atPath: calls))
  }

  @Test(
    "A module that this user may not read", .enabled(if: geteuid() == 0, "only root can become somebody else")
  )
  func unreadableModule() async throws {
    let place = try DoctorCase([Self.module: "x"])
    try place.folder.setMode(0o600, of: "root/\(Self.module)")
    try place.folder.setMode(0o755, of: ".")
    let run = try await BuiltProgram.shell(
      """
      d=$(mktemp -d); cp "$P" "$P-cryptoki" "$d"; chmod -R a+rX "$d"; cd /
      setpriv --reuid 65534 --regid 65534 --clear-groups "$d/cps-preflight" doctor --root \(place.root) --lang en
      code=$?; rm -r "$d"; exit $code
      """)
    #expect(run.code == 1, "\(run)")
    #expect(run.output.contains("This user may not read the module"), "\(run.output)")
    #expect(run.output.contains("$ sudo chmod 755 \(place.root)/\(Self.module)"), "\(run.output)")
  }

  @Test("What the real package leaves open to everybody is a remark")
  func openFolders() async throws {
    let place = try DoctorCase([
      "var/opt/santesocial/commun/adm/155.adm": "050202\nINSTALLEUR_CRYPTOLIB_CPS_64B",
      "etc/opt/santesocial/CPS/cache/.keep": "",
      "var/opt/santesocial/commun/adm/174.adm": "030000\nPKCS#11_CPS3_V5_64B",
      "opt/santesocial/CPS/lib/.keep": "",
    ])
    try FileManager.default.copyItem(
      atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: "\(place.root)/\(Self.module)")
    for path in ["var/opt/santesocial", "var/opt/santesocial/commun/adm", "etc/opt/santesocial/CPS/cache"] {
      try place.folder.setMode(0o777, of: "root/\(path)")
    }
    let said = try await place.doctor()
    #expect(
      said.of("cryptolib.folders").map { "\($0.sign) \($0.case)" }
        == Array(repeating: "attention writable_by_everybody", count: 3))
    #expect(said.of("cryptolib.package").map(\.sign) == ["sound"])
    #expect(said.of("cryptolib.library").map(\.case) == ["recorded_otherwise"], "\(said)")
  }

  @Test("The isolated reader: missing, or open to others")
  func isolatedReader() async throws {
    let place = try DoctorCase()
    for (copy, name) in [
      ("true", "missing"), ("cp \"$P-cryptoki\" d && chmod 777 d/cps-preflight-cryptoki", "unsafe"),
    ] {
      let run = try await BuiltProgram.shell(
        "rm -rf d; mkdir d && cp \"$P\" d && \(copy); d/cps-preflight doctor --root \(place.root) --format json",
        in: place.folder.path, environment: ["PCSCLITE_CSOCK_NAME": "\(place.folder.path)/none"])
      #expect(run.code == 1)
      let said = try DoctorCase.Said(run)
      #expect(said.of("program.reader").map(\.case) == [name], "\(said)")
    }
  }

  @Test("A rule file or a plugin that others may write is a fault, is not read or run, and ends in 1")
  func unsafeRules() async throws {
    let place = try DoctorCase()
    let rules = try place.folder.write("version: 1\nstages: []\n", to: "rules.yaml")
    try place.folder.setMode(0o666, of: "rules.yaml")
    let said = try await place.doctor("--rules", rules)
    #expect(said.run.code == 1)
    #expect(said.of("rules.file").map(\.case) == ["unsafe"], "\(said)")
    #expect(
      said.of("rules.file").first?.commands.joined().hasSuffix("chmod go-w \(rules)") == true, "\(said)")
    #expect(said.of("rules.lint").isEmpty)

    let plugin = try place.folder.writeProgram(
      "#!/bin/sh\ntouch \(place.folder.path)/ran\n", to: "plugins/cps-preflight-erp", mode: 0o777)
    let other = try await place.doctor("--plugin-dir", "\(place.folder.path)/plugins")
    #expect(other.run.code == 1)
    #expect(other.of("rules.plugins").map(\.case) == ["unsafe"], "\(other)")
    #expect(
      other.of("rules.plugins").first?.commands.contains { $0.hasSuffix("chmod go-w \(plugin)") } == true)
    #expect(!FileManager.default.fileExists(atPath: "\(place.folder.path)/ran"))
  }

  @Test(
    "A named rule file that some others may write is followed, with a remark",
    .enabled(if: geteuid() == 0, "only root can give a file to a group"))
  func sharedRules() async throws {
    let place = try DoctorCase()
    let rules = try place.folder.write("extends: default\nversion: 1\n", to: "rules.yaml")
    #expect(chown(rules, 0, 65_534) == 0)
    try place.folder.setMode(0o664, of: "rules.yaml")
    let said = try await place.doctor("--rules", rules)
    #expect(said.of("rules.file").map(\.case) == ["writable_by_others"], "\(said)")
    #expect(said.of("rules.file").first?.message.contains("without --rules, check would refuse it") == true)
    #expect(said.of("rules.lint").allSatisfy { $0.sign != "unseen" } && !said.of("rules.lint").isEmpty)
  }

  @Test("What is wrong in the rule file is told, whatever is wrong in it")
  func brokenRules() async throws {
    let place = try DoctorCase()
    let rules = try place.folder.write("version: 1\nstage: []\n", to: "rules.yaml")
    let said = try await place.doctor("--rules", rules)
    #expect(
      said.of("rules.lint").allSatisfy { $0.sign == "fault" } && !said.of("rules.lint").isEmpty, "\(said)")
    let missing = try await place.doctor("--rules", "\(place.folder.path)/none.yaml")
    #expect(missing.of("rules.file").map(\.case) == ["unreadable"], "\(missing)")
  }

  @Test("The card in the reader: its kind and the state of its code, without a code")
  func card() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let files = try DoctorCase()
    let module = try files.folder.write([], to: "slot=Twin 00 00,slot=Twin 00 01.so")
    try FileManager.default.removeItem(atPath: module)
    try FileManager.default.copyItem(atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: module)
    let said = try await files.doctor(
      "--module", module, "--timeout", "20s", environment: place.daemon.environment)
    for rule in ["rule.carte-presente", "rule.carte-cps-ou-cpe", "rule.code-porteur-utilisable"] {
      #expect(said.of(rule).map(\.sign) == ["sound"], "\(rule): \(said)")
    }
    #expect(said.findings.contains { $0.id == "rule.carte-en-cours-de-validite" })
    #expect(said.of("pcsc.readers").map(\.case) == ["card", "empty"])
    #expect(!FileManager.default.fileExists(atPath: "\(module).logins"), "no code is presented")
    card.remove()
  }

  @Test("The journal's folder is looked at where it is named")
  func journal() async throws {
    let place = try DoctorCase()
    let said = try await place.doctor("--journal", "\(place.folder.path)/none/journal")
    #expect(said.of("machine.journal").map(\.case) == ["no_folder"], "\(said)")
    let there = try await place.doctor("--journal", "\(place.folder.path)/journal")
    #expect(there.of("machine.journal").map(\.sign) == ["sound"], "\(there)")
  }

  @Test(
    "French and English say the same, each with its signs, and end with the count and the code",
    arguments: [
      ("fr", "Service PC/SC", "problèmes ✗"), ("en", "PC/SC service", "problems ✗"),
    ])
  func languages(language: String, heading: String, summary: String) async throws {
    let place = try DoctorCase(DoctorFiles.debian())
    let run = try await BuiltProgram.run(
      ["doctor", "--root", place.root, "--lang", language],
      environment: ["PCSCLITE_CSOCK_NAME": "\(place.folder.path)/none"])
    #expect(run.code == 1)
    #expect(run.output.contains("\n\(heading)\n"), "\(run.output)")
    let last = run.output.split(separator: "\n").last ?? ""
    #expect(last.contains(summary) && last.hasSuffix("(code 1)"), "\(last)")
    for line in run.output.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("    ") {
      #expect(["  ✓ ", "  ! ", "  ✗ ", "  ? "].contains { line.hasPrefix($0) }, "\(line)")
    }
  }

  @Test("A workstation that lacks nothing ends with 0, and with 69 where something cannot be seen")
  func sound() async throws {
    let place = try Workplace()
    var files = DoctorFiles.debian("pcscd", "libccid", "libpcsclite1").merging(DoctorFiles.driver) { $1 }
    files["var/opt/santesocial/commun/adm/155.adm"] = "050204\nINSTALLEUR_CRYPTOLIB_CPS_64B"
    files["opt/santesocial/CPS/lib/.keep"] = ""
    for (usb, code) in [
      (DoctorFiles.usb("1-1", "08e6", "3437", "USB SmartCard Reader", class: "0b"), 0), ([:], 69),
    ]
      as [([String: String], Int32)]
    {
      let workstation = try DoctorCase(files.merging(usb) { $1 })
      try FileManager.default.copyItem(
        atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: "\(workstation.root)/\(Self.module)")
      let said = try await workstation.doctor("--timeout", "20s", environment: place.daemon.environment)
      #expect(said.run.code == code, "\(said.troubles)")
      #expect(said.of("rule.cryptolib-a-jour").map(\.sign) == ["sound"], "\(said)")
      #expect(said.of("rule.carte-presente").map(\.sign) == ["attention"], "no card is no fault")
    }
  }

  @Test("A module that hangs costs its own finding, and nothing else")
  func hanging() async throws {
    let place = try DoctorCase()
    let module = "\(place.folder.path)/hang@C_Initialize.so"
    try FileManager.default.copyItem(atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: module)
    let said = try await place.doctor("--module", module, "--timeout", "2s")
    #expect(said.of("cryptolib.library").map(\.sign) == ["unseen"], "\(said)")
    #expect(said.of("cryptolib.module").map(\.sign) == ["sound"])
    #expect(said.findings.contains { $0.area == "machine" })
  }

  @Test(
    "What it refers to is explained",
    arguments: [
      "F680", "F610", "F6F1", "F6F2", "800C", "8003", "8005",
      "Section MGC absente, ou clé RepertoireConfigTrace absente",
    ])
  func explained(subject: String) async throws {
    let run = try await BuiltProgram.run(["explain", subject, "--lang", "en"])
    #expect(run.code == 0 && !run.output.isEmpty, "\(run)")
  }

  @Test("A rule file may name its sources; without that, check and facts ask none of them")
  func sources() async throws {
    let place = try DoctorCase(["usr/local/galss/galss.ini": "[CANAL1]\n"])
    let rules = try place.folder.write(
      """
      version: 1
      sources: [galss: { root: \(place.root) }]
      stages:
        - id: poste
          rules:
            - { id: sans-galss, check: fact, with: { fact: galss.file, present: false }, exit: 45 }
      """, to: "rules.yaml")
    #expect(try await BuiltProgram.run(["check", "--rules", rules]).code == 45)
    let facts = try await BuiltProgram.run(["facts", "--rules", rules, "--lang", "en"])
    #expect(facts.output.contains("galss.file = "), "\(facts)")
    let usual = try await BuiltProgram.run(["facts", "--offline", "--lang", "en"])
    for name in ["galss.", "usb.", "machine.", "pcsc.", "sesam.", "p11kit."] {
      #expect(!usual.output.contains("\n\(name)"), "\(usual.output)")
    }
  }

  @Test("Every message is a sentence, in both languages", arguments: ["fr", "en"])
  func sentences(language: String) async throws {
    let place = try DoctorCase(
      DoctorFiles.debian().merging(["usr/local/sesam/etc/sesam.ini": Self.sesam]) { $1 })
    for finding in try await place.doctor("--lang", language).findings where finding.id != "rules.lint" {
      for words in [finding.message, finding.meaning].compactMap(\.self) {
        // The names of programs and files begin with a small letter.
        let begins =
          words.first.map { $0.isUppercase || $0 == "/" } == true
          || ["cps-preflight ", "p11-kit ", "systemd ", "polkit ", "pcscd ", "check "].contains {
            words.hasPrefix($0)
          }
        #expect(words.hasSuffix(".") && begins, "\(words)")
      }
    }
  }

  @Test("The JSON is as its schema says")
  func schema() async throws {
    var documents: [String: String] = [:]
    documents["bare.json"] = try await DoctorCase(DoctorFiles.debian()).doctor().run.output
    documents["sesam.json"] = try await DoctorCase(["usr/local/sesam/etc/sesam.ini": Self.sesam]).doctor().run
      .output
    for closed in [false, true] {
      #expect(try await SchemaValidator.faults(of: documents, by: "doctor-1", closed: closed) == "")
    }
  }

  @Test(
    "Options that cannot be are refused",
    arguments: [
      ["--root", "relative"], ["--reader", ""], ["--bundle", "-"], ["--module", ""], ["--format", "html"],
    ])
  func refused(arguments: [String]) async throws {
    #expect(try await BuiltProgram.run(["doctor"] + arguments).code == 64)
  }

  @Test("A root that is no folder is not an empty workstation", arguments: ["/none/such", "/dev/null"])
  func root(path: String) async throws {
    let run = try await BuiltProgram.run(["doctor", "--root", path, "--lang", "en"])
    #expect(run.code == 66 && run.output.isEmpty && run.errors.hasPrefix("\(path): error: "), "\(run)")
  }
}
