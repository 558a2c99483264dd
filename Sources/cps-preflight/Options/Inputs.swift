import Preflight

/// Where facts come from, and which rules ask for them: what the options of a command say, plainly.
struct Inputs: Hashable {
  /// The rule file that was named.
  var rules: String?
  /// The facts file; `-` is standard input.
  var facts: String?
  /// The Gestionnaire's report; `-` is standard input.
  var report: String?
  /// Whether to use nothing but the files given.
  var offline = false
  /// The day to judge as on.
  var on: CivilDate?
  /// How long a source may take.
  var timeout = Duration.seconds(10)

  /// What is wrong with them together.
  var mistake: String? {
    facts == "-" && report == "-" ? "--facts and --report cannot both be standard input." : nil
  }
}
