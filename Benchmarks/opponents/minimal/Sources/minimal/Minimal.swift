import ArgumentParser
import Foundation

/// Parses a command line as `check` has it, reads the file that it names, and does nothing with it.
@main
struct Minimal: ParsableCommand {
  @Option var rules: String
  @Option var facts: String
  @Flag var offline = false
  @Option var on: String

  func run() throws {
    let size = try Data(contentsOf: URL(filePath: facts)).count
    print(rules, size, on, offline)
  }
}
