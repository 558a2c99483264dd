import Preflight
import Reports
import Testing

@testable import cps_preflight

/// A rule file, facts, and the verdict that every format must report.
struct VerdictCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let rules: String
  let facts: Sample
  var use: String? = nil
  /// The exit code of the verdict.
  let code: Int32
  /// The status for a monitoring system.
  let nagios: String

  /// Runs `check` on the case, with nothing from this machine.
  func check(_ arguments: String..., language: String = "fr") async throws -> BuiltProgram.Run {
    let folder = try Folder(["rules.yaml": rules, "facts.json": facts.json])
    let use = self.use.map { ["--for", $0] } ?? []
    return try await BuiltProgram.run(
      [
        "check", "--rules", "rules.yaml", "--facts", "facts.json", "--offline", "--on", Sample.day, "--lang",
        language,
      ] + use
        + arguments, in: folder.path)
  }

  /// Returns what ``check(_:language:)`` does, made in this process; ``EveryFormatTests`` compares them.
  func report(_ arguments: String..., language: String = "fr") async throws -> BuiltProgram.Run {
    let folder = try Folder(["rules.yaml": rules, "facts.json": facts.json])
    let use = self.use.map { ["--for", $0] } ?? []
    let options = try #require(
      PlainCheckArguments.read(
        [
          "--rules", "\(folder.path)/rules.yaml", "--facts", "\(folder.path)/facts.json", "--offline", "--on",
          Sample.day, "--lang", language,
        ] + use + arguments))
    let made = try await Assessment(options, tellingCard: options.tellsCard)
    let shown = ReportOptions(
      language: options.language ?? .french, disclosure: options.reveal ? .revealed : .masked, colour: false,
      verbose: options.verbose, wrapping: Wrapping(width: 500))
    let code = options.nagiosExit ? NagiosReport.Status(made.verdict).exitCode : made.verdict.exitCode
    return BuiltProgram.Run(code: code.rawValue, output: made.report(options.format, shown), errors: "")
  }
}

extension VerdictCase {
  /// One case of each kind of verdict.
  static let all = [
    ready, warning, undecidedWarning, waived, blocked, waiverExpired, undecided, skipped, unjudged, hostile,
  ]

  static let ready = VerdictCase(
    testDescription: "ready", rules: ruleFile(), facts: Sample(), code: 0, nagios: "OK")
  static let warning = VerdictCase(
    testDescription: "ready, with a warning", rules: ruleFile(),
    facts: Sample().with("card.expiresOn", "\"2026-04-10\""), code: 0, nagios: "WARNING")
  static let undecidedWarning = VerdictCase(
    testDescription: "ready, with an undecided warning",
    rules: ruleFile(
      extra:
        "- { id: lib, check: fact, with: { fact: cryptolib.library, equals: \"1.0\" }, severity: warning }"),
    facts: Sample(), code: 0, nagios: "WARNING")
  static let waived = VerdictCase(
    testDescription: "ready, by a waiver", rules: ruleFile(waivers: waiver(until: "2026-04-01")),
    facts: Sample().with("billing.situations", situation(lots: false)), code: 0, nagios: "WARNING")
  static let blocked = VerdictCase(
    testDescription: "blocked", rules: ruleFile(),
    facts: Sample().with("card.expiresOn", "\"2026-03-10\""), code: 30, nagios: "CRITICAL")
  static let waiverExpired = VerdictCase(
    testDescription: "blocked, a waiver having expired",
    rules: ruleFile(waivers: waiver(until: "2026-03-01")),
    facts: Sample().with("billing.situations", situation(lots: false)), code: 23, nagios: "CRITICAL")
  static let undecided = VerdictCase(
    testDescription: "undecided", rules: ruleFile(), facts: Sample().with("card.pin", nil), code: 75,
    nagios: "UNKNOWN")
  static let skipped = VerdictCase(
    testDescription: "ready, with a rule of another use",
    rules: ruleFile(), facts: Sample().with("billing.situations", situation(lots: false)), use: "adri",
    code: 0, nagios: "OK")
  static let unjudged = VerdictCase(
    testDescription: "nothing judged",
    rules: """
      version: 1
      stages:
        - { id: s, title: S, rules: [{ id: a, title: A, check: card.present, severity: warning },
            { id: lots, title: L, check: billing.sign_lots, for: [teletransmission] }] }
      """, facts: Sample(), use: "adri", code: 78, nagios: "UNKNOWN")

  /// Words that try to break out of every format, from the rule file and from the facts.
  static let hostile = VerdictCase(
    testDescription: "hostile words",
    rules: """
      version: 1
      stages:
        - id: s
          title: "<b>s</b> ]]> & \\"\\u0301 onclick=alert(1) '"
          rules:
            - id: r
              title: "</script><script>document.title='owned'</script> | x=1;2 ]]> \\x01\\u202E\\u2028\\uFFFF"
              check: fact
              with: { fact: card.reader, equals: "other" }
              exit: 12
              remedy: "line one\\nline two | \\e[2J <img src=x onerror=alert(1)> call 0 809 40 00 82\\""
              links: ["https://example.org/?a=1&b='\\"<x>"]
      """,
    facts: Sample().with(
      "card.reader", "\"</title><script>alert(1)</script> ]]> \\u0001 \\u202e \\\" ' | a=1\\nb\""),
    code: 12, nagios: "CRITICAL")

  private static func waiver(until day: String) -> String {
    "waivers: [{ rule: lots, reason: { fr: Carte commandée, en: Card ordered }, until: \(day) }]"
  }

  private static func situation(lots: Bool) -> String {
    "[{\"identifier\": \"692612344\", \"signFSE\": true, \"signLots\": \(lots)}]"
  }

  private static func ruleFile(extra: String = "", waivers: String = "") -> String {
    """
    version: 1
    stages:
      - id: carte
        title: { fr: Carte, en: Card }
        rules:
          - { id: presente, title: { fr: Carte présente, en: Card present }, check: card.present, exit: 10 }
          - id: validite
            title: { fr: Carte valable, en: Valid card }
            check: card.validity
            exit: 30
            remedy: { fr: Appeler le 0 809 40 00 82., en: Call 0 809 40 00 82. }
            links: ["https://esante.gouv.fr/"]
          - id: fin
            title: { fr: Fin proche, en: Ends soon }
            check: card.validity
            with: { days_left: 60 }
            severity: warning
          - { id: code, title: Code, check: card.pin, exit: 31 }
          \(extra)
      - id: facturation
        title: { fr: Facturation, en: Billing }
        rules:
          - { id: numero, title: { fr: Numéro, en: Number }, check: billing.identifier, exit: 21 }
          - { id: lots, title: Lots, check: billing.sign_lots, exit: 23, for: [teletransmission] }
    \(waivers)
    """
  }
}

/// A program that the tests call: installed by `.ci/install-tools test`.
enum TestTool {
  static let xmllint = "/usr/bin/xmllint"
  static let junitSchema = "\(BuiltProgram.root)/.build/tools/junit-10.xsd"
  static let promtool = "\(BuiltProgram.root)/.build/tools/bin/promtool"
  /// The interpreter for which check-jsonschema is installed.
  static let python = "\(BuiltProgram.root)/.build/tools/bin/python3"
  /// Too large to be installed for the tests; used if present.
  static let chromium = "/usr/bin/chromium"
}
