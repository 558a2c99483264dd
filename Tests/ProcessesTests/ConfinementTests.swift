import Foundation
import Glibc
import Preflight
import Testing

@testable import Processes

@Suite("A program may do less than the user, as it is told")
struct ConfinementTests {
  /// Whether this kernel has Landlock of that version of its ABI.
  private static func hasLandlock(_ version: Int) -> Bool {
    if case .version(let offered) = Landlock.support { offered >= version } else { false }
  }

  @Test(
    "Of Landlock, each version of its ABI is asked for what it knows",
    arguments: [
      // Files: bits 1 and 4 to 12; then REFER (13), TRUNCATE (14), IOCTL_DEV (15). TCP from 4, scopes from 6.
      (1, 0x1FF2, 0, 0, 8), (2, 0x3FF2, 0, 0, 8), (3, 0x7FF2, 0, 0, 8), (4, 0x7FF2, 3, 0, 16),
      (5, 0xFFF2, 3, 0, 16), (6, 0xFFF2, 3, 3, 24), (7, 0xFFF2, 3, 3, 24), (99, 0xFFF2, 3, 3, 24),
    ] as [(Int, UInt64, UInt64, UInt64, Int)])
  func rights(version: Int, files: UInt64, network: UInt64, scopes: UInt64, size: Int) {
    let alone = Landlock.Rights(version: version, mayUseNetwork: false)
    #expect((alone.files, alone.network, alone.scopes, alone.size) == (files, network, scopes, size))
    // Executing, and reading files and folders, are never asked for.
    #expect(alone.files & 0b1101 == 0)
    // A file that is no folder can have none of the rights that folders have.
    #expect(alone.ofFile == files & 0xC002)
    let connected = Landlock.Rights(version: version, mayUseNetwork: true)
    #expect((connected.files, connected.network, connected.size) == (files, 0, size))
    #expect(connected.scopes == scopes & 2, "signals only")
  }

