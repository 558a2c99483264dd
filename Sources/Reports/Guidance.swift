import Preflight
import VerdictFile

/// What to do about a result, and where to read more, in the words of a report.
struct Guidance {
  private(set) var advice: String?
  private(set) var links: [String]

  /// - Parameter linksAlways: whether the links of a result that is undecided count too, whatever the reason.
  init(_ result: RuleResult, _ options: ReportOptions, linkingAlways linksAlways: Bool = false) {
    advice = result.advice.map { printable(options.words($0)) }
    let links =
      linksAlways || result.outcome == .fail || result.outcome == .waived || result.reason == .service
    self.links = links ? result.links.map { printable(options.words($0)) } : []
  }

  /// The advice and each link.
  var all: [String] { [advice].compactMap(\.self) + links }

  /// Drops advice that was already given, and records the rest as given.
  mutating func leaveOut(_ told: inout Set<String>) {
    if let words = advice, !told.insert(words).inserted { advice = nil }
    links = links.filter { told.insert($0).inserted }
  }
}
