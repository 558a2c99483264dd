@testable import Cryptoki

/// What libFuzzer calls with whatever bytes it thinks of: reading them must neither crash nor hang, whatever they are.
///
/// The first byte chooses the object. Run by `make fuzz`.
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
