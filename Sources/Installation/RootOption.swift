package import Preflight

extension Root {
  /// The option `root` of a source that looks at the file system.
  package static let option = Parameter(
    "root", .string, default: "/", fr: "dossier sous lequel tous les chemins sont cherchés",
    en: "folder to which every path is relative")

  /// Reads the option.
  ///
  /// - Throws: `ParameterError` if it is not an absolute path.
  package init(_ parameters: Parameters) throws(ParameterError) {
    guard let value = parameters["root"] else {
      self = .workstation
      return
    }
    guard case .string(let path) = value, let root = Root(path) else {
      throw ParameterError(
        "root", fr: "il faut un chemin absolu, comme « /mnt/poste »",
        en: "an absolute path is needed, such as “/mnt/workstation”")
    }
    self = root
  }
}
