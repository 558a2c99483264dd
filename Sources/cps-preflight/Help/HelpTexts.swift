import Preflight

/// The words of the help, in the language of the reader.
///
/// Commands declare them in English, as ArgumentParser takes one language. The French ones are in ``french``, by the English:
/// a test looks for each.
enum HelpTexts {
  /// Words that are those of the screen itself.
  struct Own: Sendable {
    let overview: String
    let usage: String
    let arguments: String
    let options: String
    let subcommands: String
    let values: String
    let usual: String
    let separator: String
  }

  private static let english = Own(
    overview: "OVERVIEW: ", usage: "USAGE: ", arguments: "ARGUMENTS:", options: "OPTIONS:",
    subcommands: "SUBCOMMANDS:", values: "values: ", usual: "default: ", separator: "; ")

  private static let ownInFrench = Own(
    overview: "RÉSUMÉ\u{A0}: ", usage: "USAGE\u{A0}: ", arguments: "ARGUMENTS\u{A0}:",
    options: "OPTIONS\u{A0}:",
    subcommands: "COMMANDES\u{A0}:", values: "valeurs\u{A0}: ", usual: "par défaut\u{A0}: ",
    separator: "\u{A0}; ")

  static func own(_ word: KeyPath<Own, String>, _ language: Language) -> String {
    (language == .french ? ownInFrench : english)[keyPath: word]
  }

  /// Returns where the help of each command of a group is to be found.
  static func seeCommands(_ call: String, _ language: Language) -> String {
    LocalizedText(fr: "L'aide de chacune : « \(call) ».", en: "See '\(call)' for detailed help.")
      .rendered(in: language)
  }

  /// Returns the words that a command declares in that language; as they are declared if no French ones are known.
  static func words(_ english: String, _ language: Language) -> String {
    guard language == .french, let words = french[english] else { return english }
    return words.rendered(in: .french, .masked)
  }

  /// Returns the text with what stands for values, such as `<file>`, in that language.
  static func valueNames(in text: String, _ language: Language) -> String {
    guard language == .french else { return text }
    var translated = ""
    for (index, part) in text.split(separator: "<", omittingEmptySubsequences: false).enumerated() {
      guard index > 0 else {
        translated += part
        continue
      }
      let name = part.prefix { $0 != ">" }
      translated += "<" + (frenchValueNames[String(name)] ?? String(name)) + part[name.endIndex...]
    }
    return translated
  }
}
