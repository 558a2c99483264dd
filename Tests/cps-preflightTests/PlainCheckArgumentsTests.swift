import ArgumentParser
import Testing

@testable import cps_preflight

@Suite("The arguments of `check`, read plainly and by ArgumentParser")
struct PlainCheckArgumentsTests {
  @Test(
    "What is read plainly is what ArgumentParser reads",
    arguments: [
      [], ["--facts", "f.json"], ["--facts=f.json", "--offline"], ["--facts", "-"], ["--report=-"],
      ["--facts", "a", "--facts=b", "--facts", "-"],
      ["--rules", "r.yaml", "--for", "adri", "--on", "2026-12-31", "--lang", "en", "--reveal", "--verbose"],
      ["--am", "692612344", "--format", "json", "--output", "v.json", "--timeout", "500ms"],
      ["--format", "nagios", "--nagios-exit"], ["--format=html"],
      ["--plugin-dir", "a", "--plugin-dir=b"], ["--situation", "2", "--output=a=b"],
      ["--label", "a=b", "--label=c=d=e"],
      ["--format=json", "--key", "k"],
      ["--journal", "j", "--journal-size", "10MiB"], ["--journal=j"],
      ["--am=0692612344", "--for=teletransmission"],
    ])
  func alike(arguments: [String]) throws {
    let plain = try #require(PlainCheckArguments.read(arguments))
    #expect(plain == (try CheckCommand.parse(arguments)).options)
    let command = try Invocation.command(["check"] + arguments)
    #expect((command as? CheckCommand)?.options == plain)
  }

  @Test(
    "Whatever is not plain is left to ArgumentParser",
    arguments: [
      ["--help"], ["-h"], ["--version"], ["extra"], ["--"], ["--facts"], ["--facts", "--offline"],
      ["--offline=yes"],
      ["--on", "31/12/2026"], ["--for", "x"], ["--lang", "de"], ["--situation", "0"], ["--situation", "two"],
      ["--timeout", "3"], ["--format", "xml"], ["--am", "x"], ["--am", "1", "--situation", "1"],
      ["--facts", "-", "--report", "-"], ["--facts", "-", "--facts", "-"], ["--facts="],
      ["--report", "a", "--report", "b"], ["--nonsense", "x"],
      ["--label", "a"], ["--label", "a=b", "--label", "a=c"],
      ["--nagios-exit"], ["--nagios-exit", "--format", "json"], ["--key", "k"],
      ["--journal-size", "1MiB"], ["--journal", "j", "--journal-size", "1MB"],
    ])
  func notPlain(arguments: [String]) {
    #expect(PlainCheckArguments.read(arguments) == nil)
  }

  @Test("Every option that the help names is read plainly")
  func complete() {
    let values = [
      "--on": "2026-12-31", "--for": "adri", "--lang": "fr", "--situation": "1", "--timeout": "3s",
      "--wait": "30s", "--pin-fd": "3", "--report-max-age": "30d", "--label": "a=b",
      "--format": "json",
      "--am": "692612344",
    ]
    let named = CheckCommand.helpMessage().split { " \n,;".contains($0) }.map(String.init)
      .filter { $0.hasPrefix("--") && !["--help", "--version", "--"].contains($0) }
    #expect(named.count >= 13)
    for option in Set(named) {
      let isRead =
        PlainCheckArguments.read([option]) != nil
        || PlainCheckArguments.read([option, values[option] ?? "file"]) != nil
        || PlainCheckArguments.read([option, "--format", "nagios"]) != nil
        || PlainCheckArguments.read([option, "file", "--format", "json"]) != nil
        || PlainCheckArguments.read([option, "10MiB", "--journal", "file"]) != nil
      #expect(isRead, "\(option)")
    }
  }
}
