import Glibc
import Testing

/// Rules that pass, and facts for them.
private enum Passing {
  static let rules = """
    version: 1
    stages: [{ id: s, rules: [{ id: r, check: card.present, exit: 10 }] }]
    """
  static let facts = #"{"schema": "cps-preflight/facts/1", "facts": {"card.present": true}}"#
  static let evaluated = #"{"facts": {"card.present": true}}"#
}

@Suite("Whose rules are followed")
struct RuleFileTrustTests {
  /// Runs lines of shell in a folder with sound rules, another folder beside them, and facts.
  private func run(_ line: String, in folder: Folder? = nil) async throws -> BuiltProgram.Run {
    let folder = try folder ?? Self.folder()
    return try await BuiltProgram.shell(
      "umask 022; CHECK=\"$P check --facts \(folder.path)/facts.json --offline --lang en\"; \(line)",
      in: "\(folder.path)/work", environment: ["HOME": folder.path])
  }

  private static func folder() throws -> Folder {
    try Folder([
      "work/rules.yaml": Passing.rules, "facts.json": Passing.facts, "elsewhere/rules.yaml": Passing.rules,
      "work/including.yaml": "version: 1\ninclude: [../elsewhere/rules.yaml]\n",
    ])
  }

  @Test(
    "A file that was found is refused where others may write it, or a folder or link on the way to it",
    arguments: [
      ("chmod 666 rules.yaml", "rules.yaml may be written by others"),
      ("chmod 777 .", "work may be written by others"),
      ("chmod 1777 .", "work is a shared folder, which may be written by others"),
      ("chmod 777 ..", " may be written by others"),
      ("chmod 1777 ..", nil),
      ("chmod 666 ../elsewhere/rules.yaml; ln -sf ../elsewhere/rules.yaml .", "elsewhere/rules.yaml may be"),
      ("chmod 777 ../elsewhere; ln -sf ../elsewhere/rules.yaml .", "elsewhere may be written by others"),
      // The target of the link is safe, but anyone who can write the folder can change the link.
      (
        "ln -s $PWD/r ../elsewhere/link; chmod 777 ../elsewhere; mv rules.yaml r; ln -s ../elsewhere/link rules.yaml",
        "elsewhere may be written by others"
      ),
      (
        "mkdir ../deep; ln -s ../elsewhere ../deep/link; chmod 777 ../deep; ln -sf ../deep/link/rules.yaml .",
        "deep may be written by others"
      ),
      ("mv rules.yaml r; ln -s r s; ln -s $PWD/./../work/s rules.yaml", nil),
      ("mv including.yaml rules.yaml", nil),
      ("mv including.yaml rules.yaml; chmod 666 ../elsewhere/rules.yaml", "elsewhere/rules.yaml may be"),
      ("mv including.yaml rules.yaml; chmod 777 ../elsewhere", "elsewhere may be written by others"),
      ("mv including.yaml rules.yaml; chmod 1777 ../elsewhere", "elsewhere is a shared folder"),
    ] as [(String, String?)])
  func found(change: String, words: String?) async throws {
    let run = try await run("\(change) && $CHECK")
    guard let words else {
      #expect(run.code == 0, "\(run)")
      return
    }
    #expect(run.code == 77 && run.output.isEmpty, "\(run)")
    #expect(run.errors.replacing(": error:", with: "").contains(words), "\(run)")
    #expect(run.errors.contains("the rules in ") && run.errors.contains("are not followed; "), "\(run)")
  }

