import Preflight

/// The keys that rule files may have, by what contains them; docs/rule-file.md describes each.
package enum RuleFileKey {
  package static let ofFile = [
    "version", "extends", "include", "plugins", "sources", "override", "disable", "stages", "waivers",
    "messages", "report", "facts",
  ]
  package static let ofFact = ["type", "personal", "title"]
  package static let ofPlugin = ["path", "environment", "writes"]
  package static let ofStage = ["id", "title", "rules"]
  package static let ofRule = [
    "id", "title", "check", "with", "severity", "exit", "for", "needs", "timeout", "remedy", "remedies",
    "links",
  ]
  package static let ofWaiver = ["rule", "reason", "until", "max_days"]
  package static let ofReport = ["max_age"]
  package static let ofText = Language.allCases.map(\.rawValue)
  package static let ofMessage = ["text", "codes", "rule", "cause", "remedy", "links", "origin", "source"]

  /// All of them, and those of texts.
  package static let all = Set(
    ofFile + ofFact + ofPlugin + ofReport + ofStage + ofRule + ofWaiver + ofMessage + ofText)
}
