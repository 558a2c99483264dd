import FoundationEssentials
import Testing

@Suite("The tutorial of the library: another program embeds the engine")
struct EmbeddingTests {
  private static let catalogue = "\(BuiltProgram.root)/Sources/Preflight/Preflight.docc"

  @Test("Its program is compiled against what is public alone, and judges as the tutorial says")
  func program() async throws {
    // What was compiled from the same sources is not compiled again.
    let folder = BuiltProgram.beside("embedding")
    let run = try await BuiltProgram.shell(
      """
      mkdir -p '\(folder)'
      # Those of files that are there: a build folder keeps what was made of others.
      objects=$(find Sources/Preflight -name '*.docc' -prune -o -name '*.swift' -printf "$OBJECTS/%f.o ")
      [ '\(folder)/checker' -nt '\(Self.catalogue)/Resources/checker.swift' ] &&
        [ '\(folder)/checker' -nt "$MODULES/Preflight.swiftmodule" ] ||
        swiftc -parse-as-library -swift-version 6 -enable-upcoming-feature NonisolatedNonsendingByDefault -I "$MODULES" \
          '\(Self.catalogue)/Resources/checker.swift' $objects -o '\(folder)/checker' || exit
      '\(folder)/checker'
      """,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        "MODULES": BuiltProgram.beside("Modules"), "OBJECTS": BuiltProgram.beside("Preflight.build"),
      ])
    #expect(run.code == 0, "\(run)")
    #expect(
      run.output == """
        pass: Door closed, it is closed
        fail: Cold enough, 7 °C, 5 °C at most
        blocked, code 11

        """)
  }

  @Test("Each step of the tutorial is the beginning of the next one")
  func steps() throws {
    func text(_ file: String) throws -> String {
      try String(contentsOf: URL(filePath: "\(Self.catalogue)/Resources/\(file).swift"), encoding: .utf8)
    }
    let steps = try ["source", "checks", "checker"].map(text)
    for (step, next) in zip(steps, steps.dropFirst()) { #expect(next.hasPrefix(step)) }
  }
}
