import Glibc

/// Reads a whole file under /proc.
///
/// Foundation reads no further than the first page, because such a file returns less than requested long before its
/// end.
enum ProcFile {
  static func contents(_ process: String, _ file: String) -> String? {
    let descriptor = open("/proc/\(process)/\(file)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
      bytes += buffer.prefix(count)
    }
  }
}
