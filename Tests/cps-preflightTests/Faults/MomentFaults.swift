import FoundationEssentials
import Glibc
import Preflight
import SeededNumbers

/// Signals, clocks, environments and limits.
enum MomentFaults {
  /// - Parameter moments: how many moments each signal comes at.
  static func signals(moments: Int) -> [FaultCase] {
    var numbers = SeededNumbers(19)
    let sent = [
      SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGKILL, SIGSEGV, SIGBUS, SIGPIPE, SIGALRM, SIGUSR1, SIGXCPU, SIGCONT,
      SIGCHLD, SIGWINCH,
    ]
    return sent.flatMap { number in
      (0..<moments).map { _ in
        let delay = Int.random(in: 0..<40_000, using: &numbers)
        return FaultCase(
          "signal \(number)", "after \(delay / 1000) ms",
          harmless: "it came after the verdict, or is one that is ignored", signal: number
        ) { runner in
          let module = try ModuleCase("healthy")
          let folder = try Folder()
          let run = try await runner.shell(
            "$RUN \(module.arguments.joined(separator: " ")) --pin-file \(module.codeFile) --format json",
            in: folder, signal: (number, delay))
          let isIgnored = [SIGCONT, SIGCHLD, SIGWINCH, SIGPIPE].contains(number)
          // With 0, the whole verdict was there before the signal came.
          return run.code == 0 && !isIgnored && !run.output.hasSuffix("}\n")
            ? run.ended(in: FaultRun.wronglyReady) : run
        }
      }
    }
  }

  /// Clocks that are wrong, or jump.
  static let clocks: [FaultCase] =
    [
      ("1970", "0"), ("before 1970", "-86400"), ("2038", "2147483646"), ("2100", "4102444800"),
      ("the year 9999", "253402300790"),
      ("the year 30000", "884541340800"),
    ].map { name, seconds in
      FaultCase("the clock stands in \(name)", "always") { runner in
        let gate = try GateCase()
        return try await runner.shell(
          "\(preloading) FAULTY_CLOCK=\(seconds) $RUN check \(GateCase.options(.ready)) --format json",
          in: gate.folder)
      }
    }
    + (0..<12).map { call in
      FaultCase(
        "the clock is set back a day", "at its call \(call)", harmless: "the card is valid on both days"
      ) { runner in
        let gate = try GateCase()
        return try await runner.shell(
          "\(preloading) FAULTY_CLOCK_BACK=\(call) $RUN check \(GateCase.options(.ready)) --format json",
          in: gate.folder)
      }
    }

  private static let preloading = "LD_PRELOAD=\(BuiltProgram.beside("libfaulty-system.so"))"

  /// Surroundings in which the same verdict is due, or none.
  static let surroundings: [FaultCase] = [
    same("an empty environment", "env -i $RUN \(blocked)"), same("no HOME", "unset HOME; $RUN \(blocked)"),
    same("a locale that is not there", "LC_ALL=xx_YY.KOI8-R $RUN \(blocked)"),
    same("an odd time zone", "TZ=:/dev/zero $RUN \(blocked)"),
    same("a time zone far away", "TZ=UTC+167:59:59 $RUN \(blocked)"),
    same("no standard input", "$RUN \(blocked) <&-"), lost("no standard output", "$RUN \(ready) >&-"),
    same("no standard error", "$RUN \(blocked) 2>&-"),
    lost("none of the three", "$RUN \(ready) <&- >&- 2>&-"),
    lost("a full standard output", "$RUN \(ready) >/dev/full"),
    lost("a standard output that nobody reads", "$RUN \(ready) | true"),
    same("a folder that was removed", "mkdir gone; cd gone; rmdir ../gone; $RUN \(blocked)"),
    same("no /proc", "$UNDER /usr/bin/unshare --mount sh -c 'mount -t tmpfs none /proc; exec $P \(blocked)'"),
    same("process 1 of a container", "$UNDER /usr/bin/unshare --pid --fork --mount-proc $P \(blocked)"),
  ]

  private static var ready: String { "check \(GateCase.options(.ready)) --format json" }
  private static var blocked: String { "check \(GateCase.options(.blocked)) --format json" }

  /// A card that may not send: the surroundings must not make it one that may.
  private static func same(_ name: String, _ line: String) -> FaultCase {
    FaultCase(name, "always") { runner in try await runner.shell(line, in: GateCase().folder) }
  }

  /// A card that may send, of which nobody would hear.
  private static func lost(_ name: String, _ line: String) -> FaultCase {
    FaultCase(name, "always") { runner in try await runner.shell(line, in: GateCase().folder) }
  }
}
