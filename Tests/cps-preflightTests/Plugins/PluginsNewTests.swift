import FoundationEssentials
import RuleDesk
import Testing

@Suite("`plugins new` writes plugins that work")
struct PluginsNewTests {
  @Test("In each language, with comments in French or English", arguments: PluginTemplate.Kind.allCases)
  func works(kind: PluginTemplate.Kind) async throws {
    for language in ["fr", "en"] {
      let folder = try Folder()
      let run = try await BuiltProgram.run(
        ["plugins", "new", "erp", "--language", kind.rawValue, "--lang", language], in: folder.path)
      #expect(run.code == 0 && run.errors == "", "\(run)")
      #expect(run.output.contains("erp/test"))
      for file in try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/erp") {
        guard let text = try? String(contentsOfFile: "\(folder.path)/erp/\(file)", encoding: .utf8) else {
          continue
        }
        for mark in ["{{", "{fr}", "{en}", "{sh}", "{python}", "{swift}"] {
          #expect(!text.contains(mark), "\(file) has \(mark)")
        }
      }
      // Building the same program with other comments would prove nothing more.
      guard kind != .swift || language == "en" else { continue }
      if kind == .swift { try await Self.buildAsBefore(folder) }
      let test = try await BuiltProgram.shell(
        "erp/test", in: folder.path, environment: kind == .swift ? ExamplePlugin.swift : [:])
      #expect(test.code == 0 && test.output.contains("ok: not known"), "\(test.output)\(test.errors)")
      let verify = try await BuiltProgram.shell(
        """
        cd erp && { [ ! -e Package.swift ] || install -m 755 .build/debug/cps-preflight-erp .; } &&
        $P plugins verify ./cps-preflight-erp --lang \(language)
        """, in: folder.path)
      #expect(verify.code == 0, "\(verify)")
    }
  }

  /// Puts in place of the new Swift plugin the same one in the folder where `make test` builds it, so that only what changed
  /// is compiled: another one there is replaced.
  private static func buildAsBefore(_ folder: Folder) async throws {
    let kept = "\(BuiltProgram.root)/.build/examples/new"
    let run = try await BuiltProgram.shell(
      """
      mkdir -p \(kept)/erp && { diff -r -x .build erp \(kept)/erp || {
        find \(kept)/erp -mindepth 1 -maxdepth 1 ! -name .build -exec rm -r {} + && cp -pR erp/. \(kept)/erp/; }; } &&
      rm -r erp && ln -s \(kept)/erp erp
      """, in: folder.path)
    try #require(run.code == 0, "\(run)")
  }

  @Test("Nobody but the user may change it, whatever the umask", arguments: ["002", "022", "077"])
  func modes(umask: String) async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      """
      umask \(umask) && $P plugins new erp --language swift && $P plugins new crm --language sh &&
      find erp crm -perm /022 && find crm -name 'cps-preflight-crm' -perm -u=rwx && find crm -perm /077 | wc -l
      """, in: folder.path)
    let lines = run.output.split(separator: "\n")
    #expect(run.code == 0 && lines.dropFirst(2).first == "crm/cps-preflight-crm", "\(run)")
    #expect((lines.last == "0") == (umask == "077"), "\(run)")
  }

  @Test(
    "What bears the name already stays as it is",
    arguments: ["mkdir erp", "mkdir erp && touch erp/mine", "echo mine >erp", "ln -s nowhere erp"])
  func occupied(before: String) async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      """
      \(before) && ls -lR >../$$.before && $P plugins new erp --language sh --lang en; echo $?
      ls -lR >../$$.after; cmp ../$$.before ../$$.after && rm ../$$.before ../$$.after; ls -A
      """, in: folder.path)
    #expect(run.output == "74\nerp\n", "\(run)")
    #expect(
      run.errors == "erp: error: something of this name is there and stays; choose another name, or move it\n"
    )
  }

  @Test(
    "A name that no plugin can have is refused",
    arguments: ["Erp", "9erp", "-erp", "../erp", "erp/x", "", "pcsc"])
  func names(name: String) async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.run(
      ["plugins", "new", "--language", "sh", "--lang", "en", "--", name], in: folder.path)
    #expect(run.code == 64 && run.errors.contains("name"), "\(run)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("A folder that cannot be written to, and a language that is not known")
  func faults() async throws {
    let run = try await BuiltProgram.run(
      ["plugins", "new", "erp", "--language", "sh", "--lang", "fr"], in: "/proc")
    #expect(run.code == 74 && run.errors.hasPrefix("erp: error: le résultat n’a pas pu être écrit"), "\(run)")
    let cobol = try await BuiltProgram.run(["plugins", "new", "erp", "--language", "cobol"])
    #expect(cobol.code == 64, "\(cobol)")
  }
}
