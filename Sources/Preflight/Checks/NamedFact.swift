/// Facts as rules name them.
extension CheckContext {
  /// The fact of that name. Throws, with the name that was probably meant, where there is none.
  ///
  /// - Parameter parameter: the parameter that names it.
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

  /// The same error; where the value that it is about is the name of a fact, with the proposal to say so.
  package func meaningFact(_ value: ParameterValue, instead error: ParameterError) -> ParameterError {
    guard case .string(let text) = value, registry.facts[FactName(text)] != nil else { return error }
    return ParameterError(
      error.name, fr: error.message.french, en: error.message.english, hint: .fact(FactName(text)))
  }
}
