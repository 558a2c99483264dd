import CardStage
import FoundationEssentials
import Glibc
import Testing

@Suite("No secret is in /proc, core dumps, swap or logs", .serialized, .blocking)
struct SecretSearchTests {
  /// A code that nothing else on the machine is likely to hold.
  private static func newCode() -> String { String(Int.random(in: 10_000_000...99_999_999)) }

  /// A check that hangs while the module has the code, and the processes that it consists of.
  private struct Held {
    let module: ModuleCase
    let check: ChildProcess
    let main: Int
    let supervisor: Int
    let reader: Int
  }

  private static func hold(_ code: String, in folder: String, _ before: String = "") throws -> Held {
    let module = try ModuleCase("hang@C_Login", code: code)
    let watch = try module.watch()
    let arguments =
      module.arguments(timeout: "5m") + ["--verbose", "--reveal", "--pin-file", module.codeFile]
    let line = (["exec", BuiltProgram.path] + arguments).joined(separator: " ")
    let check = try ChildProcess(
      ["/bin/sh", "-c", "cd \(folder); \(before)\(line)"],
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"])
    try watch.wait(for: "C_Login") { !module.logins.isEmpty }
    let reader = try #require(module.processes.first)
    let supervisor = try #require(parent(of: reader))
    return Held(
      module: module, check: check, main: try #require(parent(of: supervisor)), supervisor: supervisor,
      reader: reader)
  }

  private static func parent(of process: Int) -> Int? {
    ProcFile.contents("\(process)", "status")?.split(separator: "\n").first { $0.hasPrefix("PPid:") }
      .flatMap { Int($0.split(separator: "\t").last ?? "") }
  }

  @Test(
    "Every byte of memory of the program, its supervisor and the isolated reader: the code is only where it is locked, left out of dumps and wiped at a fork",
    .enabled(if: geteuid() == 0, "only root reads the memory of others"))
  func memory() async throws {
    let code = Self.newCode()
    let folder = try Folder()
    let held = try Self.hold(code, in: folder.path)
    for (process, places) in [(held.main, 1), (held.supervisor, 0), (held.reader, 1)] {
      var found: [MemoryRegion] = []
      var searched = 0
      let file = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
      try #require(file >= 0)
      defer { close(file) }
      for region in try MemoryRegion.all(of: process) {
        guard let bytes = region.bytes(in: file) else { continue }
        searched += bytes.count
        if contains(bytes, code) { found.append(region) }
      }
      // A whole program was read, and not only its first page.
      #expect(searched > 1 << 20, "\(process): \(searched) bytes")
      #expect(found.count == places, "\(process): \(found)")
      for region in found {
        // proc_pid_smaps(5): locked, not in core dumps, wiped in a fork.
        #expect(Set(["lo", "dd", "wf"]).isSubset(of: region.flags), "\(region)")
        #expect(region.swapped == 0)
      }
    }
    held.check.signal(SIGTERM)
    _ = held.check.finish()
  }

  @Test("Nothing else under /proc: arguments, environment, names, open files")
  func proc() async throws {
    let code = Self.newCode()
    let folder = try Folder()
    let held = try Self.hold(code, in: folder.path)
    for process in [held.main, held.supervisor, held.reader] {
      let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
      for place in ["\(process)"] + threads.map({ "\(process)/task/\($0)" }) {
        for file in [
          "cmdline", "environ", "comm", "status", "stat", "maps", "mounts", "auxv", "syscall", "stack",
          "wchan", "io",
          "limits", "sched",
        ] {
          guard let text = ProcFile.contents(place, file) else { continue }
          #expect(!text.contains(code), "/proc/\(place)/\(file)")
        }
      }
      let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []
      for number in open {
        let link = "/proc/\(process)/fd/\(number)"
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? ""
        #expect(!target.contains(code) && target != held.module.codeFile, "\(link): \(target)")
        // Reading a pipe would take from it what is there.
        var status = stat()
        guard stat(link, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
          let text = ProcFile.contents("\(process)", "fd/\(number)")
        else { continue }
        #expect(!text.contains(code), "\(link): \(target)")
      }
    }
    held.check.signal(SIGTERM)
    #expect(!held.check.readToEnd().contains(code))
    _ = held.check.finish()
  }

  @Test(
    "A crash of the program while it has the code is one line: no report shows memory, and no core dump is left"
  )
  func crashOfProgram() async throws {
    let code = Self.newCode()
    let folder = try Folder()
    let held = try Self.hold(code, in: folder.path, "ulimit -c unlimited; ")
    kill(pid_t(held.main), SIGSEGV)
    #expect(held.check.finish() == 70)
    let words = held.check.readToEnd()
    #expect(words.hasPrefix("cps-preflight: ") && words.split(separator: "\n").count == 1, "\(words)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("The isolated reader leaves no core dump at all, and no other program of the user may look into it")
  func dumpOfReader() async throws {
    let code = Self.newCode()
    let folder = try Folder()
    let held = try Self.hold(code, in: folder.path, "ulimit -c unlimited; ")
    let limits = try #require(ProcFile.contents("\(held.reader)", "limits")).split(separator: "\n")
    let core = try #require(limits.first { $0.hasPrefix("Max core file size") }).split(separator: " ")
    #expect(core.compactMap { Int($0) }.allSatisfy { $0 <= 1 } && !core.contains("unlimited"), "\(core)")
    // What a process that is not dumpable has under /proc belongs to root (proc(5)).
    var status = stat()
    #expect(stat("/proc/\(held.reader)/mem", &status) == 0 && status.st_uid == 0)
    kill(pid_t(held.reader), SIGSEGV)
    #expect(held.check.finish() == 69)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test(
    "No format, no journal and no standard error shows it, whatever came of it",
    arguments: ["text", "json", "junit", "nagios", "prometheus", "html"])
  func outputs(format: String) async throws {
    for (name, code) in [("healthy", "1234"), ("A0@C_Login", "83920175"), ("hang@C_Login", "59306127")] {
      let module = try ModuleCase(name, code: code)
      let folder = try Folder()
      let timeout = name.hasPrefix("hang") ? "2s" : "20s"
      let run = try await BuiltProgram.run(
        module.arguments(timeout: timeout) + [
          "--format", format, "--verbose", "--reveal", "--pin-file", module.codeFile, "--journal",
          "\(folder.path)/journal", "--output", "\(folder.path)/output",
        ])
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(files.contains("journal") && files.contains("output"), "\(run)")
      let texts = try files.map {
        try String(contentsOf: URL(filePath: "\(folder.path)/\($0)"), encoding: .utf8)
      }
      for text in texts + [run.output, run.errors] {
        // The digest of the rule file, times and numbers of the card hold runs of digits as well.
        let words = text.split { !$0.isNumber && !$0.isLetter }
        #expect(!words.contains(Substring(code)), "\(name): \(text)")
      }
    }
  }
}

/// Returns whether the bytes hold the text.
private func contains(_ bytes: [UInt8], _ text: String) -> Bool {
  let text = Array(text.utf8)
  return bytes.withUnsafeBytes { bytes in
    var place = 0
    while place + text.count <= bytes.count {
      guard let base = bytes.baseAddress,
        let found = memchr(base + place, Int32(text[0]), bytes.count - place)
      else { return false }
      place = UnsafeRawPointer(found) - base
      if place + text.count <= bytes.count, memcmp(found, text, text.count) == 0 { return true }
      place += 1
    }
    return false
  }
}

/// A region of a process's memory (proc_pid_smaps(5)).
private struct MemoryRegion: CustomStringConvertible {
  let range: Range<UInt>
  let description: String
  private(set) var flags: Set<Substring> = []
  /// The bytes of it that are in swap.
  private(set) var swapped = 0

  static func all(of process: Int) throws -> [MemoryRegion] {
    let text = try #require(ProcFile.contents("\(process)", "smaps"))
    var regions: [MemoryRegion] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let bounds = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      if bounds.count == 2, bounds[0] < bounds[1] {
        regions.append(MemoryRegion(range: bounds[0]..<bounds[1], description: String(line)))
      } else if words[0] == "VmFlags:", !regions.isEmpty {
        regions[regions.count - 1].flags = Set(words.dropFirst())
      } else if words[0] == "Swap:", !regions.isEmpty {
        regions[regions.count - 1].swapped = Int(words[1]) ?? -1
      }
    }
    return regions
  }

  /// Reads the region from the process's memory. Nil if it cannot be read, as one without permissions.
  func bytes(in memory: Int32) -> [UInt8]? {
    let count = Int(range.count)
    // Nothing of ours is that large; what a runtime reserves is not there to be read.
    guard count < 1 << 30, range.upperBound < UInt(Int.max) else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let more = pread(memory, &bytes[done], count - done, off_t(range.lowerBound) + off_t(done))
      guard more > 0 else { return done > 0 ? Array(bytes[..<done]) : nil }
      done += more
    }
    return bytes
  }
}
