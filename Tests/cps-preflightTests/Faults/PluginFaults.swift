/// What plugins do wrong: each of those that `BadPluginTests` knows, here for what it leaves.
enum PluginFaults {
  static func cases(step: Int) -> [FaultCase] {
    [("describe", BadPlugin.describing), ("gather", BadPlugin.gathering), ("check", BadPlugin.judging)]
      .flatMap { moment, plugins in
        plugins.enumerated().filter { $0.offset % step == 0 }.map { _, bad in
          FaultCase("a plugin: \(bad.testDescription)", moment, deadline: 5) { runner in
            let plugin = try PluginCase(describe: bad.describe, gather: bad.gather, check: bad.check)
            return try await runner.shell(
              "HOME=\(plugin.folder.path)/home $RUN check --timeout \(bad.timeout == "3s" ? "3s" : "4s") --format json",
              in: plugin.folder)
          }
        }
      }
  }
}

/// Many runs at the same time, of which nothing is wrong with any.
enum CrowdFaults {
  static func cases(count: Int) -> [FaultCase] {
    let wait = "for run in $runs; do wait $run || failed=$((failed + 1)); done; exit $failed"
    return [
      FaultCase("\(count) checks at once", "one card", harmless: "nothing is wrong: each is ready") {
        runner in
        let module = try ModuleCase("healthy")
        let check = "\(module.arguments.joined(separator: " ")) --pin-file \(module.codeFile) --format json"
        let line =
          "failed=0; for i in $(seq \(count)); do $P \(check) >v$i & runs=\"$runs $!\"; done; \(wait)"
        return try await runner.shell("$UNDER /bin/sh -c '\(line)'", in: try Folder())
      },
      FaultCase("\(count) checks at once", "one journal", harmless: "nothing is wrong: each is ready") {
        runner in
        let gate = try GateCase()
        let line =
          "failed=0; for i in $(seq \(count)); do $P check \(GateCase.options(.ready)) --journal j >v$i & runs=\"$runs $!\"; done; "
          + wait
        let run = try await runner.shell("$UNDER /bin/sh -c '\(line)'", in: gate.folder)
        let lines = try gate.text(of: "j").split(separator: "\n").filter {
          $0.hasPrefix("{") && $0.hasSuffix("}")
        }
        return lines.count == count ? run : run.ended(in: FaultRun.wronglyReady)
      },
    ]
  }
}
