/// Text in the two languages of cps-preflight.
struct Words {
  let french: String
  let english: String

  init(fr french: String, en english: String) {
    self.french = french
    self.english = english
  }

  /// The text in the language that a request asks for.
  func text(in language: String?) -> String { language == "fr" ? french : english }
}
