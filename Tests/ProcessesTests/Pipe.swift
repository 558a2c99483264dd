import Glibc
import Testing

/// Returns two connected ends that no other process inherits, even if started at the same moment.
func connectedEnds() throws -> (reading: Int32, writing: Int32) {
  var ends: [Int32] = [0, 0]
  let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
  try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
  return (ends[0], ends[1])
}
