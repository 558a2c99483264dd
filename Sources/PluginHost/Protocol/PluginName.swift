package import Preflight

extension ParameterType {
  /// Creates the type of a parameter that a plugin declares. The elements of lists and maps are texts.
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

/// The names of plugins, which can be part of file names and differ from the program's own names.
package enum PluginName {
  /// The prefix of the file names of plugins in the folders that are searched.
  package static let filePrefix = "cps-preflight-"
  /// The program's own helper, which speaks the same protocol but is not an outside plugin.
  package static let ownHelper = "cryptoki"

  /// Returns whether the text is the name of a plugin: at most 32 lower-case letters, digits and `-`, beginning
  /// with a letter.
  package static func isWellFormed(_ name: String) -> Bool { OutsideName.isPrefix(name) }

  static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }
}

/// The names of environment variables.
package enum EnvironmentName {
  /// Returns whether the text is the name of an environment variable.
  package static func isWellFormed(_ name: String) -> Bool {
    guard let first = name.utf8.first, PluginName.isLetter(first) || first == 0x5F else { return false }
    return name.utf8.allSatisfy {
      PluginName.isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
  }
}
