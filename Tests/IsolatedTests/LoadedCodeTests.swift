import Testing

@testable import cps_preflight_cryptoki

@Suite("The code in this process is known by the table of its memory")
struct LoadedCodeTests {
  @Test(
    "A line tells the path of code; not of data, nor of memory without a file",
    arguments: [
      (
        "7f0000000000-7f0000001000 r-xp 00001000 08:01 42                         /usr/lib/a b.so",
        "/usr/lib/a b.so"
      ),
      ("7f0000000000-7f0000001000 --xs 00001000 08:01 42 /x", "/x"),
      ("7f0000000000-7f0000001000 r--p 00001000 08:01 42 /usr/lib/a.so", nil),
      ("7f0000000000-7f0000001000 r-xp 00000000 00:00 0", nil),
      ("7f0000000000-7f0000001000 r-xp 00000000 00:00 0                          [vdso]", nil),
      ("", nil), ("a r-xp", nil), ("a r-xp b c d      ", nil),
    ])
  func lines(line: String, path: String?) {
    #expect(LoadedCode.executablePath(in: Array(line.utf8)[...]) == path)
  }

  @Test("Where it could not be seen what was loaded, it is not safe")
  func unseen() { #expect(LoadedCode.fault(since: nil) != nil) }

  @Test("The program itself is among it")
  func own() throws {
    #expect(
      try #require(LoadedCode.paths).contains {
        $0.hasSuffix(".xctest") || $0.hasSuffix("swiftpm-testing-helper")
      })
  }
}
