package import Preflight

/// A tar archive of small text files (POSIX.1-2008, pax, “ustar Interchange Format”), which every system unpacks.
package struct TarArchive: Sendable {
  /// A file in the archive.
  package struct File: Sendable {
    /// Its path in the archive: at most 100 ASCII characters.
    package let path: String
    /// Its contents.
    package let text: String

    package init(_ path: String, _ text: String) {
      self.path = path
      self.text = text
    }
  }

  /// The archive itself.
  package let bytes: [UInt8]

  private static let block = 512

  /// - Parameter time: when all the files were made.
  package init(_ files: [File], at time: Moment) {
    var bytes: [UInt8] = []
    for file in files {
      let contents = Array(file.text.utf8)
      bytes += Self.header(of: file.path, size: contents.count, time)
      bytes += contents
      bytes += [UInt8](repeating: 0, count: (Self.block - contents.count % Self.block) % Self.block)
    }
    // Two empty blocks end an archive.
    self.bytes = bytes + [UInt8](repeating: 0, count: 2 * Self.block)
  }

  private static func header(of path: String, size: Int, _ time: Moment) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: block)
    func put(_ text: String, at offset: Int, length: Int) {
      for (index, byte) in text.utf8.prefix(length).enumerated() { header[offset + index] = byte }
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(path, at: 0, length: 100)
    put(octal(0o600, digits: 7), at: 100, length: 8)
    // Of nobody in particular: the archive goes to other people.
    put(octal(0, digits: 7), at: 108, length: 8)
    put(octal(0, digits: 7), at: 116, length: 8)
    put(octal(size, digits: 11), at: 124, length: 12)
    put(octal(max(0, time.secondsSince1970), digits: 11), at: 136, length: 12)
    // The checksum is counted with blanks in its own place.
    put("        ", at: 148, length: 8)
    put("0", at: 156, length: 1)
    put("ustar", at: 257, length: 6)
    put("00", at: 263, length: 2)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6) + "\0 ", at: 148, length: 8)
    return header
  }
}
