/// The keys of rule files, by the mapping they belong to; docs/rule-file.md describes each.
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
  static let ofMessage = ["text", "rule"]

  /// All keys, including those of texts.
  static let all = Set(
    ofFile + ofFact + ofPlugin + ofReport + ofStage + ofRule + ofWaiver + ofMessage + ["fr", "en"])
}
