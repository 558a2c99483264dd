import Glibc
import Processes
import Testing

@Suite("The names in a folder: all of them, or none")
struct FolderListingTests {
  @Test("They come in order, without those of the folder itself and the one above")
  func names() throws {
    var template = Array("/tmp/cps-preflight-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let names = ["b", "a", ".hidden", "é"]
    defer {
      for name in names { unlink("\(folder)/\(name)") }
      rmdir(folder)
    }
    #expect(try FolderListing.names(in: folder) == [])
    for name in names { close(open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)) }
    #expect(try FolderListing.names(in: folder) == names.sorted())
  }

  @Test("Whether there is none is told from what cannot be read", arguments: ["/nonexistent", "/dev/null"])
  func absence(path: String) {
    let fault = #expect(throws: FolderListing.Fault.self) { try FolderListing.names(in: path) }
    #expect(fault?.isAbsence == true)
  }
}
