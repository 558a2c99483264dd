package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let pcsc = BuiltInPlugin(
    "PCSC",
    sources: [PCSCSource.declaration])
}
