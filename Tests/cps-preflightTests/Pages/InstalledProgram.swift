import FoundationEssentials

/// The program as `make install` installs it, with its pages, beside the built one.
///
/// It is laid down once for all tests, by the script that packages are made with too.
struct InstalledProgram: Sendable {
  /// What stands for `/usr`.
  let prefix: String

  private static let once = Task { try await InstalledProgram() }

  /// Returns the tree, which the first caller lays down.
  static func tree() async throws -> InstalledProgram { try await once.value }

  private init() async throws {
    prefix = BuiltProgram.beside("installed/usr")
    let built = BuiltProgram.beside("installed/built")
    let run = try await BuiltProgram.shell(
      """
      set -e
      rm -rf '\(BuiltProgram.beside("installed"))'
      mkdir -p '\(built)/completions'
      ln -s '\(BuiltProgram.path)' '\(BuiltProgram.beside("cps-preflight-cryptoki"))' '\(built)'
      touch '\(built)'/completions/bash '\(built)'/completions/zsh '\(built)'/completions/fish '\(built)/copyright'
      Packaging/install '\(built)' '\(prefix)'
      """)
    guard run.code == 0 else { throw NotInstalled(errors: run.errors) }
  }

  /// Why there is no tree.
  private struct NotInstalled: Error {
    let errors: String
  }

  /// The files of the tree, relative to ``prefix``.
  func files() throws -> Set<String> {
    let list = "\(prefix)/share/cps-preflight/installed"
    let text = try String(contentsOf: URL(filePath: list), encoding: .utf8)
    return Set(text.split(separator: "\n").map(String.init))
  }
}
