@testable import Cryptoki

/// The entry point for libFuzzer: reading any bytes must neither crash nor hang.
///
/// The first byte selects the object. `make fuzz` runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCardData(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  switch start[0] % 4 {
  case 0: _ = try? BillingData(bytes)
  case 1: _ = try? CardIdentity(bytes)
  case 2: _ = try? CardHolder(bytes)
  default: _ = try? CardType(bytes)
  }
  return 0
}