  @Test(
    "A file that was named is refused only where everybody may write or replace it, and so are its includes",
    arguments: [
      ("chmod 664 F", 0), ("chmod 666 F", 77), ("chmod 602 F", 77), ("chmod 777 .", 77), ("chmod 1777 .", 0),
      ("chmod 775 .", 0), ("chmod 666 ../elsewhere/rules.yaml", 77), ("chmod 777 ../elsewhere", 77),
      ("chmod 664 ../elsewhere/rules.yaml", 0), ("ln -s including.yaml link; chmod 1777 .", 0),
      ("ln -s including.yaml link; chmod 777 ..", 77),
    ] as [(String, Int32)])
  func named(change: String, code: Int32) async throws {
    for file in ["including.yaml", "$PWD/including.yaml", "../work/including.yaml"] {
      let run = try await run("\(change.replacing("F", with: "including.yaml")) && $CHECK --rules \(file)")
      #expect(run.code == code, "\(run)")
      if code == 77 {
        #expect(
          run.errors.contains("may be written by everybody") && run.errors.contains("; chmod o-w"), "\(run)")
      }
    }
  }

  @Test(
    "A working folder that the user may not search is told: the rules that may be in it are not quietly replaced",
    .enabled(if: geteuid() == 0))
  func hiddenFolder() async throws {
    let folder = try Self.folder()
    let line = """
      d=$(mktemp -d /tmp/cps-preflight-test-XXXXXX); cp "$P" rules.yaml ../facts.json $d; chmod 755 $d; chmod 700 .
      for rules in "" "--rules $d/rules.yaml"; do
        setpriv --reuid 65533 --regid 65533 --clear-groups $d/cps-preflight check --facts $d/facts.json --offline \
          --lang en $rules; echo "code $?"
      done
      rm -r $d
      """
    let run = try await run(line, in: folder)
    #expect(run.output.contains("code 66\n") && run.output.hasSuffix("code 0\n"), "\(run)")
    #expect(
      run.errors.contains("./rules.yaml: error: ") && run.errors.contains("cannot be searched")
        && run.errors.contains("--rules"), "\(run)")
  }

  @Test(
    "What stands in the place of the folder of the house's rules is told, not passed over",
    .enabled(if: geteuid() == 0),
    arguments: [
      ("ln -s /nonexistent cps-preflight", true), ("echo x > cps-preflight", true),
      ("ln -s cps-preflight cps-preflight", true),
      ("mkdir cps-preflight; ln -s /nonexistent cps-preflight/rules.yaml", true),
      ("mkdir cps-preflight", false), ("true", false),
    ])
  func houseFolder(change: String, isTold: Bool) async throws {
    // In a separate mount namespace, /etc is a copy.
    let line = """
      unshare -m sh -c 'mount --make-rprivate / && d=$(mktemp -d) && cp /etc/passwd /etc/group /etc/nsswitch.conf $d
      (cd $d && \(change)); mount --bind $d /etc && "$P" check --facts ../facts.json --offline --lang en
      c=$?; umount /etc; rm -r $d; exit $c'; echo "code $?"
      """
    let folder = try Self.folder()
    let run = try await run("rm rules.yaml; " + line, in: folder)
    if run.errors.contains("unshare") { return }
    #expect(run.output.hasSuffix("code 66\n") == isTold, "\(run)")
    #expect(run.errors.contains("/etc/cps-preflight/rules.yaml") == isTold, "\(run)")
  }

  @Test("What has no path is read as ever where it was named")
  func pipes() async throws {
    for line in [
      "cat rules.yaml | $CHECK --rules /dev/stdin", "$CHECK --rules /dev/fd/7 7< rules.yaml",
      "mkfifo pipe; cat rules.yaml > pipe & $CHECK --rules pipe",
    ] {
      let run = try await run(line)
      #expect(run.code == 0, "\(line): \(run)")
    }
    let open = try await run("mkfifo -m 666 pipe; cat rules.yaml > pipe & $CHECK --rules pipe")
    #expect(open.code == 77, "\(open)")
  }

  @Test("A pipe that nobody writes to is waited for as long as --timeout says, and no longer")
  func patience() async throws {
    for command in [
      "$CHECK --rules pipe --timeout 300ms",
      "$P run --facts ../facts.json --rules pipe --timeout 300ms --lang en -- true",
      "$P verdict verify pipe --timeout 300ms --any-card --lang en",
    ] {
      // Less than the ten seconds that apply without the option; compared with the program alone.
      let run = try await run(
        "mkfifo pipe; exec 7<>pipe; s=$(date +%s); \(command); c=$?; echo took $(($(date +%s) - s < 10)); exit $c"
      )
      #expect(run.code == 75 && run.errors.contains("give --timeout more time"), "\(run)")
      #expect(run.output.hasSuffix("took 1\n"), "\(run)")
    }
    let none = try await run("mkfifo pipe; exec 7<>pipe; $P rules list --rules pipe --lang en")
    #expect(none.code == 75 && !none.errors.contains("--timeout"), "\(none)")
  }

  @Test(
    "Another user's file: refused where it was found, followed where it was named",
    .enabled(if: geteuid() == 0))
  func stranger() async throws {
    for change in [
      "chown 65534 rules.yaml", "chown 65534 .", "chown 65534 ..",
      "ln -sf ../elsewhere/rules.yaml . && chown -h 65534 rules.yaml",
    ] {
      let found = try await run("\(change) && $CHECK")
      #expect(found.code == 77 && found.errors.contains("owned by a user (65534)"), "\(found)")
      let named = try await run("\(change) && $CHECK --rules rules.yaml")
      #expect(named.code == 0, "\(named)")
    }
    let included = try await run(
      "mv including.yaml rules.yaml && chown 65534 ../elsewhere/rules.yaml && $CHECK; a=$?; $CHECK --rules rules.yaml; echo $a $?"
    )
    #expect(included.output.hasSuffix("\n77 0\n"), "\(included)")
  }

  @Test("An ordinary user's own file is followed, root's as well, no other's", .enabled(if: geteuid() == 0))
  func ordinaryUser() async throws {
    for (owner, code) in [("65533", 0), ("0", 0), ("65532", 77)] as [(String, Int32)] {
      let folder = try Self.folder()
      let line = """
        d=$(mktemp -d /tmp/cps-preflight-test-XXXXXX); cp "$P" rules.yaml ../facts.json $d; chmod 755 $d; cd $d
        chown \(owner) rules.yaml
        setpriv --reuid 65533 --regid 65533 --clear-groups ./cps-preflight check --facts facts.json --offline; c=$?
        cd /; rm -r $d; exit $c
        """
      let run = try await run(line, in: folder)
      #expect(run.code == code, "\(owner): \(run)")
    }
  }

  @Test(
    "Commands that decide something, or run plugins, refuse; those about rules and evaluate warn",
    arguments: [
      ("exit-codes", 77), ("facts --offline", 77), ("explain card.present", 77), ("plugins list", 77),
      ("run --lang en --facts ../facts.json --offline -- true", 77), ("rules lint", 0), ("rules list", 0),
      ("rules show", 0),
      ("rules docs", 0), ("rules schema", 0), ("rules lint rules.yaml", 0), ("rules test ../t.yaml", 0),
      ("evaluate", 0), ("rules lint --rules rules.yaml", 0),
    ] as [(String, Int32)])
  func commands(arguments: String, code: Int32) async throws {
    let folder = try Self.folder()
    try folder.write(
      "version: 1\ntests: [{ name: n, facts: { card.present: true }, expect: { exit: 0 } }]",
      to: "t.yaml")
    let run = try await run(
      "chmod 666 rules.yaml; echo '\(Passing.evaluated)' | $P \(arguments) --lang en", in: folder)
    #expect(run.code == code, "\(run)")
    let isNamed = arguments.hasSuffix("rules.yaml")
    let by = isNamed ? "everybody" : "others"
    if code == 0 {
      #expect(
        run.errors.contains("rules.yaml: warning: may be written by \(by): check would refuse the rules in"),
        "\(run)")
    } else {
      #expect(run.errors.contains("rules.yaml: error: may be written by others"), "\(run)")
    }
  }

  @Test("A verdict is verified by no rules that others may write")
  func verify() async throws {
    let run = try await run(
      """
      $CHECK --format json --output v.json || exit 9
      $P verdict verify v.json --any-card || exit 8
      chmod 666 rules.yaml; $P verdict verify v.json --any-card --lang en
      """)
    #expect(run.code == 77, "\(run)")
  }

  @Test("A folder whose name is in Latin-1 is as good as any other")
  func latin1() async throws {
    let line = "d=$(printf 'lots-trait\\351s'); mkdir -p \"$d/a\" && mv rules.yaml \"$d/a\" && cd \"$d/a\""
    for (change, code) in [
      ("", 0), ("chmod 777 .", 77), ("chmod 777 ..", 77), ("chmod 1777 ..", 0), ("chmod 666 rules.yaml", 77),
      ("mv rules.yaml ../r; ln -s ../r rules.yaml", 0),
      ("mv rules.yaml ../../r; ln -s ../../r rules.yaml", 0),
      ("mv rules.yaml ../../r; ln -s .././../r rules.yaml; chmod 666 ../../r", 77),
    ] as [(String, Int32)] {
      let run = try await run("\(line) && { \(change.isEmpty ? ":" : change); } && $CHECK")
      #expect(run.code == code, "\(change): \(run)")
    }
  }

  @Test("A link that leads nowhere is not quietly replaced by other rules")
  func dangling() async throws {
    let run = try await run("ln -sf nowhere rules.yaml && $CHECK")
    #expect(run.code == 66 && run.errors.contains("does not exist"), "\(run)")
  }
}

