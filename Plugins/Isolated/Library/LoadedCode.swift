import Glibc
import Processes

/// The files whose code is in this process (proc(5), `maps`).
enum LoadedCode {
  /// The paths of the files.
  static var paths: Set<String> {
    guard let stream = fopen("/proc/self/maps", "re") else { return [] }
    defer { fclose(stream) }
    var paths: Set<String> = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, stream) > 0 {
      guard let line else { break }
      // Address, permissions, offset, device, inode, path.
      let fields = String(cString: line).split(separator: " ", maxSplits: 5)
      guard fields.count == 6, fields[1].contains("x") else { continue }
      let path = fields[5].drop { $0 == " " }.prefix { $0 != "\n" }
      if path.hasPrefix("/") { paths.insert(String(path)) }
    }
    return paths
  }

  /// The folder of p11-kit's modules, next to its own library; `nil` if the library is not loaded.
  static var moduleFolder: String? {
    let library = paths.first { $0.split(separator: "/").last?.hasPrefix("libp11-kit.so") == true }
    guard let library, let slash = library.lastIndex(of: "/") else { return nil }
    return "\(library[..<slash])/pkcs11"
  }

  /// Returns what is wrong with a file whose code was loaded since `before`, or `nil` if all are safe.
  static func fault(since before: Set<String>) -> TrustFault? {
    for path in paths.subtracting(before).sorted() {
      do throws(TrustFault) { _ = try ExaminedFile(path) } catch { return error }
    }
    return nil
  }
}
