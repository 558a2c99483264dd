/// Looks up facts that rules name.
extension CheckContext {
  /// Returns the declaration of the fact of that name.
  ///
  /// - Parameter parameter: the parameter that names the fact.
  /// - Throws: `ParameterError`, with the name that was probably meant, if there is no such fact.
  package func declaration(
    of name: FactName, for parameter: String
  ) throws(ParameterError) -> FactDeclaration {
    if let declaration = registry.facts[name] { return declaration }
    let known = registry.facts.declarations.map(\.name.rawValue)
    let names = nearestNames(to: name.rawValue, among: known)
    let hint: ParameterError.Hint? =
      if let nearest = names.first {
        .name(nearest, isOnly: names.count == 1)
      } else if OutsideName.isWellFormed(name.rawValue) {
        .undeclared(name)
      } else {
        nil
      }
    throw ParameterError(
      parameter, fr: "fait inconnu « \(name.rawValue) »", en: "unknown fact “\(name.rawValue)”", hint: hint)
  }

  /// Returns the same error. If its value is the name of a fact, it proposes to write `{ fact: … }`.
  package func meaningFact(_ value: ParameterValue, instead error: ParameterError) -> ParameterError {
    guard case .string(let text) = value, registry.facts[FactName(text)] != nil else { return error }
    return ParameterError(
      error.name, fr: error.message.french, en: error.message.english, hint: .fact(FactName(text)))
  }
}
