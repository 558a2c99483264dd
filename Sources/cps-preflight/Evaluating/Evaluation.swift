import FactsFile
import Glibc
import Preflight
import Processes
import Reports
import VerdictFile
import Workstation

/// A stream of facts judged by several threads. Each takes some lines, and writes their verdicts when it is its turn.
///
/// So memory holds only the lines that the threads are working on; and if nobody reads the verdicts, no more facts are
/// read.
final class Evaluation: Sendable {
  /// A judge for each thread, with rules and a plan of its own: threads that count the references to the same objects wait for each
  /// other's caches, which took a third of their time.
  private let judges: [LineJudge]
  private let input = LineInput(limit: FactsFile.sizeLimit)
  private let turns = Turns()
  private let progress: EvaluationProgress

  /// - Parameters:
  ///   - day: the day to judge on, whatever the lines say.
  ///   - threads: how many threads judge at once.
  /// - Throws: ``Failure`` (78) if the rules are invalid or none of them could keep anything from being sent.
  init(
    rules: LoadedRules, use: Use?, day: CivilDate?, selection: SituationSelection, options: OutputOptions,
    isBrief: Bool, isQuiet: Bool, threads: Int
  ) throws(Failure) {
    let ruleSet = try rules.ruleSet()
    let plan = Plan(ruleSet, for: use)
    guard plan.rules.contains(where: { $0.severity == .blocking }) else {
      throw Failure(
        .invalidRules, at: rules.path,
        LocalizedText(
          fr: "aucune règle bloquante n'est prévue pour cet usage : rien ne serait jugé",
          en: "no blocking rule is for that use: nothing would be judged"))
    }
    let digest = rules.digest
    var details = RunDetails(
      rulesPath: rules.path, rulesDigest: digest, startedAt: Surroundings.now, durationMs: 0)
    details.plugins = try rules.pluginMarks().get()
    details.selection = SelectionMark(selection, key: nil)
    let shown = ReportOptions(
      language: options.language, disclosure: options.reveal ? .revealed : .masked)
    Interruption.endsProgram(in: options.language, saying: .notAllJudged)
    let today = day.map { Fact(.today, .date($0), source: FactSourceName.option) } ?? Run.today
    let usualDay: CivilDate? = if case .date(let day)? = today.value { day } else { nil }
    judges = (0..<threads).map { _ in
      let plan = Plan(ruleSet.copied, for: use)
      return LineJudge(
        plan,
        reader: FactsLine.Reader(
          origin: "-", selection: selection, catalogue: rules.registry.facts.adding(ruleSet.answers)),
        day: day == nil ? .otherwise(today) : .named(today),
        verdicts: VerdictLines(plan, on: usualDay, details, shown.wording, isBrief: isBrief))
    }
    progress = EvaluationProgress(EvaluationTally(plan), EvaluationSummary(shown), isQuiet: isQuiet)
  }

  /// Judges the whole stream, and returns its exit code.
  ///
  /// - Throws: ``Failure`` if the input cannot be read (66), or at once if the verdicts cannot be written (74).
  func run() async throws(Failure) -> ExitCode {
    let (ends, continuation) = AsyncStream<Failure?>.makeStream()
    for judge in judges {
      Task {
        let end = await BlockingCall.run(within: nil) { self.work(judge) }
        continuation.yield(end ?? Self.noThread)
      }
    }
    var left = judges.count
    for await failure in ends {
      if let failure {
        progress.interrupt()
        throw failure
      }
      left -= 1
      if left == 0 { break }
    }
    return progress.conclude()
  }

  /// The work of one thread, until the input ends. Returns the failure that ended it early, or `nil`.
  private func work(_ judge: LineJudge) -> Failure? {
    var judge = judge
    do throws(LineInput.Fault) {
      while let block = try input.next() {
        do throws(WriteFault) {
          try judge.judge(block) { bytes throws(WriteFault) in
            turns.wait(for: block.index)
            try FileWriting.write(bytes, to: STDOUT_FILENO)
          }
        } catch {
          throw .outputGone(error)
        }
        progress.add(judge.tally, bytesRead: block.bytesRead)
        turns.pass()
      }
      return nil
    } catch {
      switch error {
      case .unreadable(let fault): return Failure(fault, of: "-")
      case .outputGone(let fault): return Failure(fault, writing: nil)
      }
    }
  }

  private static let noThread = Failure(
    .internalError,
    LocalizedText(
      fr: "aucun fil d'exécution n'est disponible : demander moins avec --jobs",
      en: "no thread could be started: ask for fewer with --jobs"))
}
