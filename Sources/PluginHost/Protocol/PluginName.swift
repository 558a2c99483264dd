package import Preflight

extension ParameterType {
  /// The type of a parameter that a plugin declares; what lists and maps hold are texts.
  package init(_ type: OutsideType) {
    self =
      switch type {
      case .boolean: .boolean
      case .integer: .anyInteger
      case .string: .string
      case .date: .date
      case .version: .version
      case .duration: .duration
      case .list: .list(of: .scalar)
      case .map: .map(keys: .scalar, values: .scalar)
      }
  }
}

/// The names of plugins: fit for file names, and unlike every name of the program's own.
package enum PluginName {
  /// What the files of plugins begin with in the folders where they are looked for.
  package static let filePrefix = "cps-preflight-"
  /// The program's own helper, which speaks the same protocol and is no plugin from outside.
  package static let ownHelper = "cryptoki"

  package static func isWellFormed(_ name: String) -> Bool { OutsideName.isPrefix(name) }

  static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }
}

/// The names of variables of the environment.
package enum EnvironmentName {
  package static func isWellFormed(_ name: String) -> Bool {
    guard let first = name.utf8.first, PluginName.isLetter(first) || first == 0x5F else { return false }
    return name.utf8.allSatisfy {
      PluginName.isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
  }
}
