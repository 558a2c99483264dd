import Foundation
import Preflight
import Testing
import Workstation

@Suite("The journal's file")
struct JournalFileTests {
  /// A folder for one test, removed with it.
  private final class Place {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text(_ name: String) throws -> String {
      try String(contentsOf: URL(filePath: "\(path)/\(name)"), encoding: .utf8)
    }

    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
    }
  }

  @Test("A new one is its owner's alone, and each line stands at the end")
  func lines() async throws {
    let place = try Place()
    let journal = Journal("\(place.path)/j", sizeLimit: 1 << 20)
    try await journal.append("{1}")
    try await journal.append("{2}")
    #expect(try place.text("j") == "{1}\n{2}\n")
    #expect(try place.mode("j") == 0o600)
  }

  @Test("Put aside by size, five are kept, as accessible as before")
  func rotation() async throws {
    let place = try Place()
    let path = "\(place.path)/j"
    try Data().write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let journal = Journal(path, sizeLimit: 64)
    for number in 10..<34 { try await journal.append("{\(number): \(String(repeating: "x", count: 20))}") }
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(names == ["j", "j.1", "j.2", "j.3", "j.4", "j.5"])
    for name in names { #expect(try place.mode(name) == 0o640) }
    // Two lines in each, the newest in the first.
    let kept = try names.reversed().flatMap { try place.text($0).split(separator: "\n") }
    #expect(kept.map { $0.prefix(4) } == ((22..<34).map { "{\($0):".prefix(4) }))
  }

  @Test("A line longer than the limit stands alone")
  func long() async throws {
    let place = try Place()
    let journal = Journal("\(place.path)/j", sizeLimit: 8)
    for line in ["{first line}", "{second line}"] { try await journal.append(line) }
    #expect(try place.text("j.1") == "{first line}\n")
    #expect(try place.text("j") == "{second line}\n")
  }

  @Test("A line that a power cut tore stays alone")
  func torn() async throws {
    let place = try Place()
    try Data("{\"half".utf8).write(to: URL(filePath: "\(place.path)/j"))
    try await Journal("\(place.path)/j", sizeLimit: 1 << 20).append("{}")
    #expect(try place.text("j") == "{\"half\n{}\n")
  }

  @Test(
    "One that is no file of its own cannot be written, and is left as it is",
    arguments: [
      ("folder", "not a regular file"), ("pipe", "not a regular file"), ("dangling", "symbolic link"),
      ("link", "symbolic link"), ("missing/j", "could not be written"), ("file/j", "could not be written"),
      ("/dev/null", "not a regular file"), ("/dev/full", "not a regular file"),
    ])
  func unwritable(name: String, words: String) async throws {
    let place = try Place()
    let files = FileManager.default
    try files.createDirectory(atPath: "\(place.path)/folder", withIntermediateDirectories: false)
    mkfifo("\(place.path)/pipe", 0o600)
    try Data().write(to: URL(filePath: "\(place.path)/file"))
    try files.createSymbolicLink(atPath: "\(place.path)/dangling", withDestinationPath: "elsewhere")
    try files.createSymbolicLink(atPath: "\(place.path)/link", withDestinationPath: "file")
    let path = name.hasPrefix("/") ? name : "\(place.path)/\(name)"
    let fault = await #expect(throws: JournalFault.self) {
      try await Journal(path, sizeLimit: 1 << 20).append("{}")
    }
    let message = try #require(fault)
    #expect(message.message.rendered(in: .english).contains(words), "\(message)")
    #expect(message.remains == .nothing)
    #expect(try place.text("file").isEmpty && !files.fileExists(atPath: "\(place.path)/elsewhere"))
  }
}
