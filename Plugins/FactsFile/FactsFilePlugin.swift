package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target: none of its own, as a facts file may give every fact there is.
  package static let factsFile = BuiltInPlugin("FactsFile")
}
