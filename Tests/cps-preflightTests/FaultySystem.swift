/// System calls that fail as the environment asks; Tests/FaultySystem describes how.
enum FaultySystem {
  /// Returns the environment that makes a program run with these faults.
  static func environment(_ faults: [String: String]) -> [String: String] {
    faults.merging(["LD_PRELOAD": BuiltProgram.beside("libfaulty-system.so")]) { $1 }
  }
}
