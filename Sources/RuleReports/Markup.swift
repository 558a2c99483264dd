import Preflight

/// Words inside XML and HTML.
enum Markup {
  /// The words with nothing that markup would take for its own.
  static func escaped(_ words: String) -> String {
    printable(words).map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