  /// A folder for one test.
  private final class Place {
    let path: String
    init() throws {
      path = NSTemporaryDirectory() + "confinement-\(UInt64.random(in: 0 ... .max))"
      for name in ["may", "may/below", "not"] {
        try FileManager.default.createDirectory(
          atPath: "\(path)/\(name)", withIntermediateDirectories: true)
      }
      try Data("old\n".utf8).write(to: URL(filePath: "\(path)/not/file"))
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Runs a line of the shell; returns what it wrote on both outputs.
  private func said(_ line: String, _ confinement: Confinement, in place: Place? = nil) async throws -> String
  {
    let host = ProcessHost(
      path: "/bin/bash", environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"], confinement: confinement)
    let moved = place.map { "cd \($0.path); \(line)" } ?? line
    let answer = try await host.run(["-c", moved], within: .seconds(60))
    return String(decoding: answer.output, as: UTF8.self) + answer.errors
  }

  @Test(
    "With Landlock, it writes in the folders that it is given, and nowhere else",
    .enabled(if: hasLandlock(1)),
    arguments: [
      // In its folders it does everything.
      ("echo 1 > may/new && cat may/new", "1\n"),
      ("mkdir may/more && echo 1 > may/more/file && rm -r may/more", ""),
      ("ln -s x may/link && mkfifo may/pipe && echo ok", "ok\n"),
      // Elsewhere it reads, executes and lists.
      ("cat not/file; ls not", "old\nfile\n"), ("/usr/bin/true && echo ran", "ran\n"),
      // And changes nothing.
      ("echo 1 > not/new", "Permission denied"), ("echo 1 > not/file", "Permission denied"),
      ("echo 1 >> not/file", "Permission denied"), ("rm -f not/file", "Permission denied"),
      ("mkdir not/more", "Permission denied"), ("ln -s x not/link", "Permission denied"),
      ("mkfifo not/pipe", "Permission denied"), ("mv not/file may/", "Permission denied"),
      ("echo 1 > may/mine; mv may/mine not/", "Permission denied"),
      ("ln not/file may/linked", "Operation not permitted|Permission denied|Invalid cross-device link"),
      ("ln -s ../not/file may/out; echo 1 > may/out", "Permission denied"),
      ("cd may; echo 1 > ../not/new", "Permission denied"),
      ("echo 1 > /dev/shm/confinement", "Permission denied"),
      // What is started by it is confined as well, and cannot undo it.
      ("setsid --wait sh -c 'echo 1 > not/new'", "Permission denied"),
      ("unshare -Ur sh -c 'echo 1 > not/new'", "Permission denied|Operation not permitted"),
      // Devices that keep nothing.
      ("echo 1 > /dev/null; echo 2 > /dev/stdout", "2\n"),
    ])
  func writing(line: String, words: String) async throws {
    let place = try Place()
    let confinement = Confinement(writes: ["\(place.path)/may", "\(place.path)/missing"])
    let said = try await said(line, confinement, in: place)
    let expected = words.split(separator: "|")
    if expected.isEmpty { #expect(said.isEmpty) }
    #expect(words.isEmpty || expected.contains { said.contains($0) }, "\(said)")
    #expect(try String(contentsOfFile: "\(place.path)/not/file", encoding: .utf8) == "old\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.path)/not") == ["file"])
  }

  @Test(
    "A folder that is only reached through a link in another one of its folders is not one of them: it could have made that link",
    .enabled(if: hasLandlock(1)),
    arguments: [
      ("rmdir may/below; ln -s ../not may/below", ["may", "may/below"]),
      ("rmdir may/below; ln -s ../not may/below", ["may/below", "may"]),
      ("rmdir may/below; ln -s $PWD/not may/below", ["may", "./may/../may/below/"]),
      ("mkdir may/below/x; ln -s ../../not may/below/x/y", ["may", "may/below/x/y"]),
      ("ln -s .. may/up", ["may", "may/up/not"]), ("ln -s ../not may/file", ["may", "may/file/file"]),
      ("ln -s may link; rmdir may/below; ln -s ../not may/below", ["link", "link/below"]),
      ("ln -s may link; rmdir may/below; ln -s ../not may/below", ["may", "link/below"]),
      ("rmdir may/below; ln -s / may/below", ["may", "may/below"]),
    ])
  func linkInside(before: String, writes: [String]) async throws {
    let place = try Place()
    _ = try await said(before, Confinement(), in: place)
    let said = try await said(
      "echo 1 > may/own && cat may/own; echo 1 > not/new; echo 1 > not/file",
      Confinement(writes: writes.map { "\(place.path)/\($0)" }), in: place)
    #expect(said.hasPrefix("1\n"), "\(said)")
    #expect(try String(contentsOfFile: "\(place.path)/not/file", encoding: .utf8) == "old\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.path)/not") == ["file"])
  }

  @Test(
    "Nor through a link in a folder in which another such program may write", .enabled(if: hasLandlock(1)))
  func linkOfAnother() async throws {
    let place = try Place()
    _ = try await said("rmdir may/below; ln -s ../not may/below", Confinement(), in: place)
    let confinement = Confinement.plugin(
      writing: ["\(place.path)/may/below"], besides: ["\(place.path)/may"])
    #expect(try await said("echo 1 > not/new", confinement, in: place).contains("Permission denied"))
  }

  @Test("A link of one's own that is in none of its folders is followed", .enabled(if: hasLandlock(1)))
  func linkOutside() async throws {
    let place = try Place()
    _ = try await said("ln -s may link; ln -s link further", Confinement(), in: place)
    let confinement = Confinement(writes: ["further", "further/below"].map { "\(place.path)/\($0)" })
    #expect(try await said("echo 1 > may/below/new; cat may/below/new", confinement, in: place) == "1\n")
  }

  @Test(
    "A link that another user put into a shared folder is not followed, and nothing runs",
    .enabled(if: hasLandlock(1) && geteuid() == 0), arguments: ["shared/link", "shared/link/below"])
  func plantedLink(path: String) async throws {
    let place = try Place()
    _ = try await said(
      "mkdir shared; chmod 1777 shared; ln -s ../may shared/link; chown -h 1234 shared/link", Confinement(),
      in: place)
    let confinement = Confinement(writes: ["\(place.path)/\(path)"])
    let host = ProcessHost(path: "/bin/true", environment: [:], confinement: confinement)
    do throws(ProcessHost.Failure) {
      _ = try await host.run([], within: .seconds(60))
      Issue.record("it ran")
    } catch {
      guard case .untrusted(let words) = error.fault else {
        Issue.record("\(error)")
        return
      }
      #expect(
        words.rendered(in: .english).contains("shared/link is a symbolic link that another user (1234) put"))
    }
  }

  @Test(
    "What Landlock cannot forbid stays as it is for the user: the mode, the times, the attributes of files",
    .enabled(if: hasLandlock(1)),
    arguments: [
      ("chmod 640 not/file; stat -c %a not/file", "640\n"),
      ("python3 -c 'import os; os.utime(\"not/file\", (0, 7))'; stat -c %Y not/file", "7\n"),
    ])
  func leftOut(line: String, words: String) async throws {
    #expect(try await said(line, Confinement(writes: []), in: try Place()) == words)
  }

  @Test("Within its folders a file may be moved from one to another", .enabled(if: hasLandlock(2)))
  func moving() async throws {
    let place = try Place()
    let confinement = Confinement(writes: ["\(place.path)/may"])
    #expect(
      try await said("echo 1 > may/a; mv may/a may/below/b; cat may/below/b", confinement, in: place) == "1\n"
    )
  }

  @Test("A file is not cut short either, not even without opening it", .enabled(if: hasLandlock(3)))
  func truncating() async throws {
    let place = try Place()
    let line = "python3 -c 'import os; os.truncate(\"not/file\", 0)'"
    #expect(try await said(line, Confinement(writes: []), in: place).contains("PermissionError"))
  }

  @Test("It has TCP only where it may use the network", .enabled(if: hasLandlock(4)))
  func network() async throws {
    // Nobody serves the port of “discard”.
    let line = "exec 3<>/dev/tcp/127.0.0.1/9"
    #expect(try await said(line, Confinement(writes: [], mayUseNetwork: false)).contains("Permission denied"))
    #expect(try await said(line, Confinement(writes: [])).contains("Connection refused"))
  }

  @Test("It signals nobody but what it started, and reads nobody's memory", .enabled(if: hasLandlock(6)))
  func signals() async throws {
    let confinement = Confinement(writes: [])
    #expect(try await said("kill -0 $PPID", confinement).contains("Operation not permitted"))
    #expect(try await said("sleep 60 & kill $! && echo done", confinement).contains("done"))
    #expect(try await said("head -c 1 /proc/$PPID/mem", confinement).contains("Permission denied"))
  }

  @Test("It gains no privileges where it is confined, and is as before where it is not")
  func privileges() async throws {
    let line = "grep NoNewPrivs /proc/self/status"
    #expect(try await said(line, Confinement(writes: [])).hasSuffix("1\n"))
    let own = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let mine = own.split(separator: "\n").first { $0.hasPrefix("NoNewPrivs") }.map { "\($0)\n" }
    #expect(try await said(line, Confinement()) == mine)
  }

  @Test(
    "Its limits are those that it is given, or lower ones that stood before",
    arguments: [
      (Confinement.Limit.memory(100 << 20), "Max data size", "104857600"),
      (.addressSpace(1 << 30), "Max address space", "1073741824"), (.openFiles(64), "Max open files", "64"),
      (.fileSize(1 << 20), "Max file size", "1048576"),
    ])
  func limits(limit: Confinement.Limit, name: String, value: String) async throws {
    let line = "grep '\(name)' /proc/self/limits"
    let fields = try await said(line, Confinement(limits: [limit])).dropFirst(name.count).split(
      separator: " ")
    #expect(fields.prefix(2) == [value[...], value[...]])
  }

  @Test("A crash leaves no core dump, whatever the pattern says")
  func core() async throws {
    // One byte: at zero the kernel still pipes a dump to a program that the pattern names (fs/coredump.c).
    let said = try await said("grep 'Max core' /proc/self/limits", Confinement(limits: [.noCoreDump]))
    // One that may have none at all cannot be given that byte.
    var own = rlimit()
    getrlimit(__rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue)), &own)
    let most = own.rlim_max == 0 ? 0 : 1
    #expect(said.split(separator: " ").compactMap { Int($0) } == [most, most], "\(said)")
    let place = try Place()
    let crash = "sh -c 'ulimit -c unlimited; kill -SEGV $$'; echo crashed"
    #expect(try await self.said(crash, Confinement(limits: [.noCoreDump]), in: place).contains("crashed"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).sorted() == ["may", "not"])
  }

