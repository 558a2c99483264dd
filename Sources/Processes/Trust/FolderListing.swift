import Glibc

/// The names in a folder: all of them, or none.
package enum FolderListing {
  /// Why a folder could not be read to its end.
  package struct Fault: Error, Sendable, Hashable {
    /// The system's error number.
    package let code: Int32

    /// Whether there is no such folder.
    package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// The names in the folder but `.` and `..`, in alphabetical order.
  package static func names(in folder: String) throws(Fault) -> [String] {
    guard let stream = opendir(folder) else { throw Fault(code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // The end of the folder leaves it as it is (readdir(3)).
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
