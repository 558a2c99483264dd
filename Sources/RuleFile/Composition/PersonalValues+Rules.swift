import Preflight

extension PersonalValues {
  /// Creates the personal values in the files: those that a rule compares with a personal fact, or gives for a personal
  /// parameter.
  init(
    in documents: [YAMLDocument], _ files: [ReadFile], of composed: ComposedRules, among registry: Registry
  ) {
    self.init()
    let parameters = registry.checks.flatMap(\.description.parameters).filter(\.isPersonal).map(\.name)
    for (document, file) in zip(documents, files) {
      hide(under: Set(parameters), of: document, in: file.name)
    }
    for rule in composed.stages.flatMap({ $0["rules"]?.items ?? [] }) {
      guard let check = rule["check"]?.text.flatMap({ registry.check($0)?.description }) else { continue }
      let known = Dictionary(check.parameters.map { ($0.name, $0) }) { first, _ in first }
      let fact = known["fact"].flatMap { _ in rule["with"]?["fact"]?.text }
      // An unknown fact may be personal.
      let isAboutPerson = fact.map {
        registry.facts[FactName($0)]?.type.mask != nil || registry.facts[FactName($0)] == nil
      }
      for entry in rule["with"]?.entries ?? [] where entry.key.text != "fact" {
        let parameter = known[entry.key.text ?? ""]
        // A misspelt parameter may be the personal one.
        let mayBePersonal = parameter?.isPersonal ?? check.parameters.contains(where: \.isPersonal)
        guard isAboutPerson == true || mayBePersonal, files.indices.contains(entry.value.span.file) else {
          continue
        }
        hide(entry.value, in: files[entry.value.span.file].name)
      }
    }
  }
}
