import Foundation
import Glibc
import Testing

@Suite("The advice says who has to correct what")
struct CorrectionTests {
  private static let ofPlugin = "→ Have the plugin corrected by its maintainer, then check again."
  private static let ofMissing =
    "→ Install or start what is missing, or grant what is refused, then check again."

  @Test(
    "A plugin that is broken is to be corrected, one that is missing to be installed",
    arguments: [
      ("", "exit 3", "", ofPlugin), ("", "kill -9 $$", "", ofPlugin), ("", "echo '{'", "", ofPlugin),
      ("", #"echo '{"facts": {"lots": "3"}}'"#, "", ofPlugin), ("", "yes", "", ofPlugin),
      ("", PluginCase.gathered, "exit 1", ofPlugin), ("", PluginCase.gathered, "echo '{}'", ofPlugin),
      ("echo '{}'", "", "", ofPlugin), ("exit 2", "", "", ofPlugin),
      (
        "",
        #"echo '{"unavailable": {"reason": "service", "message": "the accounting program is not running"}}'"#,
        "", ofMissing
      ),
    ])
  func broken(describe: String, gather: String, check: String, advice: String) async throws {
    let plugin = try PluginCase(
      describe: describe.isEmpty ? PluginCase.described : describe, gather: gather,
      check: check.isEmpty ? PluginCase.passed : check)
    let run = try await plugin.check()
    #expect(run.code == 69 && run.output.contains(advice), "\(run)")
  }

  @Test("A plugin that is not there is to be installed")
  func missing() async throws {
    let plugin = try PluginCase()
    unlink(plugin.path)
    let run = try await plugin.check()
    #expect(run.code == 69 && run.output.contains(Self.ofMissing), "\(run)")
  }

  @Test("In French, as a French integrator says it")
  func french() async throws {
    let plugin = try PluginCase(gather: "exit 3")
    let run = try await BuiltProgram.run(
      ["check", "--lang", "fr"], in: plugin.folder.path, environment: ["HOME": "\(plugin.folder.path)/home"])
    #expect(
      run.output.contains("→ Faire corriger le plugin par qui l’entretient, puis relancer la vérification."),
      "\(run)"
    )
  }

  @Test(
    "An expected number that is none: the fact and who gives it, and no card is to be examined",
    arguments: ["hello", "1234", "99108626", "6926123449999"])
  func expected(value: String) async throws {
    let plugin = try PluginCase(
      gather: #"echo '{"facts": {"identifier": "\#(value)", "lots": 3}}'"#,
      rules: """
        version: 1
        plugins: [plugin/erp]
        sources: [erp/account]
        stages:
          - id: s
            rules:
              - { id: n, check: billing.identifier, with: { expected: { fact: erp/identifier } }, exit: 21 }
        """)
    let run = try await plugin.check(
      "--facts", "\(BuiltProgram.root)/docs/samples/card.json", "--on", "2026-03-15")
    if value == "99108626" {
      // Eight digits stand for a number with its key.
      #expect(run.code == 21, "\(run)")
      return
    }
    #expect(run.code == 75 && run.output.contains("(erp/identifier, as erp/account says)"), "\(run)")
    #expect(run.output.contains("→ Correct what gives this fact, then check again."), "\(run)")
    #expect(!run.output.contains("examined") && !run.output.contains(value), "\(run)")
  }
}