@Suite(
  "The rules of the house",
  .enabled(if: geteuid() == 0, "only root can write to /etc, in a mount of the test's own"))
struct HouseRulesTests {
  /// Runs lines of shell where `/etc` is a copy.
  private func run(_ lines: String, rules: String? = nil) async throws -> BuiltProgram.Run {
    let folder = try Folder(["facts.json": Passing.facts, "house.yaml": Passing.rules, "work/.keep": ""])
    if let rules { try folder.write(rules, to: "work/rules.yaml") }
    try folder.write(
      """
      set -e; mount -t tmpfs -o mode=755 tmpfs /mnt; cp -a /etc/passwd /etc/group /etc/nsswitch.conf /mnt
      mount --bind /mnt /etc; mkdir -p /etc/cps-preflight; cp house.yaml /etc/cps-preflight/rules.yaml
      cd work; CHECK="$P check --facts ../facts.json --offline --lang en"; set +e
      \(lines)
      """, to: "script")
    return try await BuiltProgram.shell("unshare --mount sh script", in: folder.path)
  }

  @Test(
    "They come after those of the folder and before the shipped ones, and reports say which were followed")
  func order() async throws {
    let house = try await run("$CHECK; $CHECK --format json | grep -A1 '\"rules\"'")
    #expect(house.output.contains("Rules: /etc/cps-preflight/rules.yaml"), "\(house)")
    #expect(house.output.contains("/etc/cps-preflight/rules.yaml\""), "\(house)")
    let own = try await run("$CHECK", rules: Passing.rules)
    #expect(own.output.contains("Rules: rules.yaml"), "\(own)")
    let named = try await run("$CHECK --rules ../house.yaml", rules: Passing.rules)
    #expect(named.output.contains("Rules: ../house.yaml"), "\(named)")
    let shipped = try await run("rm /etc/cps-preflight/rules.yaml; $CHECK")
    #expect(
      !shipped.output.contains("/etc/cps-preflight") && shipped.output.contains("Rules: "), "\(shipped)")
  }

  @Test("They are trusted as far as only root or the user may write them")
  func trust() async throws {
    for change in [
      "chmod 666 /etc/cps-preflight/rules.yaml", "chmod 777 /etc/cps-preflight",
      "chown 65534 /etc/cps-preflight",
    ] {
      let run = try await run("\(change); $CHECK")
      #expect(run.code == 77 && run.errors.contains("/etc/cps-preflight"), "\(run)")
    }
    let named = try await run("chown 65534 /etc/cps-preflight; $CHECK --rules /etc/cps-preflight/rules.yaml")
    #expect(named.code == 0, "\(named)")
  }

  @Test(
    "A group counts as its owner where the owner is alone in it, by every account there is",
    arguments: [
      ("", 0), ("chgrp 4242 rules.yaml", 77), ("echo 'own:x:0:other' >> /etc/group", 77),
      ("echo 'own:x:0:root' >> /etc/group", 0), ("echo 'other:x:4242:0::/:/bin/sh' >> /etc/passwd", 77),
      ("echo 'toor:x:0:0::/:/bin/sh' >> /etc/passwd; echo 'own:x:0:toor' >> /etc/group", 0),
      ("echo '+::::::' >> /etc/passwd", 77), ("echo 'half:x' >> /etc/group", 77),
      ("echo 'joined:$6$secret:0:' >> /etc/group", 77), ("rm /etc/group", 77), ("rm /etc/passwd", 77),
      ("rm /etc/nsswitch.conf", 0), ("echo 'passwd: files ldap' > /etc/nsswitch.conf", 77),
      ("echo 'group: files [SUCCESS=merge] sss' > /etc/nsswitch.conf", 77),
      ("echo 'group: files [NOTFOUND=return] systemd # ldap' > /etc/nsswitch.conf", 0),
      ("rm /etc/passwd; mkfifo /etc/passwd", 77),
      ("head -c 2000000 /dev/zero | tr '\\0' '#' >> /etc/group", 77),
    ] as [(String, Int32)])
  func ownGroup(change: String, code: Int32) async throws {
    let run = try await run("chmod 664 rules.yaml; chmod 775 .; \(change)\n$CHECK", rules: Passing.rules)
    #expect(run.code == code, "\(change): \(run)")
  }

  @Test("With an access control list the group's bits say nothing")
  func accessControlList() async throws {
    // A list with a named user: version 2, then (tag, permissions, id) of owner, user 65534, group, mask and others.
    let list = """
      import os, struct
      e = [(1, 6, -1), (2, 6, 65534), (4, 4, -1), (16, 6, -1), (32, 4, -1)]
      os.setxattr("rules.yaml", "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *x) for x in e))
      """
    let run = try await run(
      "chmod 664 rules.yaml; python3 -c '\(list)' || exit 99\n$CHECK", rules: Passing.rules)
    // Some file systems have no access control lists.
    #expect(run.code == 77 || run.code == 99, "\(run)")
  }
}
