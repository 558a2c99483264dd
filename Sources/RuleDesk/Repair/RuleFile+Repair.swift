package import Preflight
package import RuleFile

extension RuleFile {
  /// Reads the bytes of a rule file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - registry: the checks, sources and facts that the rules may name.
  ///   - access: provides the files that it extends or includes.
  ///   - searchesRepairs: whether to search for edits that would repair the file.
  package init(
    _ bytes: [UInt8], name: String, registry: Registry, access: any RuleFileAccess = NoOtherFiles(),
    searchesRepairs: Bool
  ) {
    self.init(
      RuleComposition(bytes, name: name, access: access), registry: registry, searchesRepairs: searchesRepairs
    )
  }

  /// Decodes a composed rule file.
  ///
  /// - Parameter searchesRepairs: whether to search for edits that would repair it.
  package init(_ composition: RuleComposition, registry: Registry, searchesRepairs: Bool) {
    self.init(composition, registry: registry, searchesRepairs: searchesRepairs, countingReadings: { _ in })
  }

  /// - Parameter count: called with the changed files of each reading of the search.
  init(
    _ composition: RuleComposition, registry: Registry, searchesRepairs: Bool,
    countingReadings count: @escaping ([String: [UInt8]]) -> Void
  ) {
    let search: RepairSearch? =
      searchesRepairs
      ? { attempt, reread in
        Repair.findings(of: attempt) { changed in
          count(changed)
          return reread(changed)
        }
      } : nil
    self.init(composition, registry: registry, repairing: search)
  }
}
