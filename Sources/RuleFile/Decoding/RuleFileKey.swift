/// The keys that rule files may have, by what they stand in; docs/rule-file.md describes each.
enum RuleFileKey {
  static let ofFile = [
    "version", "extends", "include", "plugins", "sources", "override", "disable", "stages", "waivers",
    "messages", "report", "facts",
  ]
  static let ofFact = ["type", "personal", "title"]
  static let ofPlugin = ["path", "environment"]
  static let ofStage = ["id", "title", "rules"]
  static let ofRule = [
    "id", "title", "check", "with", "severity", "exit", "for", "needs", "timeout", "remedy", "remedies",
    "links",
  ]
  static let ofWaiver = ["rule", "reason", "until", "max_days"]
  static let ofReport = ["max_age"]
  static let ofMessage = ["text", "codes", "rule", "cause", "remedy", "links", "origin", "source"]

  /// All of them, and those of texts.
  static let all = Set(
    ofFile + ofFact + ofPlugin + ofReport + ofStage + ofRule + ofWaiver + ofMessage + ["fr", "en"])
}