  @Test("A user who is not root starts so many processes and no more", .enabled(if: geteuid() == 0))
  func processes() async throws {
    let confinement = Confinement(limits: [.processes(20)])
    let line = """
      exec setpriv --reuid=65533 --clear-groups python3 -c '
      import os, time
      for n in range(5000):
          try:
              if os.fork() == 0: time.sleep(60)
          except BlockingIOError:
              print("refused")
              break
      '
      """
    #expect(try await said(line, confinement) == "refused\n")
  }

  @Test("A folder of its own is there, empty, its alone, and gone afterwards, whatever it holds")
  func ownFolder() async throws {
    for line in [
      "true", "touch $TMPDIR/file", "mkdir -p $TMPDIR/a/b; touch $TMPDIR/a/b/c; chmod 0 $TMPDIR/a",
      "mkdir $TMPDIR/a; touch $TMPDIR/a/file; chmod 500 $TMPDIR/a", "chmod 0 $TMPDIR", "rmdir $TMPDIR",
      "rmdir $TMPDIR; ln -s /usr $TMPDIR", "rmdir $TMPDIR; touch $TMPDIR",
      "cd $TMPDIR; for ((n = 0; n < 200; n++)); do mkdir d && cd d; done",
      "touch $TMPDIR/file; sleep 60 & disown", "touch $TMPDIR/file; kill -9 $$",
      "touch $TMPDIR/file; kill -9 $PPID",
    ] {
      let host = ProcessHost(
        path: "/bin/bash", environment: ["PATH": "/usr/bin:/bin"],
        confinement: Confinement(hasOwnFolder: true))
      let notes = NSTemporaryDirectory() + "own-folder-\(UInt64.random(in: 0 ... .max))"
      defer { try? FileManager.default.removeItem(atPath: notes) }
      let first = "echo $TMPDIR $(stat -c %a $TMPDIR) $(ls -A $TMPDIR | wc -l) > \(notes)"
      _ = try? await host.run(["-c", "\(first); \(line)"], within: .seconds(60))
      let noted = try String(contentsOfFile: notes, encoding: .utf8).split(whereSeparator: \.isWhitespace)
      #expect(noted.dropFirst() == ["700", "0"], "\(line): \(noted)")
      var status = stat()
      #expect(lstat(String(noted[0]), &status) != 0, "\(line): \(noted[0]) is left")
    }
    #expect(access("/usr/bin", X_OK) == 0)
  }

  @Test("It may write in the folder of its own, where it is confined as well")
  func ownFolderConfined() async throws {
    let confinement = Confinement(writes: [], hasOwnFolder: true)
    #expect(try await said("echo 1 > $TMPDIR/file; cat $TMPDIR/file", confinement) == "1\n")
  }

  @Test("A program that ends at its deadline leaves nothing in that folder either")
  func late() async throws {
    let place = try Place()
    let host = ProcessHost(
      path: "/bin/bash", environment: ["PATH": "/usr/bin:/bin"], confinement: Confinement(hasOwnFolder: true))
    let line =
      "touch $TMPDIR/file; echo $TMPDIR > \(place.path)/may/where; trap '' TERM; while :; do sleep 600; done"
    _ = try? await host.run(["-c", line], within: .seconds(2))
    let own = try String(contentsOfFile: "\(place.path)/may/where", encoding: .utf8).dropLast()
    #expect(own.hasPrefix("/") && access(String(own), F_OK) != 0)
  }
}
