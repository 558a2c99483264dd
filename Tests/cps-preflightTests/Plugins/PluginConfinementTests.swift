import FoundationEssentials
import Glibc
import Processes
import Testing

@Suite("A plugin writes where its entry in the rule file says, and as before where it says nothing")
struct PluginConfinementTests {
  /// Whether the kernel has Landlock.
  private static var hasLandlock: Bool { if case .version = Landlock.support { true } else { false } }

  /// A plugin that runs this line when it gathers, in an entry with these folders; nil for an entry that names none.
  private func plugin(_ line: String, writes: String?) throws -> PluginCase {
    let entry = writes.map { "{ path: plugin/erp, writes: \($0) }" } ?? "plugin/erp"
    let plugin = try PluginCase(
      describe: "echo x > described 2>&1; \(PluginCase.described)", gather: "\(line)\n\(PluginCase.gathered)",
      rules: PluginCase.rules.replacing("[plugin/erp]", with: "[\(entry)]"))
    try plugin.folder.write("", to: "may/.keep")
    return plugin
  }

  private func exists(_ name: String, in plugin: PluginCase) -> Bool {
    access("\(plugin.folder.path)/\(name)", F_OK) == 0
  }

  @Test(
    "An entry that names folders: those, relative to the rule file, and its own for temporary files",
    .enabled(if: hasLandlock))
  func named() async throws {
    let plugin = try plugin(
      "echo 1 > may/in; echo 1 > out; echo 1 > $TMPDIR/own && cat $TMPDIR/own > may/own; echo $TMPDIR > may/where",
      writes: "[may]")
    let run = try await plugin.check()
    #expect(run.code == 0, "\(run)")
    #expect(exists("may/in", in: plugin) && exists("may/own", in: plugin))
    #expect(!exists("out", in: plugin) && !exists("described", in: plugin))
    let own = try String(contentsOf: URL(filePath: "\(plugin.folder.path)/may/where"), encoding: .utf8)
    #expect(own.hasPrefix("/tmp/cps-preflight-") && access(String(own.dropLast()), F_OK) != 0, "\(own)")
  }

  @Test(
    "What a plugin leaves in its folder in one run gives it nothing in the next one",
    .enabled(if: hasLandlock))
  func twoRuns() async throws {
    let plugin = try plugin(
      "rmdir may/below 2> /dev/null && ln -s ../victim may/below; echo 1 > victim/new",
      writes: "[may, may/below]")
    try plugin.folder.write("", to: "victim/.keep")
    _ = try await BuiltProgram.shell("mkdir may/below", in: plugin.folder.path)
    for _ in 0..<2 { #expect(try await plugin.check().code == 0) }
    #expect(exists("may/below/.keep", in: plugin) && !exists("victim/new", in: plugin))
  }

  @Test(
    "A folder behind a link that another user planted: it is not run (77)",
    .enabled(if: hasLandlock && geteuid() == 0))
  func planted() async throws {
    let plugin = try plugin("echo 1 > out", writes: "[shared/link]")
    _ = try await BuiltProgram.shell(
      "mkdir shared; chmod 1777 shared; ln -s ../may shared/link; chown -h 1234 shared/link",
      in: plugin.folder.path)
    let run = try await plugin.check()
    #expect(run.code == 77 && run.errors.contains("put into a shared folder"), "\(run)")
  }

  @Test("An empty list: nothing but temporary files", .enabled(if: hasLandlock))
  func none() async throws {
    let plugin = try plugin("echo 1 > may/in; echo 1 > $TMPDIR/own || exit 3", writes: "[]")
    #expect(try await plugin.check().code == 0)
    #expect(!exists("may/in", in: plugin))
  }

  @Test("An entry that names none: wherever the user may, and it gains what it gained")
  func unnamed() async throws {
    let plugin = try plugin(
      "echo 1 > out; grep NoNewPrivs /proc/self/status > may/in; touch $TMPDIR/own", writes: nil)
    #expect(try await plugin.check().code == 0)
    #expect(exists("out", in: plugin) && exists("described", in: plugin))
    let own = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
    #expect(
      own.contains(try String(contentsOf: URL(filePath: "\(plugin.folder.path)/may/in"), encoding: .utf8)))
  }

  @Test("Where the kernel has no Landlock, a plugin runs as before")
  func withoutLandlock() async throws {
    let plugin = try plugin("echo 1 > out", writes: "[may]")
    let run = try await plugin.run(
      "check", environment: FaultySystem.environment(["FAULTY_LANDLOCK": "none"]))
    #expect(run.code == 0 && exists("out", in: plugin), "\(run)")
  }

  @Test("The network stays open to it", .enabled(if: hasLandlock))
  func network() async throws {
    let connect =
      "bash -c 'exec 3<>/dev/tcp/127.0.0.1/9' 2>&1 | grep -o -e refused -e denied | sort -u > may/in"
    let plugin = try plugin(connect, writes: "[may]")
    #expect(try await plugin.check().code == 0)
    #expect(
      try String(contentsOf: URL(filePath: "\(plugin.folder.path)/may/in"), encoding: .utf8) == "refused\n")
  }

  @Test("No temporary file is left, however the run ends", arguments: [SIGTERM, SIGHUP, SIGKILL])
  func interrupted(signal: Int32) async throws {
    let plugin = try plugin(
      "touch $TMPDIR/file; echo $TMPDIR > may/new; mv may/new may/where; sleep 600", writes: nil)
    let run = try await BuiltProgram.shell(
      """
      HOME=$PWD/home; export HOME
      "$P" check --timeout 5m & p=$!
      until [ -e may/where ]; do sleep 0.02; done
      own=$(cat may/where); [ -e "$own/file" ] || exit 97
      kill -\(signal) $p; wait $p
      # A supervisor whose caller was killed needs a moment.
      for n in $(seq 500); do [ -e "$own" ] || exit 98; sleep 0.02; done
      """, in: plugin.folder.path)
    #expect(run.code == 98, "\(run)")
  }

  @Test(
    "What is no list of folders is an error of the rule file",
    arguments: ["may", "{ a: b }", "[[may]]", "", "[{ a: b }]"])
  func malformed(writes: String) async throws {
    let run = try await plugin("", writes: writes).check()
    #expect(run.code == 78, "\(writes): \(run)")
  }

  @Test("rules show names the folders as they are seen from where the program runs")
  func shown() async throws {
    let plugin = try plugin("", writes: "[may, /var/cache/erp]")
    let run = try await BuiltProgram.run(
      ["rules", "show", "--rules", "\(plugin.folder.path)/rules.yaml"],
      environment: ["HOME": "\(plugin.folder.path)/home"])
    for folder in ["\(plugin.folder.path)/may", "/var/cache/erp"] {
      #expect(run.output.contains(folder), "\(run)")
    }
  }
}
