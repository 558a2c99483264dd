import JSON
package import Preflight

/// The report of what the examinations of a workstation found.
package struct DoctorReport: Sendable {
  private let diagnosis: Diagnosis
  private let version: String
  private let options: ReportOptions

  /// - Parameter version: the version of the program.
  package init(_ diagnosis: Diagnosis, version: String, _ options: ReportOptions) {
    self.diagnosis = diagnosis
    self.version = version
    self.options = options
  }

  /// The report as text: part by part, each finding with what it means and how to fix it, then a line that
  /// sums up.
  package var text: String {
    var lines: [String] = []
    for area in Examination.Area.allCases {
      let observations = diagnosis.results.filter { $0.area == area }.flatMap(\.observations)
      guard !observations.isEmpty else { continue }
      lines.append(options.paint(options.words(area.title), .bold))
      // Two rules may say the same about a card, such as that it is valid now and for a while.
      var told: Set<[String]> = []
      for observation in observations {
        let words = self.lines(of: observation)
        if observation.sign != .sound || told.insert(words).inserted { lines += words }
      }
    }
    lines += ["", summary]
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of observation: Observation) -> [String] {
    let sign = observation.sign
    var lines = self.lines(of: observation.message, after: "  \(sign.mark) ", indent: 4)
    // Colours take no space on a line.
    if let first = lines.first {
      lines[0] = "  " + options.paint(sign.mark, sign.colour) + first.dropFirst(3)
    }
    if let meaning = observation.meaning { lines += self.lines(of: meaning, after: "      ", indent: 6) }
    for mending in observation.mending {
      switch diagnosis.system.step(for: mending) {
      // A command is for copying: it is on one line, however long.
      case .command(let line): lines.append("      $ " + printable(line))
      case .words(let words): lines += self.lines(of: words, after: "      → ", indent: 8)
      }
    }
    return lines
  }

  /// The text after what the first line begins with; the lines after it begin with that many spaces.
  private func lines(of words: LocalizedText, after lead: String, indent: Int) -> [String] {
    options.wrapping.lines(of: printable(options.words(words)), after: lead, indent: indent)
  }

  /// The last line: how many of each sign there are, and the exit code.
  private var summary: String {
    let faults = LocalizedText(counting: diagnosis.count(.fault), fr: "problème", en: "problem")
    let attentions = LocalizedText(counting: diagnosis.count(.attention), fr: "remarque", en: "remark")
    let unseen = diagnosis.count(.unseen)
    return options.say(
      fr:
        "\(faults.french) ✗, \(attentions.french) !, \(unseen) non vu\(unseen > 1 ? "s" : "") ? (code \(exitCode))",
      en: "\(faults.english) ✗, \(attentions.english) !, \(unseen) not seen ? (code \(exitCode))")
  }

  private var exitCode: Int { Int(diagnosis.exitCode.rawValue) }

  /// The report as JSON.
  package var json: String {
    Document(diagnosis: diagnosis, version: version, options: options).jsonDocument
  }

  private struct Document: JSONWritable {
    let diagnosis: Diagnosis
    let version: String
    let options: ReportOptions

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("schema", "cps-preflight/doctor/1")
        json.member("program", version)
        json.member("language", options.language.rawValue)
        json.member("exitCode", diagnosis.exitCode.rawValue)
        json.member("counts") { json in
          json.object { json in
            for sign in Observation.Sign.allCases { json.member(sign.rawValue, diagnosis.count(sign)) }
          }
        }
        json.member("findings") { json in
          json.list(diagnosis.results.flatMap { result in result.observations.map { (result, $0) } }) {
            json, finding in
            write(finding.0, finding.1, to: &json)
          }
        }
      }
    }

    private func write(_ result: Diagnosis.Result, _ observation: Observation, to json: inout JSONWriter) {
      let steps = observation.mending.map { diagnosis.system.step(for: $0) }
      json.object { json in
        json.member("area", result.area.rawValue)
        json.member("id", result.id)
        json.member("case", observation.name)
        json.member("sign", observation.sign.rawValue)
        json.member("message", options.words(observation.message))
        json.member("meaning", observation.meaning.map { options.words($0) })
        json.member(
          "commands", steps.compactMap { if case .command(let line) = $0 { line } else { nil } })
        json.member(
          "advice", steps.compactMap { if case .words(let words) = $0 { options.words(words) } else { nil } })
      }
    }
  }
}

extension Observation.Sign {
  /// The sign in reports for people.
  fileprivate var mark: String {
    switch self {
    case .sound: "✓"
    case .attention: "!"
    case .fault: "✗"
    case .unseen: "?"
    }
  }

  fileprivate var colour: Colour {
    switch self {
    case .sound: .green
    case .attention, .unseen: .yellow
    case .fault: .red
    }
  }
}
