/// The types that outside plugins and rule files can use: for parameters, answers and declared facts. The raw
/// values are the words of manifests and rule files.
package enum OutsideType: String, Sendable, CaseIterable {
  case boolean
  case integer
  case string
  case date
  case version
  case duration
  case list
  case map
}

extension FactType {
  /// Creates the type of a fact that a plugin or a rule file declares.
  package init(_ type: OutsideType) {
    self =
      switch type {
      case .boolean: .boolean
      case .integer: .integer
      case .string: .text
      case .date: .date
      case .version: .version
      case .duration: .duration
      case .list: .list
      case .map: .map
      }
  }
}
