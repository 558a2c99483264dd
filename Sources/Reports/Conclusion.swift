import Preflight

/// The wording of a verdict as a whole, common to all reports for people.
struct Conclusion {
  let options: ReportOptions

  init(_ options: ReportOptions) { self.options = options }

  /// Returns what the card is to be used for.
  func subject(of verdict: Verdict) -> String {
    switch verdict.use {
    case .signature: options.say(fr: "signature des FSE", en: "signing FSE")
    case .adri: options.say(fr: "interrogation d'ADRI", en: "querying ADRI")
    case .teletransmission: options.say(fr: "télétransmission", en: "télétransmission")
    case nil: options.say(fr: "tous usages", en: "all uses")
    }
  }

  /// Returns whether the lot may be sent.
  func decision(of verdict: Verdict) -> String {
    switch verdict.decision {
    case .ready: options.say(fr: "PRÊT : l'envoi est possible", en: "READY: it may be sent")
    case .blocked: options.say(fr: "BLOQUÉ, ne pas envoyer", en: "BLOCKED, do not send")
    case .undecided: options.say(fr: "INDÉCIS, ne pas envoyer", en: "UNDECIDED, do not send")
    }
  }

  /// Returns the basis of the decision: the rule that decided, or the reservations with which the lot may be sent.
  /// Empty if there is nothing to add.
  func cause(of verdict: Verdict) -> String {
    if let deciding = verdict.deciding { return printable(options.words(deciding.rule.title)) }
    guard verdict.decision == .ready else {
      return options.say(fr: "aucune règle bloquante n'a été jugée", en: "no blocking rule was judged")
    }
    let count = verdict.reserves
    var reserves: [String] = []
    if count.failed > 0 {
      let warnings = warnings(count.failed)
      reserves.append(options.say(fr: "avec \(warnings.french)", en: "with \(warnings.english)"))
    }
    if count.undecided > 0 {
      let warnings = warnings(count.undecided)
      reserves.append(
        options.say(fr: "\(warnings.french) indécis", en: "\(warnings.english) undecided"))
    }
    if count.waived > 0 {
      let waivers = LocalizedText(counting: count.waived, fr: "DÉROGATION", en: "WAIVER", ending: "S")
      reserves.append(options.say(fr: "PAR \(waivers.french)", en: "BY \(waivers.english)"))
    }
    return reserves.joined(separator: ", ")
  }

  private func warnings(_ count: Int) -> LocalizedText {
    LocalizedText(counting: count, fr: "avertissement", en: "warning")
  }

  /// Returns the decision with what was found, for people: the cause in the words of the check that decided,
  /// or the reservations. A decision to send is not a whole sentence yet.
  func account(of verdict: Verdict) -> String {
    let decision = decision(of: verdict)
    if let deciding = verdict.deciding {
      return "\(decision). \(Sentence(options).cause(deciding))"
    }
    guard verdict.decision == .ready else { return Sentence(options).text(sentence(of: verdict)) }
    let basis = [cause(of: verdict), attention(to: verdict)].compactMap { $0 }.filter { !$0.isEmpty }
    return ([decision] + basis).joined(separator: ", ")
  }

  /// Returns how many rules passed with something to look at; nil if none did.
  func attention(to verdict: Verdict) -> String? {
    let count = verdict.results.count(where: \.callsForAttention)
    guard count > 0 else { return nil }
    let words = LocalizedText(counting: count, fr: "point", en: "point")
    return options.say(fr: "\(words.french) à vérifier", en: "\(words.english) to look at")
  }

  /// Returns the decision and its basis in one sentence.
  func sentence(of verdict: Verdict) -> String {
    let cause = cause(of: verdict)
    guard !cause.isEmpty else { return decision(of: verdict) }
    return decision(of: verdict) + (verdict.decision == .ready ? ", " : options.colon + " ") + cause
  }

  /// Returns the date that the verdict was judged on, or nil if it is not known. A date that is not from the clock
  /// is shown with its source, so that it is never overlooked.
  func day(of verdict: Verdict) -> String? {
    guard let today = verdict.facts.first(where: { $0.name == .today }),
      case .known(.date(let date)) = today.state
    else { return nil }
    let written = options.words(LocalizedText(everywhere: "\(date)"))
    return today.source == FactSourceName.clock ? written : "\(written) (\(printable(today.source)))"
  }
}

extension ReportOptions {
  /// The colon, before which French puts a space at which no line breaks.
  var colon: String { say(fr: " :", en: ":") }
}
