import FoundationEssentials
import Glibc
import Testing

/// The output of a run, and the resulting file.
private struct Fixing {
  let run: BuiltProgram.Run
  let file: String

  /// Runs a line of shell with `rules lint` on that text.
  init(_ text: String, _ line: String = "$LINT --fix rules.yaml", lang: String = "en") async throws {
    let folder = try Folder(["rules.yaml": text])
    run = try await BuiltProgram.shell(
      "LINT=\"$P rules lint --lang \(lang)\"; \(line)", in: folder.path, environment: ["HOME": folder.path])
    file = String(
      decoding: (try? Data(contentsOf: URL(filePath: "\(folder.path)/rules.yaml"))) ?? Data(), as: UTF8.self)
  }
}

private let broken = """
  # Mine.
  version: 1
  extends: default

  stages:
    - id: mine   # one
      rules:
        - { id: soon, check: card.validty, with: { days_left: "9" } }   # soon

  """
private let mended = broken.replacing("validty", with: "validity").replacing("\"9\"", with: "9")

@Suite("rules lint --fix changes the file, whole or not at all")
struct RuleFixTests {
  @Test("What was changed is told with its place, then what lint says of the result")
  func text() async throws {
    let fixing = try await Fixing(broken)
    #expect(fixing.file == mended)
    #expect(fixing.run.code == 0)
    #expect(fixing.run.errors.isEmpty)
    #expect(
      fixing.run.output == """
        rules.yaml:8:28: fixed: unknown check “card.validty”; write “card.validity” [unknown-check]
        rules.yaml:8:62: fixed: days_left takes an integer, not “9”; write 9, without quotes [wrong-type]
        rules.yaml: 2 corrections made
        rules.yaml: 12 rules, no errors

        """)
    let french = try await Fixing(broken, lang: "fr")
    #expect(
      french.run.output.contains("rules.yaml:8:28 : corrigé : contrôle inconnu « card.validty » ; écrire"))
    #expect(french.run.output.contains("rules.yaml : 2 corrections faites\n"))
  }

  @Test("What is not applied is told with the reason, and the code is that of the result")
  func remains() async throws {
    let text = broken.replacing("check: card.validty", with: "check: card.validty, severity: warn")
    let fixing = try await Fixing(text)
    #expect(fixing.run.code == 78)
    #expect(fixing.file == mended.replacing("validity,", with: "validity, severity: warn,"))
    #expect(fixing.run.errors.contains("rules.yaml:8:53: error: “warn” is not allowed"))
    #expect(
      fixing.run.errors.hasSuffix(
        """
        rules.yaml:8:53: note: not applied: write “warning”; it concerns what lowers a rule (severity, disable, waivers): \
        decide it yourself [unknown-value]

        """), "\(fixing.run.errors)")
    let unused = "$LINT --fix --strict rules.yaml"
    let warned = broken.replacing("\"9\" } }", with: "9 }, exit: 50, severity: warning }")
    #expect(try await Fixing(warned).run.code == 0)
    #expect(try await Fixing(warned, unused).run.code == 78)
  }

  /// The files in `Tests/Rules/Broken` whose proposal is applied, and what it replaces.
  private static let applied: [String: (String, String)] = [
    "exit-quoted": ("\"23\"", "23"), "for-text": ("for: adri", "for: [adri]"),
    "french-date": ("01/07/2025", "2025-07-01"), "no-version": ("stages:", "version: 1\nstages:"),
    "source-option": ("rot:", "root:"), "source-unknown": ("[pcs]", "[pcsc]"),
    "timeout": ("timeout: 3", "timeout: 3s"),
    "unknown-check": ("presnt", "present"), "unknown-key": ("exitt", "exit"),
    "unknown-parameter": ("year:", "years:"),
    "unquoted-version": ("5.10", "\"5.10\""), "yes": ("oui", "true"),
  ]

  @Test(
    "Of each kind of broken file: it is corrected where the proposal may be applied, and else stays as it is")
  func everyKind() async throws {
    let source = "\(BuiltProgram.root)/Tests/Rules/Broken"
    let names = try FileManager.default.contentsOfDirectory(atPath: source).sorted()
    #expect(Set(Self.applied.keys.map { "\($0).yaml" }).isSubset(of: names))
    let folder = try Folder()
    for name in names {
      let text = String(decoding: try Data(contentsOf: URL(filePath: "\(source)/\(name)")), as: UTF8.self)
      let file = try folder.write(text, to: name)
      let change = Self.applied[String(name.dropLast(5))]
      let first = try await BuiltProgram.run(["rules", "lint", "--fix", file])
      #expect(first.code == (change == nil ? 78 : 0), "\(name): \(first)")
      let expected = change.map { text.replacing($0.0, with: $0.1) } ?? text
      #expect(
        String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self) == expected, "\(name)")
    }
    // A second run, over all files at once, has nothing to do.
    let again = try await BuiltProgram.shell(
      "for f in *.yaml; do cp $f kept; $P rules lint --fix $f > /dev/null 2>&1; cmp $f kept; done",
      in: folder.path)
    #expect(again.output.isEmpty && again.errors.isEmpty, "\(again)")
  }

  @Test("A file in which nothing is applied is not written: it is the same file, with its time")
  func untouched() async throws {
    for text in [
      mended, broken.replacing("extends: default", with: "extends: societe").replacing("validty", with: "x"),
    ] {
      let fixing = try await Fixing(
        text.replacing("\"9\"", with: "9"),
        "touch -d 2020-01-01 rules.yaml; S='stat -c %i-%Y rules.yaml'; $S; $LINT --fix rules.yaml >out; $S"
      )
      let stats = fixing.run.output.split(separator: "\n")
      #expect(stats.count == 2 && stats.first == stats.last, "\(fixing.run)")
    }
    let run = try await Fixing(mended).run
    #expect(run.output.hasPrefix("rules.yaml: no corrections made, file unchanged\n"))
  }

  @Test("Mode, byte order mark and ends of lines are kept; a link stays one, and leads to what was corrected")
  func kept() async throws {
    let text = "\u{FEFF}" + broken.replacing("\n", with: "\r\n")
    let fixing = try await Fixing(
      text,
      """
      chmod 640 rules.yaml; mkdir real; mv rules.yaml real/r.yaml; ln -s real/r.yaml rules.yaml
      $LINT --fix rules.yaml; stat -Lc %a rules.yaml; readlink rules.yaml; ls -A . real
      """)
    #expect(fixing.run.code == 0)
    #expect(Array(fixing.file.utf8) == Array(("\u{FEFF}" + mended.replacing("\n", with: "\r\n")).utf8))
    #expect(
      fixing.run.output.hasSuffix("640\nreal/r.yaml\n.:\nreal\nrules.yaml\n\nreal:\nr.yaml\n"),
      "\(fixing.run)")
  }

  @Test(
    "A file that cannot be written stays as it is: 74; a link of another user is not followed: 77",
    arguments: [
      ("chmod 444 rules.yaml; $LINT --fix rules.yaml", 74, "is read-only and stays as it is", false),
      (
        """
        mkdir t; chmod 1777 t; ln -s ../rules.yaml t/l; chown -h 65534 t/l; $LINT --fix t/l
        """,
        77, "t/l is not written", true
      ),
      ("chown 65534 rules.yaml; $LINT --fix", 77, "belongs to another user", true),
    ])
  func refused(line: String, code: Int, words: String, needsRoot: Bool) async throws {
    guard !needsRoot || geteuid() == 0 else { return }
    let fixing = try await Fixing(broken, line)
    #expect(fixing.run.code == code, "\(fixing.run)")
    #expect(fixing.run.errors.contains(words), "\(fixing.run)")
    #expect(fixing.file == broken)
  }

  @Test("Only a file that was named, or the user's own in the working folder, is changed")
  func whichFile() async throws {
    let own = try await Fixing(broken, "$LINT --fix")
    #expect(own.run.code == 0 && own.file == mended)
    let named = try await Fixing(broken, "$LINT --fix --rules rules.yaml")
    #expect(named.run.code == 0 && named.file == mended)
    let found = try await Fixing(broken, "mkdir empty; cd empty; $LINT --fix")
    #expect(found.run.code == 64 && found.run.errors.contains("name the file to correct"), "\(found.run)")
    let piped = try await Fixing(broken, "cat rules.yaml | $LINT --fix /dev/stdin")
    #expect(piped.run.code == 64 && piped.run.errors.contains("a regular file only"), "\(piped.run)")
    let included = try await Fixing(
      broken,
      """
      mv rules.yaml other.yaml; printf 'version: 1\\ninclde: [other.yaml]\\n' > rules.yaml
      $LINT --fix; c=$?; cat other.yaml; exit $c
      """
    )
    #expect(included.run.code == 78)
    #expect(included.file == "version: 1\ninclude: [other.yaml]\n")
    #expect(included.run.output.hasSuffix(broken), "\(included.run)")
    #expect(
      included.run.errors.contains("note: not applied: write “card.validity”; only the named file is changed")
    )
  }

  @Test("The shipped rules are not changed, even by their name")
  func shipped() async throws {
    let fixing = try await Fixing(
      broken,
      """
      mkdir -p i/bin i/share/cps-preflight; cp "$P" i/bin/; cp rules.yaml i/share/cps-preflight/
      i/bin/cps-preflight rules lint --lang en --fix i/share/cps-preflight/rules.yaml
      """)
    #expect(fixing.run.code == 64)
    #expect(fixing.run.errors.contains("does not change the shipped rules"), "\(fixing.run)")
  }

  // MARK: - --diff

  @Test("--diff, with --fix or without, writes nothing: patch makes of its output what --fix writes")
  func diff() async throws {
    for flags in ["--diff", "--fix --diff"] {
      let fixing = try await Fixing(broken, "$LINT \(flags) rules.yaml")
      #expect(fixing.file == broken)
      #expect(fixing.run.code == 78, "the file is as it was")
      #expect(
        fixing.run.output == """
          --- rules.yaml
          +++ rules.yaml
          @@ -5,4 +5,4 @@
           stages:
             - id: mine   # one
               rules:
          -      - { id: soon, check: card.validty, with: { days_left: "9" } }   # soon
          +      - { id: soon, check: card.validity, with: { days_left: 9 } }   # soon

          """)
      #expect(fixing.run.errors.contains("rules.yaml:8:28: error: unknown check"))
    }
    let far = (1...30).map { "# \($0)\n" }.joined()
    for text in [
      broken, String(broken.dropLast()), "\u{FEFF}" + broken.replacing("\n", with: "\r\n"),
      broken.replacing("version: 1\n", with: ""), "version: 1\nextnds: default\n" + far + "sources: [pcs]",
      "extends: default",
    ] {
      let patched = try await Fixing(text, "$LINT --diff rules.yaml 2>/dev/null | patch --binary -s -p0")
      let fixed = try await Fixing(text)
      #expect(patched.run.code == 0, "\(patched.run)")
      #expect(fixed.run.code == 0, "\(fixed.run)")
      #expect(Array(patched.file.utf8) == Array(fixed.file.utf8), "\(patched.file)")
    }
  }

  @Test(
    "--diff of nothing is nothing, of what is not to be written a diff all the same, and of a format a mistake"
  )
  func diffOfOthers() async throws {
    let sound = try await Fixing(mended, "$LINT --diff rules.yaml")
    #expect(sound.run.code == 0 && sound.run.output.isEmpty && sound.run.errors.isEmpty)
    let piped = try await Fixing(broken, "cat rules.yaml | $LINT --diff /dev/stdin")
    #expect(piped.run.output.contains("+      - { id: soon, check: card.validity"))
    #expect(try await Fixing(broken, "$LINT --diff --format json rules.yaml").run.code == 64)
    let lowering = try await Fixing(
      broken.replacing("version: 1\n", with: "").replacing("validty", with: "validty, severity: warn"),
      "$LINT --diff rules.yaml")
    #expect(
      lowering.run.errors.contains("rules.yaml:7:52: note: not applied: write “warning”"), "\(lowering.run)")
  }

  // MARK: - Formats

  private struct Document: Decodable {
    struct Change: Decodable {
      let id: String, file: String, message: String, proposal: String, line: Int, column: Int
    }
    struct Item: Decodable { let id: String, notApplied: String? }
    let fixed: [Change]
    let diagnostics: [Item]
  }

  @Test("In JSON and SARIF: the diagnostics of the result, and what was changed")
  func formats() async throws {
    let text = broken.replacing("validty", with: "validty, severity: warn")
    let json = try await Fixing(text, "$LINT --fix --format json rules.yaml")
    #expect(json.run.code == 78 && json.run.errors.isEmpty)
    let document = try JSONDecoder().decode(Document.self, from: Data(json.run.output.utf8))
    #expect(document.fixed.map(\.id) == ["unknown-check", "wrong-type"])
    #expect(document.fixed.map(\.line) == [8, 8] && document.fixed.map(\.column) == [28, 78])
    #expect(document.diagnostics.map(\.id) == ["unknown-value"])
    #expect(document.diagnostics.first?.notApplied?.contains("lowers a rule") == true)
    let sarif = try await Fixing(text, "$LINT --fix --format sarif rules.yaml")
    #expect(sarif.run.code == 78 && sarif.file == json.file)
    #expect(sarif.run.output.contains("\"ruleId\" : \"unknown-value\""))
    #expect(!sarif.run.output.contains("unknown-check"))
    #expect(sarif.run.errors.contains(": fixed: ") && sarif.run.errors.contains(": note: not applied: "))
    #expect(!(try await Fixing(broken, "$LINT --format json rules.yaml").run.output.contains("\"fixed\"")))
  }
}
