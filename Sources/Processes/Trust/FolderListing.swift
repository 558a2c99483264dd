import Glibc

/// Lists all names in a folder, or fails.
package enum FolderListing {
  /// Why a folder could not be listed completely.
  package struct Fault: Error, Sendable, Hashable {
    /// The system's error number.
    package let code: Int32

    /// Whether the folder does not exist.
    package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// Returns the names in the folder without `.` and `..`, in alphabetical order.
  ///
  /// - Throws: `Fault` if not all names can be read.
  package static func names(in folder: String) throws(Fault) -> [String] {
    guard let stream = opendir(folder) else { throw Fault(code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // At the end of the folder, readdir(3) leaves errno unchanged.
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw Fault(code: errno) }
    return names.sorted()
  }
}
