import Glibc
import Preflight
import Testing
import Workstation

@Suite("Files are read whole, within limits of size and time, or not at all")
struct FileReadingTests {
  private func fault(
    _ path: String, limit: Int = 100, kinds: FileReading.Kinds = .anyButFolders,
    within time: Duration = .seconds(5)
  ) -> String {
    do throws(FileFault) {
      let bytes = try FileReading.contents(of: path, limit: limit, kinds: kinds, within: time)
      return "\(bytes.count) bytes"
    } catch {
      return "\(error)"
    }
  }

  /// Runs a test in its own folder, which is removed afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/cps-preflight-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      for name in ["file", "pipe"] { unlink("\(folder)/\(name)") }
      rmdir(folder)
    }
    try body(folder)
  }

  @Test("As much as the limit is read, and not a byte more")
  func limit() throws {
    try withFolder { folder in
      let file = "\(folder)/file"
      for (size, expected) in [(0, "0 bytes"), (100, "100 bytes"), (101, "tooLarge(limit: 100)")] {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        _ = [UInt8](repeating: 0x61, count: size).withUnsafeBytes { write(descriptor, $0.baseAddress, size) }
        close(descriptor)
        #expect(fault(file) == expected)
      }
    }
  }

  @Test("What is missing, a folder, no plain file or endless is told apart")
  func kinds() throws {
    #expect(fault("/nonexistent") == "missing")
    #expect(fault("/dev/null/file") == "missing")
    #expect(fault("/") == "isDirectory")
    #expect(fault("/dev/null", kinds: .regularOnly) == "notRegular")
    #expect(fault("/dev/null") == "0 bytes")
    #expect(fault("/dev/zero") == "tooLarge(limit: 100)")
  }

  @Test("A pipe in which nothing comes is not waited for beyond the time given")
  func patience() throws {
    try withFolder { folder in
      let pipe = "\(folder)/pipe"
      try #require(mkfifo(pipe, 0o600) == 0)
      // Someone holds it open but writes nothing.
      let writer = open(pipe, O_RDWR | O_CLOEXEC)
      defer { close(writer) }
      #expect(fault(pipe, within: .milliseconds(20)) == "timeout")
      #expect(fault(pipe, kinds: .regularOnly) == "notRegular")
    }
  }
}
