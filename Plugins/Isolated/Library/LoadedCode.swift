import Glibc
import Processes

/// The files whose code is in this process (proc(5), `maps`).
enum LoadedCode {
  /// The table of what is mapped into this process.
  private static let table = "/proc/self/maps"

  /// The paths of the files. Nil if the table cannot be read, or not to its end.
  static var paths: Set<String>? {
    guard let stream = fopen(table, "re") else { return nil }
    defer { fclose(stream) }
    var paths: Set<String> = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while case let length = getline(&line, &capacity, stream), length > 0 {
      guard let line else { break }
      let bytes = UnsafeBufferPointer(start: line, count: length).map { UInt8(bitPattern: $0) }
      if let path = executablePath(in: bytes) { paths.insert(path) }
    }
    return ferror(stream) == 0 ? paths : nil
  }

  /// Returns the path of a line of `maps` that describes code of a file: address, permissions, offset, device, inode, path.
  ///
  /// By bytes: the table is long, and read twice for each card.
  static func executablePath(in line: [UInt8]) -> String? {
    var rest = line[...]
    for field in 0..<5 {
      guard let end = rest.firstIndex(of: UInt8(ascii: " ")) else { return nil }
      if field == 1, !rest[..<end].contains(UInt8(ascii: "x")) { return nil }
      rest = rest[(end + 1)...]
    }
    guard let start = rest.firstIndex(where: { $0 != UInt8(ascii: " ") }), rest[start] == UInt8(ascii: "/")
    else {
      return nil
    }
    return String(decoding: rest[start...].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// The folder of p11-kit's modules, next to its own library; `nil` if the library is not loaded.
  static var moduleFolder: String? {
    let library = paths?.first { $0.split(separator: "/").last?.hasPrefix("libp11-kit.so") == true }
    guard let library, let slash = library.lastIndex(of: "/") else { return nil }
    return "\(library[..<slash])/pkcs11"
  }

  /// Returns what is wrong with a file whose code was loaded since `before`, or `nil` if all are safe.
  ///
  /// - Parameter before: the ``paths`` of then. What cannot be seen is not safe.
  static func fault(since before: Set<String>?) -> TrustFault? {
    guard let before, let paths else {
      return TrustFault(table, .notReadable(words: String(cString: strerror(errno))))
    }
    for path in paths.subtracting(before).sorted() {
      do throws(TrustFault) { _ = try ExaminedFile(path) } catch { return error }
    }
    return nil
  }
}
