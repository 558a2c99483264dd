package import Preflight

extension BuiltInPlugin {
  /// What this target brings.
  package static let pcsc = BuiltInPlugin(
    "PCSC",
    sources: [PCSCSource.declaration])
}
