import CLinux
import Glibc
import Processes

/// The files whose code is in this process (proc(5), `maps`).
enum LoadedCode {
  /// The table of what is mapped into this process.
  private static let table = "/proc/self/maps"

  /// The most bytes of the table that are read: those of some thousand libraries.
  private static let limit = 1 << 20

  /// The paths of the files. Nil if the table cannot be read, or not to its end.
  static var paths: Set<String>? {
    let descriptor = open(table, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var lines: [UInt8] = []
    while lines.count < limit {
      // The table is given a page at a time, in whole lines.
      var count = 0
      lines += [UInt8](unsafeUninitializedCapacity: 4096) { buffer, used in
        count = read(descriptor, buffer.baseAddress, buffer.count)
        used = max(0, count)
      }
      if count == 0 { return executablePaths(in: lines) }
      if count < 0, errno != EINTR { return nil }
    }
    return nil
  }

  private static func executablePaths(in lines: [UInt8]) -> Set<String> {
    var paths: Set<String> = []
    var start = 0
    for index in lines.indices where lines[index] == UInt8(ascii: "\n") {
      if let path = executablePath(in: lines[start..<index]) { paths.insert(path) }
      start = index + 1
    }
    return paths
  }

  /// Returns the path of a line of `maps` that describes code of a file: address, permissions, offset, device, inode, path.
  ///
  /// By bytes: the table is long, and read several times for each card.
  static func executablePath(in line: ArraySlice<UInt8>) -> String? {
    var rest = line
    for field in 0..<5 {
      guard let end = rest.firstIndex(of: UInt8(ascii: " ")) else { return nil }
      if field == 1, !rest[..<end].contains(UInt8(ascii: "x")) { return nil }
      rest = rest[(end + 1)...]
    }
    guard let start = rest.firstIndex(where: { $0 != UInt8(ascii: " ") }), rest[start] == UInt8(ascii: "/")
    else {
      return nil
    }
    return String(decoding: rest[start...], as: UTF8.self)
  }

  /// The folder of p11-kit's modules, next to its own library; `nil` if the library is not loaded.
  static var moduleFolder: String? {
    let library = paths?.first { $0.split(separator: "/").last?.hasPrefix("libp11-kit.so") == true }
    guard let library, let slash = library.lastIndex(of: "/") else { return nil }
    return "\(library[..<slash])/pkcs11"
  }

  /// How many libraries the loader has loaded into this process so far, whether or not they still are there (dl_iterate_phdr(3)).
  static var librariesEverLoaded: UInt64 { libraries_ever_loaded() }

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
