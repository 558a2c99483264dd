import FoundationEssentials
import Glibc
import Testing

@Suite("Which module is given the code porteur")
struct ModuleTrustTests {
  /// Returns a folder with a module and rules that need it.
  private static func folder() throws -> Folder {
    let folder = try Folder(["code": "1234\n", "modules/.keep": "", "more/.keep": ""])
    try folder.write(CardRules.text(writing: folder.path), to: "work/rules.yaml")
    try FileManager.default.copyItem(
      atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: "\(folder.path)/modules/healthy.so")
    try folder.setMode(0o600, of: "code")
    return folder
  }

  private func run(_ change: String, module: String) async throws -> (run: BuiltProgram.Run, logins: Bool) {
    let folder = try Self.folder()
    let run = try await BuiltProgram.shell(
      """
      cd ..; umask 022; \(change)
      cd work; exec $P check --rules rules.yaml --module \(module) --pin-file ../code --timeout 20s --lang en
      """, in: "\(folder.path)/work")
    let logins = ["modules", "more"].contains { place in
      (try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(place)"))?
        .contains { $0.hasSuffix(".logins") } == true
    }
    return (run, logins)
  }

  @Test(
    "A sound one is, by whatever path",
    arguments: ["$PWD/../modules/healthy.so", "../modules/healthy.so", "../more/link.so"])
  func sound(module: String) async throws {
    let (run, logins) = try await run("ln -s ../modules/healthy.so more/link.so", module: module)
    #expect(run.code == 0 && logins, "\(run)")
  }

  @Test(
    "One that others may change is not loaded",
    arguments: [
      ("chmod 777 modules/healthy.so", "modules/healthy.so", "modules/healthy.so may be written by others"),
      ("chmod 777 modules", "modules/healthy.so", "modules may be written by others"),
      ("chmod 1777 modules", "modules/healthy.so", "modules is a shared folder"),
      (
        "mkdir modules/deep; mv modules/healthy.so modules/deep; chmod 777 modules",
        "modules/deep/healthy.so",
        "modules may be written by others"
      ),
      (
        "chmod 777 modules; ln -s ../modules/healthy.so more/link.so", "more/link.so",
        "modules may be written"
      ),
      ("chmod 777 more; ln -s ../modules/healthy.so more/link.so", "more/link.so", "more may be written by"),
      ("ln -s ../modules more/link; chmod 1777 more", "more/link/healthy.so", "more is a shared folder"),
    ])
  func unsafe(change: String, module: String, words: String) async throws {
    for prefix in ["../", "$PWD/../"] {
      let (run, logins) = try await run(change, module: prefix + module)
      #expect(run.code == 77 && !logins && run.output.isEmpty, "\(run)")
      #expect(run.errors.contains(words) && run.errors.contains("is not used"), "\(run)")
    }
  }

  @Test("Another user's is not loaded", .enabled(if: geteuid() == 0))
  func stranger() async throws {
    for path in ["modules/healthy.so", "modules", "."] {
      let (run, logins) = try await run("chown 65534 \(path)", module: "../modules/healthy.so")
      #expect(run.code == 77 && !logins, "\(run)")
      #expect(run.errors.contains("owned by a user (65534)"), "\(run)")
    }
  }

  @Test("It ends every command that needs it, whatever other rules say, and is told in the journal")
  func commands() async throws {
    let folder = try Self.folder()
    try folder.setMode(0o777, of: "modules")
    let module = "--module ../modules/healthy.so --lang en --pin-file ../code"
    for line in [
      "$P facts --rules rules.yaml \(module)", "$P run --rules rules.yaml \(module) -- touch ran",
      "$P check --rules rules.yaml \(module) --format json",
      "$P check --rules rules.yaml \(module) --journal j; c=$?; grep -q '\"exitCode\": *77' j && exit $c",
    ] {
      let run = try await BuiltProgram.shell(line, in: "\(folder.path)/work")
      #expect(run.code == 77 && run.output.isEmpty, "\(line): \(run)")
    }
    #expect(access("\(folder.path)/work/ran", F_OK) != 0)
    try folder.write(
      CardRules.text.replacing("[cryptoki]", with: "[{ cryptoki: { module: ../modules/healthy.so } }]"),
      to: "work/rules.yaml")
    let ofRules = try await BuiltProgram.shell("$P check --pin-file ../code", in: "\(folder.path)/work")
    #expect(ofRules.code == 77, "\(ofRules)")
  }

  @Test("It ends every run that may need it, also one that would not have come so far; no other")
  func beforehand() async throws {
    let folder = try Self.folder()
    try folder.setMode(0o777, of: "modules")
    let ahead = """
      version: 1
      sources: [pcsc, cryptoki]
      stages:
        - { id: a, rules: [{ id: x, check: card.present }] }
        - { id: b, rules: [{ id: y, check: billing.dam }] }
      """
    let readers = """
      version: 1
      sources: [pcsc, cryptoki]
      stages: [{ id: a, rules: [{ id: x, check: fact, with: { fact: reader.names, present: true } }] }]
      """
    try folder.write(ahead, to: "work/ahead.yaml")
    try folder.write(readers, to: "work/readers.yaml")
    let module = "--module ../modules/healthy.so --lang en --pin-file ../code"
    // Nothing answers there: no card is found, and no code porteur would have been passed on.
    for (line, isRefused) in [
      ("$P check --rules ahead.yaml \(module)", true), ("$P check --rules readers.yaml \(module)", false),
      ("$P check --rules ahead.yaml --offline \(module)", false),
    ] {
      let run = try await BuiltProgram.shell(
        line, in: "\(folder.path)/work", environment: ["PCSCLITE_CSOCK_NAME": "/nonexistent"])
      #expect((run.code == 77) == isRefused, "\(line): \(run)")
    }
  }

  @Test(
    "A module by name or by default: its file, its configuration and their folders are examined",
    .enabled(if: geteuid() == 0, "only root can write to /etc, in a mount of the test's own"),
    arguments: [
      ("", "own", 0), ("chmod 777 /etc/pkcs11/modules", "own", 77), ("chmod 666 $CONF", "own", 77),
      ("chown 65534 $CONF", "own", 77), ("chmod 777 modules", "own", 77),
      ("chmod 777 modules/healthy.so", "own", 77),
      ("echo 'user-config: none' > /etc/pkcs11/pkcs11.conf; chmod 666 /etc/pkcs11/pkcs11.conf", "own", 77),
      ("echo 'disable-in: cps-preflight-cryptoki' >> $CONF", "own", 69), ("", "none", 69),
      ("mv $CONF /etc/pkcs11/modules/cps3.module", "", 0),
      ("mv $CONF /etc/pkcs11/modules/cps3.module; chmod 777 modules", "", 77),
      ("rm $CONF; ln -s $PWD/modules/healthy.so /usr/lib64/libcps3_pkcs11_lux.so", "", 0),
      ("rm $CONF; ln -s $PWD/modules/healthy.so /usr/lib64/libcps3_pkcs11_lux.so; chmod 777 modules", "", 77),
      (
        "rm $CONF; chmod 777 /usr/lib64; ln -s $PWD/modules/healthy.so /usr/lib64/libcps3_pkcs11_lux.so", "",
        77
      ),
    ] as [(String, String, Int32)])
  func byName(change: String, name: String, code: Int32) async throws {
    let folder = try Self.folder()
    try folder.write(
      """
      set -e; mount -t tmpfs -o mode=755 tmpfs /mnt; mkdir /mnt/etc /mnt/lib; cp -a /etc/passwd /etc/group /etc/nsswitch.conf /etc/ld.so.cache /mnt/etc
      cp -a /usr/lib64/. /mnt/lib; mount --bind /mnt/lib /usr/lib64; mount --bind /mnt/etc /etc
      mkdir -p /etc/pkcs11/modules; CONF=/etc/pkcs11/modules/own.module; echo "module: $PWD/modules/healthy.so" > $CONF
      \(change)
      cd work; exec $P check --rules rules.yaml \(name.isEmpty ? "" : "--module \(name)") --pin-file ../code --timeout 20s --lang en
      """, to: "script")
    let run = try await BuiltProgram.shell("umask 022; unshare --mount sh script", in: folder.path)
    #expect(run.code == code, "\(change): \(run)")
  }
}

@Suite("The program that is given the code porteur")
struct ReaderTrustTests {
  @Test(
    "The isolated reader is examined as plugins are",
    arguments: [
      ("", 0), ("chmod 777 bin/cps-preflight-cryptoki", 77), ("chmod 777 bin", 77),
      ("chmod 777 lib", 0),
      ("mkdir -p libexec/cps-preflight; mv bin/cps-preflight-cryptoki libexec/cps-preflight", 0),
      (
        "mkdir -p libexec/cps-preflight; mv bin/cps-preflight-cryptoki libexec/cps-preflight; chmod 777 libexec",
        77
      ),
    ] as [(String, Int32)])
  func reader(change: String, code: Int32) async throws {
    let folder = try Folder([
      "rules.yaml": CardRules.text, "code": "1234\n", "bin/.keep": "", "lib/.keep": "",
    ])
    try FileManager.default.copyItem(
      atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: "\(folder.path)/healthy.so")
    try folder.setMode(0o600, of: "code")
    let run = try await BuiltProgram.shell(
      """
      umask 022; cp "$P" "$P-cryptoki" bin; \(change)
      exec bin/cps-preflight check --rules rules.yaml --module ./healthy.so --pin-file code --timeout 20s --lang en
      """, in: folder.path)
    #expect(run.code == code, "\(run)")
    if code == 77 {
      #expect(run.errors.contains("may be written by others: it is not run; chmod go-w"), "\(run)")
    }
  }
}
