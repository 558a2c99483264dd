import FoundationEssentials
import Glibc

/// Disks, permissions and limits of the system.
enum LimitFaults {
  static func cases(step: Int) -> [FaultCase] {
    let descriptors = stride(from: 3, through: 40, by: step).map { limited("open files", "ulimit -n \($0)") }
    let memory = stride(from: 20_000, through: 400_000, by: 20_000 * step).map { count in
      // The program is larger than the first of these: the system ends it before it begins.
      limited("KiB of memory", "ulimit -v \(count)", signal: count < 32_000 ? SIGSEGV : nil)
    }
    let sizes = [0, 1].map { count in
      FaultCase("\(count) blocks per file", "the verdict and the journal") { runner in
        let gate = try GateCase()
        return try await runner.shell(
          "$UNDER /bin/sh -c 'ulimit -f \(count); exec $P check \(GateCase.options(.ready)) --format json --output v.json --journal j'",
          in: gate.folder)
      }
    }
    let processes = stride(from: 1, through: 12, by: step).map(threads(most:))
    return descriptors + memory + processes + sizes + disks + fullDisks
  }

  /// A whole visit under a limit: what cannot be opened or started makes it undecided.
  private static func limited(_ what: String, _ limit: String, signal: Int32? = nil) -> FaultCase {
    FaultCase(what, limit, harmless: "the limit is enough", signal: signal) { runner in
      let module = try ModuleCase("healthy")
      let folder = try Folder()
      return try await runner.shell(
        "$UNDER /bin/sh -c '\(limit); exec $P \(module.arguments.joined(separator: " ")) --pin-file \(module.codeFile) --format json'",
        in: folder)
    }
  }

  /// A user who may have few processes, threads included; another one than root, whom no such limit holds.
  private static func threads(most: Int) -> FaultCase {
    FaultCase("processes of the user", "\(most)", harmless: "the limit is enough") { runner in
      let gate = try GateCase()
      try gate.folder.setMode(0o755, of: ".")
      // Its sources are asked, of which this user has none.
      let line = """
        user=; [ "$(id -u)" -ne 0 ] || user="/usr/bin/setpriv --reuid 64999 --clear-groups"
        $UNDER /usr/bin/env $user prlimit --nproc=\(most) $P check --rules rules.yaml --timeout 2s --format json
        """
      return try await runner.shell(line, in: gate.folder)
    }
  }

  private static let disks: [FaultCase] = [
    FaultCase("the disk is full", "the verdict") { runner in
      let gate = try GateCase()
      return try await runner.shell(
        "$RUN check \(GateCase.options(.ready)) --format json --output /dev/full", in: gate.folder)
    },
    FaultCase("the disk is full", "the journal") { runner in
      let gate = try GateCase()
      return try await runner.shell(
        "$RUN check \(GateCase.options(.ready)) --format json --journal /dev/full", in: gate.folder)
    },
    FaultCase("the folder is not there", "the verdict") { runner in
      let gate = try GateCase()
      return try await runner.shell(
        "$RUN check \(GateCase.options(.ready)) --format json --output nowhere/v.json", in: gate.folder)
    },
    FaultCase("the disk is read-only", "the verdict") { runner in
      let gate = try GateCase()
      return try await runner.shell(
        "$RUN check \(GateCase.options(.ready)) --format json --output /proc/v.json", in: gate.folder)
    },
    FaultCase("the file is a folder", "the facts") { runner in
      let gate = try GateCase()
      return try await runner.shell(
        "rm ready.json; mkdir ready.json; $RUN check \(GateCase.options(.ready)) --format json",
        in: gate.folder)
    },
    FaultCase("no permission", "the facts") { runner in
      let gate = try GateCase()
      // Root may read everything: another user runs it, where root runs the tests.
      return try await runner.shell(
        """
        chmod 0 ready.json; user="/usr/bin/env"
        [ "$(id -u)" -ne 0 ] || user="/usr/bin/setpriv --reuid 65534 --clear-groups"
        $UNDER $user $P check \(GateCase.options(.ready)) --format json
        """, in: gate.folder)
    },
  ]

  /// A real file system of 64 KiB, full but for so many of its pages. What is left on it counts as a temporary file.
  private static let fullDisks: [FaultCase] = [
    ("the verdict", "--output disk/v.json"), ("the journal", "--journal disk/j"),
    ("the verdict and the journal", "--output disk/v.json --journal disk/j"),
  ].flatMap { what, options in
    [0, 1].map { pages in
      FaultCase(
        pages == 0 ? "a small disk is full" : "a small disk has one page left", what,
        harmless: pages == 0 ? nil : "it has room for what is written"
      ) { runner in
        let gate = try GateCase()
        let line = """
          unshare --mount sh -c 'mkdir disk && mount -t tmpfs -o size=64k none disk || exit
          { head -c \(4096 * pages) /dev/zero >disk/room; cat /dev/zero >disk/filler; } 2>/dev/null; rm disk/room
          $RUN check \(GateCase.options(.ready)) --format json \(options); code=$?
          for name in $(ls -A disk); do
            case $code-$name in *-filler | 0-v.json | 0-j) ;; *) [ ! -s disk/$name ] || touch temporary/$name ;; esac
          done'
          """
        return try await runner.shell(line, in: gate.folder)
      }
    }
  }
}
