/// The system's own calls, failing as the environment asks; Tests/FaultySystem says how.
enum FaultySystem {
  /// What has a program loaded with these faults.
  static func environment(_ faults: [String: String]) -> [String: String] {
    faults.merging(["LD_PRELOAD": BuiltProgram.beside("libfaulty-system.so")]) { $1 }
  }
}
