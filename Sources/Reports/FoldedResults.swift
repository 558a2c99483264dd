import Preflight

/// The results that a report for people sums up in one line: rules that were not judged, and those that are
/// undecided only because of something already reported. With `--verbose`, none.
struct FoldedResults {
  private let skipped: Set<String>
  private let consequences: Set<String>
  private let options: ReportOptions

  init(_ verdict: Verdict, _ options: ReportOptions) {
    self.options = options
    guard !options.verbose else {
      (skipped, consequences) = ([], [])
      return
    }
    let deciding = verdict.deciding?.rule.id
    skipped = Set(
      verdict.results.filter { result in
        // An expired waiver, for example, is reported all the same.
        result.outcome == .skipped && result.rule.id != deciding
          && WaiverLine(options).text(of: result) == nil
      }.map(\.rule.id))
    consequences = verdict.consequences
  }

  /// Whether the result is among them.
  func contains(_ result: RuleResult) -> Bool {
    skipped.contains(result.rule.id) || consequences.contains(result.rule.id)
  }

  /// The line that stands for them, a sentence that says how to see them; nil if there are none.
  var sentence: String? {
    count.map {
      options.say(
        fr: "\($0.french) (--verbose les montre).", en: "\($0.english) (--verbose shows them).")
    }
  }

  /// How many they are, in words; nil if there are none.
  var count: LocalizedText? {
    let unjudged = LocalizedText(counting: skipped.count, fr: "règle", en: "rule")
    let undecided = LocalizedText(counting: consequences.count, fr: "règle", en: "rule")
    let notJudged =
      skipped.count == 1
      ? LocalizedText(fr: "n'a pas été jugée", en: "was not judged")
      : LocalizedText(fr: "n'ont pas été jugées", en: "were not judged")
    let areUndecided =
      consequences.count == 1
      ? LocalizedText(fr: "est indécise pour la même cause", en: "is undecided for the same cause")
      : LocalizedText(fr: "sont indécises pour la même cause", en: "are undecided for the same cause")
    switch (skipped.isEmpty, consequences.isEmpty) {
    case (true, true): return nil
    case (false, true):
      return LocalizedText(
        fr: "\(unjudged.french) \(notJudged.french)", en: "\(unjudged.english) \(notJudged.english)")
    case (true, false):
      return LocalizedText(
        fr: "\(undecided.french) \(areUndecided.french)",
        en: "\(undecided.english) \(areUndecided.english)")
    case (false, false):
      return LocalizedText(
        fr: "\(unjudged.french) \(notJudged.french), et \(consequences.count) \(areUndecided.french)",
        en: "\(unjudged.english) \(notJudged.english), and \(consequences.count) \(areUndecided.english)")
    }
  }
}
